"""What differs between two readings of an article: what is gained, what is lost, and what is told otherwise.

Both readings may be of one text, as when the rules were changed, or of two, as when the article was corrected: words
that both texts share are then one place. How something was found (rule, confidence) is no part of what is said.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from kg.model import Extraction, Span

Place = Callable[[Span], Span | None]  # where words of one text stand in another, if they do

_TOKEN = re.compile(r"\w+|[^\w\s]")


class How(StrEnum):
    """What became of a fact."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact of one kind ("event", "statement", "relation", "entity") that only one reading has, or both otherwise.

    `fields` are the names of what is told otherwise.
    """

    kind: str
    old: Any = None
    new: Any = None
    fields: tuple[str, ...] = ()

    @property
    def how(self) -> How:
        """Gained, lost or changed."""
        return How.GAINED if self.old is None else How.LOST if self.new is None else How.CHANGED


@dataclass(frozen=True, slots=True)
class _Kind:
    """How facts of a kind are recognised, by one key after the other, and what counts as a change of them."""

    name: str
    facts: Callable[[Extraction], Sequence[Any]]
    keys: tuple[Callable[[Any, Place], tuple[Any, ...]], ...]
    fields: tuple[str, ...]


_KINDS = (
    _Kind(
        "event",
        lambda told: told.events,
        (lambda one, place: (one.type, place(one.trigger)), lambda one, place: (place(one.trigger),)),
        (
            *("type", "mode", "contexts", "relation", "actors", "targets"),
            *("polarity", "modality", "attributed_to", "date", "place"),
        ),
    ),
    _Kind(
        "statement",
        lambda told: told.statements,
        (
            lambda one, place: (place(one.content), place(one.cue) if one.cue else ()),
            lambda one, place: (place(one.content),),
        ),
        ("speaker", "quoted"),
    ),
    _Kind(
        "relation",
        lambda told: told.relations,
        (
            lambda one, place: (one.type, one.source, one.target, place(one.evidence)),
            lambda one, place: (one.type, place(one.evidence)),
        ),
        ("source", "target", "title", "valid"),
    ),
    _Kind(
        "entity",
        lambda told: told.entities,
        (lambda one, _: (one.id,),),
        ("kind", "name", "aliases", "country", "sector", "latitude", "longitude"),
    ),
)


def changes(old: Extraction, new: Extraction) -> tuple[Change, ...]:
    """What differs between two readings: events, then statements, relations and entities, each in order."""
    place = _placing(old.article.text, new.article.text)
    return tuple(change for kind in _KINDS for change in _changes_of(kind, old, new, place))


def _changes_of(kind: _Kind, old: Extraction, new: Extraction, place: Place) -> Iterator[Change]:
    gone, come = list(kind.facts(old)), list(kind.facts(new))
    pairs = []
    for key in kind.keys:
        pairs += _take_pairs(gone, come, key, place)
    for before, after in pairs:
        if fields := tuple(name for name in kind.fields if getattr(before, name) != getattr(after, name)):
            yield Change(kind=kind.name, old=before, new=after, fields=fields)
    yield from (Change(kind=kind.name, old=one) for one in gone)
    yield from (Change(kind=kind.name, new=one) for one in come)


def _take_pairs(
    gone: list[Any], come: list[Any], key: Callable[[Any, Place], tuple[Any, ...]], place: Place
) -> list[tuple[Any, Any]]:
    """The facts that a key makes one, which are taken out of both lists."""
    waiting = defaultdict(list)
    for one in come:
        waiting[key(one, _same)].append(one)
    pairs = []
    for one in tuple(gone):
        name = key(one, place)
        if None not in name and waiting[name]:
            pairs.append((one, waiting[name].pop(0)))
            gone.remove(one)
    for _, one in pairs:
        come.remove(one)
    return pairs


def _same(span: Span) -> Span | None:
    return span


def _placing(old: str, new: str) -> Place:
    """Where words of the old text stand in the new one."""
    if old == new:
        return _same
    left, right = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    blocks = SequenceMatcher(None, [one[0] for one in left], [one[0] for one in right]).get_matching_blocks()
    shifts = {a + n: right[b + n].start() - left[a + n].start() for a, b, size in blocks for n in range(size)}
    starts = [one.start() for one in left]

    def moved(at: int) -> int | None:
        token = bisect_right(starts, at) - 1
        return at + shifts[token] if token in shifts else None

    def place(span: Span) -> Span | None:
        first, last = moved(span.start), moved(span.end - 1)
        return Span(first, last + 1) if first is not None and last is not None and first <= last else None

    return place
