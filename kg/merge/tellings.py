"""Claims gathered into events: a cluster of tellings of the same happening becomes one event node."""

from dataclasses import dataclass
from functools import cached_property

from kg.ids import event_id
from kg.model import Article, Event, EventDate, Modality, Polarity

_REAL = (Modality.ASSERTED, Modality.HISTORICAL)


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's telling of an event: a claim."""

    article: Article
    event: Event


@dataclass(frozen=True)
class Cluster:
    """Tellings of one event, in order of claim id; the first one speaks for all where they cannot be united."""

    tellings: tuple[Telling, ...]

    @cached_property
    def id(self) -> str:
        """Id of the event."""
        return event_id(telling.event.id for telling in self.tellings)

    @property
    def first(self) -> Event:
        """The telling with the smallest id."""
        return self.tellings[0].event

    @cached_property
    def actors(self) -> list[str]:
        """Ids of all who are said to have done it, in the order of the telling."""
        return list(dict.fromkeys(actor for telling in self.tellings for actor in telling.event.actors))

    @cached_property
    def targets(self) -> list[str]:
        """Ids of all to whom it is said to have been done, in the order of the telling."""
        return list(dict.fromkeys(target for telling in self.tellings for target in telling.event.targets))

    @property
    def date(self) -> EventDate | None:
        """When it happened, by the first telling that says it."""
        return next((telling.event.date for telling in self.tellings if telling.event.date), None)

    @property
    def happened(self) -> bool:
        """Whether it is told as a fact: not denied, planned, demanded or supposed."""
        return self.first.polarity is Polarity.AFFIRMED and self.first.modality in _REAL

    @property
    def articles(self) -> set[str]:
        """Ids of the articles that tell it."""
        return {telling.article.id for telling in self.tellings}
