"""The time that a question asks about: "in 2024", "since June 2018", "in the last 30 days", "recently"."""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}

_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_POINT = (
    rf"(?:{_YEAR}-\d\d-\d\d|{_YEAR}-\d\d|{_DAY} (?:of )?{_MONTH},? {_YEAR}|{_MONTH} {_DAY},? {_YEAR}|{_MONTH},? {_YEAR}"
    rf"|(?:the year )?{_YEAR})"
)
_NUMBER = r"(?:\d{1,4}|one|two|three|six|ten|twelve)"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "six": 6, "ten": 10, "twelve": 12}
_END = r"(?![\w-])"

# Each construction with how its points bound the time; the longer ones first, so that "from … to …" is not "from …".
_RANGE = re.compile(rf"\b(?:between|from) ({_POINT}) (?:and|to|till|until|through) ({_POINT}){_END}", re.IGNORECASE)
_LAST = re.compile(
    rf"\b(?:(?:in|over|during|within|of|for) )?(?:the )?(?:last|past) (?:({_NUMBER}) )?(day|week|month|year)s?{_END}",
    re.IGNORECASE,
)
# "the latest on Ukraine", "the latest news": of the last days, while "the latest threats" may be of any day.
_LATEST = re.compile(r"\blatest(?: (?:news|events|developments)\b|(?= (?:on|about|with|from)\b)|$)", re.IGNORECASE)
_RECENTLY = re.compile(rf"\b(?:recently|lately){_END}", re.IGNORECASE)
_SINCE = re.compile(rf"\b(?:since|from) ({_POINT})(?: (?:on|onwards?))?{_END}", re.IGNORECASE)
_AFTER = re.compile(rf"\bafter ({_POINT}){_END}", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|till|up to) ({_POINT}){_END}", re.IGNORECASE)
_BEFORE = re.compile(rf"\bbefore ({_POINT}){_END}", re.IGNORECASE)
_WITHIN = re.compile(rf"\b(?:in|on|during|throughout|as of|at|of) ({_POINT}){_END}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """From the first to the last day, either of which may be open; or so many `days` before the latest publication."""

    first: datetime.date | None = None
    last: datetime.date | None = None
    days: int | None = None


def cut_time(question: str) -> tuple[str, Time | None, str]:
    """The question without the words that tell a time, that time, and those words; None and "" where it tells none.

    A time that no calendar knows, such as "30 February 2024", is left where it stands.
    """
    question = _LATEST.sub("news recently", question, count=1)
    for found, time in _times(question):
        rest = f"{question[: found.start()]} {question[found.end() :]}"
        return " ".join(rest.split()), time, found[0].strip()
    return question, None, ""


def _times(question: str) -> Iterator[tuple[re.Match[str], Time]]:
    """Times in the question, the surest construction first."""
    for found in _RANGE.finditer(question):
        if (one := _point(found[1])) and (other := _point(found[2])) and one[0] <= other[1]:
            yield found, Time(first=one[0], last=other[1])
    for found in _LAST.finditer(question):
        yield found, Time(days=_number(found[1]) * _DAYS_IN[found[2].lower()])
    for found in _RECENTLY.finditer(question):
        yield found, Time(days=_DAYS_IN["month"])
    day = datetime.timedelta(days=1)
    builders: tuple[tuple[re.Pattern[str], Callable[[datetime.date, datetime.date], Time]], ...] = (
        (_SINCE, lambda first, _: Time(first=first)),
        (_AFTER, lambda _, last: Time(first=last + day)),
        (_UNTIL, lambda _, last: Time(last=last)),
        (_BEFORE, lambda first, _: Time(last=first - day)),
        (_WITHIN, lambda first, last: Time(first=first, last=last)),
    )
    for pattern, build in builders:
        for found in pattern.finditer(question):
            if point := _point(found[1]):
                yield found, build(*point)


def _number(text: str | None) -> int:
    """The number that a word or figures mean; "the last year" is one year."""
    return _NUMBERS.get((text or "one").lower()) or int(text or 1)


def _point(text: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of a day, month or year; None where the calendar has no such day."""
    year = int(re.search(_YEAR, text)[0])  # type: ignore[index]  # every point has a year
    rest = re.sub(rf"{_YEAR}|the year", " ", text, count=1)
    month = re.search(rf"\b{_MONTH}", rest.lower())
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    months = [_MONTHS[month[0].rstrip(".")]] if month else numbers[:1]
    days = numbers if month else numbers[1:]
    try:
        if days:
            day = datetime.date(year, months[0], days[0])
            return day, day
        first, last = (months[0], months[0]) if months else (1, 12)
        return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
