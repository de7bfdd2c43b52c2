"""Event frames as data: which words tell of which event; read from `patterns/events/*.toml` and from a user's folder.

A user's folder holds frames in `events/*.toml`, in the form of ours: one of the same id takes the place of ours.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.ontology import Ontology, load_ontology
from loaders.words import FOLDER

_HEAD = re.compile(r"\s*\[\[\s*frames\s*\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way of telling one kind of event.

    `type`, `relation`, `mode` and `contexts` are the event's, as the ontology has them. `verbs`, `nouns` and
    `adjectives` are triggers, in lemmas: a verb may be followed by words that must hang on it ("crack down on", "set
    foot"), a noun preceded by its modifiers ("missile test").

    `objects` limits a verb to objects whose head is among them, `subjects` to those who do it ("troops left Mali"),
    `clause` to complements that hold one of the words; `unless` keeps it from complements whose head is among them,
    objects ("released a report" frees nobody) as well as verbs ("refused to comment"). `unlike` words anywhere close to
    any trigger show another sense ("fight inflation", "hunger strike"). `transitive` verbs need an object of any kind
    ("returned the statue to Peru"), `bare` ones have none ("stopped in Peru").

    `actors` and `targets` are slots in order of preference (see `loaders.arguments`). `reciprocal` events have all
    parties as actors; `single` ones need no target; `both` wants actor and target of verbs that say little alone ("flew
    to Peru"), `targeted` a target ("helped at night" tells of no aid); `suffered` nouns may be told by their target
    alone ("the arrest of Navalny").

    `examples` have a text and may name its actors and targets; in `near_misses` the frame finds nothing.
    """

    id: str
    type: str
    relation: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[tuple[str, ...], ...] = ()
    nouns: tuple[tuple[str, ...], ...] = ()
    adjectives: tuple[tuple[str, ...], ...] = ()
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    actors: tuple[str, ...] = ("subject",)
    targets: tuple[str, ...] = ("object",)
    reciprocal: bool = False
    single: bool = False
    both: bool = False
    targeted: bool = False
    suffered: bool = False
    transitive: bool = False
    bare: bool = False
    examples: tuple[Mapping[str, Any], ...] = ()
    near_misses: tuple[str, ...] = ()


_LISTED = "`kg ontology` lists what there is"
_TRIGGERS = ("verbs", "nouns", "adjectives")
_DEFAULTS = {field.name: field.default for field in fields(Frame)}
_TEXTS = [name for name, default in _DEFAULTS.items() if default in (MISSING, None)]
_SWITCHES = [name for name, default in _DEFAULTS.items() if default is False]


def read_frames(own: Path | None = None) -> tuple[Frame, ...]:
    """Our frames, each in the form of a user's own where that has the same id, and then the rest of the user's.

    Raises `DataError` naming file, line and frame when one cannot be read, misuses a field, is there twice in a folder,
    or is not of the ontology.
    """
    ontology = load_ontology(own=own)
    frames = _read_folder(FOLDER / "events", ontology)
    return tuple((frames | _read_folder(own / "events", ontology) if own else frames).values())


def check_frame(frame: Frame, ontology: Ontology) -> None:
    """Raise `DataError` when a frame's type, relation, mode or contexts are not in the ontology."""
    event_type = ontology.types.get(frame.type)
    if event_type is None or ontology.event_relations.get(frame.relation) != frame.type:
        raise DataError(f"{frame.type}/{frame.relation} is not in the ontology", where=frame.id, hint=_LISTED)
    if frame.mode and frame.mode not in event_type.modes:
        raise DataError(f"{frame.type} has no mode {frame.mode}", where=frame.id, hint=_LISTED)
    if unknown := set(frame.contexts) - ontology.contexts:
        raise DataError(f"unknown context {', '.join(sorted(unknown))}", where=frame.id, hint=_LISTED)


def _read_folder(folder: Path, ontology: Ontology) -> dict[str, Frame]:
    """Id → frame."""
    frames: dict[str, Frame] = {}
    for path in sorted(folder.glob("*.toml")):
        for where, row in _rows(path):
            try:
                frame = _frame(row)
                check_frame(frame, ontology)
            except DataError as error:
                raise DataError(error.what, where=where, hint=error.hint) from error
            if frame.id in frames:
                raise DataError("there are two frames of this id", where=where, hint="call one otherwise")
            frames[frame.id] = frame
    return frames


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each frame of a file stands, as "file:line: id", and its fields."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if _HEAD.match(line)]
    rows = content.get("frames")
    if content.keys() - {"frames"} or not isinstance(rows, list) or len(rows) != len(lines):
        raise DataError("holds something else than frames", where=str(path), hint="each begins with [[frames]]")
    for line, row in zip(lines, rows, strict=True):
        yield f"{path}:{line}: {row.get('id', 'a frame without id')}", row


def _frame(row: Mapping[str, Any]) -> Frame:
    if unknown := sorted(row.keys() - _DEFAULTS.keys()):
        raise DataError(f"unknown field {', '.join(unknown)}", hint=f"known are {', '.join(sorted(_DEFAULTS))}")
    if missing := [name for name in ("id", "type", "relation") if name not in row]:
        raise DataError(f"lacks {', '.join(missing)}")
    if not any(row.get(name) for name in _TRIGGERS):
        raise DataError("has no trigger", hint=f"give it some of {', '.join(_TRIGGERS)}")
    values: dict[str, Any] = {name: _read(name, value) for name, value in row.items()}
    return Frame(**values)


def _read(name: str, value: Any) -> Any:
    """A field's value as the frame keeps it: triggers split into words, word lists as sets, other lists as tuples."""
    if name in _TEXTS or name in _SWITCHES:
        _demand(isinstance(value, str if name in _TEXTS else bool), name, value)
        return value
    _demand(isinstance(value, list), name, value)
    if name == "examples":
        _demand(all(isinstance(one, dict) and isinstance(one.get("text"), str) for one in value), name, value)
        return tuple(value)
    _demand(all(isinstance(one, str) and one.strip() for one in value), name, value)
    if name in _TRIGGERS:
        return tuple(tuple(text.split()) for text in value)
    return frozenset(value) if isinstance(_DEFAULTS[name], frozenset) else tuple(value)


def _demand(holds: bool, name: str, value: Any) -> None:
    if not holds:
        meant = "a text" if name in _TEXTS else "true or false" if name in _SWITCHES else "a list of texts"
        meant = "a list of tables with a text" if name == "examples" else meant
        raise DataError(f'"{name}" must be {meant}, not {value!r}')
