"""Which expressions give a date; what they give in a text is tested with `loaders.dates`."""

import datetime

import pytest

from loaders.date_patterns import Here, patterns

HERE = Here(datetime.date(2024, 5, 8), future=False)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("12 June 2018", "2018-06-12", "2018-06-12"),
        ("May 3-7, 2020", "2020-05-03", "2020-05-07"),
        ("June 12", "2023-06-12", "2023-06-12"),
        ("Friday", "2024-05-03", "2024-05-03"),
        ("last week", "2024-04-29", "2024-05-05"),
        ("two days ago", "2024-05-06", "2024-05-06"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
    ],
)
def test_an_expression(words: str, start: str, end: str) -> None:
    date = next(reader(match, HERE) for pattern, reader in patterns() if (match := pattern.fullmatch(words)))
    assert date
    assert (date.start.isoformat(), date.end.isoformat()) == (start, end)


@pytest.mark.parametrize("words", ["Sunday best", "12 Juni 2018", "$2018", "<MONTH>"])
def test_what_is_no_expression(words: str) -> None:
    assert [pattern for pattern, _ in patterns() if pattern.fullmatch(words)] == []
