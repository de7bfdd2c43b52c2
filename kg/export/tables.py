"""The graph as three tables: events in words, nodes, and edges.

Of an event the row has the names of who took part, and the sentence. Of nodes and edges it has every property that any
of them may have, as `kg.schema` declares them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.export.walk import claims, ends, ordered_edges
from kg.schema import EDGE_PROPERTIES, NODE_PROPERTIES, NODES, Type

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]
Columns = Mapping[str, Type]

_L, _S = Type.STRINGS, Type.STRING
_PARTS = {"actor": "HAS_ACTOR", "target": "HAS_TARGET", "place": "HELD_AT"}
_EVENT: Columns = {
    "date": Type.DATE,
    "dateEnd": Type.DATE,
    "name": _S,
    "type": _S,
    **{f"{part}s": _L for part in _PARTS},
    "polarity": _S,
    "modality": _S,
    "attributedTo": _L,
    "sentence": _S,
    "sources": _L,
    "urls": _L,
    **{name: type for name, type in NODES["Event"].properties.items() if name != "dateIso"},
    "articleIds": _L,
    **{f"{part}Ids": _L for part in _PARTS},
}
_NODE: Columns = {"id": _S, **NODE_PROPERTIES}
_EDGE: Columns = {"source": _S, "type": _S, "target": _S, **EDGE_PROPERTIES}


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, the types of its columns, and its rows, which may lack any of them."""

    name: str
    columns: Columns
    rows: Iterator[Row]


def tables(graph: "nx.MultiDiGraph[str]") -> tuple[Table, Table, Table]:
    """The events, oldest first and those without a date last; the nodes; and the edges."""
    nodes = (dict(graph.nodes[id]) for id in sorted(graph))
    edges = ({"source": source, "target": target, **data} for source, target, data in ordered_edges(graph))
    return Table("events", _EVENT, _events(graph)), Table("nodes", _NODE, nodes), Table("edges", _EDGE, edges)


def _events(graph: "nx.MultiDiGraph[str]") -> Iterator[Row]:
    found = ((id, node) for id, node in graph.nodes(data=True) if node["labels"][0] == "Event")
    for id, node in sorted(found, key=lambda item: (item[1].get("dateIso", "~"), item[0])):
        spoken, *others = claims(graph, id)
        articles = sorted({article for claim in (spoken, *others) for article in ends(graph, claim, "IN_ARTICLE")})
        sources = {source for article in articles for source in ends(graph, article, "PUBLISHED_BY")}
        parts = {part: ends(graph, id, type_) for part, type_ in _PARTS.items()}
        yield {
            **{name: value for name, value in node.items() if name in _EVENT},
            **{f"{part}s": _names(graph, some) for part, some in parts.items()},
            **{f"{part}Ids": some for part, some in parts.items()},
            "attributedTo": _names(graph, ends(graph, spoken, "ATTRIBUTED_TO")),
            "sentence": graph.nodes[spoken]["sentence"],
            "sources": sorted(_names(graph, sources)),
            "urls": [graph.nodes[article]["url"] for article in articles if "url" in graph.nodes[article]],
            "articleIds": articles,
        }


def _names(graph: "nx.MultiDiGraph[str]", ids: Iterable[str]) -> list[str]:
    return [graph.nodes[id]["name"] for id in ids]
