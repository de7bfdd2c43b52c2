"""What the page knows: the graph's nodes and edges as plain lists, in the graph's order and with the schema's names.

Each structural edge becomes a list of ids at the node that it leaves, so that the page reads `event.actors`.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]

_LINKS = {
    "HAS_ACTOR": "actors",
    "HAS_TARGET": "targets",
    "HELD_AT": "places",
    "REPORTS": "events",
    "ATTRIBUTED_TO": "attributedTo",
    "CONTRADICTS": "contradicts",
    "SAID_BY": "speakers",
    "IN_ARTICLE": "articles",
    "MENTIONED_IN": "articles",
    "PUBLISHED_BY": "sources",
    "COPY_OF": "copyOf",
}
_LISTS = {
    "Entity": "entities",
    "Event": "events",
    "Claim": "claims",
    "Statement": "statements",
    "Article": "articles",
    "Source": "sources",
}
# Said in another way, asked whether it is a link, or only there for queries that count.
_LEFT_OUT = {"labels", "url", "pairs", "placeIds"}


def page_content(graph: "nx.MultiDiGraph[str]") -> dict[str, list[Row]]:
    """Everything the page shows, ready for JSON."""
    content: dict[str, list[Row]] = {name: [] for name in [*_LISTS.values(), "relations"]}
    links: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source, target, edge in graph.edges(data=True):
        if name := _LINKS.get(edge["type"]):
            links[source][name].append(target)
        else:
            content["relations"].append(_relation(source, target, edge))
    for id, node in graph.nodes(data=True):
        content[_LISTS[node["labels"][0]]].append(_row(node) | links[id])
    return content


def _relation(source: str, target: str, edge: Mapping[str, Any]) -> Row:
    return {"source": source, "target": target} | {name: _plain(value) for name, value in edge.items()}


def _row(node: Mapping[str, Any]) -> Row:
    """A node's properties; an entity says its kind, and a claim its sentence in parts instead of a second time."""
    row = {name: _plain(value) for name, value in node.items() if name not in _LEFT_OUT}
    if len(node["labels"]) > 1:
        row["kind"] = node["labels"][1]
    if _is_link(url := node.get("url")):
        row["url"] = url
    if "sentence" in row:
        del row["name"]
        row["evidence"] = _evidence(row.pop("sentence"), row)
    return row


def _evidence(sentence: str, claim: Row) -> list[str]:
    """The sentence before, in and after the trigger; cut here because a browser counts offsets in other units."""
    if "triggerStart" not in claim:
        return [sentence, "", ""]
    start, end = (claim[name] - claim["start"] for name in ("triggerStart", "triggerEnd"))
    return [sentence[:start], sentence[start:end], sentence[end:]]


def _is_link(url: str | None) -> bool:
    """Whether an article's address may be followed; `javascript:` and the like may not."""
    return bool(url) and str(url).lower().startswith(("https://", "http://"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
