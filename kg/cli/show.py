"""`kg show`: everything the graph holds about somebody."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import StoreOption, StyleOption
from kg.cli.output import Style, print_fields, print_json, say
from kg.cli.stored import read_store, store_path

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

EXAMPLE = 'kg show "Kim Jong Un"'

NameArgument = Annotated[str, typer.Argument(metavar="ENTITY", help="A name, an alias or an id.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Show at most so many events, the latest first.")]


def command(
    entity: NameArgument, limit: LimitOption = 20, format: StyleOption = Style.TEXT, store: StoreOption = None
) -> None:
    """Show what is known about somebody.

    Names and kind, what they did and had done to them, their relations, and the articles that say so.
    """
    from kg.lookup import EntityIndex

    graph = read_store(store_path(store)).graph
    found = facts(graph, EntityIndex.from_graph(graph).find(entity), limit=limit)
    if format is Style.JSON:
        print_json(found)
    else:
        _print(found)


def facts(graph: "Graph", id: str, *, limit: int) -> dict[str, Any]:
    """What the graph holds about an entity; of its events the latest `limit`, those without a date last."""
    node = graph.nodes[id]
    articles = sorted(_articles(graph, id), key=lambda row: (row["published"] or "", row["id"]), reverse=True)
    events = sorted(_events(graph, id), key=lambda row: (row["date"] or "", row["id"], row["role"]), reverse=True)
    return {
        "id": id,
        "name": node["name"],
        "kind": node["labels"][-1],
        "country": node.get("country"),
        "sector": node.get("sector"),
        "aliases": node.get("aliases", []),
        "mentions": sum(row["mentions"] for row in articles),
        "articles": articles,
        "relations": sorted(_relations(graph, id), key=lambda row: (-row["count"], row["relation"], row["id"])),
        "eventCount": len(events),
        "events": events[:limit],
    }


def caveat(node: dict[str, Any]) -> str | None:
    """What an event's text does not simply assert: negated, planned, demanded, and so on."""
    parts = [node[name] for name, plain in (("polarity", "affirmed"), ("modality", "asserted")) if node[name] != plain]
    return ", ".join(parts) or None


def day(date: Any) -> str | None:
    """An ISO day, or None."""
    return date.isoformat() if date else None


def _articles(graph: "Graph", id: str) -> Iterator[dict[str, Any]]:
    for _, article, data in graph.out_edges(id, data=True):
        if data["type"] == "MENTIONED_IN":
            node = graph.nodes[article]
            yield {
                "id": article,
                "name": node["name"],
                "published": day(node.get("published")),
                "mentions": data["count"],
            }


def _events(graph: "Graph", id: str) -> Iterator[dict[str, Any]]:
    roles = {"HAS_ACTOR": "actor", "HAS_TARGET": "target", "HELD_AT": "place"}
    for event, _, data in graph.in_edges(id, data=True):
        if role := roles.get(data["type"]):
            node = graph.nodes[event]
            yield {
                "id": event,
                "name": node["name"],
                "type": node["type"],
                "role": role,
                "date": day(node.get("date")),
                "dateBasis": node.get("dateBasis"),
                "caveat": caveat(node),
            }


def _relations(graph: "Graph", id: str) -> Iterator[dict[str, Any]]:
    edges = [*graph.out_edges(id, data=True), *graph.in_edges(id, data=True)]
    for source, target, data in edges:
        other = target if source == id else source
        if graph.nodes[other]["labels"][0] == "Entity":
            basis = data.get("eventIds") or data.get("claimIds") or []
            yield {
                "relation": data["type"],
                "direction": "both" if data.get("reciprocal") else "out" if source == id else "in",
                "other": graph.nodes[other]["name"],
                "id": other,
                "title": data.get("title"),
                "count": len(basis),
                "firstDate": day(data.get("firstDate")),
                "lastDate": day(data.get("lastDate")),
                "attributedOnly": data.get("attributedOnly", False),
                "basis": basis,
            }


def _print(found: dict[str, Any]) -> None:
    lines = {
        "articles": [_article_line(row) for row in found["articles"]],
        "relations": [_relation_line(row) for row in found["relations"]],
        "events": [_event_line(row) for row in found["events"]],
    }
    print_fields({**found, **lines, "aliases": ", ".join(found["aliases"]), "eventCount": None})
    if (left := found["eventCount"] - len(found["events"])) > 0:
        say(f"… and {left} earlier events: --limit {found['eventCount']} shows all")


def _article_line(row: dict[str, Any]) -> str:
    return f"{row['published'] or 'no date   '}  {row['name']} ({row['mentions']}×)  {row['id']}"


def _relation_line(row: dict[str, Any]) -> str:
    arrow = {"out": "→", "in": "←", "both": "↔"}[row["direction"]]
    days = " to ".join(dict.fromkeys(day for day in (row["firstDate"], row["lastDate"]) if day))
    notes = [row["title"], f"{row['count']}×", days, "attributed" if row["attributedOnly"] else None]
    return f"{arrow} {row['relation']} {row['other']}  ({', '.join(note for note in notes if note)})"


def _event_line(row: dict[str, Any]) -> str:
    notes = [row["caveat"], "date of publication" if row["dateBasis"] == "published" else None]
    note = "; ".join(note for note in notes if note)
    return f"{row['date'] or 'no date   '}  {row['name']}" + (f"  [{note}]" if note else "") + f"  {row['id']}"
