import datetime
import json
from typing import Any

import pytest

from kg.model import Article
from loaders.base import Item, Metadata, Options, Skipped
from loaders.readers.jsonl import read
from tests.loaders.readers.scene import read_file

NOTHING = Metadata()
DAY = datetime.date(2024, 6, 19)


def read_lines(*lines: bytes, defaults: Metadata = NOTHING) -> list[Item]:
    return read_file(read, b"".join(lines), "a.jsonl", Options(metadata=defaults))


def read_row(defaults: Metadata = NOTHING, /, **row: Any) -> Item:
    (item,) = read_lines(json.dumps(row).encode(), defaults=defaults)
    return item


def test_every_field_is_taken() -> None:
    row = {"title": "T", "source": "Gazette", "url": "https://g.example/1", "language": "en"}
    assert read_row(id="a", text="x\r\ny", published="2024-06-19", **row) == Article(
        id="a", text="x\r\ny", published=DAY, **row
    )


@pytest.mark.parametrize(
    ("given", "id"), [("seed", "seed"), (17, "17"), ("ключ/1", "ключ/1"), (0, "0"), ("007", "007")]
)
def test_an_id_is_a_text_or_a_number(given: object, id: str) -> None:
    article = read_row(id=given, text="x")
    assert isinstance(article, Article)
    assert article.id == id


@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": ""}], ids=str)
def test_without_an_id_one_is_made_from_the_content(row: dict[str, Any]) -> None:
    article, other = read_row(text="x", **row), read_row(text="y", **row)
    assert isinstance(article, Article)
    assert isinstance(other, Article)
    assert article.id.startswith("article-")
    assert article.id != other.id
    assert article == read_row(text="x", **row)


@pytest.mark.parametrize(
    "published", ["2024-06-19", "2024-06-19T23:59:00Z", "2024-06-19 23:59:00-10:00", "20240619", " 2024-06-19 "]
)
def test_the_day_of_publication_is_taken_as_written(published: str) -> None:
    article = read_row(text="x", published=published)
    assert isinstance(article, Article)
    assert article.published == DAY


def test_defaults_fill_what_is_missing_and_nothing_else() -> None:
    defaults = Metadata(published=DAY, source="Default", title="Default", url="https://default.example")
    assert read_row(defaults, id="a", text="x", source="Gazette", title="") == Article(
        id="a", text="x", source="Gazette", published=DAY, title="Default", url="https://default.example"
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "the line is not JSON (Expecting value)"),
        (b'{"text": "x"', "the line is not JSON (Expecting ',' delimiter)"),
        (b'{"text": "x"} {"text": "y"}', "the line is not JSON (Extra data)"),
        (b"[" * 100_000, "the line is not JSON (it nests too deep or holds a huge number)"),
        (b'{"id": ' + b"1" * 5000 + b"}", "the line is not JSON (it nests too deep or holds a huge number)"),
        (b'{"text": "caf\xe9"}', "the line is not UTF-8"),
        (b'["text"]', "the line is not a JSON object"),
        (b"null", "the line is not a JSON object"),
        (b'{"id": "a"}', "the line lacks a text"),
        (b'{"text": null}', "the line lacks a text"),
        (b'{"text": 7}', "text is not a string"),
        (b'{"text": ""}', "the article has no text"),
        (b'{"text": " \\n"}', "the article has no text"),
        (b'{"text": "x", "id": true}', "id is not a string"),
        (b'{"text": "x", "id": 1.5}', "id is not a string"),
        (b'{"text": "x", "title": ["T"]}', "title is not a string"),
        (b'{"text": "x", "published": 2024}', "published is not a string"),
        (b'{"text": "x", "published": "19 June"}', "published is '19 June', which is no ISO date such as 2024-06-19"),
        (
            b'{"text": "x", "published": "2024-02-30"}',
            "published is '2024-02-30', which is no ISO date such as 2024-06-19",
        ),
        (
            b'{"text": "half \\ud83d"}',
            "it holds half of a character (a lone surrogate), which UTF-8 cannot write",
        ),
        (
            b'{"text": "x", "id": "\\ud83d"}',
            "it holds half of a character (a lone surrogate), which UTF-8 cannot write",
        ),
    ],
    ids=lambda value: value[:40].decode(errors="replace") if isinstance(value, bytes) else "",
)
def test_a_bad_line_is_skipped_by_number_and_the_next_is_read(line: bytes, reason: str) -> None:
    before, bad, after = read_lines(b'{"id": "1", "text": "one"}\n', line + b"\n", b'{"id": "3", "text": "three"}')
    assert bad == Skipped("a.jsonl:2", reason)
    assert before == Article(id="1", text="one")
    assert after == Article(id="3", text="three")


def test_empty_lines_and_a_byte_order_mark_say_nothing() -> None:
    items = read_lines(b"\xef\xbb\xbf\n", b"\r\n", b'{"id": "a", "text": "x"}\r\n', b"\n", b"oops\n")
    assert items == [Article(id="a", text="x"), Skipped("a.jsonl:5", "the line is not JSON (Expecting value)")]


@pytest.mark.parametrize("lines", [(), (b"",), (b"\n", b" \n"), (b"\xef\xbb\xbf",)], ids=repr)
def test_a_file_without_articles_is_skipped(lines: tuple[bytes, ...]) -> None:
    assert read_lines(*lines) == [Skipped("a.jsonl", "the file is empty")]


def test_a_line_that_is_too_long_is_skipped_and_the_next_is_read() -> None:
    long, after = read_lines(b'{"text": "' + b"x" * 100_000_000 + b'"}\n', b'{"id": "a", "text": "x"}')
    assert long == Skipped("a.jsonl:1", "the line has more than 13,048,576 bytes")
    assert after == Article(id="a", text="x")
