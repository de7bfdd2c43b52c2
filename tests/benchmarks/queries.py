"""What each saved query costs on a large graph: on the embedded engine, on Neo4j, and a few in plain networkx.

    python -m tests.benchmarks.queries [NAME …] [--articles 21000] [--tries 3]

The graph is made of synthetic records, of whose actors a few do most; 21,000 articles make some 290,000 nodes and a
million edges. Each query is asked with up to twelve sets of parameters: about those who do most, others who do much and
ordinary ones, with what it must be told only, as in its example, and with all that it may be told. The engines take
turns and must give the same rows. Everything is asked once before, since a server that has just started is several
times slower. The embedded engine's time is that of the CPU, Neo4j's what the client waits; of several tries with the
same parameters the quickest counts, as others may compute beside. The quantiles are over the sets. Exit status 1 when a
query is over its bar or rows differ.
"""

import argparse
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import networkx as nx

from kg.database import Database
from kg.engine import Engine
from kg.errors import QueryError
from kg.graph import build_graph
from kg.ontology import load_ontology
from kg.queries import Parameter, ParameterType, SavedQuery, Value, bind, latest_publication, load_queries
from kg.render import Rows, to_json
from tests.benchmarks.programs import say
from tests.benchmarks.records import make_records
from tests.integration.neo4j.server import running_server

BARS = {"embedded": 250, "neo4j": 100}  # milliseconds, p95
TIMEOUT = 20.0  # seconds; what takes longer counts as that
SETS = 12
# Values of parameters that are no entity and no day; of the rest the default is asked for.
WORDS = {"words": "waited", "state": "CHN", "kind": "Person"}
KINDS = {"acts": ("ASSAULT", "MET_WITH")}
Graph = nx.MultiDiGraph
Run = Callable[[str, dict[str, Value]], Rows]
Clock = Callable[[], float]
CLOCKS: dict[str, Clock] = {"embedded": time.process_time, "neo4j": time.perf_counter}


@dataclass(frozen=True, slots=True)
class Pools:
    """What may be asked about: entities and places by how much is told of them, most first; events; the last day."""

    actors: Sequence[str]
    places: Sequence[str]
    events: Sequence[tuple[str, str]]
    last: date

    @classmethod
    def of(cls, graph: "Graph[str]", last: date) -> "Pools":
        """The pools of a graph."""
        told = Counter[str]()
        for _, entity, data in graph.edges(data=True):
            if data["type"] in ("HAS_ACTOR", "HAS_TARGET", "HELD_AT"):
                told[entity] += 1
        ranked = sorted(told, key=lambda one: (-told[one], one))
        places = [id for id in ranked if {"Place", "Country"} & set(graph.nodes[id]["labels"])]
        events = [(id, data["name"]) for id, data in graph.nodes(data=True) if data["labels"][0] == "Event"]
        return cls([id for id in ranked if "Place" not in graph.nodes[id]["labels"]], places, events, last)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--articles", type=int, default=21_000)
    parser.add_argument("--tries", type=int, default=3)
    given = parser.parse_args()
    graph = build_graph(list(make_records(given.articles)), load_ontology())
    say(f"{graph.number_of_nodes():,} nodes and {graph.number_of_edges():,} edges of {given.articles:,} articles")
    gc.freeze()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), page_cache="512m") as server,
        Database.connect(server.uri, server.user, server.password) as database,
    ):
        database.push(graph, "bench")
        database.run("CALL db.awaitIndexes()", {})
        return measure(graph, Engine.load(graph), database, given.names, given.tries)


def measure(graph: "Graph[str]", engine: Engine, database: Database, names: Sequence[str] = (), tries: int = 3) -> int:
    """Ask every query, or some, of both, and print a table; 1 when one is over its bar or rows differ."""
    last = latest_publication(engine.run)
    assert last
    pools, over = Pools.of(graph, last), 0
    runs: dict[str, Run] = {
        "embedded": lambda text, bound: engine.run(text, bound, timeout=TIMEOUT),
        "neo4j": lambda text, bound: database.run(text, bound, timeout=TIMEOUT),
    }
    queries = {name: query for name, query in load_queries().items() if name in (names or [name])}
    for query in queries.values():
        for bound in _sets(query, pools):
            with suppress(QueryError):
                runs["neo4j"](query.text, bound)
    say("| query | sets | rows | embedded p50 | p95 | Neo4j p50 | p95 | |\n|---|---:|---:|---:|---:|---:|---:|---|")
    for query in queries.values():
        over += _measured(query, pools, runs, tries)
    _measure_plain(graph, pools, tries)
    say(f"over a bar, or with other rows: {over}")
    return int(over > 0)


def _measured(query: SavedQuery, pools: Pools, runs: dict[str, Run], tries: int) -> bool:
    """Print the line of a query; whether it is over a bar, or rows differ."""
    asked = {name: run for name, run in runs.items() if name == "neo4j" or query.engine == "both"}
    sets = _sets(query, pools)
    answers = [_ask(query.text, bound, asked, tries) for bound in sets]
    times = {name: [seconds[name] for seconds, _ in answers] for name in asked}
    differ = sum(len({rows and to_json(rows) for rows in found.values()}) > 1 for _, found in answers)
    most = max((len(rows.rows) for _, found in answers for rows in found.values() if rows), default=0)
    faults = [f"{differ} with other rows"] if differ else []
    cells = []
    for name in runs:
        p50, p95 = (quantile(times[name], share) * 1e3 if name in times else None for share in (0.5, 0.95))
        faults += [f"{name} over {BARS[name]}"] if p95 and p95 > BARS[name] else []
        cells += ["–" if value is None else f"{value:.0f}" for value in (p50, p95)]
    say(f"| {query.name} | {len(sets)} | {most} | {' | '.join(cells)} | {', '.join(faults)} |")
    return bool(faults)


def _sets(query: SavedQuery, pools: Pools) -> list[dict[str, Value]]:
    return [bind(query, given, str, lambda: pools.last) for given in parameter_sets(query, pools)]


def _ask(
    text: str, bound: dict[str, Value], runs: dict[str, Run], tries: int
) -> tuple[dict[str, float], dict[str, Rows | None]]:
    """The quickest of some tries, and the rows, of each engine in turn; no rows where it takes too long."""
    best: dict[str, float] = {}
    found: dict[str, Rows | None] = {}
    for _ in range(tries):
        for name, run in runs.items():
            start, found[name] = CLOCKS[name](), None
            with suppress(QueryError):
                found[name] = run(text, bound)
            seconds = CLOCKS[name]() - start if found[name] else TIMEOUT
            best[name] = min(best.get(name, TIMEOUT), seconds)
    return best, found


def parameter_sets(query: SavedQuery, pools: Pools) -> list[dict[str, str]]:
    """What to ask a query with: the busiest, the busy and the ordinary, told little and much."""
    chance = random.Random(query.name)
    sets: list[dict[str, str]] = []
    for number in range(SETS):
        rank, told = number % 3, number // 3
        given = {
            parameter.name: value
            for parameter in query.parameters
            if parameter.required or told > 1 or (told == 1 and parameter.name in query.example)
            if (value := _value(query, parameter, rank, told, pools, chance)) is not None
        }
        if given not in sets:
            sets.append(given)
    return sets


def _value(
    query: SavedQuery, parameter: Parameter, rank: int, told: int, pools: Pools, chance: random.Random
) -> str | None:
    match parameter.type:
        case ParameterType.ENTITY:
            pool = pools.places if parameter.name == "place" else pools.actors
            return pool[min((0, 5, 300)[rank] + chance.randrange((5, 100, 3_000)[rank]), len(pool) - 1)]
        case ParameterType.DATE if parameter.name == "since" and told != 2:
            return str(pools.last - timedelta(days=(20, 100, 300)[rank]))
        case ParameterType.DATE if parameter.name == "until" and told != 2:
            return str(pools.last - timedelta(days=10))
        case ParameterType.STRING if parameter.name == "event":
            return chance.choice(pools.events)[rank == 2]
        case ParameterType.STRING:
            return KINDS[query.name][told % 2] if query.name in KINDS else WORDS[parameter.name]
    return None


def quantile(values: Sequence[float], share: float) -> float:
    """The value under which this share of all lie, as one of them."""
    return sorted(values)[min(round(share * (len(values) - 1) + 0.49), len(values) - 1)]


# --- the same in plain Python -----------------------------------------------------------------------------------------


def _measure_plain(graph: "Graph[str]", pools: Pools, tries: int) -> None:
    say("| in plain networkx | p50 | p95 |\n|---|---:|---:|")
    for name, work in (("actor-timeline", _timeline), ("events-between", _between), ("neighbourhood", _neighbours),
                       ("shortest-path", _path), ("most-active-pairs", _pairs)):  # fmt: skip
        times = []
        for number in range(SETS if work is not _pairs else 2):
            one, other = pools.actors[number], pools.actors[number * 20 + 1]
            best = []
            for _ in range(tries):
                start = time.process_time()
                work(graph, one, other)
                best.append(time.process_time() - start)
            times.append(min(best) * 1e3)
        say(f"| {name} | {statistics.median(times):.1f} | {quantile(times, 0.95):.1f} |")


def _events(graph: "Graph[str]", actor: str) -> Iterator[str]:
    for event, _, data in graph.in_edges(actor, data=True):
        if data["type"] in ("HAS_ACTOR", "HAS_TARGET"):
            yield event


def _timeline(graph: "Graph[str]", actor: str, _: str) -> list[str]:
    events = sorted(set(_events(graph, actor)), key=lambda one: (graph.nodes[one].get("dateIso", "9"), one))[:100]
    return [claim for event in events for claim, _, data in graph.in_edges(event, data=True)
            if data["type"] == "REPORTS"]  # fmt: skip


def _between(graph: "Graph[str]", actor: str, other: str) -> set[str]:
    return set(_events(graph, actor)) & set(_events(graph, other))


def _neighbours(graph: "Graph[str]", actor: str, _: str) -> set[str]:
    return {*graph.successors(actor), *graph.predecessors(actor)}


def _path(graph: "Graph[str]", actor: str, other: str) -> list[str]:
    events = graph.to_undirected(as_view=True)
    with suppress(nx.NetworkXNoPath):
        found: list[str] = nx.bidirectional_shortest_path(events, actor, other)
        return found
    return []


def _pairs(graph: "Graph[str]", _: str, __: str) -> list[tuple[tuple[str, str], int]]:
    pairs = Counter[tuple[str, str]]()
    for event, node in graph.nodes(data=True):
        if node["labels"][0] == "Event" and node["polarity"] == "affirmed":
            sides = sorted({to for _, to, edge in graph.out_edges(event, data=True) if edge["type"] != "HELD_AT"})
            pairs.update((one, other) for place, one in enumerate(sides) for other in sides[place + 1 :])
    return pairs.most_common(20)


if __name__ == "__main__":
    logging.getLogger("neo4j").setLevel(logging.ERROR)
    sys.exit(main())
