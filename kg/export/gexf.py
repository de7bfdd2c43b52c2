"""GEXF 1.3 for Gephi, with dates for its timeline; values stand as in GraphML.

An event is there from its first day to its last, a relation from when it is first told of, or holds, to the last time.
Edges beside each other differ in kind, without which Gephi would add them up.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.walk import ordered_edges
from kg.export.xml import KINDS, quoted
from kg.schema import EDGE_PROPERTIES, NODE_PROPERTIES

if TYPE_CHECKING:
    import networkx as nx

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_NODE = {name: type for name, type in NODE_PROPERTIES.items() if name not in ("id", "name")}
_EDGE = {name: type for name, type in EDGE_PROPERTIES.items() if name not in ("id", "type")}
_TITLES = {"start": "textStart", "end": "textEnd"}  # else readers take places in a text for days
_STARTS = ("date", "firstDate", "validFrom")
_ENDS = ("dateEnd", "lastDate", "validTo")


def gexf(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield _HEAD
    for owner, properties in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{owner}" mode="static">\n'
        for name in sorted(properties):
            yield f'<attribute id="{name}" title="{_TITLES.get(name, name)}" type="{KINDS[properties[name]]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for id in sorted(graph):
        node = graph.nodes[id]
        yield f"<node id={quoted(id)} label={quoted(node['name'])}{_times(node)}>{_values(node, _NODE)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for source, target, edge in ordered_edges(graph):
        ends = f"id={quoted(edge['id'])} source={quoted(source)} target={quoted(target)}"
        type = quoted(edge["type"])
        yield f"<edge {ends} label={type} kind={type}{_times(edge)}>{_values(edge, _EDGE)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _times(properties: Mapping[str, Any]) -> str:
    """From when to when, where that is known."""
    start = next((properties[name] for name in _STARTS if name in properties), None)
    end = next((properties[name] for name in _ENDS if name in properties), None)
    return "".join(f' {name}="{day}"' for name, day in (("start", start), ("end", end)) if day)


def _values(properties: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    names = sorted(name for name in properties if name in known)
    values = "".join(f'<attvalue for="{name}" value={quoted(properties[name])}/>' for name in names)
    return f"<attvalues>{values}</attvalues>"
