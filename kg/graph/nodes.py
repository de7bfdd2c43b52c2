"""Nodes, each with the edges that leave it."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from kg.graph.media import state_behind
from kg.graph.parts import Edge, Node, times
from kg.graph.wording import article_name, event_name, short, statement_name
from kg.ids import relation_claim_id, source_id, statement_id
from kg.merge import Cluster
from kg.merge.copies import independent
from kg.model import Article, Entity, EventDate, Extraction, Kind, Modality, Polarity, Relation, Span
from kg.ontology import Ontology


def entity_nodes(entities: Mapping[str, Entity]) -> Iterator[Node]:
    """Everybody and everywhere."""
    for entity in entities.values():
        properties = {
            "name": entity.name,
            "aliases": list(entity.aliases),
            "country": entity.country,
            "sector": entity.sector,
            "latitude": entity.latitude,
            "longitude": entity.longitude,
            "stateMedia": _state_behind(entity),
        }
        yield Node(entity.id, ("Entity", entity.kind.value), properties)


def article_nodes(extractions: Sequence[Extraction], family: Mapping[str, str]) -> Iterator[Node | Edge]:
    """Articles with who is mentioned in them, and their sources; of a source's spellings the smallest is its name.

    `family` tells which articles are copies of one text, see `kg.merge.copies`.
    """
    yield from _copies((extraction.article for extraction in extractions), family)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        article = extraction.article
        yield _article_node(article)
        for entity, count in Counter(mention.entity for mention in extraction.mentions).items():
            yield Edge(entity, "MENTIONED_IN", article.id, {"count": count})
        if article.source:
            sources[source_id(article.source)].add(article.source)
            yield Edge(article.id, "PUBLISHED_BY", source_id(article.source), {})
    for id, names in sources.items():
        yield Node(id, ("Source",), {"name": min(names), "stateMedia": state_behind(sorted(names))})


def event_nodes(
    clusters: Iterable[Cluster], entities: Mapping[str, Entity], ontology: Ontology, family: Mapping[str, str]
) -> Iterator[Node | Edge]:
    """Events with who took part and where, and on how many independent sources they stand."""
    for cluster in clusters:
        event = cluster.typical
        places = {place for telling in cluster.tellings if (place := telling.event.place)}
        properties = {
            "name": event_name(event, cluster.date, entities),
            "type": event.type,
            "mode": event.mode,
            "contexts": sorted({context for telling in cluster.tellings for context in telling.event.contexts}),
            "relation": event.relation,
            "quad": event.quad,
            "score": _number(event.score),
            "cameoRoot": ontology.types[event.type].cameo_root,
            "polarity": event.polarity.value,
            "modality": event.modality.value,
            **_dates(cluster.date),
            "firstTold": min((day for telling in cluster.tellings if (day := telling.article.published)), default=None),
            "articleCount": len(cluster.articles),
            "sourceCount": independent(cluster.backing, family),
            "claimCount": len(cluster.backing),
            "contradictionCount": len(cluster.contradictions),
            "confidence": max(_number(telling.event.confidence) for telling in cluster.tellings),
            **(_counted(cluster, places, entities) if cluster.happened else {}),
        }
        yield Node(cluster.id, ("Event",), properties)
        yield from (Edge(cluster.id, "HAS_ACTOR", actor, {}) for actor in cluster.actors)
        yield from (Edge(cluster.id, "HAS_TARGET", target, {}) for target in cluster.targets)
        yield from (Edge(cluster.id, "HELD_AT", place, {}) for place in places)


def claim_nodes(extractions: Iterable[Extraction], clusters: Iterable[Cluster]) -> Iterator[Node | Edge]:
    """Claims: who says that an event happened, or that a relation lasts, and in which sentence."""
    for cluster in clusters:
        for telling in cluster.tellings:
            event, text = telling.event, telling.article.text
            properties = {
                **_sentence(event.evidence, text),
                "trigger": event.trigger.of(text),
                "triggerStart": event.trigger.start,
                "triggerEnd": event.trigger.end,
                "polarity": event.polarity.value,
                "modality": event.modality.value,
                **_dates(event.date),
                "actorIds": list(event.actors),
                "targetIds": list(event.targets),
                "rule": event.rule,
                "confidence": _number(event.confidence),
            }
            yield Node(event.id, ("Claim",), properties)
            yield Edge(event.id, "REPORTS", cluster.id, {})
            yield Edge(event.id, "IN_ARTICLE", telling.article.id, {})
            if event.attributed_to:
                yield Edge(event.id, "ATTRIBUTED_TO", event.attributed_to, {})
        yield from (Edge(one, "CONTRADICTS", other, {}) for one, other in cluster.contradictions)
    for extraction in extractions:
        for relation in extraction.relations:
            yield from _relation_claim(relation, extraction.article)


def statement_nodes(extractions: Iterable[Extraction], entities: Mapping[str, Entity]) -> Iterator[Node | Edge]:
    """Statements with their speakers, where the article names them."""
    for extraction in extractions:
        article = extraction.article
        for statement in extraction.statements:
            id = statement_id(article.id, statement.content, statement.cue)
            speaker = entities[statement.speaker] if statement.speaker else None
            properties = {
                "name": statement_name(statement, article.text, speaker),
                "content": statement.content.of(article.text),
                "quoted": statement.quoted,
                "published": article.published,
                "start": statement.content.start,
                "end": statement.content.end,
            }
            yield Node(id, ("Statement",), properties)
            yield Edge(id, "IN_ARTICLE", article.id, {})
            if speaker:
                yield Edge(id, "SAID_BY", speaker.id, {})


def _counted(cluster: Cluster, places: Set[str], entities: Mapping[str, Entity]) -> dict[str, Any]:
    """Between whom and where an event counts that happened, so that counting all need not walk to each participant.

    A pair is two ids with a space between, the smaller first. Violence of which nobody names a place counts where the
    states and places are that it was done to.
    """
    fell = {id for id in cluster.targets if entities[id].kind in (Kind.COUNTRY, Kind.PLACE)}
    return {
        "pairs": sorted({" ".join(sorted(pair)) for pair in cluster.pairs}) or None,
        "placeIds": sorted(places or (fell if cluster.typical.type == "ASSAULT" else ())) or None,
    }


def _state_behind(entity: Entity) -> str | None:
    return state_behind((entity.name, *entity.aliases), entity.country) if entity.sector == "JRN" else None


def _copies(articles: Iterable[Article], family: Mapping[str, str]) -> Iterator[Edge]:
    """An edge from each copy to the article of its family that was published first."""
    members: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.id in family:
            members[family[article.id]].append(article)
    for copies in members.values():
        first, *others = sorted(copies, key=lambda article: (article.published or datetime.date.max, article.id))
        yield from (Edge(copy.id, "COPY_OF", first.id, {}) for copy in others)


def _article_node(article: Article) -> Node:
    properties = {
        "name": article_name(article),
        "title": article.title,
        "url": article.url,
        "published": article.published,
        "publishedIso": article.published.isoformat() if article.published else None,
        "language": article.language,
    }
    return Node(article.id, ("Article",), properties)


def _relation_claim(relation: Relation, article: Article) -> Iterator[Node | Edge]:
    id = relation_claim_id(article.id, relation.type, relation.source, relation.target, relation.evidence)
    properties = {
        **_sentence(relation.evidence, article.text),
        "polarity": Polarity.AFFIRMED.value,  # a relation is one that the text states
        "modality": Modality.ASSERTED.value,
        "actorIds": [relation.source],
        "targetIds": [relation.target],
        **times(relation.valid),
        "rule": relation.rule,
        "confidence": _number(relation.confidence),
    }
    yield Node(id, ("Claim",), properties)
    yield Edge(id, "IN_ARTICLE", article.id, {})


def _sentence(evidence: Span, text: str) -> dict[str, Any]:
    sentence = evidence.of(text)
    return {"name": short(sentence), "sentence": sentence, "start": evidence.start, "end": evidence.end}


def _dates(date: EventDate | None) -> dict[str, Any]:
    if date is None:
        return {}
    return {
        "date": date.start,
        "dateIso": date.start.isoformat(),
        "dateEnd": date.end,
        "datePrecision": date.precision.value,
        "dateBasis": date.basis.value,
    }


def _number(value: float) -> float:
    """With three decimals, as the record has it; adding 0.0 turns -0.0 into 0.0 and a whole number into a float."""
    return round(value, 3) + 0.0
