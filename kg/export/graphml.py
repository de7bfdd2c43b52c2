"""GraphML, with the properties of `kg.schema` as typed keys; lists are joined by "; " and dates are ISO strings.

Written by hand, piece by piece: networkx's own writer first builds the whole document in memory.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.schema import DERIVED_PROPERTIES, LASTING_PROPERTIES, NODES, STRUCTURAL_EDGES, Type

if TYPE_CHECKING:
    import networkx as nx

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML 1.0 file may hold
_KINDS = {Type.INTEGER: "long", Type.FLOAT: "double", Type.BOOLEAN: "boolean"}


def graphml(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield _HEAD
    for owner, properties in (("node", _node_properties()), ("edge", _edge_properties())):
        for name in sorted(properties):
            kind = _KINDS.get(properties[name], "string")
            yield f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for id in sorted(graph):
        yield f"<node id={_quoted(id)}>{_data('node', graph.nodes[id])}</node>\n"
    edges = sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[2]["type"], edge[1]))
    for source, target, data in edges:
        ends = f"id={_quoted(data['id'])} source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge {ends}>{_data('edge', data)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _node_properties() -> dict[str, Type]:
    properties = {"labels": Type.STRINGS}
    for node in NODES.values():
        properties |= node.properties
    return properties


def _edge_properties() -> dict[str, Type]:
    properties = {"id": Type.STRING, "type": Type.STRING} | DERIVED_PROPERTIES | LASTING_PROPERTIES
    for edge in STRUCTURAL_EDGES.values():
        properties |= edge.properties
    return properties


def _data(owner: str, properties: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{owner}-{name}">{_text(properties[name])}</data>' for name in sorted(properties))


def _text(value: Any) -> str:
    """A value as XML text; a carriage return is escaped, because a reader would take it for a line feed."""
    if isinstance(value, bool):
        return str(value).lower()
    joined = "; ".join(value) if isinstance(value, list) else str(value)
    return escape(_FORBIDDEN.sub("", joined), {"\r": "&#13;"})


def _quoted(id: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", id))
