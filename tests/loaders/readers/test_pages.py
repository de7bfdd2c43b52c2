"""HTML pages and pieces of HTML."""

import datetime
import time

import pytest

from kg.model import Article
from loaders.base import Item, Metadata, Noted, Options, Skipped
from loaders.readers.pages import read, read_fragment
from loaders.worker import read_bytes

BODY = """<p>Norway and Iceland signed a fisheries agreement in Oslo on Monday, the ministries said.</p>
<p>It was the first agreement of its kind in ten years, and the prime minister called it “fair”.</p>"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="{encoding}"><title>Pact signed | Courier</title>
<meta property="og:title" content="Pact signed"><meta property="og:site_name" content="Example Courier">
<link rel="canonical" href="https://courier.example/world/pact">
<meta property="article:published_time" content="2024-05-07T23:30:00-05:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Pact signed</h1>{body}</article>
<footer>Copyright 2019 Example Courier. All rights reserved.</footer></body></html>"""
DAY = datetime.date(2024, 5, 7)


def page(body: str = BODY, encoding: str = "utf-8") -> bytes:
    return PAGE.format(body=body, encoding=encoding).encode(encoding)


def read_page(data: bytes, metadata: Metadata | None = None) -> list[Item]:
    return list(read_bytes(read, data, "a.html", Options(metadata=metadata or Metadata())))


def article_of(items: list[Item]) -> Article:
    (article,) = (item for item in items if isinstance(item, Article))
    return article


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    (article,) = read_page(page())
    assert isinstance(article, Article)
    assert (article.title, article.published, article.source) == ("Pact signed", DAY, "Example Courier")
    assert article.url == "https://courier.example/world/pact"
    assert "\n\nIt was the first agreement" in article.text
    assert "Home" not in article.text
    assert "Copyright" not in article.text


def test_what_the_user_says_wins_over_what_is_found() -> None:
    metadata = Metadata(published=datetime.date(2020, 1, 1), source="Mine")
    article = article_of(read_page(page(), metadata))
    assert (article.published, article.source, article.title) == (metadata.published, "Mine", "Pact signed")


def test_what_a_page_does_not_say_is_unknown() -> None:
    article = article_of(read_page(f"<html><body><article>{BODY}</article></body></html>".encode()))
    assert (article.published, article.source, article.url) == (None, None, None)


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (page(encoding="cp1252"), []),
        (PAGE.format(body=BODY, encoding="utf-8").encode("cp1252"),
         ["it says that it is in utf-8, which it is not; read as cp1252, which is a guess"]),
        (PAGE.format(body=BODY, encoding="utf-8").encode("utf-16"), []),
    ],
    ids=["declared", "declared wrongly", "marked"],
)  # fmt: skip
def test_an_encoding_is_declared_marked_or_guessed(data: bytes, notes: list[str]) -> None:
    items = read_page(data)
    assert "“fair”" in article_of(items).text
    assert [item.what for item in items if isinstance(item, Noted)] == notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"<html></html>", "no article is found in the page"),
        (b"<html><body><script>var x = 1;</script></body></html>", "no article is found in the page"),
        (b"<html><body>" + b"<div>" * 100_000 + b"News." + b"</div>" * 100_000, "no article is found in the page"),
        (b"<html>\x00\x01\xff\xfe", "the file is binary, or not in UTF-8"),
    ],
    ids=["empty", "blank", "no body", "only a script", "deep", "binary"],
)
def test_what_is_no_article_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    assert read_page(data) == [Skipped("a.html", reason)]


@pytest.mark.parametrize(
    "body",
    [
        BODY + "<p>Half &#xD83D; of a character, &#0; nothing, &#x202E;turned&#x202C; and Z̸̢͎a̴l̵g̶o̷.</p>",
        BODY + "<p>" + "Norway signed a treaty. " * 20_000 + "</p>",
        BODY + "<b>" * 1500 + "Norway signed.",
        BODY + "<table>" * 300 + "<tr><td>Norway signed.",
    ],
    ids=["characters", "a long line", "unclosed", "tables"],
)
def test_a_hostile_page_is_read_or_refused_in_time(body: str) -> None:
    start = time.monotonic()
    items = read_page(page(body))
    assert time.monotonic() - start < 20
    assert [type(item) for item in items] in ([Article], [Skipped])


def test_a_piece_of_html_gives_all_its_text() -> None:
    data = b"<h2>Oslo</h2>Norway <b>signed</b>.<script>x()</script><p>Iceland,\n too.<br>All&nbsp;of it.<!-- no -->"
    (article,) = read_bytes(read_fragment, data, "a", Options(metadata=Metadata(title="T")))
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("Oslo\n\nNorway signed.\n\nIceland, too.\n\nAll of it.", "T")
