"""PLOVER event records, one event a line (the JSON form of the PLOVER manual, 2024).

Beyond PLOVER's own fields a record carries `date_precision`, `date_basis`, `polarity`, `modality` and `attributed_to`:
without them an event that was denied, planned or only claimed would read as one that happened.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.node_link import plain
from kg.export.walk import claims, ends
from kg.ids import is_wikidata
from kg.model import Extraction, Span

if TYPE_CHECKING:
    import networkx as nx

_COUNTRY = 1  # PLOVER's `resolution` of a location: 1 a country, 4 a city; what else a place may be is not known


def plover(graph: "nx.MultiDiGraph[str]", extractions: Iterable[Extraction]) -> Iterator[str]:
    """The file in pieces, each a record on a line, in order of event id."""
    told = {event.id: (extraction, event.evidence) for extraction in extractions for event in extraction.events}
    for id in sorted(graph):
        if graph.nodes[id]["labels"][0] == "Event":
            claim, *_ = claims(graph, id)
            words = _words(*told[claim]) if claim in told else {}
            yield plain(_record(graph, id, claim, words)) + "\n"


def _record(graph: "nx.MultiDiGraph[str]", id: str, claim_id: str, words: Mapping[str, str]) -> dict[str, Any]:
    event, claim = graph.nodes[id], graph.nodes[claim_id]
    (article,) = ends(graph, claim_id, "IN_ARTICLE")
    return {
        "id": id,
        "has_event": True,
        "date": event.get("date"),
        "enddate": event.get("dateEnd"),
        "date_precision": event.get("datePrecision"),
        "date_basis": event.get("dateBasis"),
        "actor": [_actor(graph.nodes[who], words) for who in ends(graph, id, "HAS_ACTOR")],
        "recipient": [_actor(graph.nodes[who], words) for who in ends(graph, id, "HAS_TARGET")],
        "event": event["type"],
        "mode": event.get("mode"),
        "context": event["contexts"],
        "quad_code": event["quad"],
        "event_scale": event["score"],
        "event_text": claim["trigger"],
        "event_loc": next((_place(graph.nodes[place], words) for place in ends(graph, id, "HELD_AT")), None),
        "polarity": event["polarity"],
        "modality": event["modality"],
        "attributed_to": [_actor(graph.nodes[who], words) for who in ends(graph, claim_id, "ATTRIBUTED_TO")],
        "text": claim["sentence"],
        "text_info": {"start": claim["start"], "end": claim["end"]},
        "cite_info": _citation(graph, article),
    }


def _words(extraction: Extraction, sentence: Span) -> dict[str, str]:
    """How the sentence puts each entity; where it does so twice, the first time."""
    inside = sorted((m.span, m.entity) for m in extraction.mentions if sentence.covers(m.span))
    return {entity: span.of(extraction.article.text) for span, entity in reversed(inside)}


def _actor(entity: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": entity.get("country"),
        "sector": entity.get("sector"),
        "entity_text": words.get(entity["id"], entity["name"]),
        "identifier_id": entity["id"] if is_wikidata(entity["id"]) else None,
        "identifier_text": entity["name"],
    }


def _place(entity: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "extracted_place": words.get(entity["id"]),
        "resolved_place": entity["name"],
        "lat": entity.get("latitude"),
        "lon": entity.get("longitude"),
        "country_code": entity.get("country"),
        "resolution": _COUNTRY if "Country" in entity["labels"] else None,
    }


def _citation(graph: "nx.MultiDiGraph[str]", article_id: str) -> dict[str, Any]:
    article, sources = graph.nodes[article_id], ends(graph, article_id, "PUBLISHED_BY")
    return {
        "citation": article_id,
        "url": article.get("url"),
        "title": article.get("title"),
        "language": article.get("language"),
        "publication": graph.nodes[sources[0]]["name"] if sources else None,
        "date": article.get("published"),
    }
