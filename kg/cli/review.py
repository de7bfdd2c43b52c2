"""`kg review`: which entities are likely one, and what the user says to that."""

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import FormatOption, StoreOption
from kg.cli.output import Format, line, print_fields, print_rows, say, tell, warn
from kg.cli.stored import gazetteer, read_store, store_path
from kg.errors import InputError, ParameterError
from kg.render import Rows
from kg.stored import Stored

if TYPE_CHECKING:
    from kg.decisions import Decision
    from kg.resolve import Candidate, Profile

EXAMPLE = "kg review --same person/okafor person/grace-okafor"

PairOption = tuple[str, str] | None
SameOption = Annotated[PairOption, typer.Option("--same", metavar="A B", help="Two that are one: names or ids.")]
NotSameOption = Annotated[
    PairOption, typer.Option("--not-same", metavar="A B", help="Two that are not one: names or ids.")
]
UndoOption = Annotated[bool, typer.Option("--undo", help="Take back the last decision.")]
ListOption = Annotated[bool, typer.Option("--list-decisions", help="List what was decided, in order.")]
ExportOption = Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write the decisions to a file.")]
ImportOption = Annotated[Path | None, typer.Option("--import", metavar="FILE", help="Add the decisions of a file.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many pairs, the likeliest first.")]


class Answer(StrEnum):
    """What may be said of a pair."""

    SAME = "s"
    NOT_SAME = "n"
    SKIP = "k"
    QUIT = "q"


def command(
    same: SameOption = None,
    not_same: NotSameOption = None,
    undo: UndoOption = False,
    list_decisions: ListOption = False,
    export: ExportOption = None,
    import_: ImportOption = None,
    limit: LimitOption = 50,
    format: FormatOption = Format.TABLE,
    store: StoreOption = None,
) -> None:
    """Find entities that are likely one, and decide.

    Without an option: on a terminal it asks about each pair, elsewhere it lists the pairs with score and reasons.
    Decisions stay in the store, whatever is read again or forgotten, and every command goes by them. A later decision
    about a pair replaces the earlier one. The file of --export is sorted JSON Lines, and --import takes all of it or
    nothing.
    """
    path = store_path(store)
    if sum(map(bool, (same, not_same, undo, list_decisions, export, import_))) > 1:
        raise ParameterError("give one of --same, --not-same, --undo, --list-decisions, --export and --import")
    if same or not_same:
        tell(decide(path, *(same or not_same or ()), same=same is not None))
    elif undo:
        tell(take_back(path))
    elif list_decisions:
        print_rows(decision_rows(path), format)
    elif export:
        tell(export_decisions(path, export))
    elif import_:
        tell(import_decisions(path, import_))
    elif format is Format.TABLE and sys.stdin.isatty() and sys.stdout.isatty():
        ask_all(path, _answer)
    else:
        print_rows(candidate_rows(read_store(path), limit), format)


def decide(path: Path, left: str, right: str, *, same: bool) -> str:
    """Keep a decision about two names or ids; what is to be said of it. Raises `InputError`, `NotFoundError`."""
    from kg.decisions import Decision

    stored = read_store(path)
    one, other = (id if id in stored.profiles else stored.find(id) for id in (left, right))
    if one == other:
        hint = "give the two ids that `kg review` or `kg show` lists"
        raise InputError(f"{left!r} and {right!r} are one entity, {one}", hint=hint)
    decision = Decision(one, other, same)
    return f"decided: {decision}" if _keep(path, [decision]) else f"that was decided before: {decision}"


def take_back(path: Path) -> str:
    """Undo the last decision; what is to be said of it. Raises `NotFoundError` when there is none."""
    from kg.store import Store

    with Store.open(path, create=False) as store:
        return f"undone: {store.undo()}"


def decision_rows(path: Path) -> Rows:
    """All decisions, in order; one that a later one replaced is not in force."""
    decisions = _decisions(path)
    last = {decision.pair: number for number, decision in enumerate(decisions, start=1)}
    rows = (
        (number, "same" if each.same else "not the same", each.left, each.right, last[each.pair] == number)
        for number, each in enumerate(decisions, start=1)
    )
    return Rows(("number", "decision", "left", "right", "inForce"), tuple(rows))


def export_decisions(path: Path, file: Path) -> str:
    """Write the decisions in force to a file, sorted; what is to be said of it. Raises `InputError`."""
    from kg.decisions import write_decisions
    from kg.files import replacing

    lines = list(write_decisions(_decisions(path)))
    with replacing(file, "file of decisions") as target:
        target.writelines(lines)
    return f"wrote {file}: {len(lines)} decisions"


def import_decisions(path: Path, file: Path) -> str:
    """Keep the decisions of a file, all or none; what is to be said of it. Raises `DataError` with file and line."""
    from kg.decisions import read_decisions

    new = read_decisions(file, _decisions(path))
    return f"read {file}: {len(new)} decisions, {_keep(path, new)} of them new"


def candidate_rows(stored: Stored, limit: int) -> Rows:
    """The likeliest pairs that are not decided yet, with score and reasons."""
    from kg.resolve import candidates, undecided

    found = undecided(candidates(stored.profiles), stored.identity)
    rows = (
        (one.score, one.left.id, one.left.name, one.right.id, one.right.name, list(one.reasons))
        for one in found[:limit]
    )
    return Rows(("score", "left", "leftName", "right", "rightName", "reasons"), tuple(rows))


def ask_all(path: Path, answer: Callable[[], Answer]) -> None:
    """Show pair after pair and keep what is answered, until all are decided or skipped, or somebody quits.

    What follows from an answer is not asked again.
    """
    from kg.decisions import Decision
    from kg.resolve import candidates, resolve, undecided

    stored = read_store(path)
    found, identity = candidates(stored.profiles), stored.identity
    skipped: set[tuple[str, ...]] = set()
    while left := [one for one in undecided(found, identity) if one.pair not in skipped]:
        _show(left[0], len(left))
        match answer():
            case Answer.QUIT:
                return
            case Answer.SKIP:
                skipped.add(left[0].pair)
            case said:
                try:
                    _keep(path, [Decision(*left[0].pair, said is Answer.SAME)])
                except InputError as error:
                    warn(f"not kept: {error}")
                    skipped.add(left[0].pair)
                identity = resolve(stored.profiles, _decisions(path), gazetteer())
    say("no pairs are left to ask about")


def _decisions(path: Path) -> "list[Decision]":
    from kg.store import Store

    with Store.open(path, read_only=True) as store:
        return store.decisions()


def _keep(path: Path, decisions: "Sequence[Decision]") -> int:
    from kg.store import Store

    with Store.open(path, create=False) as store:
        return store.decide(decisions)


def _show(candidate: "Candidate", left: int) -> None:
    say(f"\n{left} pair{'s' if left > 1 else ''} left")
    sides = {"one": _described(candidate.left), "other": _described(candidate.right)}
    print_fields({**sides, "score": f"{candidate.score:.2f}", "why": list(candidate.reasons)})


def _described(profile: "Profile") -> str:
    articles = f"{len(profile.articles)} article{'s' if len(profile.articles) > 1 else ''}"
    known = [profile.kind, profile.country, profile.sector, f"{profile.mentions}× in {articles}"]
    return f"{profile.name}  {profile.id}  ({', '.join(part for part in known if part)})"


def _answer() -> Answer:
    """What is typed; the end of input quits."""
    while True:
        sys.stdout.write("same (s), not the same (n), skip (k), quit (q)? ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if not typed:
            say()
            return Answer.QUIT
        try:
            return Answer(line(typed).lower())
        except ValueError:
            warn("type s, n, k or q")
