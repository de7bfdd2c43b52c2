"""Writes a graph to Neo4j as one of three other libraries does, and prints the seconds that it took.

    python writers.py NAME GRAPH URI USER PASSWORD

GRAPH is a pickle of two lists of maps: nodes (id, labels, properties) and edges (source, target, type, properties).
Only the library's own writing is timed: not its import, not its start, not that the graph is turned into its classes.
This runs in an environment of its own (`tests/benchmarks/peers/__main__.py` makes it), as these libraries want another
driver than ours.
"""

import asyncio
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Items = list[dict[str, Any]]
BATCH = 5_000  # of langchain-neo4j, which sends a document at once; the others have their own


def langchain(nodes: Items, edges: Items, uri: str, user: str, password: str) -> Callable[[], Any]:
    """The way of langchain-neo4j, with the base label, for which it has an index."""
    from langchain_core.documents import Document
    from langchain_neo4j import Neo4jGraph
    from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship

    graph = Neo4jGraph(url=uri, username=user, password=password, refresh_schema=False)
    made = {one["id"]: Node(id=one["id"], type=one["labels"][-1], properties=one["properties"]) for one in nodes}
    bonds = [
        Relationship(source=made[one["source"]], target=made[one["target"]], type=one["type"],
                     properties=one["properties"])
        for one in edges
    ]  # fmt: skip
    first = [GraphDocument(nodes=some, relationships=[], source=Document("")) for some in _batches([*made.values()])]
    then = [GraphDocument(nodes=[], relationships=some, source=Document("")) for some in _batches(bonds)]
    return lambda: graph.add_graph_documents(first + then, baseEntityLabel=True)


def llama_index(nodes: Items, edges: Items, uri: str, user: str, password: str) -> Callable[[], Any]:
    """The way of LlamaIndex's property graph."""
    from llama_index.core.graph_stores.types import EntityNode, Relation
    from llama_index.graph_stores.neo4j import Neo4jPropertyGraphStore

    graph = Neo4jPropertyGraphStore(username=user, password=password, url=uri, refresh_schema=False)
    made = [EntityNode(name=one["id"], label=one["labels"][-1], properties=one["properties"]) for one in nodes]
    bonds = [
        Relation(label=one["type"], source_id=one["source"], target_id=one["target"], properties=one["properties"])
        for one in edges
    ]
    return lambda: (graph.upsert_nodes(made), graph.upsert_relations(bonds))


def graphrag(nodes: Items, edges: Items, uri: str, user: str, password: str) -> Callable[[], Any]:
    """The way of neo4j-graphrag, which never looks whether a node is there."""
    import neo4j
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    writer = Neo4jWriter(neo4j.GraphDatabase.driver(uri, auth=(user, password)))
    made = [Neo4jNode(id=one["id"], label=one["labels"][-1], properties=one["properties"]) for one in nodes]
    bonds = [
        Neo4jRelationship(start_node_id=one["source"], end_node_id=one["target"], type=one["type"],
                          properties=one["properties"])
        for one in edges
    ]  # fmt: skip
    return lambda: asyncio.run(writer.run(Neo4jGraph(nodes=made, relationships=bonds)))


WRITERS = {"langchain-neo4j": langchain, "LlamaIndex": llama_index, "neo4j-graphrag": graphrag}


def _batches(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


if __name__ == "__main__":
    name, path, *server = sys.argv[1:]
    write = WRITERS[name](*pickle.loads(Path(path).read_bytes()), *server)
    start = time.perf_counter()
    write()
    sys.stdout.write(f"{time.perf_counter() - start}\n")
