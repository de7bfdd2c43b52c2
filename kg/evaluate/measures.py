"""The numbers of `kg eval`: what each one counts, and how they are computed.

They follow the annotation guide's own scorer in spirit, and are simple enough to check by hand. All are shares from 0
to 1, computed over all articles at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import DataError
from kg.evaluate.gold import Gold
from kg.evaluate.pairing import (
    entity_fits,
    pair,
    pair_events,
    pair_statements,
    right_parties,
    stand_for,
    taking_part,
)
from kg.model import Basis, Event, EventDate, Extraction, Polarity

_HELD = {"LEADS": "HOLDS_OFFICE_IN"}  # to lead is to hold an office: the two count as one


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: `value` from 0 to 1, None when there was nothing to measure; `count` is what it is a share of."""

    name: str
    value: float | None
    count: int
    floor: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value is not below its floor; nothing measured is below every floor but 0."""
        return not self.floor or (self.value is not None and self.value >= self.floor)


@dataclass(frozen=True, slots=True)
class Count:
    """How many were right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float | None:
        """Share of the found that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the wanted that is found."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 0 when nothing is right, None when there is nothing at all."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


Counts = Mapping[str, Count]

_F1 = ("entity", "dyad", "type in sentence", "negated", "statement", "relation")
_SHARES = (
    "surface resolved",
    "core dyad recall",
    "relation label",
    "polarity",
    "modality",
    "attribution",
    "date",
    "place",
)
NAMES = (
    *("entity F1", "surface resolved", "dyad precision", "dyad recall", "dyad F1", "core dyad recall"),
    *("type in sentence F1", "relation label", "polarity", "negated F1", "modality", "attribution", "date", "place"),
    *("statement F1", "relation F1"),
)


def evaluate(
    gold: Sequence[Gold], extractions: Iterable[Extraction], floors: Mapping[str, float] | None = None
) -> tuple[Measure, ...]:
    """Measure extractions of the gold's articles, paired by article id; one that is missing counts as empty.

    Raises `DataError` when an extraction was made from another text than the gold.
    """
    found = {extraction.article.id: extraction for extraction in extractions}
    counts = dict.fromkeys((*_F1, *_SHARES), Count())
    for one in gold:
        article = one.extraction.article
        extraction = found.get(article.id, Extraction(article=article))
        if extraction.article.text != article.text:
            raise DataError("the extraction is of another text than the gold", where=article.id)
        for name, count in compare(one, extraction).items():
            counts[name] += count
    return tuple(_measure(name, counts, (floors or {}).get(name)) for name in NAMES)


def compare(gold: Gold, found: Extraction) -> Counts:
    """What is right, found and wanted in one article."""
    fits = entity_fits(gold.extraction, found)
    stands = stand_for(fits)
    part = taking_part(found)
    entities = pair(fit for fit in fits if fit[2] in part)
    return {
        "entity": Count(len(entities), len(part), len(gold.extraction.entities)),
        "surface resolved": _surfaces(gold.extraction, found, pair(fits)),
        **_events(gold, found, stands),
        "statement": _statements(gold.extraction, found, stands),
        "relation": _relations(gold.extraction, found, stands),
    }


def _measure(name: str, counts: Counts, floor: float | None) -> Measure:
    """`name` is that of a share, or of a count with precision, recall or F1 behind it."""
    if name in _SHARES:
        return Measure(name, counts[name].recall, counts[name].wanted, floor)
    what, _, how = name.rpartition(" ")
    count = counts[what]
    value = {"precision": count.precision, "recall": count.recall, "F1": count.f1}[how]
    return Measure(name, value, count.found if how == "precision" else count.wanted, floor)


def _surfaces(gold: Extraction, found: Extraction, pairs: Mapping[str, str]) -> Count:
    """Strings that name an entity: right when a mention over one of its places belongs to the entity paired with it."""
    right: dict[tuple[str, str], bool] = {}
    for wanted in gold.mentions:
        entity, string = pairs.get(wanted.entity), wanted.span.of(gold.article.text).casefold()
        hit = any(mention.entity == entity and mention.span.overlaps(wanted.span) for mention in found.mentions)
        right[wanted.entity, string] = right.get((wanted.entity, string), False) or hit
    return _share(right.values())


def _events(gold: Gold, found: Extraction, stands: dict[str, str]) -> Counts:
    wanted, got = ({event.id: event for event in one.events} for one in (gold.extraction, found))
    pairs = pair_events(gold.extraction, found, stands)
    same = [(wanted[a], got[b]) for a, b in pairs.items() if wanted[a].type == got[b].type]
    dyads = {one.id for one, other in same if all(right_parties(other, one, stands))}
    types, found_types = _sentence_types(gold.extraction, gold.extraction), _sentence_types(gold.extraction, found)
    return {
        "dyad": Count(len(dyads), len(got), len(wanted)),
        "core dyad recall": Count(len(dyads & gold.core), 0, len(gold.core)),
        "type in sentence": Count(len(types & found_types), len(found_types), len(types)),
        "negated": Count(
            sum(_negated(one) and _negated(other) for one, other in same),
            sum(map(_negated, found.events)),
            sum(map(_negated, gold.extraction.events)),
        ),
        "relation label": _share(one.relation == other.relation for one, other in same),
        "polarity": _share(one.polarity == other.polarity for one, other in same),
        "modality": _share(one.modality == other.modality for one, other in same),
        "attribution": _share_of_given((one.attributed_to, _key(other.attributed_to, stands)) for one, other in same),
        "date": _share_of_given((_days(one.date), _days(other.date)) for one, other in same),
        "place": _share_of_given((one.place, _key(other.place, stands)) for one, other in same),
    }


def _sentence_types(gold: Extraction, one: Extraction) -> set[tuple[int, str]]:
    """Pairs of a sentence's start and an event type; a sentence of the gold is known by the trigger that lies in it."""
    sentences = sorted({event.evidence for event in gold.events})

    def start(event: Event) -> int:
        return next((span.start for span in sentences if span.covers(event.trigger)), event.evidence.start)

    return {(start(event), event.type) for event in one.events}


def _statements(gold: Extraction, found: Extraction, stands: Mapping[str, str]) -> Count:
    pairs = pair_statements(gold, found, lambda speaker: _key(speaker, stands))
    return Count(len(pairs), len(found.statements), len(gold.statements))


def _relations(gold: Extraction, found: Extraction, stands: Mapping[str, str]) -> Count:
    def triples(one: Extraction, keys: Mapping[str, str] | None) -> set[tuple[str | None, ...]]:
        return {
            (_HELD.get(relation.type, relation.type), _key(relation.source, keys), _key(relation.target, keys))
            for relation in one.relations
        }

    wanted, got = triples(gold, None), triples(found, stands)
    return Count(len(wanted & got), len(got), len(wanted))


def _key(id: str | None, stands: Mapping[str, str] | None) -> str | None:
    """The gold's key for a found id; an entity that the gold does not know stays itself, marked so."""
    return id if id is None or stands is None else stands.get(id, f"?{id}")


def _days(when: EventDate | None) -> str | None:
    """The days that words of the text give; the day of publication is no such date."""
    return f"{when.start}/{when.end}" if when and when.basis is Basis.TEXT else None


def _negated(event: Event) -> bool:
    return event.polarity == Polarity.NEGATED


def _share(hits: Iterable[bool]) -> Count:
    values = list(hits)
    return Count(sum(values), 0, len(values))


def _share_of_given(pairs: Iterable[tuple[str | None, str | None]]) -> Count:
    """Equal pairs among those where a side has something: what is missed is wrong, and so is what is invented."""
    return _share(wanted == found for wanted, found in pairs if wanted is not None or found is not None)
