"""Lists of feeds."""

from pathlib import Path

import pytest

from kg.errors import InputError
from loaders.fetching.feedlist import MAX_SIZE, read_feed_list

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="World"><outline text="A &amp; B" type="rss" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
<outline text="C" type="rss" xmlurl=" https://c.example/feed "/></outline>
<outline text="again" xmlUrl="https://c.example/feed"/><outline text="no feed" htmlUrl="https://d.example/"/>
</body></opml>"""
BOMB = (
    "<!DOCTYPE opml ["
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(8))
    + ']><opml><body><outline xmlUrl="&e7;"/></body></opml>'
)


def read(folder: Path, data: str | bytes) -> list[str]:
    path = folder / "feeds.opml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_feed_list(path)


def test_the_feeds_of_an_opml_file_come_in_order_and_once(tmp_path: Path) -> None:
    assert read(tmp_path, OPML) == ["https://a.example/feed?x=1&y=2", "https://c.example/feed"]
    assert read(tmp_path, OPML.replace("UTF-8", "UTF-16").encode("utf-16")) == read(tmp_path, OPML)


def test_a_text_has_a_feed_in_each_line(tmp_path: Path) -> None:
    text = "\ufeff# world\nhttps://a.example/feed\n\n  http://c.example/feed  \nhttps://a.example/feed\n"
    assert read(tmp_path, text) == ["https://a.example/feed", "http://c.example/feed"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "it names no feed"),
        ("# nothing\n", "it names no feed"),
        ("<opml><body/></opml>", "it names no feed"),
        ("a.example/feed", "it is no list of feeds ('a.example/feed' is no URL)"),
        ("file:///etc/passwd", "it is no list of feeds ('file:///etc/passwd' is no URL)"),
        (b"\xff\x00", "it is no list of feeds ("),
        ("<rss/>", "it is no list of feeds (it is no OPML)"),
        ("<opml>", "it is no list of feeds ("),
        (BOMB, "it is no list of feeds ("),
        ('<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "it is no list of feeds (it has a document type"),
        ('<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/passwd">]><opml>&e;</opml>', "it is no list of feeds (it has a"),
        ("#" * (MAX_SIZE + 1), "the list has more than 8,388,608 bytes"),
        ("<o>" * 100_000, "it is no list of feeds ("),
    ],
    ids=[
        "empty", "only a comment", "no outline", "no URL", "a file", "no text", "another XML", "damaged",
        "entity bomb", "a type from a file", "an entity from a file", "large", "deep",
    ],
)  # fmt: skip
def test_what_is_no_list_of_feeds_is_told(tmp_path: Path, data: str | bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, data)
    assert error.value.what.startswith(reason)
    assert "root:" not in str(error.value)
    assert error.value.hint


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the list cannot be read"):
        read_feed_list(tmp_path / "none.opml")
