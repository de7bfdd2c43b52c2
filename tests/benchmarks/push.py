"""What a push costs beside a bare loop of `UNWIND … MERGE`, when all is new, nothing is, and one article is.

    python -m tests.benchmarks.push [--articles 5000] [--rounds 3]

The graph is made of synthetic records, and the server is the one of the tests. The bare loop sends the same nodes and
edges in batches of 5,000 over one connection, with no mark of whose they are; the two take turns on an emptied database
after a round that warms the server and is not counted. Exit status 1 when a ratio is over its bar.
"""

import argparse
import gc
import logging
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
from neo4j import Driver, GraphDatabase

from kg import cypher
from kg.database import Database
from kg.graph import build_graph
from kg.ontology import load_ontology
from tests.benchmarks.programs import say
from tests.benchmarks.records import make_records
from tests.integration.neo4j.server import running_server

BATCH = 5_000
BARS = {"all is new": 1 / 0.9, "nothing is new": 0.05}  # × the bare loop, × the first push
Graph = nx.MultiDiGraph


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    records = list(make_records(given.articles + 1))
    before, after = (build_graph(some, load_ontology()) for some in (records[:-1], records))
    say(f"{before.number_of_nodes():,} nodes and {before.number_of_edges():,} edges of {given.articles:,} articles")
    gc.freeze()
    times: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), page_cache="512m") as server:
        login = (server.user, server.password)
        with GraphDatabase.driver(server.uri, auth=login) as driver, Database.connect(server.uri, *login) as database:
            for number in range(given.rounds + 1):
                for name, seconds in _round(driver, database, before, after):
                    say(f"round {number}: {name} {seconds:.1f} s")
                    if number:
                        times[name].append(seconds)
    return _judge({name: statistics.median(row) for name, row in times.items()})


def _round(
    driver: Driver, database: Database, before: "Graph[str]", after: "Graph[str]"
) -> Iterator[tuple[str, float]]:
    empty(driver)
    yield "bare loop", timed(lambda: bare_loop(driver, before))
    empty(driver)
    yield "all is new", timed(lambda: database.push(before, "bench"))
    seal = database.push(before, "bench", dry_run=True).seal
    yield "nothing is new", timed(lambda: database.seal("bench") == seal)
    yield "nothing is new, graph compared", timed(lambda: database.push(before, "bench"))
    yield "one article is new", timed(lambda: database.push(after, "bench"))


def _judge(medians: dict[str, float]) -> int:
    say("| | seconds | × bare loop | × first push |\n|---|---:|---:|---:|")
    bare, first = medians["bare loop"], medians["all is new"]
    for name, seconds in medians.items():
        say(f"| {name} | {seconds:.1f} | {seconds / bare:.2f} | {seconds / first:.3f} |")
    return int(first / bare > BARS["all is new"] or medians["nothing is new"] / first > BARS["nothing is new"])


def bare_loop(driver: Driver, graph: "Graph[str]") -> None:
    """Send a graph in the plainest way that is not slow."""
    nodes: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    edges: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for id, data in graph.nodes(data=True):
        properties = {name: value for name, value in data.items() if name != "labels"}
        nodes[tuple(data["labels"])].append({"id": id, "properties": properties})
    for source, target, id, data in graph.edges(keys=True, data=True):
        shape = graph.nodes[source]["labels"][0], data["type"], graph.nodes[target]["labels"][0]
        properties = {name: value for name, value in data.items() if name != "type"}
        edges[shape].append({"source": source, "target": target, "id": id, "properties": properties})
    with driver.session() as session:
        for statement in cypher.schema_statements():
            session.run(statement).consume()
        for labels, rows in nodes.items():
            more = "".join(f"n:{label}, " for label in labels[1:])
            text = f"UNWIND $rows AS row MERGE (n:{labels[0]} {{id: row.id}}) SET {more}n += row.properties"
            _send(session, text, rows)
        for (source, type_, target), rows in edges.items():
            ends = f"MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}})"
            edge = f"MERGE (a)-[r:{type_} {{id: row.id}}]->(b) SET r += row.properties"
            _send(session, f"UNWIND $rows AS row {ends} {edge}", rows)


def _send(session: Any, text: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        session.execute_write(lambda transaction, batch=batch: transaction.run(text, rows=batch).consume())


def empty(driver: Driver) -> None:
    """Delete all that a server holds."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def timed(work: Any) -> float:
    """The seconds by the clock that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # that a deadlock was retried is no news
    sys.exit(main())
