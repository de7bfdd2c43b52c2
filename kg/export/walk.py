"""Walks over the graph that several forms of export share."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str, dict[str, Any]]


def ordered_edges(graph: "nx.MultiDiGraph[str]") -> list[Edge]:
    """Source, target and properties of all edges, by source, type and target."""
    return sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[2]["type"], edge[1]))


def ends(graph: "nx.MultiDiGraph[str]", id: str, type_: str) -> list[str]:
    """Where the edges of a type lead to from a node, in order of id."""
    return sorted(target for _, target, data in graph.out_edges(id, data=True) if data["type"] == type_)


def claims(graph: "nx.MultiDiGraph[str]", event: str) -> list[str]:
    """The claims that report an event, in order of id, but first those that are as real as the event itself."""
    node = graph.nodes[event]
    found = [source for source, _, data in graph.in_edges(event, data=True) if data["type"] == "REPORTS"]
    how_real = ("polarity", "modality")
    return sorted(found, key=lambda claim: ([graph.nodes[claim][name] != node[name] for name in how_real], claim))
