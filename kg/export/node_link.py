"""networkx's node-link form as JSON, a node or edge a line; read it with `nx.node_link_graph(data, key="id")`."""

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.export.walk import ordered_edges
from kg.render import json_text

if TYPE_CHECKING:
    import networkx as nx


def node_link(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield '{"directed": true, "multigraph": true, "graph": {}, "nodes": ['
    yield from rows(graph.nodes[id] for id in sorted(graph))
    yield '], "edges": ['
    yield from rows({"source": source, "target": target, **data} for source, target, data in ordered_edges(graph))
    yield "]}\n"


def rows(some: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The members of a JSON list, each on a line of its own."""
    separator = "\n"
    for row in some:
        yield separator + plain(row)
        separator = ",\n"
    yield "\n"


def plain(row: dict[str, Any]) -> str:
    """A row as JSON on one line, its keys sorted and its dates as ISO strings."""
    return json_text(row, sort_keys=True, default=_iso)


def _iso(value: datetime.date) -> str:
    return value.isoformat()
