"""What a database holds of a store: sums of digests, and the elements where a sum is not as it should be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import neo4j
from neo4j import ManagedTransaction

from kg import cypher
from kg.cypher import BUCKETS, HALF, Names
from kg.schema import NODES

Sums = Mapping[int, tuple[int, int]]  # bucket → number of elements, sum of the higher bits of their digests


@dataclass(frozen=True, slots=True)
class Seal:
    """How many nodes and edges there are, and the sum of their digests: alike only for the same graph."""

    nodes: int
    node_sum: int
    edges: int
    edge_sum: int

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
class Element:
    """An element as it was written: its digest, and Neo4j's own id of it."""

    digest: int
    id: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds of one store; `session` opens a session, and may be called by several threads."""

    session: Callable[[], neo4j.Session]
    store: str

    def seal(self) -> Seal:
        """The seal of it all."""
        return Seal(*self.total("nodes"), *self.total("edges"))

    def total(self, part: str) -> tuple[int, int]:
        """How many "nodes" or "edges" there are, and the sum of their digests."""
        count, high, low = self._list(cypher.read_total(part))
        return count, high * HALF + low

    def sums(self, part: str) -> Sums:
        """The sums of its "nodes" or "edges"."""
        return {bucket: (count, total) for bucket, count, total in self._list(cypher.read_sums(part))}

    def elements(self, part: str, buckets: list[int]) -> tuple[dict[Names, Element], list[str]]:
        """The elements in some buckets by their key, and Neo4j's own ids of those that are there a second time."""
        held: dict[Names, Element] = {}
        spare: list[str] = []
        for key, digest, id in self._list(cypher.read_buckets(part), buckets) if buckets else ():
            if tuple(key) in held:
                spare.append(id)
            held.setdefault(tuple(key), Element(digest, id))
        return held, spare

    def others(self, label: str) -> list[tuple[str, str | None]]:
        """Id and store of the nodes with a base label that belong to somebody else."""
        return [(id, store) for id, store in self._list(cypher.read_others(label))]

    def tied(self, elements: list[str]) -> list[str]:
        """Those of some nodes, by Neo4j's own ids, on which somebody else's edge hangs."""
        return self._list(cypher.FIND_TIED_NODES, elements)

    def _list(self, statement: str, rows: list[Any] | None = None) -> list[Any]:
        """The list that is the one row of a statement."""

        def read(transaction: ManagedTransaction) -> list[Any]:
            parameters = {"rows": rows, "store": self.store, "labels": list(NODES)}
            found: list[Any] = transaction.run(statement, parameters).single(strict=True)[0]
            return found

        with self.session() as session:
            return session.execute_read(read)


def sums_of(digests: Iterable[int]) -> Sums:
    """The sums of some digests."""
    sums: dict[int, tuple[int, int]] = {}
    for digest in digests:
        count, total = sums.get(bucket := digest % BUCKETS, (0, 0))
        sums[bucket] = count + 1, total + digest // BUCKETS
    return sums
