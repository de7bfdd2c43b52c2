"""What the user decided about pairs of entities: the same, or not the same.

A later decision about a pair replaces the earlier one. Between pairs their order means nothing, since decisions that
contradict each other are refused: those whom some decisions make one, no other may keep apart. There is no clock in
them. As a file they are JSON Lines, one pair a line and sorted, so that a team can merge two files.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError, InputError

_FIELDS = {"left": str, "right": str, "same": bool}
_EXAMPLE = 'it looks like {"left": "Q1", "right": "Q2", "same": true}'

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Whether two ids mean the same entity; `left` is the smaller id. Raises `InputError` for one id twice."""

    left: str
    right: str
    same: bool

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise InputError(f"{self.left} is one entity already", hint="name two")
        if self.left > self.right:
            left, right = self.right, self.left
            object.__setattr__(self, "left", left)
            object.__setattr__(self, "right", right)

    @property
    def pair(self) -> Pair:
        """The two ids."""
        return self.left, self.right

    def __str__(self) -> str:
        return f"{self.left} is {'the same as' if self.same else 'not the same as'} {self.right}"


def united(pairs: Iterable[Pair]) -> dict[str, str]:
    """Each id of some pairs → the smallest id of its connected component."""
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.setdefault(id, id) != id:
            root[id] = id = root[root[id]]
        return id

    for left, right in pairs:
        smaller, larger = sorted((find(left), find(right)))
        root[larger] = smaller
    return {id: find(id) for id in sorted(root)}


def in_force(decisions: Sequence[Decision]) -> dict[Pair, Decision]:
    """The last decision about each pair, in order of the pair."""
    return dict(sorted({decision.pair: decision for decision in decisions}.items()))


def check_agreement(decisions: Sequence[Decision]) -> None:
    """Raise `InputError` when decisions in force make one of two whom another keeps apart."""
    last = in_force(decisions).values()
    root = united(decision.pair for decision in last if decision.same)
    for one in last:
        if not one.same and one.left in root and root[one.left] == root.get(one.right):
            raise InputError(
                f"other decisions make {one.left} and {one.right} the same, and one says that they are not",
                hint="see `kg review --list-decisions`, and decide the wrong pair anew",
            )


def write_decisions(decisions: Sequence[Decision]) -> Iterator[str]:
    """The decisions in force as lines of JSON, sorted by pair."""
    for decision in in_force(decisions).values():
        row = {"left": decision.left, "right": decision.right, "same": decision.same}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def read_decisions(path: Path, earlier: Sequence[Decision] = ()) -> list[Decision]:
    """The decisions of a file, in its order, which agree with each other and with earlier ones.

    Raises `DataError` naming file and line for one that is none, stands there twice, or contradicts those before it.
    """
    new: list[Decision] = []
    places: dict[Pair, str] = {}
    for where, line in _lines(path):
        decision = _decision(line, where)
        if first := places.get(decision.pair):
            raise DataError(f"{decision.left} and {decision.right} stand there twice", where=where, hint=f"see {first}")
        places[decision.pair] = where
        new.append(decision)
    try:
        check_agreement([*earlier, *new])
    except InputError as error:
        raise DataError(error.what, where=_first_wrong(earlier, new, places), hint=error.hint) from error
    return new


def _first_wrong(earlier: Sequence[Decision], new: Sequence[Decision], places: dict[Pair, str]) -> str:
    """Where the first line stands that does not agree with all before it."""
    for count, decision in enumerate(new, start=1):
        try:
            check_agreement([*earlier, *new[:count]])
        except InputError:
            return places[decision.pair]
    raise AssertionError("all lines together contradict, and no line does")


def _lines(path: Path) -> list[tuple[str, str]]:
    """(file:line, text) of each line that is not blank."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    return [(f"{path}:{number}", line) for number, line in enumerate(lines, start=1) if line.strip()]


def _decision(line: str, where: str) -> Decision:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"the line is no JSON: {error}", where=where) from error
    if not isinstance(row, dict) or {name: type(value) for name, value in row.items()} != _FIELDS:
        raise DataError("the line is no decision", where=where, hint=_EXAMPLE)
    if not (_is_id(row["left"]) and _is_id(row["right"])):
        raise DataError('"left" and "right" must be ids of entities', where=where, hint=_EXAMPLE)
    try:
        return Decision(**row)
    except InputError as error:
        raise DataError(error.what, where=where, hint=error.hint) from error


def _is_id(text: str) -> bool:
    """Whether a text may be an id: one word of printable characters."""
    return bool(text) and text.isprintable() and not any(char.isspace() for char in text)
