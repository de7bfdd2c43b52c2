"""The PLOVER ontology and our closed list of relationship types, read from `kg/data/ontology`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.resources import data_folder

_RELATION = re.compile(r"[A-Z]+(_[A-Z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's sixteen types.

    `quad` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; `score` runs from
    -10 (conflict) to 10 (cooperation); `modes` maps each mode to its score; `relation` is the type's plainest
    relationship.
    """

    name: str
    quad: int
    score: float
    cameo_root: str
    meaning: str
    relation: str
    modes: dict[str, float]
    recipient_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Event types, contexts, sectors and relationship types: everything that may become a label or an edge type."""

    types: dict[str, EventType]
    contexts: frozenset[str]
    sectors: frozenset[str]
    event_relations: dict[str, str] = field(default_factory=dict)  # relationship type → event type
    lasting_relations: frozenset[str] = frozenset()
    planned: dict[str, str] = field(default_factory=dict)  # relationship or event type → relationship type when planned
    meanings: dict[str, str] = field(default_factory=dict)  # relationship type → meaning

    @property
    def relations(self) -> frozenset[str]:
        """Every relationship type between entities."""
        return self.lasting_relations | frozenset(self.event_relations)

    def when_planned(self, relation: str) -> str:
        """The relationship type that a planned event has: a coming visit (VISITED) is PLANS_TO_VISIT, and so AGREE."""
        return self.planned.get(relation) or self.planned.get(self.event_relations[relation], relation)

    def score(self, type_: str, mode: str | None) -> float:
        """Conflict–cooperation score of a type, or of its mode where it has one."""
        event_type = self.types[type_]
        return event_type.modes.get(mode, event_type.score) if mode else event_type.score


def load_ontology(folder: Path | None = None, own: Path | None = None) -> Ontology:
    """The ontology in a folder, ours unless another is named, with the relationship types of a user's own folder.

    The user's `relations.toml` has the form of ours; a name that both list has the user's event type and meaning.
    Raises `DataError` naming file and key when something is missing, contradicts itself or cannot be a relationship
    type.
    """
    ontology = _shipped(folder or data_folder() / "ontology")
    return ontology if own is None else _with_own(ontology, own)


@cache
def _shipped(folder: Path) -> Ontology:
    plover, relations = _read(folder / "plover.toml"), _read(folder / "relations.toml")
    try:
        types = {name: _event_type(name, row) for name, row in plover["types"].items()}
        contexts, sectors = frozenset(plover["contexts"]), frozenset(plover["sectors"])
        bare = Ontology(types=types, contexts=contexts, sectors=sectors)
        ontology = _with_relations(bare, relations["events"], relations["lasting"], relations["planned"])
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the ontology lacks or misuses {error}", where=str(folder)) from error
    _check(ontology, folder)
    return ontology


def _with_own(ontology: Ontology, own: Path) -> Ontology:
    """The ontology with the relationship types of a user's folder, if it lists any."""
    if not own.is_dir():
        raise DataError("there is no such folder", where=str(own), hint="it holds events/*.toml and relations.toml")
    path = own / "relations.toml"
    if not path.exists():
        return ontology
    tables = {"events": {}, "lasting": {}, "planned": {}} | _read(path)
    try:
        made = _with_relations(ontology, **tables)
    except (TypeError, AttributeError) as error:
        hint = 'it may hold [events.TYPE], [lasting] and [planned], each with lines as in NAME = "meaning"'
        raise DataError("is of another form", where=str(path), hint=hint) from error
    for name, meaning in made.meanings.items():
        if not (_RELATION.fullmatch(name) and isinstance(meaning, str)):
            raise DataError(f"{name} = {meaning!r} is no relationship type with its meaning", where=str(path))
    _check(made, own)
    return made


def _with_relations(
    ontology: Ontology, events: Mapping[str, dict[str, str]], lasting: dict[str, str], planned: dict[str, str]
) -> Ontology:
    """The ontology with more relationship types; `events` are listed by event type."""
    types = {name: type_ for type_, names in events.items() for name in names}
    meanings = {name: text for names in (lasting, *events.values()) for name, text in names.items()}
    return replace(
        ontology,
        event_relations=ontology.event_relations | types,
        lasting_relations=ontology.lasting_relations | lasting.keys(),
        planned=ontology.planned | planned,
        meanings=ontology.meanings | meanings,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error


def _event_type(name: str, row: dict[str, Any]) -> EventType:
    return EventType(
        name=name,
        quad=row["quad"],
        score=row["score"],
        cameo_root=row["cameo"],
        meaning=row["meaning"],
        relation=row["relation"],
        modes=row["modes"],
        recipient_needed=row.get("recipient_needed", False),
    )


def _check(ontology: Ontology, folder: Path) -> None:
    if both := sorted(ontology.lasting_relations & ontology.event_relations.keys()):
        raise DataError(f"{both[0]} cannot both last and be an event", where=str(folder / "relations.toml"))
    for name, type_ in ontology.event_relations.items():
        if type_ not in ontology.types:
            raise DataError(
                f"{name} is listed under {type_}, which is no event type", where=str(folder / "relations.toml")
            )
    if unknown := set(ontology.planned.values()) - set(ontology.event_relations):
        raise DataError(f"[planned] leads to {', '.join(sorted(unknown))}", where=str(folder / "relations.toml"))
    for event_type in ontology.types.values():
        if ontology.event_relations.get(event_type.relation) != event_type.name:
            raise DataError(
                f"{event_type.name} has the relation {event_type.relation}, which is not listed under it",
                where=str(folder / "plover.toml"),
            )
