"""Calendar arithmetic, on a Monday of a leap year."""

import datetime

import pytest

from kg.model import EventDate
from loaders import days

MONDAY = datetime.date(2024, 2, 5)


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        (days.on_day(MONDAY), "2024-02-05", "2024-02-05"),
        (days.in_week(MONDAY), "2024-02-05", "2024-02-11"),
        (days.weekend(MONDAY), "2024-02-03", "2024-02-04"),
        (days.weekend(MONDAY, 1), "2024-02-10", "2024-02-11"),
        (days.in_month(2024, 2), "2024-02-01", "2024-02-29"),
        (days.months_later(MONDAY, -2), "2023-12-01", "2023-12-31"),
        (days.in_year(2024), "2024-01-01", "2024-12-31"),
        (days.in_season(2024, 12), "2024-12-01", "2025-02-28"),
        (days.up_to(days.in_month(2024, 2), MONDAY), "2024-02-01", "2024-02-05"),
        (days.onward(days.in_month(2024, 2), MONDAY), "2024-02-05", "2024-02-29"),
    ],
)
def test_a_stretch(date: EventDate, start: str, end: str) -> None:
    assert (date.start.isoformat(), date.end.isoformat()) == (start, end)


def test_what_is_no_day_or_range() -> None:
    assert days.a_day(2023, 2, 29) is None
    assert days.in_range(MONDAY, MONDAY - days.ONE_DAY) is None


@pytest.mark.parametrize(
    ("weekday", "future", "day"), [(0, False, "2024-02-05"), (4, False, "2024-02-02"), (4, True, "2024-02-09")]
)
def test_the_nearest_weekday(weekday: int, future: bool, day: str) -> None:
    assert days.nearest_weekday(MONDAY, weekday, future).isoformat() == day


@pytest.mark.parametrize(
    ("month", "day", "future", "year"),
    [(2, 5, False, 2024), (3, 1, False, 2023), (3, 1, True, 2024), (1, 1, True, 2025)],
)
def test_the_year_of_a_day(month: int, day: int, future: bool, year: int) -> None:
    assert days.year_of(MONDAY, month, day, future) == year
