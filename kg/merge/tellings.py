"""Claims gathered into events: a cluster of tellings of the same happening becomes one event node."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from kg.ids import event_id
from kg.model import Article, Basis, Event, EventDate, Modality, Polarity, Precision

_REAL = (Modality.ASSERTED, Modality.HISTORICAL)
# What is told as a fact outweighs a plan, and a plan a wish.
_WEIGHT = (Modality.ASSERTED, Modality.HISTORICAL, Modality.PLANNED, Modality.DEMANDED, Modality.HYPOTHETICAL)
_EXACT = tuple(Precision)  # in order of exactness, but for a range, which may be some days
_LONG = 31  # days of a range that is less exact than a month


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's telling of an event: a claim."""

    article: Article
    event: Event


@dataclass(frozen=True)
class Cluster:
    """Tellings of one event, in order of claim id, and the pairs of claims that contradict each other.

    What is most real outweighs the rest: an event that somebody asserts is asserted, whoever plans, demands or
    supposes it, and happened, whoever denies that; all claims stay, each with its own. Of equal weight the most
    frequent coding counts, then the smallest.
    """

    tellings: tuple[Telling, ...]
    contradictions: tuple[tuple[str, str], ...] = ()

    @cached_property
    def id(self) -> str:
        """Id of the event."""
        return event_id(telling.event.id for telling in self.tellings)

    @cached_property
    def typical(self) -> Event:
        """The telling that speaks for all where they cannot be united, of those that count."""
        counting = self._counting
        codes = Counter(map(_code, counting))
        best = min(codes, key=lambda code: (-codes[code], code))
        alike = [event for event in counting if _code(event) == best]
        return min(alike, key=lambda event: (-bool(event.actors) - bool(event.targets), event.id))

    @cached_property
    def actors(self) -> list[str]:
        """Ids of all who are said to have done it, in the order of the telling; of what is done together, everybody."""
        return [id for id in self._parties if id not in self.targets]

    @cached_property
    def targets(self) -> list[str]:
        """Ids of all to whom it is said to have been done, and not more often to have done it themselves."""
        if not self.typical.targets and len(self.typical.actors) > 1:
            return []
        roles: Counter[str] = Counter()
        for telling in self.tellings:
            roles.update(telling.event.targets)
            roles.subtract(telling.event.actors)
        return [id for id in self._parties if roles[id] > 0]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Who did it to whom, by claims that tell it as a fact; of what is done together, the smaller id first."""
        facts = [event for event in self._events if _is_fact(event)]
        if self.targets:
            told = {pair for event in facts for pair in product(event.actors, event.targets)}
            told = {(one, other) for one, other in told if one in self.actors and other in self.targets}
            pairs = told or set(product(self.actors, self.targets))
        else:
            groups = ({*event.actors, *event.targets} for event in facts)
            pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
        return {(one, other) for one, other in pairs if one != other}

    @cached_property
    def date(self) -> EventDate | None:
        """When it happened: the most exact date that words give, of these the most frequent, then the first.

        Claims that count come before others; a day of publication is only given where nobody gives words.
        """
        for events in (self._counting, self._events):
            dates = Counter(event.date for event in events if event.date and event.date.basis is Basis.TEXT)
            if dates:
                return min(dates, key=lambda date: (_vagueness(date), -dates[date], date.start, date.end))
        return min((event.date for event in self._events if event.date), key=lambda date: date.start, default=None)

    @property
    def happened(self) -> bool:
        """Whether somebody tells it as a fact: not denied, planned, demanded or supposed."""
        return _is_fact(self.typical)

    @property
    def backing(self) -> list[Article]:
        """The articles that stand behind what the event is said to be: not those that deny it, or only plan it."""
        real = {self.typical.modality, Modality.HISTORICAL}
        return [
            telling.article
            for telling in self.tellings
            if telling.event.polarity is self.typical.polarity and telling.event.modality in real
        ]

    @property
    def articles(self) -> set[str]:
        """Ids of the articles that tell it."""
        return {telling.article.id for telling in self.tellings}

    @cached_property
    def _events(self) -> list[Event]:
        return [telling.event for telling in self.tellings]

    @cached_property
    def _counting(self) -> list[Event]:
        """The tellings that count: the most real ones, and of these the affirmed, if any is."""
        best = min((_WEIGHT.index(event.modality), event.polarity is Polarity.NEGATED) for event in self._events)
        return [
            event
            for event in self._events
            if (_WEIGHT.index(event.modality), event.polarity is Polarity.NEGATED) == best
        ]

    @cached_property
    def _parties(self) -> list[str]:
        """Everybody who takes part: those of the typical telling first."""
        return list(dict.fromkeys(_all_parties([self.typical, *self._events])))


def _all_parties(events: list[Event]) -> Iterator[str]:
    for event in events:
        yield from event.actors
        yield from event.targets


def _is_fact(event: Event) -> bool:
    return event.polarity is Polarity.AFFIRMED and event.modality in _REAL


def _code(event: Event) -> tuple[str, str, str]:
    return event.type, event.relation, event.mode or ""


def _vagueness(date: EventDate) -> int:
    """How inexact a date is: a range of a few days is as good as a week, a longer one less than a season."""
    if date.precision is Precision.RANGE:
        days = (date.end - date.start).days
        return _EXACT.index(Precision.WEEK if days < _LONG else Precision.SEASON)
    return _EXACT.index(date.precision)
