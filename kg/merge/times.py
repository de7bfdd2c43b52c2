"""When a telling's event may have happened, and whether two such times can be one.

What words of the text say is *given*. A day of publication is only a hint: the event is then thought to have happened
on it or shortly before.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Article, Basis, Event, Modality, Precision

_WEEK = 7  # days; a longer time is a month, a season or a year, in which much can happen


@dataclass(frozen=True, slots=True, order=True)
class When:
    """The first and last day on which something may have happened; `given` by words, or only guessed.

    What is `lasting` happened on all of these days, as in "since April".
    """

    first: datetime.date
    last: datetime.date
    given: bool
    lasting: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is a matter of days."""
        return (self.last - self.first).days <= _WEEK

    def days(self) -> Iterator[datetime.date]:
        """Each day, first to last."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + datetime.timedelta(offset)

    def overlaps(self, other: "When") -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last

    def distance(self, other: "When") -> int:
        """Days from the end of one to the beginning of the other; 0 when they overlap."""
        return max((self.first - other.last).days, (other.first - self.last).days, 0)


def when(event: Event, article: Article, lag: int) -> When | None:
    """When an event may have happened; None when nothing says it, as with background that no words date."""
    if event.date and event.date.basis is Basis.TEXT:
        found = When(event.date.start, event.date.end, given=True)
        return replace(found, lasting=event.date.precision is Precision.RANGE and not found.exact)
    if article.published is None or event.modality is Modality.HISTORICAL:
        return None
    first = article.published if event.modality is Modality.PLANNED else _before(article.published, lag)
    return When(first, article.published, given=False)


def relation_in_time(one: When | None, other: When | None, stale: int) -> str | None:
    """The name of the feature that two times have; None when they say nothing."""
    if one is None or other is None:
        return None
    if one.overlaps(other) and one.lasting != other.lasting:
        return "lasting and of a day"
    if one.given and other.given:
        if not one.overlaps(other):
            return "other days"
        return "same days" if one.exact and other.exact else "same month or year"
    if one.overlaps(other) and not (one.given or other.given):
        return "published together"
    if one.overlaps(other):
        return "about the same days" if one.exact and other.exact else "same month or year"
    return "published days after" if one.distance(other) <= stale else "published long after"


def _before(day: datetime.date, days: int) -> datetime.date:
    """So many days earlier, or the first day that there is."""
    return datetime.date.fromordinal(max(day.toordinal() - days, 1))
