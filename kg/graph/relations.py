"""Edges between two entities: derived from events, or stated as lasting. The events and claims stay the facts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from kg.graph.parts import Edge
from kg.graph.tellings import Cluster
from kg.ids import relation_claim_id
from kg.model import Basis, Extraction, Relation
from kg.ontology import Ontology

Triple = tuple[str, str, str]


def derived_edges(clusters: Iterable[Cluster]) -> Iterator[Edge]:
    """One edge for each actor, relation and target over all events that are told as facts."""
    gathered: defaultdict[Triple, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.happened:
            for actor, target in _pairs(cluster):
                gathered[actor, cluster.first.relation, target].append(cluster)
    for triple, events in gathered.items():
        yield _derived(*triple, events)


def lasting_edges(extractions: Iterable[Extraction], ontology: Ontology) -> Iterator[Edge]:
    """One edge for each lasting relation between two entities, over all articles that state it."""
    gathered: defaultdict[Triple, list[tuple[str, str, Relation]]] = defaultdict(list)
    for extraction in extractions:
        article = extraction.article.id
        for relation in extraction.relations:
            type_ = relation.type if relation.type in ontology.lasting_relations else "OTHER"
            claim = relation_claim_id(article, relation.type, relation.source, relation.target, relation.evidence)
            gathered[relation.source, type_, relation.target].append((claim, article, relation))
    for (source, type_, target), stated in gathered.items():
        titles = Counter(relation.title for _, _, relation in stated if relation.title)
        properties = {
            "title": min(titles, key=lambda title: (-titles[title], title), default=None),
            "claimIds": sorted({claim for claim, _, _ in stated}),
            "articleIds": sorted({article for _, article, _ in stated}),
        }
        yield Edge(source, type_, target, properties)


def _is_reciprocal(cluster: Cluster) -> bool:
    """Whether it was done together: several actors and nobody it was done to ("A and B signed")."""
    return not cluster.targets


def _pairs(cluster: Cluster) -> Iterator[tuple[str, str]]:
    if _is_reciprocal(cluster):
        yield from combinations(sorted(cluster.actors), 2)
    else:
        yield from (pair for pair in product(cluster.actors, cluster.targets) if pair[0] != pair[1])


def _derived(actor: str, relation: str, target: str, events: list[Cluster]) -> Edge:
    dates = [event.date for event in events if event.date and event.date.basis is Basis.TEXT]
    properties = {
        "eventIds": sorted(event.id for event in events),
        "firstDate": min((date.start for date in dates), default=None),
        "lastDate": max((date.end for date in dates), default=None),
        "count": len(events),
        "articleCount": len(set().union(*(event.articles for event in events))),
        "reciprocal": any(map(_is_reciprocal, events)),
        "attributedOnly": all(telling.event.attributed_to for event in events for telling in event.tellings),
    }
    return Edge(actor, relation, target, properties)
