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
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from neo4j import ManagedTransaction
from neo4j.exceptions import ConstraintError

from kg import cypher
from kg.cypher import BUCKETS, Item, Names
from kg.database.held import Held, Seal, Sums, sums_of
from kg.errors import DatabaseError
from kg.ontology import Ontology
from kg.schema import NODES

if TYPE_CHECKING:
    import networkx as nx

Progress = Callable[[str, int, int], None]
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
        """What must be sent, in batches of one statement, which `create` and `update` make for a shape."""
        create, update = cache(create), cache(update)
        waiting: defaultdict[str, list[Any]] = defaultdict(list)
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
class _Job:
    """Rows for one statement; `every` when each row must be written."""

    statement: str
    rows: list[Any]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """One push into what the database holds of a store; `where` is the database's address, for errors."""

    held: Held
    where: str

    def compare(self, graph: "nx.MultiDiGraph[str]", ontology: Ontology) -> tuple[Difference, Difference]:
        """How the graph's nodes and its edges differ. Raises `DatabaseError` when others own a node of ours."""
        nodes = self._compare("nodes", lambda: cypher.node_items(graph))
        if nodes.changes.created:
            self._check_others(graph)
        edges = self._compare("edges", lambda: cypher.edge_items(graph, ontology))
        return self._keep_tied(nodes), edges

    def write(self, nodes: Difference, edges: Difference, ontology: Ontology, progress: Progress) -> None:
        """Send what differs, in order: an edge needs its nodes, and a node goes only when its edges are gone."""
        with self.held.session() as session:
            for statement in cypher.schema_statements():
                session.run(statement).consume()
        new_nodes = nodes.jobs(cypher.create_nodes, cypher.update_nodes)
        new_edges = edges.jobs(
            lambda shape: cypher.create_edges(shape, ontology), lambda shape: cypher.update_edges(shape, ontology)
        )
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
        if edges.changes.created and self.held.count_edges() != len(edges.digests):
            raise self._disturbed("the database holds other edges than the graph")

    def _compare(self, part: str, items: Items) -> Difference:
        digests = array("q", (item.digest() for item in items()))
        ours, theirs = sums_of(digests), self.held.sums(part)
        differing = {bucket for bucket in ours.keys() | theirs.keys() if ours.get(bucket) != theirs.get(bucket)}
        held, gone = self.held.elements(part, sorted(differing & theirs.keys()))
        new, changed = bytearray(digest % BUCKETS in differing for digest in digests), dict[int, str]()
        if held:
            for place, item in enumerate(items()):
                if new[place] and (twin := held.pop(item.key, None)):
                    new[place] = False
                    if twin.digest != digests[place]:
                        changed[place] = twin.id
        gone += [twin.id for twin in held.values()]
        created, updated = sum(new), len(changed)
        same = len(digests) - created - updated
        changes = Changes(created=created, updated=updated, deleted=len(gone), unchanged=same)
        return Difference(items, digests, ours, new, changed, gone, changes)

    def _check_others(self, graph: "nx.MultiDiGraph[str]") -> None:
        """Raise `DatabaseError` when nodes of others have ids of ours."""
        others = [
            (label, id, store)
            for label in NODES
            for id, store in self.held.others(label)
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
        tied = {element for batch in _batches(found.gone) for element in self.held.tied(batch)}
        gone = [element for element in found.gone if element not in tied]
        return replace(found, gone=gone, changes=replace(found.changes, deleted=len(gone), kept=len(tied)))

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
            result = transaction.run(job.statement, {"rows": job.rows, "store": self.held.store})
            written: int = result.single(strict=True)["written"]
            if job.every and written != len(job.rows):
                raise self._disturbed(f"only {written} of {len(job.rows)} {stage} could be written")
            return len(job.rows)

        with self.held.session() as session:
            try:
                return session.execute_write(write)
            except ConstraintError as error:  # somebody was faster with a node of that id
                raise self._disturbed(f"{stage} that are new are there already") from error

    def _disturbed(self, what: str) -> DatabaseError:
        return DatabaseError(f"{what}: somebody else is changing the database", where=self.where, hint="push again")


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
