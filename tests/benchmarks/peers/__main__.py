"""What a first push costs beside those of three other libraries, and a bare loop, on the same graph.

    python -m tests.benchmarks.peers [--articles 2000] [--rounds 3]

All take turns on a server with APOC, which the others need, emptied of data, constraints and indexes before each; some
rounds that warm the server are not counted. The others are fetched into environments of their own: as pip installs
them, and once more with `neo4j-rust-ext`, the fast half of Neo4j's driver, which we and the bare loop use. How many
nodes and edges are there afterwards is printed too: two of them merge edges of one type between the same nodes. Exit
status 1 when one of them, as pip installs it, takes less than twice our time.
"""

import argparse
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
from neo4j import Driver, GraphDatabase

from kg.database import Database
from kg.graph import build_graph
from kg.ontology import load_ontology
from tests.benchmarks.peers.writers import WRITERS
from tests.benchmarks.programs import say
from tests.benchmarks.push import bare_loop, empty, timed
from tests.benchmarks.records import make_records
from tests.integration.neo4j.server import Server, fetched_jars, running_server

HERE = Path(__file__).parent
LIBRARIES = ("langchain-neo4j==0.11.0", "llama-index-graph-stores-neo4j==0.8.0", "neo4j-graphrag==1.21.0")
DRIVER, FAST = "neo4j==5.28.8", "neo4j-rust-ext==5.28.8.0"  # the newest that all three take, and its fast half
OURS, BAR = "kg push", 2  # × our time
WARMING = 2  # rounds: in the first a server takes twice as long, in the second a fifth longer than later
Writers = dict[str, Callable[[], float]]


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    graph = build_graph(list(make_records(given.articles)), load_ontology())
    say(f"{graph.number_of_nodes():,} nodes and {graph.number_of_edges():,} edges of {given.articles:,} articles")
    times: defaultdict[str, list[float]] = defaultdict(list)
    with contest(graph) as (driver, writers):
        for number in range(1 - WARMING, given.rounds + 1):
            for name, write in writers.items():
                _clear(driver)
                seconds = write()
                say(f"round {number}: {name} {seconds:.1f} s, {_count(driver)}")
                if number > 0:
                    times[name].append(seconds)
    return judge({name: statistics.median(row) for name, row in times.items()})


@contextmanager
def contest(graph: "nx.MultiDiGraph[str]") -> "Iterator[tuple[Driver, Writers]]":
    """A driver for a server with APOC, and those who write the graph to it, each of which tells its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / "graph.pickle"
        saved.write_bytes(pickle.dumps(_plain(graph)))
        plugins = fetched_jars(HERE / "pom.xml", "apoc")
        with running_server(Path(folder) / "server", page_cache="512m", plugins=plugins) as server:
            login = (server.user, server.password)
            with GraphDatabase.driver(server.uri, auth=login) as driver, Database.connect(server.uri, *login) as ours:
                installed = {name: _peer(name, saved, server, DRIVER) for name in WRITERS}
                faster = {f"{name}, fast driver": _peer(name, saved, server, DRIVER, FAST) for name in WRITERS}
                bare = {"bare loop": lambda: timed(lambda: bare_loop(driver, graph))}
                yield driver, bare | {OURS: lambda: timed(lambda: ours.push(graph, "bench"))} | installed | faster


def judge(medians: dict[str, float]) -> int:
    """Print the table; 1 when a peer is over the bar."""
    say("| | seconds | × bare loop | × kg push |\n|---|---:|---:|---:|")
    for name, seconds in medians.items():
        say(f"| {name} | {seconds:.1f} | {seconds / medians['bare loop']:.2f} | {seconds / medians[OURS]:.2f} |")
    return int(any(medians[name] < BAR * medians[OURS] for name in WRITERS))


def _peer(name: str, saved: Path, server: Server, *driver: str) -> Callable[[], float]:
    wanted = [part for one in (*LIBRARIES, *driver) for part in ("--with", one)]
    uv = ["uv", "run", "--quiet", "--no-project", "--python", sys.executable, *wanted, "python"]
    command = [
        sys.executable,
        "-m",
        *uv,
        str(HERE / "writers.py"),
        name,
        str(saved),
        server.uri,
        server.user,
        server.password,
    ]
    return lambda: float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _plain(graph: "nx.MultiDiGraph[str]") -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    nodes = [
        {"id": id, "labels": data["labels"], "properties": {k: v for k, v in data.items() if k != "labels"}}
        for id, data in graph.nodes(data=True)
    ]
    edges = [
        {"source": source, "target": target, "type": data["type"],
         "properties": {k: v for k, v in data.items() if k != "type"}}
        for source, target, data in graph.edges(data=True)
    ]  # fmt: skip
    return nodes, edges


def _clear(driver: Driver) -> None:
    empty(driver)
    with driver.session() as session:
        for kind in ("CONSTRAINT", "INDEX"):
            for name in session.run(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value():
                session.run(f"DROP {kind} `{name}`").consume()


def _count(driver: Driver) -> str:
    with driver.session() as session:
        nodes, edges = (session.run(f"MATCH {x} RETURN count(*)").single(strict=True)[0] for x in ("()", "()-->()"))
    return f"{nodes:,} nodes and {edges:,} edges"


if __name__ == "__main__":
    sys.exit(main())
