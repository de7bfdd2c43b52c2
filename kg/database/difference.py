"""How the nodes or edges of a graph differ from what a database holds, and the jobs that make them alike."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.cypher import BUCKETS, Item, Names
from kg.database.held import Held, sums_of

Items = Callable[[], Iterator[Item]]  # anew each time that it is called, so that not all need be held at once

BATCH = 5_000  # rows a transaction; measured, larger ones gain nothing


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
class Job:
    """Rows for one statement; `every` when each row must be written."""

    statement: str
    rows: list[Any]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """How the graph's nodes or edges differ from those of the database."""

    items: Items
    digests: "array[int]"  # of the items, in their order
    new: bytearray  # for each item whether it must be made
    changed: Mapping[int, str]  # place of each item that must be changed → Neo4j's own id of its element
    gone: list[str]  # Neo4j's own ids of elements to delete
    changes: Changes

    @property
    def total(self) -> tuple[int, int]:
        """How many items the graph has, and the sum of their digests."""
        return len(self.digests), sum(self.digests)

    def jobs(self, create: Callable[[Names], str], update: Callable[[Names], str]) -> Iterator[Job]:
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
                yield Job(statement, waiting.pop(statement), every=True)
        yield from (Job(statement, rows, every=True) for statement, rows in waiting.items())


def compare(held: Held, part: str, items: Items) -> Difference:
    """How the graph's items differ from the "nodes" or "edges" that the database holds."""
    digests = array("q", (item.digest() for item in items()))
    ours, theirs = sums_of(digests), held.sums(part)
    differing = {bucket for bucket in ours.keys() | theirs.keys() if ours.get(bucket) != theirs.get(bucket)}
    elements, gone = held.elements(part, sorted(differing & theirs.keys()))
    new, changed = bytearray(digest % BUCKETS in differing for digest in digests), dict[int, str]()
    if elements:
        for place, item in enumerate(items()):
            if new[place] and (twin := elements.pop(item.key, None)):
                new[place] = False
                if twin.digest != digests[place]:
                    changed[place] = twin.id
    gone += [twin.id for twin in elements.values()]
    created, updated = sum(new), len(changed)
    same = len(digests) - created - updated
    changes = Changes(created=created, updated=updated, deleted=len(gone), unchanged=same)
    return Difference(items, digests, new, changed, gone, changes)


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    """Some rows, so many at a time as a transaction takes."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
