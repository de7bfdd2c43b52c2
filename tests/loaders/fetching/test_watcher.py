"""Reading feeds again: what is fetched in the next round, and what is not."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kg.errors import FetchError
from kg.model import Article
from loaders.base import Held, Noted, Options, Skipped, Told
from loaders.fetching.fetcher import Fetcher
from loaders.fetching.memory import Memory, from_text, to_text
from loaders.fetching.visitor import Visitor
from loaders.fetching.watcher import Watcher
from loaders.reading import read_articles
from tests.website import Website, entry, feed, news, page, website


@pytest.fixture
def site() -> Iterator[Website]:
    with website(feed=feed(entry("/a"), entry("/b")), a=news("One"), b=news("Two")) as site:
        yield site


class Reader:
    """Reads a feed in rounds, each by a program that has just started and knows what the last one left."""

    def __init__(self, site: Website) -> None:
        self.site = site
        self.memory: Memory = {}

    def __call__(self, path: str = "/feed") -> list[Told]:
        visitor = Visitor(Fetcher(allow_private=True), interval=0.0)
        watcher = Watcher(visitor, from_text(to_text(self.memory)))
        items = list(read_articles([self.site.url + path], Options(kind="feed", follow=True), web=watcher))
        self.memory |= watcher.round
        self.site.asked = [one for one in self.site.asked if one != "/robots.txt"]
        return items


@pytest.fixture
def read(site: Website) -> Reader:
    return Reader(site)


def titles(items: list[Told]) -> list[str | None]:
    return [item.title if isinstance(item, Article) else type(item).__name__ for item in items]


def test_a_feed_that_has_not_changed_is_not_read_again(site: Website, read: Reader) -> None:
    assert titles(read()) == ["One", "Two"]
    assert read() == [Noted(f"{site.url}/feed", "nothing is new")]
    assert site.asked == ["/feed", "/a", "/b", "/feed"]
    assert site.headers[-1]["if-none-match"]


def test_only_new_entries_are_fetched(site: Website, read: Reader) -> None:
    read()
    site.pages |= {"/feed": feed(entry("/c"), entry("/b")), "/c": news("Three")}
    assert titles(read()) == ["Three", "Held"]
    assert site.asked == ["/feed", "/a", "/b", "/feed", "/c"]


def test_the_day_of_a_change_is_asked_for_too(site: Website, read: Reader) -> None:
    site.pages["/feed"] = page(
        "<rss><channel></channel></rss>", "text/xml", Last_Modified="Wed, 08 May 2024 07:00:00 GMT"
    )
    read()
    read()
    assert site.headers[-1]["if-modified-since"] == "Wed, 08 May 2024 07:00:00 GMT"


@pytest.mark.parametrize(("status", "again"), [(404, False), (403, False), (500, True), (503, True)])
def test_a_page_that_may_come_is_asked_for_again(site: Website, read: Reader, status: int, again: bool) -> None:
    site.pages["/a"] = page(b"", status=status)
    first, _ = read()
    assert isinstance(first, Skipped)
    site.pages["/a"] = news("One")
    assert titles(read()) == (["One", "Held"] if again else ["Noted"])


def test_a_feed_with_very_many_pages_is_read_in_several_rounds(
    site: Website, read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.fetching.watcher.PAGES", 2)
    site.pages |= {"/feed": feed(*(entry(f"/{name}") for name in "abcde"))}
    site.pages |= {f"/{name}": news(name.upper()) for name in "abcde"}
    rounds = [read() for _ in range(4)]
    assert [titles(items) for items in rounds] == [
        ["A", "B", "Skipped"],
        ["Held", "Held", "C", "D", "Skipped"],
        ["Held"] * 4 + ["E"],
        ["Noted"],
    ]
    assert rounds[0][-1] == Skipped(
        f"{site.url}/feed", "it names more than 2 new pages; the others are for the next round"
    )


def test_a_page_without_an_article_is_told_once(site: Website, read: Reader) -> None:
    site.pages["/a"] = page("<html></html>")
    assert titles(read()) == ["Skipped", "Two"]
    site.pages["/feed"] = feed(entry("/a"))
    assert read() == [Held(f"{site.url}/a")]


def test_a_feed_that_fails_is_left_alone_for_longer_and_longer(site: Website, read: Reader) -> None:
    site.pages["/feed"] = page(b"", status=500)
    pauses = []
    for _ in range(3):
        read()
        (known,) = read.memory.values()
        pauses.append(round((known.not_before - time.time()) / 60))
        (skipped,) = read()
        assert isinstance(skipped, Skipped)
        assert "it is left alone for another" in skipped.reason
        read.memory = {url: replace(one, not_before=0.0) for url, one in read.memory.items()}
    assert pauses == [5, 10, 20]
    assert site.visits("/feed") == 3


@pytest.mark.parametrize("url", ["http://no.invalid/feed", "http://a b/"])
def test_a_server_that_was_not_asked_need_not_be_spared(url: str) -> None:
    watcher = Watcher(Visitor(Fetcher(), interval=0.0), {})
    with pytest.raises(FetchError):
        watcher.open(url)
    assert watcher.round == {}


def test_a_feed_is_left_alone_for_as_long_as_its_server_asks(site: Website, read: Reader) -> None:
    site.pages["/feed"] = page(b"", status=429, Retry_After="7200")
    read()
    (known,) = read.memory.values()
    assert 7100 < known.not_before - time.time() <= 7200


def test_a_feed_that_robots_may_not_read_is_left_alone(site: Website, read: Reader) -> None:
    site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /feed", "text/plain")
    assert read() == [Skipped(f"{site.url}/feed", "its robots.txt forbids to fetch it")]
    assert site.asked == []


def test_what_is_no_feed_is_told(site: Website, read: Reader) -> None:
    assert read("/a") == [Skipped(f"{site.url}/a", "it is no feed")]


def test_no_page_is_named_in_what_is_remembered(site: Website, read: Reader) -> None:
    read()
    text = to_text(read.memory)
    assert f"{site.url}/feed" in text
    assert f"{site.url}/a" not in text
