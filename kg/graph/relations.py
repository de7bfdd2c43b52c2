"""Edges between two entities: derived from events, or stated as lasting. The events and claims stay the facts."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from kg.graph.parts import Edge
from kg.ids import relation_claim_id
from kg.merge import Cluster
from kg.merge.copies import independent
from kg.model import Basis, Extraction, Relation, Validity
from kg.ontology import Ontology

Triple = tuple[str, str, str]


def derived_edges(clusters: Iterable[Cluster], family: Mapping[str, str]) -> Iterator[Edge]:
    """One edge for each actor, relation and target over all events that are told as facts."""
    gathered: defaultdict[Triple, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.happened:
            for actor, target in _pairs(cluster):
                gathered[actor, cluster.first.relation, target].append(cluster)
    for triple, events in gathered.items():
        yield _derived(*triple, events, family)


def lasting_edges(extractions: Iterable[Extraction], ontology: Ontology) -> Iterator[Edge]:
    """One edge for each time that a lasting relation begins between two entities, over all articles that state it.

    Who leads a state twice has two such edges; those statements whose time is not known have an edge of their own.
    """
    gathered: defaultdict[tuple[Triple, str | None], list[tuple[str, str, Relation]]] = defaultdict(list)
    for extraction in extractions:
        article = extraction.article.id
        for relation in extraction.relations:
            type_ = relation.type if relation.type in ontology.lasting_relations else "OTHER"
            claim = relation_claim_id(article, relation.type, relation.source, relation.target, relation.evidence)
            since = relation.valid.start if relation.valid else None
            gathered[(relation.source, type_, relation.target), since].append((claim, article, relation))
    for ((source, type_, target), since), stated in gathered.items():
        titles = Counter(relation.title for _, _, relation in stated if relation.title)
        properties = {
            "title": min(titles, key=lambda title: (-titles[title], title), default=None),
            "claimIds": sorted({claim for claim, _, _ in stated}),
            "articleIds": sorted({article for _, article, _ in stated}),
            **_times([relation.valid for _, _, relation in stated if relation.valid]),
        }
        yield Edge(source, type_, target, properties, since)


def _times(told: Sequence[Validity]) -> dict[str, Any]:
    """For how long a relation holds, by statements that let it begin alike; the gazetteer counts before texts."""
    if not told:
        return {}
    basis = min(valid.basis for valid in told)  # in order of the alphabet too the gazetteer comes before the text
    trusted = [valid for valid in told if valid.basis is basis]
    latest = max(trusted, key=lambda valid: (valid.end or "", valid.last_known or datetime.date.min))
    return {
        "validFrom": latest.first_day,
        "validFromIso": latest.start,
        "validTo": latest.last_day,
        "validToIso": latest.end,
        "lastKnown": latest.last_known,
        "validBasis": latest.basis.value,
    }


def _is_reciprocal(cluster: Cluster) -> bool:
    """Whether it was done together: several actors and nobody it was done to ("A and B signed")."""
    return not cluster.targets


def _pairs(cluster: Cluster) -> Iterator[tuple[str, str]]:
    if _is_reciprocal(cluster):
        yield from combinations(sorted(cluster.actors), 2)
    else:
        yield from (pair for pair in product(cluster.actors, cluster.targets) if pair[0] != pair[1])


def _derived(actor: str, relation: str, target: str, events: list[Cluster], family: Mapping[str, str]) -> Edge:
    articles = {telling.article.id: telling.article for event in events for telling in event.tellings}
    dates = [event.date for event in events if event.date and event.date.basis is Basis.TEXT]
    properties = {
        "eventIds": sorted(event.id for event in events),
        "firstDate": min((date.start for date in dates), default=None),
        "lastDate": max((date.end for date in dates), default=None),
        "count": len(events),
        "articleCount": len(articles),
        "sourceCount": independent(articles.values(), family),
        "reciprocal": any(map(_is_reciprocal, events)),
        "attributedOnly": all(telling.event.attributed_to for event in events for telling in event.tellings),
    }
    return Edge(actor, relation, target, properties)
