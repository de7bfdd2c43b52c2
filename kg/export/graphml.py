"""GraphML, with the properties of `kg.schema` as typed keys; lists are joined by "; " and dates are ISO strings.

Written by hand, piece by piece: networkx's own writer first builds the whole document in memory.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.walk import ordered_edges
from kg.export.xml import KINDS, quoted, text
from kg.schema import EDGE_PROPERTIES, NODE_PROPERTIES

if TYPE_CHECKING:
    import networkx as nx

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def graphml(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield _HEAD
    for owner, properties in (("node", NODE_PROPERTIES), ("edge", EDGE_PROPERTIES)):
        for name in sorted(properties):
            kind = KINDS[properties[name]]
            yield f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for id in sorted(graph):
        yield f"<node id={quoted(id)}>{_data('node', graph.nodes[id])}</node>\n"
    for source, target, data in ordered_edges(graph):
        ends = f"id={quoted(data['id'])} source={quoted(source)} target={quoted(target)}"
        yield f"<edge {ends}>{_data('edge', data)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(owner: str, properties: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{owner}-{name}">{text(properties[name])}</data>' for name in sorted(properties))
