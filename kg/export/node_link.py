"""networkx's node-link form as JSON, a node or edge a line; read it with `nx.node_link_graph(data, key="id")`."""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


def node_link(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield '{"directed": true, "multigraph": true, "graph": {}, "nodes": ['
    yield from _rows(graph.nodes[id] for id in sorted(graph))
    yield '], "edges": ['
    edges = ({"source": source, "target": target, **data} for source, target, data in graph.edges(data=True))
    yield from _rows(sorted(edges, key=lambda edge: (edge["source"], edge["type"], edge["target"])))
    yield "]}\n"


def plain(row: dict[str, Any]) -> str:
    """A row as JSON on one line, its keys sorted and its dates as ISO strings."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=_iso)


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    separator = "\n"
    for row in rows:
        yield separator + plain(row)
        separator = ",\n"
    yield "\n"


def _iso(value: datetime.date) -> str:
    return value.isoformat()
