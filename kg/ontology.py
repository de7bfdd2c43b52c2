"""The PLOVER ontology and our closed list of relationship types, read from `kg/data/ontology`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.resources import data_folder


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
    event_relations: dict[str, str]  # relationship type → event type
    lasting_relations: frozenset[str]
    planned: dict[str, str]  # relationship type or event type → relationship type of what is only planned
    meanings: dict[str, str]  # relationship type → meaning

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


@cache
def load_ontology(folder: Path | None = None) -> Ontology:
    """The ontology in a folder, ours unless another is named.

    Raises `DataError` naming file and key when something is missing or contradicts itself.
    """
    folder = folder or data_folder() / "ontology"
    plover, relations = _read(folder / "plover.toml"), _read(folder / "relations.toml")
    try:
        types = {name: _event_type(name, row) for name, row in plover["types"].items()}
        by_type: dict[str, dict[str, str]] = relations["events"]
        lasting: dict[str, str] = relations["lasting"]
        ontology = Ontology(
            types=types,
            contexts=frozenset(plover["contexts"]),
            sectors=frozenset(plover["sectors"]),
            event_relations={name: type_ for type_, names in by_type.items() for name in names},
            lasting_relations=frozenset(lasting),
            planned=relations["planned"],
            meanings={**lasting, **{name: text for names in by_type.values() for name, text in names.items()}},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the ontology lacks or misuses {error}", where=str(folder)) from error
    _check(ontology, folder)
    return ontology


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
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
