"""`kg show`: everything that is known about somebody, and why mentions were taken for them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.completion import entities
from kg.cli.options import StoreOption, StyleOption
from kg.cli.output import Style, print_fields, print_json, say
from kg.cli.stored import finder, gazetteer, read_store, store_path
from kg.stored import Stored

if TYPE_CHECKING:
    import networkx as nx

    from kg.gazetteer import Gazetteer
    from kg.resolve import Link

    Graph = nx.MultiDiGraph[str]

EXAMPLE = 'kg show "Kim Jong Un"'
_WORDS = 20  # that a text output lists

NameArgument = Annotated[
    str, typer.Argument(metavar="ENTITY", help="A name, an alias or an id.", autocompletion=entities)
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Show at most so many events, the latest first.")]


def command(
    entity: NameArgument, limit: LimitOption = 20, format: StyleOption = Style.TEXT, store: StoreOption = None
) -> None:
    """Show what is known about somebody.

    Names, kind and offices, by which words articles mean them and why ids were taken for one, the articles with
    counts, relations, and the latest events.
    """
    stored = read_store(store_path(store))
    id = finder(stored.index)(entity)
    found = {**facts(stored.graph, id, limit=limit), **background(stored, id, gazetteer())}
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


def background(stored: Stored, id: str, gazetteer: "Gazetteer") -> dict[str, Any]:
    """Offices by gazetteer and texts, by which words articles mean the entity, and which ids were taken for it."""
    return {
        "offices": [*_offices(gazetteer, id), *_told_offices(stored.graph, id)],
        "calledBy": _words(stored, id),
        "ids": list(stored.identity.members.get(id, ())),
        "takenFor": [_taken(link) for link in stored.identity.reasons(id)],
    }


def caveat(node: dict[str, Any]) -> str | None:
    """What an event's text does not simply assert: negated, planned, demanded, and so on."""
    parts = [node[name] for name, plain in (("polarity", "affirmed"), ("modality", "asserted")) if node[name] != plain]
    return ", ".join(parts) or None


def day(date: Any) -> str | None:
    """An ISO day, or None."""
    return date.isoformat() if date else None


def _offices(gazetteer: "Gazetteer", id: str) -> list[dict[str, Any]]:
    """Offices with dates, in order; leading in fact is listed as well as the title, and told once."""
    entry = gazetteer.entries.get(id)
    held = {(office.start or "", office.title, office.of): office for office in (entry.offices if entry else ())}
    return [
        {
            "title": office.title,
            "of": gazetteer.entries[office.of].name,
            "ofId": office.of,
            "from": office.start,
            "to": office.end,
            "lastKnown": None if office.end else day(gazetteer.maintained),
            "validBasis": "gazetteer",
        }
        for _, office in sorted(held.items())
    ]


def _told_offices(graph: "Graph", id: str) -> list[dict[str, Any]]:
    """Offices that the gazetteer lacks and a text dates, in order."""
    told = [(other, data) for _, other, data in graph.out_edges(id, data=True) if data.get("validBasis") == "text"]
    rows = [
        {"title": data.get("title") or data["type"], "of": graph.nodes[other]["name"], "ofId": other, **_times(data)}
        for other, data in told
    ]
    return sorted(rows, key=lambda row: (row["from"] or "", row["title"], row["ofId"]))


def _words(stored: Stored, id: str) -> list[dict[str, Any]]:
    """The words that mean the entity, with form, reading and how often; the most frequent first."""
    ids = set(stored.identity.members.get(id, ()))
    counts = Counter(
        (" ".join(mention.span.of(extraction.article.text).split()), mention.form.value, mention.reading)
        for extraction in stored.extractions
        for mention in extraction.mentions
        if mention.entity in ids
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][1], item[0][2] or ""))
    return [{"words": words, "form": form, "reading": reading, "count": n} for (words, form, reading), n in ordered]


def _taken(link: "Link") -> dict[str, str]:
    return {"id": link.left, "as": link.right, "reason": link.reason}


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
    """The events that an entity is in, each once: somebody visited is its target and its place."""
    names = {"HAS_ACTOR": "actor", "HAS_TARGET": "target", "HELD_AT": "place"}
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for event, _, data in graph.in_edges(id, data=True):
        if data["type"] in names:
            roles[event].append(names[data["type"]])
    for event, held in roles.items():
        node = graph.nodes[event]
        yield {
            "id": event,
            "name": node["name"],
            "type": node["type"],
            "role": ", ".join(sorted(held)),
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
                **_times(data),
                "attributedOnly": data.get("attributedOnly", False),
                "basis": basis,
            }


def _times(data: dict[str, Any]) -> dict[str, Any]:
    """For how long a lasting relation holds, as exactly as it is known; `lastKnown` where no end is."""
    known = {"from": data.get("validFromIso"), "to": data.get("validToIso"), "lastKnown": day(data.get("lastKnown"))}
    return {**known, "validBasis": data.get("validBasis")}


def _print(found: dict[str, Any]) -> None:
    lines = {
        **{name: found[name] for name in ("id", "name", "kind", "country", "sector")},
        "aliases": ", ".join(found["aliases"]),
        "offices": [_office_line(row) for row in found["offices"]],
        "calledBy": _called_line(found["calledBy"]),
        "takenFor": [f"{row['id']} = {row['as']}: {row['reason']}" for row in found["takenFor"]],
        "mentions": found["mentions"],
        "articles": [_article_line(row) for row in found["articles"]],
        "relations": [_relation_line(row) for row in found["relations"]],
        "events": [_event_line(row) for row in found["events"]],
    }
    print_fields(lines)
    if (left := found["eventCount"] - len(found["events"])) > 0:
        say(f"… and {left} earlier events: --limit {found['eventCount']} shows all")


def _office_line(row: dict[str, Any]) -> str:
    note = "  [by the text]" if row["validBasis"] == "text" else ""
    return f"{_term(row)}  {row['title']}, {row['of']}{note}"


def _term(row: dict[str, Any]) -> str:
    """From when to when, such as "2011-12-17 to last known 2025-06-30"."""
    until = row["to"] or (f"last known {row['lastKnown']}" if row["lastKnown"] else "last known")
    return f"{row['from'] or '?'} to {until}"


def _called_line(rows: list[dict[str, Any]]) -> str:
    """The words in one line; that a word is a plain name need not be said."""
    parts = []
    for row in rows[:_WORDS]:
        notes = [row["form"] if row["form"] != "name" else None, row["reading"], f"{row['count']}×"]
        parts.append(f"“{row['words']}” ({', '.join(note for note in notes if note)})")
    return ", ".join(parts) + (f" and {len(rows) - _WORDS} others" if len(rows) > _WORDS else "")


def _article_line(row: dict[str, Any]) -> str:
    return f"{row['published'] or 'no date   '}  {row['name']} ({row['mentions']}×)  {row['id']}"


def _relation_line(row: dict[str, Any]) -> str:
    arrow = {"out": "→", "in": "←", "both": "↔"}[row["direction"]]
    days = " to ".join(dict.fromkeys(day for day in (row["firstDate"], row["lastDate"]) if day))
    days = _term(row) if row["validBasis"] else days
    notes = [row["title"], f"{row['count']}×", days, "attributed" if row["attributedOnly"] else None]
    return f"{arrow} {row['relation']} {row['other']}  ({', '.join(note for note in notes if note)})"


def _event_line(row: dict[str, Any]) -> str:
    notes = [row["caveat"], "date of publication" if row["dateBasis"] == "published" else None]
    note = "; ".join(note for note in notes if note)
    return f"{row['date'] or 'no date   '}  {row['name']}" + (f"  [{note}]" if note else "") + f"  {row['id']}"
