"""Pushing the graph: what differs is found by sums of digests, and only that is sent.

Every element that we write carries its digest, a number. The server adds up the digests of each bucket and so does the
push over its graph; only where a sum differs are the elements of the bucket compared one by one. So each push sees what
the database really holds, after it was wiped or changed by hand, a push was broken off, or where it is another database
altogether; and nothing is remembered of what was sent, which could be wrong one day.

A push writes and deletes only what carries its own store's `kgStore`; on nodes of its own it touches only the labels
and properties of the schema. So three things are never changed: nodes and edges that others made, what others added to
ours, and edges that others drew to ours. A node of ours that has left the graph and on which somebody else's edge hangs
is kept, and counted, since it cannot go without that edge.

Ids are unique under each label, so a node that others made under an id of ours would be ours and theirs at once. A push
that meets one writes nothing and says so; a second kg store goes into a database of its own.
"""

import re
from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import neo4j
from neo4j import ManagedTransaction

from kg import cypher
from kg.cypher import BUCKETS, Item, Names
from kg.errors import DatabaseError
from kg.ontology import Ontology
from kg.schema import NODES

if TYPE_CHECKING:
    import networkx as nx

Progress = Callable[[str, int, int], None]
Sums = Mapping[int, tuple[int, int]]  # bucket → number of elements, sum of the higher bits of their digests
Items = Callable[[], Iterator[Item]]  # anew each time that it is called, so that not all need be held at once

BATCH = 5_000  # rows a transaction; measured, larger ones gain nothing
CONNECTIONS, AHEAD = 2, 3  # batches that are written side by side, and those that are made until one is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many nodes, or edges, a push does what with; `kept` have left the graph but hold somebody else's edge."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    kept: int = 0
    unchanged: int = 0

    @property
    def sent(self) -> int:
        """How many are written."""
        return self.created + self.updated

    @property
    def any(self) -> bool:
        """Whether something is written or deleted."""
        return bool(self.sent or self.deleted)


@dataclass(frozen=True, slots=True)
class Seal:
    """How many nodes and edges there are, and the sum of their digests: alike only for the same graph."""

    nodes: int
    node_sum: int
    edges: int
    edge_sum: int

    @classmethod
    def of(cls, nodes: Sums, edges: Sums) -> "Seal":
        """The seal of what has these sums."""
        return cls(*_total(nodes), *_total(edges))

    @classmethod
    def read(cls, path: Path | None) -> "Seal | None":
        """The seal in a file, or None where there is none."""
        try:
            return cls(*map(int, path.read_text(encoding="utf-8").split())) if path else None
        except (OSError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Write the seal into a file."""
        path.write_text(" ".join(map(str, astuple(self))), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, or with `dry_run` would do, and the seal of the graph."""

    nodes: Changes
    edges: Changes
    seal: Seal = field(default=Seal(0, 0, 0, 0), compare=False)

    @classmethod
    def unchanged(cls, seal: Seal) -> "PushReport":
        """The report of a push that finds a graph of this seal."""
        return cls(Changes(unchanged=seal.nodes), Changes(unchanged=seal.edges), seal)


@dataclass(frozen=True, slots=True)
class Difference:
    """How the graph's nodes or edges differ from those of the database."""

    items: Items
    digests: "array[int]"  # of the items, in their order
    sums: Sums  # of the digests
    new: bytearray  # for each item whether it must be made
    changed: Mapping[int, str]  # place of each item that must be changed → Neo4j's own id of its element
    gone: list[str]  # Neo4j's own ids of elements to delete
    changes: Changes

    def jobs(self, create: Callable[[Names], str], update: Callable[[Names], str]) -> "Iterator[_Job]":
        """What must be sent, in batches of one statement, which a shape names."""
        waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for place, (item, digest) in enumerate(zip(self.items(), self.digests, strict=True)):
            if self.new[place]:
                statement, row = create(item.shape), item.new_row(digest)
            elif element := self.changed.get(place):
                statement, row = update(item.shape), item.changed_row(digest, element)
            else:
                continue
            waiting[statement].append(row)
            if len(waiting[statement]) == BATCH:
                yield _Job(statement, waiting.pop(statement), True)
        yield from (_Job(statement, rows, True) for statement, rows in waiting.items())


@dataclass(frozen=True, slots=True)
class _Held:
    """What the database holds of ours: its digest when written, and Neo4j's own id of the element."""

    digest: int
    element: str


@dataclass(frozen=True, slots=True)
class _Job:
    """Rows for one statement; `every` when each row must be written."""

    statement: str
    rows: list[Any]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """One push of one store; `session` opens a session, and may be called by several threads."""

    session: Callable[[], neo4j.Session]
    store: str
    where: str

    def seal(self) -> Seal:
        """The seal of what the database holds of this store."""
        return Seal.of(self._sums_held("nodes"), self._sums_held("edges"))

    def compare(self, graph: "nx.MultiDiGraph[str]", ontology: Ontology) -> tuple[Difference, Difference]:
        """How the graph's nodes and its edges differ. Raises `DatabaseError` when others own a node of ours."""
        nodes = self._compare("nodes", lambda: cypher.node_items(graph))
        if nodes.changes.created:
            self._check_others(graph)
        edges = self._compare("edges", lambda: cypher.edge_items(graph, ontology))
        return self._keep_tied(nodes), edges

    def write(self, nodes: Difference, edges: Difference, ontology: Ontology, progress: Progress) -> None:
        """Send what differs, in order: an edge needs its nodes, and a node goes only when its edges are gone."""
        with self.session() as session:
            for statement in cypher.schema_statements():
                session.run(statement).consume()
        create_edges = cache(lambda shape: cypher.create_edges(shape, ontology))
        new_nodes = nodes.jobs(cache(cypher.create_nodes), cache(cypher.update_nodes))
        new_edges = edges.jobs(create_edges, lambda _: cypher.UPDATE_EDGES)
        with ThreadPoolExecutor(CONNECTIONS, "push") as pool:
            self._send_all(pool, "nodes", new_nodes, nodes.changes.sent, progress)
            self._send_all(pool, "edges", new_edges, edges.changes.sent, progress)
            for stage, statement, gone in (
                ("old edges", cypher.DELETE_EDGES, edges.gone),
                ("old nodes", cypher.DELETE_NODES, nodes.gone),
            ):
                jobs = (_Job(statement, batch) for batch in _batches(gone))
                self._send_all(pool, stage, jobs, len(gone), progress)
        # Nodes are unique by a constraint, and edges are not: two pushes at once may both make one.
        if edges.changes.created and self._list(cypher.COUNT_EDGES) != [len(edges.digests)]:
            raise self._disturbed("the database holds other edges than the graph")

    def _compare(self, part: str, items: Items) -> Difference:
        digests = array("q", (item.digest() for item in items()))
        ours, theirs = _sums(digests), self._sums_held(part)
        differing = {bucket for bucket in ours.keys() | theirs.keys() if ours.get(bucket) != theirs.get(bucket)}
        held, gone = self._held(part, sorted(differing & theirs.keys()))
        new, changed = bytearray(digest % BUCKETS in differing for digest in digests), dict[int, str]()
        if held:
            for place, item in enumerate(items()):
                if new[place] and (twin := held.pop(item.key, None)):
                    new[place] = False
                    if twin.digest != digests[place]:
                        changed[place] = twin.element
        gone += [twin.element for twin in held.values()]
        created, updated = sum(new), len(changed)
        same = len(digests) - created - updated
        changes = Changes(created=created, updated=updated, deleted=len(gone), unchanged=same)
        return Difference(items, digests, ours, new, changed, gone, changes)

    def _sums_held(self, part: str) -> Sums:
        return {bucket: (count, total) for bucket, count, total in self._list(cypher.read_sums(part))}

    def _held(self, part: str, buckets: list[int]) -> tuple[dict[Names, _Held], list[str]]:
        """What the database holds of ours in some buckets, and what is there a second time."""
        held: dict[Names, _Held] = {}
        spare: list[str] = []
        for key, digest, element in self._list(cypher.read_buckets(part), buckets) if buckets else ():
            if tuple(key) in held:
                spare.append(element)
            held.setdefault(tuple(key), _Held(digest, element))
        return held, spare

    def _check_others(self, graph: "nx.MultiDiGraph[str]") -> None:
        """Raise `DatabaseError` when nodes of others have ids of ours."""
        others = [
            (label, id, store)
            for label in NODES
            for id, store in self._list(cypher.read_others(label))
            if id in graph and graph.nodes[id]["labels"][0] == label
        ]
        if not others:
            return
        label, id, store = others[0]
        owner = f"the kg store {store}" if store else "somebody else"
        hint = "push into another database"
        if store and re.fullmatch(r"[\w-]+", store):  # else it is none of ours, and may hold more than a name
            hint += f", or first remove that store's part: MATCH (n) WHERE n.kgStore = '{store}' DETACH DELETE n"
        raise DatabaseError(
            f"nodes of others stand in the way ({len(others)}, such as {label} {id} of {owner})",
            where=self.where,
            hint=hint,
        )

    def _keep_tied(self, found: Difference) -> Difference:
        """The difference without the deletion of nodes on which somebody else's edge hangs."""
        tied = {element for batch in _batches(found.gone) for element in self._list(cypher.FIND_TIED_NODES, batch)}
        gone = [element for element in found.gone if element not in tied]
        return replace(found, gone=gone, changes=replace(found.changes, deleted=len(gone), kept=len(tied)))

    def _list(self, statement: str, rows: list[Any] | None = None) -> list[Any]:
        """The list that is the one row of a statement."""

        def read(transaction: ManagedTransaction) -> list[Any]:
            parameters = {"rows": rows, "store": self.store, "labels": list(NODES)}
            found: list[Any] = transaction.run(statement, parameters).single(strict=True)[0]
            return found

        with self.session() as session:
            return session.execute_read(read)

    def _send_all(
        self, pool: ThreadPoolExecutor, stage: str, jobs: Iterable[_Job], total: int, progress: Progress
    ) -> None:
        """Send some jobs side by side, of which only so many are made ahead as connections wait for one."""
        running: deque[Future[int]] = deque()
        done = 0
        for job in chain(jobs, repeat(None, AHEAD)):
            if job:
                running.append(pool.submit(self._send, stage, job))
            if running and (job is None or len(running) == AHEAD):
                done += running.popleft().result()
                progress(stage, done, total)

    def _send(self, stage: str, job: _Job) -> int:
        def write(transaction: ManagedTransaction) -> int:
            result = transaction.run(job.statement, {"rows": job.rows, "store": self.store})
            written: int = result.single(strict=True)["written"]
            if job.every and written != len(job.rows):
                raise self._disturbed(f"only {written} of {len(job.rows)} {stage} could be written")
            return len(job.rows)

        with self.session() as session:
            return session.execute_write(write)

    def _disturbed(self, what: str) -> DatabaseError:
        return DatabaseError(f"{what}: somebody else is changing the database", where=self.where, hint="push again")


def _sums(digests: Iterable[int]) -> Sums:
    sums: dict[int, tuple[int, int]] = {}
    for digest in digests:
        count, total = sums.get(bucket := digest % BUCKETS, (0, 0))
        sums[bucket] = count + 1, total + digest // BUCKETS
    return sums


def _total(sums: Sums) -> tuple[int, int]:
    counts = sum(count for count, _ in sums.values())
    return counts, sum(bucket * count + total * BUCKETS for bucket, (count, total) in sums.items())


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
