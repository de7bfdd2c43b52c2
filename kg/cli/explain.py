"""`kg explain`: why the graph holds an event."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import StoreOption, StyleOption
from kg.cli.output import Style, line, print_fields, print_json, say
from kg.cli.show import day
from kg.cli.stored import read_store, store_path
from kg.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

EXAMPLE = "kg explain event/1d0c"
_LISTED = 5  # ids that an ambiguous beginning is answered with

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event or claim, or how it begins.")]


def command(event: EventArgument, format: StyleOption = Style.TEXT, store: StoreOption = None) -> None:
    """Show the evidence of an event.

    Each sentence that reports it with its >>trigger<<, who takes part, how real the text says it is, the date and its
    basis, on whose word it stands, the article, and the rule that found it.
    """
    graph = read_store(store_path(store)).graph
    found = [evidence(graph, claim) for claim in claims_of(graph, find(graph, event))]
    if format is Style.JSON:
        print_json(found)
        return
    for number, row in enumerate(found):
        if number:
            say()
        print_fields(_lines(row))


def find(graph: "Graph", beginning: str) -> str:
    """Id of the only event or claim that is called so or begins so; `NotFoundError` for none and for several."""
    ids = [id for id, node in graph.nodes(data=True) if node["labels"][0] in ("Event", "Claim")]
    if beginning in ids:
        return beginning
    found = sorted(id for id in ids if beginning and id.startswith((beginning, f"event/{beginning}")))
    if len(found) == 1:
        return found[0]
    if not found:
        hint = "`kg show NAME` prints the ids of events"
        raise NotFoundError(f"there is no event or claim {beginning!r}", hint=hint)
    listed = ", ".join(found[:_LISTED]) + (" …" if len(found) > _LISTED else "")
    raise NotFoundError(f"{len(found)} events and claims begin with {beginning!r}", hint=f"which of {listed}?")


def claims_of(graph: "Graph", id: str) -> list[str]:
    """The claims that report an event; of a claim, itself."""
    if graph.nodes[id]["labels"][0] == "Claim":
        return [id]
    return sorted(claim for claim, _, data in graph.in_edges(id, data=True) if data["type"] == "REPORTS")


def evidence(graph: "Graph", claim: str) -> dict[str, Any]:
    """What a claim says and where, with the article's sentence; people and places as `{id, name}`."""
    node = graph.nodes[claim]
    event = _one(graph, claim, "REPORTS")
    article = _one(graph, claim, "IN_ARTICLE")
    source = _one(graph, article, "PUBLISHED_BY") if article else None
    return {
        "event": _named(graph, event),
        "claim": claim,
        "sentence": node["sentence"],
        "start": node["start"],
        "end": node["end"],
        "trigger": node.get("trigger"),
        "triggerStart": node.get("triggerStart"),
        "triggerEnd": node.get("triggerEnd"),
        "actors": [_named(graph, id) for id in node.get("actorIds", [])],
        "targets": [_named(graph, id) for id in node.get("targetIds", [])],
        "place": _named(graph, _one(graph, event, "HELD_AT")) if event else None,
        "attributedTo": _named(graph, _one(graph, claim, "ATTRIBUTED_TO")),
        "polarity": node["polarity"],
        "modality": node["modality"],
        "date": day(node.get("date")),
        "dateEnd": day(node.get("dateEnd")),
        "datePrecision": node.get("datePrecision"),
        "dateBasis": node.get("dateBasis"),
        "rule": node["rule"],
        "confidence": node["confidence"],
        "article": _article(graph, article) if article else None,
        "source": graph.nodes[source]["name"] if source else None,
    }


def marked(row: dict[str, Any]) -> str:
    """The sentence with its trigger between >> and <<."""
    sentence: str = row["sentence"]
    if row["triggerStart"] is None:
        return sentence
    start, end = row["triggerStart"] - row["start"], row["triggerEnd"] - row["start"]
    return f"{sentence[:start]}>>{sentence[start:end]}<<{sentence[end:]}"


def _one(graph: "Graph", id: str, type: str) -> str | None:
    return min((other for _, other, data in graph.out_edges(id, data=True) if data["type"] == type), default=None)


def _named(graph: "Graph", id: str | None) -> dict[str, str] | None:
    return {"id": id, "name": graph.nodes[id]["name"]} if id else None


def _article(graph: "Graph", id: str) -> dict[str, Any]:
    node = graph.nodes[id]
    return {"id": id, "name": node["name"], "url": node.get("url"), "published": day(node.get("published"))}


def _lines(row: dict[str, Any]) -> dict[str, Any]:
    article = row["article"] or {}
    return {
        "event": _who(row["event"]),
        "claim": row["claim"],
        "sentence": line(marked(row)),
        "actors": [_who(who) for who in row["actors"]],
        "targets": [_who(who) for who in row["targets"]],
        "place": _who(row["place"]),
        "on the word of": _who(row["attributedTo"]) or "the article",
        "reality": f"{row['polarity']}, {row['modality']}",
        "date": _date(row),
        "article": f"{article.get('name')} ({article.get('id')}), characters {row['start']} to {row['end']}",
        "published": article.get("published"),
        "source": row["source"],
        "url": article.get("url"),
        "rule": f"{row['rule']}, confidence {row['confidence']:g}",
    }


def _who(who: dict[str, str] | None) -> str | None:
    return f"{who['name']}  {who['id']}" if who else None


def _date(row: dict[str, Any]) -> str:
    if not row["date"]:
        return "none"
    days = " to ".join(dict.fromkeys((row["date"], row["dateEnd"])))
    basis = "words of the text" if row["dateBasis"] == "text" else "only the day of publication"
    return f"{days} ({row['datePrecision']}; {basis})"
