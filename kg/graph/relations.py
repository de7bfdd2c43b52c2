"""Edges between two entities: derived from events, or stated as lasting. The events and claims stay the facts."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from kg.graph.parts import Edge, times
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
            for actor, target in cluster.pairs:
                gathered[actor, cluster.typical.relation, target].append(cluster)
    for triple, events in gathered.items():
        yield _derived(*triple, events, family)


def lasting_edges(extractions: Iterable[Extraction], ontology: Ontology) -> Iterator[Edge]:
    """One edge for each time that a lasting relation begins between two entities, over all articles that state it.

    Who leads a state twice has two such edges; those statements whose time is not known have an edge of their own.
    Times that contradict each other are edges beside each other.
    """
    gathered: defaultdict[Triple, list[tuple[str, str, Relation]]] = defaultdict(list)
    for extraction in extractions:
        article = extraction.article.id
        for relation in extraction.relations:
            type_ = relation.type if relation.type in ontology.lasting_relations else "OTHER"
            claim = relation_claim_id(article, relation.type, relation.source, relation.target, relation.evidence)
            gathered[relation.source, type_, relation.target].append((claim, article, relation))
    for (source, type_, target), stated in gathered.items():
        edges = frozenset(filter(None, (_edge(relation.valid) for _, _, relation in stated)))
        terms: defaultdict[str | None, list[tuple[str, str, Relation]]] = defaultdict(list)
        for one in stated:
            terms[_finest(_edge(one[2].valid), edges)].append(one)
        yield from (Edge(source, type_, target, _lasting(some), since) for since, some in terms.items())


def _edge(valid: Validity | None) -> str | None:
    """What tells one term of a relation from another: when it begins, else when it ended, as ISO 8601 writes it."""
    if valid is None:
        return None
    return valid.start or (valid.end and f"../{valid.end}")


def _finest(edge: str | None, edges: Set[str]) -> str | None:
    """The edge as exactly as some statement has it: 2019-05 for 2019, unless another says 2019-07."""
    if edge is None:
        return None
    finer = [other for other in edges if other.startswith(edge)]
    finest = [one for one in finer if not any(other != one and other.startswith(one) for other in finer)]
    return finest[0] if len(finest) == 1 else edge


def _lasting(stated: Sequence[tuple[str, str, Relation]]) -> dict[str, Any]:
    titles = Counter(relation.title for _, _, relation in stated if relation.title)
    return {
        "title": min(titles, key=lambda title: (-titles[title], title), default=None),
        "claimIds": sorted({claim for claim, _, _ in stated}),
        "articleIds": sorted({article for _, article, _ in stated}),
        **times(_term([relation.valid for _, _, relation in stated if relation.valid])),
    }


def _term(told: Sequence[Validity]) -> Validity | None:
    """For how long a relation holds, by statements that let it begin alike.

    The gazetteer counts before texts, but for an end that came after the day to which it is kept.
    """
    if not told:
        return None
    basis = min(valid.basis for valid in told)  # in order of the alphabet too the gazetteer comes before the text
    latest = max((valid for valid in told if valid.basis is basis), key=_until)
    known = latest.last_known if latest.end is None else None
    news = [valid for valid in told if known and valid.last_day and valid.last_day > known]
    start = max((valid.start for valid in told if valid.start), key=len, default=None)
    return replace(max(news, key=_until, default=latest), start=start)


def _until(valid: Validity) -> tuple[str, datetime.date]:
    return valid.end or "", valid.last_known or datetime.date.min


def _is_reciprocal(cluster: Cluster) -> bool:
    """Whether it was done together: several actors and nobody it was done to ("A and B signed")."""
    return not cluster.targets


def _derived(actor: str, relation: str, target: str, events: list[Cluster], family: Mapping[str, str]) -> Edge:
    dates = [event.date for event in events if event.date and event.date.basis is Basis.TEXT]
    properties = {
        "eventIds": sorted(event.id for event in events),
        "firstDate": min((date.start for date in dates), default=None),
        "lastDate": max((date.end for date in dates), default=None),
        "count": len(events),
        "articleCount": len(set().union(*(event.articles for event in events))),
        "sourceCount": independent((article for event in events for article in event.backing), family),
        "reciprocal": any(map(_is_reciprocal, events)),
        "attributedOnly": all(telling.event.attributed_to for event in events for telling in event.tellings),
    }
    return Edge(actor, relation, target, properties)
