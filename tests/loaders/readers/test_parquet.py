"""Parquet; the tables are written here."""

import datetime
import io
from typing import Any

import pytest

from kg.model import Article
from loaders.base import Item, Options, Skipped
from loaders.readers.parquet import read
from loaders.worker import read_bytes

arrow = pytest.importorskip("pyarrow")


def table(**columns: list[Any]) -> bytes:
    from pyarrow import parquet

    data = io.BytesIO()
    parquet.write_table(arrow.table(columns), data)
    return data.getvalue()


def read_table(data: bytes, options: Options | None = None) -> list[Item]:
    return list(read_bytes(read, data, "a.parquet", options or Options()))


def test_a_row_is_an_article_and_a_time_is_a_day() -> None:
    at = datetime.datetime(2024, 5, 7, 23, 30)
    data = table(body=["Norway signed.", None], date=[at, at], other=[1.5, 2.5], id=[7, 8])
    article, skipped = read_table(data)
    assert isinstance(article, Article)
    assert (article.id, article.text, article.published) == ("7", "Norway signed.", at.date())
    assert skipped == Skipped("a.parquet#2", "the line lacks a body")


def test_the_user_says_which_column_is_which() -> None:
    (article,) = read_table(table(text=["no"], story=["yes"]), Options(columns={"text": "story"}))
    assert isinstance(article, Article)
    assert article.text == "yes"


GOOD = table(text=["Norway signed."] * 100)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the Parquet file is damaged ("),
        (GOOD[:-20], "the Parquet file is damaged ("),
        (GOOD[: len(GOOD) // 4] + bytes(30) + GOOD[len(GOOD) // 4 + 30 :], ""),
        (table(a=["x"]), "no column is known to hold the text (columns: a); give --map text=COLUMN"),
        (table(text=arrow.array([], arrow.string())), "the table has no rows"),
        (table(text=[1]), "text is not a string"),
    ],
    ids=["empty", "cut", "damaged", "no text", "no rows", "numbers"],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    skipped = [item for item in read_table(data) if isinstance(item, Skipped)]
    assert all(item.reason.startswith(reason) for item in skipped)
    assert skipped or not reason
