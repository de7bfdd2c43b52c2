"""RSS and Atom."""

import datetime
import time

import pytest

from loaders.base import Item, Link, Metadata, Noted, Options, Part, Skipped
from loaders.readers.feeds import read
from loaders.worker import read_bytes

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example Courier</title><language>en-gb</language>{items}</channel></rss>"""
FULL = """<item><title>Pact &amp;amp; peace</title><link>https://c.example/1</link>
<pubDate>Tue, 07 May 2024 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Norway signed.</p><p>Iceland “too”.</p>]]></content:encoded></item>"""
SHORT = "<item><title>Two</title><description>Chile left.</description></item>"
BARE = "<item><title>Three</title><link>https://c.example/3</link></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Herald</title><entry><title>Vote</title>
<link href="https://h.example/1"/><published>2024-05-06T10:00:00Z</published><updated>2024-05-08T10:00:00Z</updated>
<content type="html">&lt;p&gt;Peru voted.&lt;/p&gt;</content></entry></feed>"""


def read_feed(text: str, follow: bool = False) -> list[Item]:
    return list(read_bytes(read, text.encode(), "a.xml", Options(follow=follow)))


def contents(items: list[Item]) -> list[tuple[str, str | None]]:
    return [(item.stream.read().decode("utf-8-sig"), item.kind) for item in items if isinstance(item, Part)]


def test_an_entry_of_rss_gives_its_full_content_and_what_is_said_of_it() -> None:
    items = read_feed(RSS.format(items=FULL))
    (part,) = items
    assert isinstance(part, Part)
    assert part.metadata == Metadata(
        published=datetime.date(2024, 5, 7),
        source="Example Courier",
        title="Pact & peace",
        url="https://c.example/1",
        language="en-gb",
    )
    assert part.where == "a.xml#1"
    assert contents(items) == [("<p>Norway signed.</p><p>Iceland “too”.</p>", "fragment")]


def test_an_entry_of_atom_is_dated_by_its_publication() -> None:
    items = read_feed(ATOM)
    (part,) = items
    assert isinstance(part, Part)
    assert (part.metadata.published, part.metadata.source) == (datetime.date(2024, 5, 6), "Example Herald")
    assert contents(items) == [("<p>Peru voted.</p>", "fragment")]


def test_a_summary_is_read_and_told_and_an_entry_without_text_is_skipped() -> None:
    _, short, bare, noted = read_feed(RSS.format(items=FULL + SHORT + BARE))
    assert contents([short]) == [("Chile left.", "fragment")]
    assert bare == Skipped("a.xml#3", "the entry has no text (--follow fetches the page)")
    assert noted == Noted("a.xml", "1 of 3 entries hold no more than a summary (--follow fetches the page)")


def test_where_pages_are_followed_an_entry_without_its_whole_text_is_a_link() -> None:
    linked = SHORT.replace("</title>", "</title><link>https://c.example/2</link>")
    whole, short, bare, unlinked = read_feed(RSS.format(items=FULL + linked + BARE + SHORT), follow=True)
    assert contents([whole]) == [("<p>Norway signed.</p><p>Iceland “too”.</p>", "fragment")]
    assert isinstance(short, Link)
    assert (short.url, short.metadata) == ("https://c.example/2", Metadata(source="Example Courier", title="Two"))
    assert short.summary
    assert contents([short.summary]) == [("Chile left.", "fragment")]
    assert bare == Link(
        where="a.xml#3", url="https://c.example/3", metadata=Metadata(source="Example Courier", title="Three")
    )
    assert contents([unlinked]) == [("Chile left.", "fragment")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is no feed"),
        ("<opml version='2.0'><head/></opml>", "it is no feed"),
        (RSS.format(items=""), "the feed has no entries"),
    ],
)
def test_what_is_no_feed_is_skipped(text: str, reason: str) -> None:
    assert read_feed(text) == [Skipped("a.xml", reason)]


def bomb() -> str:
    """Ten billion characters, told in a thousand (the "billion laughs")."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(8))
    return (
        f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>"
        + RSS.format(items="<item><description>A &e7; B</description></item>").partition("?>")[2]
    )


@pytest.mark.parametrize(
    "text",
    [
        bomb(),
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + RSS.format(items="<item><description>A &e; B</description></item>").partition("?>")[2],
        RSS.format(items="<item><description>A" + "<x>" * 100_000),
        RSS.format(items=SHORT * 2000),
    ],
    ids=["entity bomb", "file entity", "deep", "many"],
)
def test_a_hostile_feed_costs_little_and_gives_nothing_away(text: str) -> None:
    start = time.monotonic()
    items = read_feed(text)
    assert time.monotonic() - start < 20
    assert all(len(content) < 10_000_000 and "root:" not in content for content, _ in contents(items))
