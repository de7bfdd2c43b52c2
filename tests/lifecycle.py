"""What a store must hold after whatever was done to it, in the plainest words, and whether it does.

`Remains` is the model: articles with their history and a list of decisions, changed by methods that are named as the
store's own. A store agrees with it when it holds just that, and when everything that can be exported has the same bytes
as from a new store into which only the remains were put, in any order.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.cli.stored import read_store
from kg.decisions import Decision, check_agreement, in_force
from kg.errors import InputError
from kg.export import SUFFIXES, export_graph
from kg.model import Extraction
from kg.store import Store
from tests import synthetic
from tests.synthetic import Choose


class BrokenError(Exception):
    """A store does not hold what it must, or somebody sees what nobody wrote."""


@dataclass(frozen=True, slots=True)
class Remains:
    """The articles and decisions that there should be, and what the articles replaced."""

    told: Mapping[str, Extraction] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    history: Mapping[str, tuple[Extraction, ...]] = field(default_factory=dict)

    def put(self, extraction: Extraction) -> "Remains":
        """An article goes in, and what had its id or its URL goes out: into its history, unless only read otherwise."""
        article = extraction.article
        same_url = [one for one in self.told.values() if article.url and one.article.url == article.url]
        same_id = [self.told[article.id]] if article.id in self.told else []
        older = [*same_id, *(one for one in same_url if one.article.id != article.id)]
        gone = {one.article.id for one in older}
        told = {id: one for id, one in self.told.items() if id not in gone} | {article.id: extraction}
        if [one.article for one in older] == [article]:
            return replace(self, told=told)
        versions = [part for one in older for part in (*self.history.get(one.article.id, ()), one)]
        kept = {part.article: part for part in reversed(versions) if part.article != article}
        history = {id: parts for id, parts in self.history.items() if id not in gone}
        return replace(self, told=told, history=_some(history | {article.id: tuple(reversed(kept.values()))}))

    def renew(self, extraction: Extraction) -> "Remains":
        """What is made anew of an article that is there goes into its place."""
        older = self.told.get(extraction.article.id)
        return self.put(extraction) if older and older.article == extraction.article else self

    def forget(self, id: str) -> "Remains":
        """An article goes out with its history, and out of that of others."""
        told = {other: one for other, one in self.told.items() if other != id}
        left = {
            other: tuple(version for version in versions if version.article.id != id)
            for other, versions in self.history.items()
            if other != id
        }
        return replace(self, told=told, history=_some(left))

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
    told = {one.article.id: one for one in store.extractions()}
    return Remains(told, tuple(store.decisions()), _some({id: tuple(store.history(id)) for id in told}))


def _some(history: dict[str, tuple[Extraction, ...]]) -> dict[str, tuple[Extraction, ...]]:
    """The histories that have a version."""
    return {id: versions for id, versions in history.items() if versions}


def exports(path: Path) -> dict[str, bytes]:
    """Every form of export of a store's graph, by suffix."""
    stored, files = read_store(path), {suffix: path.with_name(f"export{suffix}") for suffix in SUFFIXES}
    for file in files.values():
        export_graph(stored.graph, stored.extractions, file)
    return {suffix: file.read_bytes() for suffix, file in files.items()}


def fresh(path: Path, remains: Remains, seed: object = 0) -> Path:
    """A new store of what remains, put in and decided in some order."""
    told, decided = list(remains.told.values()), list(in_force(remains.decisions).values())
    for one in (told, decided):
        random.Random(str(seed)).shuffle(one)
    with Store.open(path) as store:
        for extraction in told:
            store.put(extraction)
        for decision in decided:
            store.decide([decision])
    return path


def plan(seed: object, length: int, size: int = 0) -> list[Step]:
    """What may be done to a new store, one step after the other; the same seed makes the same plan.

    A new article ends with `size` letters that do not compress.
    """
    choose, remains, steps = synthetic.by_chance(seed), Remains(), list[Step]()
    padding = random.Random(str(seed))
    while len(steps) < length:
        if step := _next_step(choose, remains):
            if step.name == "put":
                step = _padded(step, padding.randbytes(size // 2).hex())
            steps.append(step)
            remains = step.after(remains)
    return steps


def _next_step(choose: Choose, remains: Remains) -> Step | None:
    """A step that may be taken now; None when the one that was chosen may not."""
    name = choose(("put", "put", "put", "correct", "recode", "forget", "decide", "undo"))
    if name == "put":
        return Step("put", (synthetic.extraction(choose),))
    if name == "decide":
        some = [synthetic.decision(choose)]
        return Step("decide", (some,)) if _agree([*remains.decisions, *some]) else None
    if name == "undo":
        return Step("undo") if remains.decisions else None
    if not remains.told:
        return None
    told = remains.told[choose(sorted(remains.told))]
    match name:
        case "correct":
            return Step("put", (synthetic.correction(choose, told.article),))
        case "recode":
            return Step("renew", (synthetic.read_anew(choose, told),))
        case _:
            return Step("forget", (told.article.id,))


def _padded(step: Step, letters: str) -> Step:
    (told,) = step.given
    return replace(step, given=(replace(told, article=replace(told.article, text=told.article.text + letters)),))


def _agree(decisions: Sequence[Decision]) -> bool:
    try:
        check_agreement(decisions)
    except InputError:
        return False
    return True
