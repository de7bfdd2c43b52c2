"""A Cypher script that makes the graph in any Neo4j 5: constraints and indexes, then nodes, then edges.

Labels, types and property names come from `kg.schema` and the ontology. Whatever an article can influence stands in
string literals, written by `literal`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.cypher import literal, schema_statements

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]

_BATCH = 200  # rows a statement: few round trips, and still no statement too long to parse


def script(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces, each a statement that ends with a semicolon and a line feed."""
    yield from (f"{statement};\n" for statement in schema_statements())
    for labels, rows in sorted(_nodes(graph).items()):
        base, *others = labels
        also = "".join(f"n:{label}, " for label in others)
        yield from _statements(rows, f"MERGE (n:{base} {{id: row.id}}) SET {also}n += row")
    for (source, type_, target), rows in sorted(_edges(graph).items()):
        ends = f"MATCH (a:{source} {{id: row.source}}), (b:{target} {{id: row.target}})"
        edge = f"MERGE (a)-[r:{type_} {{id: row.properties.id}}]->(b) SET r += row.properties"
        yield from _statements(rows, f"{ends} {edge}")


def _statements(rows: list[Row], merge: str) -> Iterator[str]:
    for start in range(0, len(rows), _BATCH):
        lines = ",\n".join(f"  {literal(row)}" for row in rows[start : start + _BATCH])
        yield f"UNWIND [\n{lines}\n] AS row\n{merge};\n"


def _nodes(graph: "nx.MultiDiGraph[str]") -> dict[tuple[str, ...], list[Row]]:
    """Properties of the nodes, by their labels."""
    rows: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for id in sorted(graph):
        data = graph.nodes[id]
        rows[tuple(data["labels"])].append({name: value for name, value in data.items() if name != "labels"})
    return rows


def _edges(graph: "nx.MultiDiGraph[str]") -> dict[tuple[str, str, str], list[Row]]:
    """Ends and properties of the edges, by base labels and type."""
    rows: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for source, target, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["id"]):
        properties = {name: value for name, value in data.items() if name != "type"}
        shape = (graph.nodes[source]["labels"][0], data["type"], graph.nodes[target]["labels"][0])
        rows[shape].append({"source": source, "target": target, "properties": properties})
    return rows
