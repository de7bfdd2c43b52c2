"""Lists of articles in JSON."""

import datetime
import json
from typing import Any

import pytest

from kg.model import Article
from loaders.base import Item, Link, Options, Skipped
from loaders.readers.lists import read
from tests.loaders.readers.scene import read_file

ROW = {
    "title": "Pact signed", "body": "Norway signed.", "dateTime": "2024-05-07T10:00:00Z", "lang": "eng",
    "url": "https://c.example/1", "source": {"uri": "c.example", "title": "Example Courier"},
}  # fmt: skip


def read_list(value: Any, follow: bool = False) -> list[Item]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_file(read, data, "a.json", Options(follow=follow))


@pytest.mark.parametrize(
    "value",
    [{"articles": {"results": [ROW], "count": 1}}, {"articles": [ROW]}, [ROW], {"data": [ROW]}],
    ids=["Event Registry", "an object", "a list", "data"],
)
def test_a_list_is_found_and_its_articles_have_usual_names(value: Any) -> None:
    (article,) = read_list(value)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.url) == ("Norway signed.", "Pact signed", "https://c.example/1")
    assert (article.published, article.source, article.language) == (
        datetime.date(2024, 5, 7),
        "Example Courier",
        "en",
    )


def test_a_bad_row_is_told_and_the_next_is_read() -> None:
    bad, good = read_list([{**ROW, "body": 7}, {"body": "Chile left."}])
    assert bad == Skipped("a.json#1", "body is not a string")
    assert isinstance(good, Article)


def test_where_pages_are_followed_a_row_without_text_is_a_link() -> None:
    rows = [
        ROW,
        {**ROW, "body": ""},
        {"url": "https://c.example/2", "seendate": "20240507T101500Z", "domain": "c.example"},
    ]
    whole, empty, bare = read_list({"articles": rows}, follow=True)
    assert isinstance(whole, Article)
    assert isinstance(empty, Link)
    assert (empty.url, empty.metadata.source) == ("https://c.example/1", "Example Courier")
    assert isinstance(bare, Link)
    assert (bare.url, bare.where) == ("https://c.example/2", "a.json#3")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "it is not JSON (Expecting value)"),
        (b"[" * 100_000, "it is not JSON (it nests too deep or holds a huge number)"),
        ({"version": 1}, "no list of articles is in it"),
        ([1, 2], "no list of articles is in it"),
        ([{"a": "b"}], "no column is known to hold the text (columns: a); give --map text=COLUMN"),
        ({"articles": [{"url": "https://c.example/1", "title": "Pact", "seendate": "20240507T101500Z"}]},
         "it gives only addresses of articles, and no text (--follow fetches them)"),
        (b"\xff\xfe\x00", "the text is damaged: it is not UTF-16 throughout"),
    ],
    ids=["empty", "deep", "no list", "numbers", "no text", "GDELT", "half a character"],
)  # fmt: skip
def test_what_is_no_list_of_articles_is_skipped(value: Any, reason: str) -> None:
    assert read_list(value) == [Skipped("a.json", reason)]
