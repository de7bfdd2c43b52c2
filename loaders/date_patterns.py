"""The expressions that give a date, each with the function that resolves it.

The most telling expressions come first; where two overlap, the earlier one in the table wins. Rules for relative
dates are those of the project's annotation guide: a weekday is the most recent one on or before publication (with a
future verb the next), last week is Monday to Sunday before, this week and this month run to publication.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.model import EventDate
from loaders import days
from loaders.words import load_words

_ORDINALS = ("first", "second", "third", "fourth")
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}


@dataclass(frozen=True, slots=True)
class Here:
    """What a date is resolved against: the day of publication, and whether its clause tells of the future."""

    published: datetime.date | None
    future: bool


Reader = Callable[[re.Match[str], Here], EventDate | None]


# --- what the patterns mean -------------------------------------------------------------------------------------------


def _numbers(kind: str) -> dict[str, int]:
    """Word → number of one of the lists: months, weekdays (Monday is 0), seasons (first month) or numbers."""
    numbers: dict[str, int] = load_words("dates")[kind]
    return numbers


def _month(name: str) -> int:
    return _numbers("months")[name.lower().rstrip(".")]


def _weekday_number(name: str) -> int:
    return _numbers("weekdays")[name.lower()]


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _numbers("numbers").get(word.lower())


def _full_date(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "12 June 2018", "June 12, 2018", "June 12"."""
    month, number = _month(match["month"]), int(match["day"])
    year = _written_year(match, here)
    if year is None:
        if here.published is None:
            return None
        year = days.year_of(here.published, month, number, here.future)
    day = days.a_day(year, month, number)
    return days.on_day(day) if day else None


def _written_year(match: re.Match[str], here: Here) -> int | None:
    """The year that stands with a month: "2018", or "of last year"."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("which") and here.published:
        return here.published.year + _SHIFTS.get(groups["which"].lower(), 0)
    return None


def _iso(match: re.Match[str], _: Here) -> EventDate | None:
    if not 1 <= int(match["month"]) <= 12:
        return None
    day = days.a_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return days.on_day(day) if day else None


def _day_range(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "between 3 and 7 May", "May 3-7, 2020", "from 28 May to 3 June"."""
    last_month = _month(match["month"])
    first_month = _month(match["first"]) if match.groupdict().get("first") else last_month
    year = _written_year(match, here)
    if year is None:
        if here.published is None:
            return None
        year = days.year_of(here.published, first_month, int(match["from"]), here.future)
    start = days.a_day(year, first_month, int(match["from"]))
    end = days.a_day(year, last_month, int(match["to"]))
    return days.in_range(start, end) if start and end else None


def _month_range(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "from March to June 2020", "between November 2019 and May 2020"."""
    first, last = _month(match["first"]), _month(match["month"])
    year = _written_year(match, here)
    if year is None:
        if here.published is None:
            return None
        year = days.year_of(here.published, last, 1, here.future)
    start_year = int(match["first_year"]) if match["first_year"] else year - (first > last)
    return days.in_range(days.in_month(start_year, first).start, days.in_month(year, last).end)


def _year_range(match: re.Match[str], _: Here) -> EventDate | None:
    """As in "from 2014 to 2016", "2014-15"."""
    last = match["to"]
    end = int(match["from"][: 4 - len(last)] + last)
    return days.in_range(days.in_year(int(match["from"])).start, days.in_year(end).end)


def _month_alone(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "in June 2024", "January of this year", "last June", "June"."""
    month, year = _month(match["month"]), _written_year(match, here)
    if year is not None:
        return days.in_month(year, month)
    if here.published is None:
        return None
    return days.in_month(days.year_of(here.published, month, 1, here.future), month)


def _season(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "the summer of 2021", "last summer"."""
    first = _numbers("seasons")[match["season"].lower()]
    year = _written_year(match, here)
    if year is None:
        return None
    is_last = (match.groupdict().get("which") or "").lower() == "last"
    if is_last and here.published and days.in_season(here.published.year, first).end < here.published:
        year = here.published.year  # "last summer", said in November
    return days.in_season(year, first)


def _part_of_year(match: re.Match[str], _: Here) -> EventDate | None:
    """As in "the first half of 2023", "the last quarter of 2021"."""
    year, length = int(match["year"]), 6 if match["unit"] == "half" else 3
    number = 12 // length if match["part"] == "last" else _ORDINALS.index(match["part"]) + 1
    if number * length > 12:
        return None
    last = number * length
    return days.in_range(days.in_month(year, last - length + 1).start, days.in_month(year, last).end)


def _around_day(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "the week of June 3", "the weekend of 8 June"."""
    date = _full_date(match, here)
    if date is None or match["around"] == "week":
        return days.in_week(date.start) if date else None
    saturday = days.in_week(date.start).end - days.ONE_DAY
    return days.in_range(saturday, saturday + days.ONE_DAY)


def _decade(match: re.Match[str], _: Here) -> EventDate | None:
    first = int(match["decade"])
    return days.in_range(days.in_year(first).start, days.in_year(first + 9).end)


def bare_year(match: re.Match[str], _: Here) -> EventDate | None:
    """A year alone, as in "in 2019"; the one expression that may also be a plain number."""
    return days.in_year(int(match["year"]))


def _weekday(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "on Monday", "last Monday" (not today), "next Monday"."""
    if here.published is None:
        return None
    which, weekday = (match["which"] or "").lower(), _weekday_number(match["weekday"])
    day = days.nearest_weekday(here.published, weekday, which == "next" or (here.future and which != "last"))
    if day == here.published and which in {"last", "next"}:
        day += days.WEEK if which == "next" else -days.WEEK
    return days.on_day(day)


def _weekday_range(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "from Monday to Wednesday": the latest such days that are over, or the next with a future verb."""
    if here.published is None:
        return None
    end = days.nearest_weekday(here.published, _weekday_number(match["weekday"]), here.future)
    return days.in_range(days.nearest_weekday(end, _weekday_number(match["first"]), False), end)


def _near_day(match: re.Match[str], here: Here) -> EventDate | None:
    if here.published is None:
        return None
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match["near"].lower()]
    if match["beyond"]:
        shift *= 2
    return days.on_day(here.published + days.ONE_DAY * shift)


def _stretch(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "last week", "earlier this month", "later this year", "next week", "over the weekend"."""
    if here.published is None:
        return None
    today, which, unit = here.published, match["which"].lower(), match["unit"].lower()
    shift = _SHIFTS.get(which, 0)
    if unit == "weekend":
        ahead = shift > 0 or (here.future and which in {"this", "the"} and today.weekday() < 5)
        return days.weekend(today, 1 if ahead else 0)
    if unit == "week":
        date = days.in_week(today + days.WEEK * shift)
    elif unit == "month":
        date = days.months_later(today, shift)
    else:
        date = days.in_year(today.year + shift)
    if shift:
        return date
    later = here.future or (match["part"] or "").lower() == "later"
    return days.onward(date, today) if later else days.up_to(date, today)


def _ago(match: re.Match[str], here: Here) -> EventDate | None:
    """As in "two days ago", "three years ago" (a year), "a week ago" (a week)."""
    count = _number(match["count"])
    if here.published is None or count is None:
        return None
    today, unit = here.published, match["unit"].lower()
    if unit == "day":
        return days.on_day(today - days.ONE_DAY * count)
    if unit == "week":
        return days.in_week(today - days.WEEK * count)
    if unit == "month":
        return days.months_later(today, -count)
    return days.in_year(today.year - count) if today.year - count >= 1 else None


# --- the table --------------------------------------------------------------------------------------------------------


# These stand for words of the list, and are put in when the table is first asked for.
_M, _WEEKDAY, _COUNT = "<MONTH>", "<WEEKDAY>", "<COUNT>"
_DD = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)?(?!\d|[.,]\d|\w| percent| people)"
_Y = r"(?:1[5-9]|20)\d\d(?!\d|%)"
_OF = rf"(?:,? (?P<year>{_Y})|,? of (?P<which>last|this|next) year)"
_TO = r"(?: ?[-–—] ?| to | and | through | until )"
_PART = r"(?:(?i:early|mid|late)(?: in)?[ -])?"
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_HOURS = "morning|afternoon|evening|night"

_TABLE: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    (rf"(?P<from>{_DD}){_TO}(?P<to>{_DD}) (?P<month>{_M}){_OF}?", _day_range),
    (rf"(?P<month>{_M}) (?P<from>{_DD})(?:st|nd|rd|th)?{_TO}(?P<to>{_DD}){_TH}{_OF}?", _day_range),
    (rf"(?P<from>{_DD}) (?P<first>{_M}){_TO}(?P<to>{_DD}) (?P<month>{_M}){_OF}?", _day_range),
    (rf"(?P<first>{_M}) (?P<from>{_DD}){_TO}(?P<month>{_M}) (?P<to>{_DD}){_TH}{_OF}?", _day_range),
    (rf"(?:[Ff]rom|[Bb]etween) (?P<first>{_M})(?: (?P<first_year>{_Y}))?{_TO}(?P<month>{_M}){_OF}?", _month_range),
    (rf"(?:the )?{_SEASON} (?:of )?(?P<year>{_Y})(?:[-–]\d\d)?", _season),
    (rf"(?P<from>{_Y})(?:[-–]| to )(?P<to>{_Y}|\d\d)(?!-)", _year_range),
    (rf"[Bb]etween (?P<from>{_Y}) and (?P<to>{_Y})", _year_range),
    (rf"the (?P<around>week|weekend) of (?P<month>{_M}) (?P<day>{_DD}){_TH}{_OF}?", _around_day),
    (
        rf"the (?P<around>week|weekend) of (?:the )?(?P<day>{_DD})(?:st|nd|rd|th)?(?: of)? (?P<month>{_M}){_OF}?",
        _around_day,
    ),
    (rf"(?P<month>{_M}) (?P<day>{_DD}){_TH}{_OF}?", _full_date),
    (rf"(?:the )?(?P<day>{_DD})(?:st|nd|rd|th)?(?: of)? (?P<month>{_M}){_OF}?", _full_date),
    (rf"{_PART}(?P<month>{_M}){_OF}", _month_alone),
    (rf"{_PART}(?:(?P<which>last|next) )?(?P<month>{_M})(?! \d)", _month_alone),
    (rf"the (?P<part>{'|'.join(_ORDINALS)}|last) (?P<unit>half|quarter) of (?P<year>{_Y})", _part_of_year),
    (rf"(?P<which>[Ll]ast|[Tt]his|[Nn]ext) {_SEASON}", _season),
    (r"the (?:(?:early|mid|late)[ -])?(?P<decade>(?:1[5-9]|20)\d0)s", _decade),
    (rf"(?:(?i:early|mid|late)[ -])?(?P<year>{_Y})(?![-–]\d)", bare_year),
    (rf"(?:from|between) (?P<first>{_WEEKDAY}){_TO}(?P<weekday>{_WEEKDAY})", _weekday_range),
    (rf"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) )?(?P<weekday>{_WEEKDAY})(?: (?:{_HOURS}))?", _weekday),
    (r"(?P<beyond>(?i:the day) (?:before|after) )?(?P<near>(?i:yesterday|today|tonight|tomorrow))", _near_day),
    (
        r"(?:(?P<part>(?i:earlier|later|early|late|sometime)) )?"
        r"(?P<which>(?i:last|this|next|past|previous|coming|the)) (?P<unit>weekend|week|month|year)(?! of\b)",
        _stretch,
    ),
    (rf"(?P<count>\d{{1,3}}|(?i:{_COUNT})) (?P<unit>day|week|month|year)s? ago", _ago),
    (rf"(?P<count>\d{{1,3}}|(?i:{_COUNT})) (?P<unit>day|week|month|year)s?(?= after)(?P<after>)", _ago),
)


@cache
def patterns() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Every expression that gives a date, with what reads it; the most telling first."""
    months, whole = _numbers("months"), ("may", "june", "july")
    full, short = (
        _any(name for name in months if (len(name) > 4 or name in whole) is written) for written in (True, False)
    )
    words = {
        _M: rf"(?:(?:{full})\b|(?:{short})\b\.?)",
        _WEEKDAY: _any(_numbers("weekdays")),
        _COUNT: "|".join(_numbers("numbers")),
    }
    return tuple((_compiled(expression, words), reader) for expression, reader in _TABLE)


def _compiled(expression: str, words: Mapping[str, str]) -> re.Pattern[str]:
    for placeholder, alternatives in words.items():
        expression = expression.replace(placeholder, alternatives)
    return re.compile(rf"(?<![\w$€£.-])(?:(?P<since>[Ss]ince) )?{expression}(?!\w)")


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted((name.capitalize() for name in names), key=len, reverse=True))
