"""What a store must hold after whatever was done to it, in the plainest words, and whether it does.

`Remains` is the model: a dictionary of articles and a list of decisions, changed by methods that are named as the
store's own. A store agrees with it when it holds just that, and when everything that can be exported has the same bytes
as from a new store into which only the remains were put, in any order.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.cli.stored import read_store
from kg.decisions import Decision, in_force
from kg.export import SUFFIXES, export_graph
from kg.model import Extraction
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Remains:
    """The articles and decisions that there should be."""

    told: Mapping[str, Extraction] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

    def put(self, extraction: Extraction) -> "Remains":
        """An article goes in, and what had its id or its URL goes out."""
        article = extraction.article
        others = {
            id: one
            for id, one in self.told.items()
            if id != article.id and (article.url is None or one.article.url != article.url)
        }
        return replace(self, told=others | {article.id: extraction})

    def forget(self, id: str) -> "Remains":
        """An article goes out."""
        return replace(self, told={other: one for other, one in self.told.items() if other != id})

    def decide(self, decisions: list[Decision]) -> "Remains":
        """Decisions that are not in force yet come to the others."""
        force = in_force(self.decisions)
        new = [decision for decision in decisions if force.get(decision.pair) != decision]
        return replace(self, decisions=(*self.decisions, *new))

    def undo(self) -> "Remains":
        """The last decision goes out."""
        return replace(self, decisions=self.decisions[:-1])


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to a store: a method of `Store` and of `Remains`, and what it is given."""

    name: str
    given: tuple[Any, ...] = ()

    def on(self, store: Store) -> object:
        """Do it to a store."""
        return getattr(store, self.name)(*self.given)

    def after(self, remains: Remains) -> Remains:
        """What is then to be there."""
        changed: Remains = getattr(remains, self.name)(*self.given)
        return changed


def held(store: Store) -> Remains:
    """What a store holds."""
    return Remains({one.article.id: one for one in store.extractions()}, tuple(store.decisions()))


def exports(path: Path) -> dict[str, bytes]:
    """Every form of export of a store's graph, by suffix."""
    stored, files = read_store(path), {suffix: path.with_name(f"export{suffix}") for suffix in SUFFIXES}
    for file in files.values():
        export_graph(stored.graph, stored.extractions, file)
    return {suffix: file.read_bytes() for suffix, file in files.items()}


def fresh(path: Path, remains: Remains, seed: int = 0) -> Path:
    """A new store of what remains, put in and decided in some order."""
    told, decided = list(remains.told.values()), list(in_force(remains.decisions).values())
    for one in (told, decided):
        random.Random(seed).shuffle(one)
    with Store.open(path) as store:
        for extraction in told:
            store.put(extraction)
        for decision in decided:
            store.decide([decision])
    return path
