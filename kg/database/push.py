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
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING

from neo4j import ManagedTransaction
from neo4j.exceptions import ConstraintError

from kg import cypher
from kg.database.difference import Changes, Difference, Job, batches, compare
from kg.database.held import Held, Seal
from kg.errors import DatabaseError
from kg.ontology import Ontology
from kg.schema import NODES

if TYPE_CHECKING:
    import networkx as nx

Progress = Callable[[str, int, int], None]

CONNECTIONS, AHEAD = 2, 3  # batches that are written side by side, and those that are made until one is written


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, or with `dry_run` would do, and the seal of the graph."""

    nodes: Changes
    edges: Changes
    seal: Seal = field(default=Seal(0, 0, 0, 0), compare=False)

    @classmethod
    def of(cls, nodes: Difference, edges: Difference) -> "PushReport":
        """The report of a push that finds these differences."""
        return cls(nodes.changes, edges.changes, Seal(*nodes.total, *edges.total))

    @classmethod
    def unchanged(cls, seal: Seal) -> "PushReport":
        """The report of a push that finds a graph of this seal."""
        return cls(Changes(unchanged=seal.nodes), Changes(unchanged=seal.edges), seal)


@dataclass(frozen=True, slots=True)
class Push:
    """One push of a graph into what the database holds of its store; `where` is the database's address, for errors."""

    graph: "nx.MultiDiGraph[str]"
    ontology: Ontology
    held: Held
    where: str

    def compare(self) -> PushReport:
        """What the push would do. Raises `DatabaseError` when others own a node of ours."""
        return PushReport.of(self._compare_nodes(), self._compare_edges())

    def run(self, progress: Progress) -> PushReport:
        """Send what differs. Raises `DatabaseError`, before anything is written when others own a node of ours.

        An edge needs its nodes, and a node goes only when its edges are gone. While nodes are written, edges are
        compared: the one keeps the server busy, the other us.
        """
        nodes = self._compare_nodes()
        with ThreadPoolExecutor(CONNECTIONS, "push") as pool, ThreadPoolExecutor(1, "compare") as aside:
            comparing = aside.submit(self._compare_edges)
            if nodes.changes.any:  # where none changes, all of the schema is there
                self._write_schema()
            new_nodes = nodes.jobs(cypher.create_nodes, cypher.update_nodes)
            self._send_all(pool, "nodes", new_nodes, nodes.changes.sent, progress)
            edges = comparing.result()
            new_edges = edges.jobs(
                partial(cypher.create_edges, ontology=self.ontology),
                partial(cypher.update_edges, ontology=self.ontology),
            )
            self._send_all(pool, "edges", new_edges, edges.changes.sent, progress)
            for stage, statement, gone in (
                ("old edges", cypher.DELETE_EDGES, edges.gone),
                ("old nodes", cypher.DELETE_NODES, nodes.gone),
            ):
                jobs = (Job(statement, batch) for batch in batches(gone))
                self._send_all(pool, stage, jobs, len(gone), progress)
        # Nodes are unique by a constraint, and edges are not: two pushes at once may both make one.
        if edges.changes.created and self.held.total("edges") != edges.total:
            raise self._disturbed("the database holds other edges than the graph")
        return PushReport.of(nodes, edges)

    def _compare_nodes(self) -> Difference:
        nodes = compare(self.held, "nodes", lambda: cypher.node_items(self.graph))
        if nodes.changes.created:
            self._check_others()
        return self._keep_tied(nodes)

    def _compare_edges(self) -> Difference:
        return compare(self.held, "edges", lambda: cypher.edge_items(self.graph, self.ontology))

    def _check_others(self) -> None:
        """Raise `DatabaseError` when nodes of others have ids of ours."""
        others = [
            (label, id, store)
            for label in NODES
            for id, store in self.held.others(label)
            if id in self.graph and self.graph.nodes[id]["labels"][0] == label
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
        tied = {element for batch in batches(found.gone) for element in self.held.tied(batch)}
        gone = [element for element in found.gone if element not in tied]
        return replace(found, gone=gone, changes=replace(found.changes, deleted=len(gone), kept=len(tied)))

    def _write_schema(self) -> None:
        with self.held.session() as session:
            for statement in cypher.schema_statements():
                session.run(statement).consume()

    def _send_all(
        self, pool: ThreadPoolExecutor, stage: str, jobs: Iterable[Job], total: int, progress: Progress
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

    def _send(self, stage: str, job: Job) -> int:
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
