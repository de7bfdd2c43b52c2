"""How alike two parties are, and two sides of an event: one article names the leader, another one the state."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.merge.rules import Rules
from kg.model import Entity, Extraction, Form, Kind
from kg.names import slug
from kg.resolve import merge_entities

_NOBODY = 0.3  # likeness below which a party has no counterpart
_NEUTRAL = 0.4  # likeness that says nothing
_HALF = 0.5  # the same, for doers
_MOST = 0.6  # likeness of two sides from which on single parties may differ: one article names four of five
_NAMED_AFTER = [{kind, place} for kind in (Kind.ORGANIZATION, Kind.GROUP) for place in (Kind.COUNTRY, Kind.PLACE)]
_UNKNOWN = "unknown"  # likeness of somebody described to anybody


@dataclass(frozen=True, slots=True)
class Match:
    """How surely two sides are one, from 0 (half alike) to 1, and whether each has somebody whom the other lacks."""

    score: float
    differs: bool
    known: int = 0  # how many could be compared, on the side that has fewer of them


class Parties:
    """Everybody in some records, to be compared."""

    def __init__(self, extractions: Iterable[Extraction], rules: Rules) -> None:
        extractions = tuple(extractions)
        self.entities: Mapping[str, Entity] = merge_entities(extractions)
        self._named = {mention.entity for one in extractions for mention in one.mentions if mention.form is Form.NAME}
        self._rules = rules
        self._stems: dict[str, frozenset[str]] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, str], float | None] = {}

    def keys(self, id: str) -> frozenset[str]:
        """What an entity has in common with one that it is like: the country, or a word of the name."""
        if id not in self._keys:
            entity, words = self.entities[id], slug(self.entities[id].name).split("-")
            if entity.country:
                self._keys[id] = frozenset([entity.country, *([] if entity.kind is Kind.COUNTRY else words[-1:])])
            else:
                self._keys[id] = frozenset(words)
        return self._keys[id]

    def words(self, id: str) -> frozenset[str]:
        """The words of an entity's name."""
        if id not in self._words:
            self._words[id] = frozenset(slug(self.entities[id].name).split("-"))
        return self._words[id]

    def stems(self, id: str) -> frozenset[str]:
        """The stems of all names of an entity."""
        if id not in self._stems:
            self._stems[id] = self._rules.stems(" ".join((self.entities[id].name, *self.entities[id].aliases)))
        return self._stems[id]

    def is_named_person(self, id: str) -> bool:
        """Whether it is somebody with a name of their own."""
        return self.entities[id].kind is Kind.PERSON and id in self._named

    def is_somebody(self, id: str) -> bool:
        """Whether there is more than a word that fits many: a name, or a description such as "Norland's police"."""
        return id in self._named or (self.entities[id].country is not None and len(self.words(id)) > 1)

    def alike(self, one: str, other: str) -> float | None:
        """How alike two entities are, from 0 to 1; None when one is described so that nobody can tell."""
        pair = (one, other) if one <= other else (other, one)
        if pair not in self._known:
            likeness = self._likeness(*pair)
            self._known[pair] = None if likeness == _UNKNOWN else self._rules.alike.get(likeness, 0.0)
        return self._known[pair]

    def match(self, some: Collection[str], others: Collection[str], *, strictly: bool = False) -> Match | None:
        """How alike two sides are; None when one of them is empty, or says too little of anybody.

        Who only is of one country with somebody suffers the same, but does not do the same: `strictly` is for doers.
        """
        here, there = self._best(some, others), self._best(others, some)
        if not here or not there:
            return None
        if len(here) == len(there):
            score = (sum(here) + sum(there)) / (len(here) + len(there))
        else:
            fewer = min(here, there, key=len)
            score = sum(fewer) / len(fewer)
        nobody = _HALF if strictly else _NOBODY
        return Match(
            max((score - _NEUTRAL) / (1 - _NEUTRAL), 0.0),
            min(here) < nobody and min(there) < nobody and score < _MOST,
            min(len(here), len(there)),
        )

    def _best(self, some: Collection[str], others: Collection[str]) -> list[float]:
        """For each of some, how alike the best of the others is; without those of whom nobody can tell."""
        best = []
        for one in some:
            found = [self.alike(one, other) for other in others]
            known = [value for value in found if value is not None]
            if known and not (None in found and max(known) < _NOBODY):
                best.append(max(known))
        return best

    def _likeness(self, one: str, other: str) -> str:
        """The name of the weight of two entities; empty when they are two."""
        left, right = self.entities[one], self.entities[other]
        named = (one in self._named) + (other in self._named)
        if one == other:
            return "same" if named or left.country else _UNKNOWN  # "protesters", who are others elsewhere
        if left.country and right.country and left.country != right.country:
            return self._abroad(one, other)
        if self._one_name(one, other) and {left.kind, right.kind} not in _NAMED_AFTER:
            return "surname" if Kind.PERSON in (left.kind, right.kind) else "name"
        if left.country and left.country == right.country:
            return self._of_one_country(left, right, named)
        return _UNKNOWN if named < 2 and not _is_state(left, right) else ""

    def _abroad(self, one: str, other: str) -> str:
        """Two of different countries are two; but whose "embassy" or "charity" it is, is only guessed."""
        if self.words(one) == self.words(other) or (self.is_somebody(one) and self.is_somebody(other)):
            return ""
        return "guessed" if self._one_name(one, other) else _UNKNOWN

    def _of_one_country(self, left: Entity, right: Entity, named: int) -> str:
        kinds, official = {left.kind, right.kind}, self._act_for_state(left, right)
        if Kind.COUNTRY in kinds:
            return "part" if Kind.PLACE in kinds or official else "compatriots"
        if Kind.PLACE in kinds:
            return "compatriots" if named < 2 else ""
        if not (self.is_somebody(left.id) and self.is_somebody(right.id)):
            return _UNKNOWN if left.sector != right.sector else "described"
        if named < 2:
            return "described" if official or left.sector == right.sector else "compatriots"
        return "body" if len(kinds) > 1 and official else ""

    def _act_for_state(self, left: Entity, right: Entity) -> bool:
        return all(one.kind is Kind.COUNTRY or one.sector in self._rules.official for one in (left, right))

    def _one_name(self, one: str, other: str) -> bool:
        """Whether all words of one name are in the other: a surname, a body without its country."""
        fewer, more = sorted((self.words(one), self.words(other)), key=len)
        return fewer <= more


def _is_state(left: Entity, right: Entity) -> bool:
    """Whether one of two is a state."""
    return Kind.COUNTRY in (left.kind, right.kind)
