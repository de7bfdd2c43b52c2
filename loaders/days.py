"""Calendar arithmetic: from "the week before this day" to an `EventDate`. No clock is ever read."""

import calendar
import datetime

from kg.model import EventDate, Precision

Day = datetime.date
ONE_DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)


def on_day(day: Day) -> EventDate:
    """One day."""
    return EventDate(start=day, end=day, precision=Precision.DAY)


def in_range(start: Day, end: Day) -> EventDate | None:
    """From one day to another; None when they stand the wrong way round."""
    return EventDate(start=start, end=end, precision=Precision.RANGE) if start <= end else None


def in_week(day: Day, last: Day | None = None) -> EventDate:
    """The week from Monday to Sunday around a day, or only to `last`."""
    start = day - ONE_DAY * day.weekday()
    return EventDate(start=start, end=last or start + ONE_DAY * 6, precision=Precision.WEEK)


def weekend(day: Day, weeks: int = 0) -> EventDate:
    """The last Saturday and Sunday that have begun by a day, or the ones some weeks later."""
    saturday = day - ONE_DAY * ((day.weekday() - 5) % 7) + WEEK * weeks
    return EventDate(start=saturday, end=saturday + ONE_DAY, precision=Precision.RANGE)


def in_month(year: int, month: int) -> EventDate:
    """A whole month."""
    last = calendar.monthrange(year, month)[1]
    return EventDate(start=Day(year, month, 1), end=Day(year, month, last), precision=Precision.MONTH)


def months_later(day: Day, months: int) -> EventDate:
    """The month that lies some months after (or, below zero, before) a day's own."""
    count = day.year * 12 + day.month - 1 + months
    return in_month(count // 12, count % 12 + 1)


def in_year(year: int) -> EventDate:
    """A whole year."""
    return EventDate(start=Day(year, 1, 1), end=Day(year, 12, 31), precision=Precision.YEAR)


def in_season(year: int, first_month: int) -> EventDate:
    """Three months from the first of one; a winter is called by the year it begins in."""
    start = Day(year, first_month, 1)
    return EventDate(start=start, end=months_later(start, 2).end, precision=Precision.SEASON)


def up_to(date: EventDate, last: Day) -> EventDate:
    """A stretch cut off at a day, where that day lies in it."""
    end = last if date.start <= last < date.end else date.end
    return EventDate(start=date.start, end=end, precision=date.precision)


def onward(date: EventDate, first: Day) -> EventDate:
    """A stretch that begins at a day, where that day lies in it."""
    start = first if date.start < first <= date.end else date.start
    return EventDate(start=start, end=date.end, precision=date.precision)


def a_day(year: int, month: int, day: int) -> Day | None:
    """The day of that number; None when the month has none."""
    return Day(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def nearest_weekday(published: Day, weekday: int, future: bool) -> Day:
    """The most recent such weekday on or before a day, or the next on or after it."""
    back = (published.weekday() - weekday) % 7
    return published + ONE_DAY * ((7 - back) % 7) if future else published - ONE_DAY * back


def year_of(published: Day, month: int, day: int, future: bool) -> int:
    """The year that makes a month and day the most recent not after a day, or the next one not before it."""
    if future:
        return published.year + ((month, day) < (published.month, published.day))
    return published.year - ((month, day) > (published.month, published.day))
