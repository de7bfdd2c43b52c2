"""Being polite to hosts."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.errors import FetchError
from loaders.fetching.errors import BusyError
from loaders.fetching.fetcher import Fetcher
from loaders.fetching.visitor import Visitor
from tests.website import Page, Website, first, news, page, redirect, website

ROBOTS = """User-agent: *
Disallow: /secret
User-agent: geopolitical-event-graph
Disallow: /private*.html$
"""


@pytest.fixture
def site() -> Iterator[Website]:
    with website(a=news(), b=news()) as site:
        yield site


def visitor(**options: Any) -> Visitor:
    return Visitor(Fetcher(allow_private=True), **{"interval": 0.0, **options})


def test_a_host_is_asked_for_its_rules_once(site: Website) -> None:
    some = visitor()
    for path in ("/a", "/b"):
        some.follow(site.url + path)
    assert site.asked == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    ("path", "allowed"), [("/a", True), ("/private1.html", False), ("/private1.html?x", True), ("/secret", True)]
)
def test_rules_for_us_win_over_those_for_all(site: Website, path: str, allowed: bool) -> None:
    site.pages |= {"/robots.txt": page(ROBOTS, "text/plain"), "/secret": news(), "/private1.html": news()}
    if allowed:
        assert visitor().follow(site.url + path).status == 200
    else:
        with pytest.raises(FetchError, match=r"its robots\.txt forbids to fetch it"):
            visitor().follow(site.url + path)
        assert site.asked == ["/robots.txt"]


def test_what_the_user_names_is_fetched_whatever_robots_may_do(site: Website) -> None:
    site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /", "text/plain")
    assert visitor().open(f"{site.url}/a").status == 200


def test_a_redirect_to_a_forbidden_page_is_not_followed(site: Website) -> None:
    site.pages |= {"/robots.txt": page("User-agent: *\nDisallow: /b", "text/plain"), "/a": redirect("/b")}
    with pytest.raises(FetchError, match=r"robots\.txt forbids"):
        visitor().follow(f"{site.url}/a")
    assert site.visits("/b") == 0


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (page(b"", status=404), True),
        (page(b"", status=403), True),
        (page(b"", status=500), False),
        (page(b"", status=503), False),
        (page(b"\xff\xfe\x00Disallow: /"), True),
        (redirect("/rules"), True),
    ],
    ids=["404", "403", "500", "503", "garbage", "elsewhere"],
)
def test_a_host_that_cannot_tell_its_rules_is_left_alone(site: Website, robots: Page, allowed: bool) -> None:
    site.pages["/robots.txt"] = robots
    answer = _try(lambda: visitor().follow(f"{site.url}/a"))
    assert isinstance(answer, FetchError) is not allowed


def _try(fetch: Callable[[], object]) -> object:
    try:
        return fetch()
    except FetchError as error:
        return error


@pytest.mark.parametrize("robots", [page(b"", status=404), page("User-agent: *\nCrawl-delay: 0.3", "text/plain")])
def test_a_host_is_not_hurried(site: Website, robots: Page) -> None:
    site.pages["/robots.txt"] = robots
    some, start = visitor(interval=0.2), time.monotonic()
    for path in ("/a", "/b", "/a?2"):
        some.follow(site.url + path)
    assert time.monotonic() - start >= 0.4


def test_a_busy_host_is_asked_once_more_when_it_wants(site: Website) -> None:
    site.pages["/a"] = first(page(b"", status=429, Retry_After="1"), news())
    start = time.monotonic()
    assert visitor().follow(f"{site.url}/a").status == 200
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("after", ["3600", ""])
def test_a_host_that_wants_more_is_left_for_the_next_run(site: Website, after: str) -> None:
    site.pages["/a"] = page(b"", status=503, Retry_After=after)
    with pytest.raises(BusyError, match=r"answers 503 \(service unavailable\)"):
        visitor().follow(f"{site.url}/a")
    assert site.visits("/a") == 1


def test_a_host_that_fails_again_and_again_is_left_alone(site: Website) -> None:
    site.pages["/a"] = page(b"", status=500)
    some = visitor()
    told = [str(_try(lambda: some.follow(f"{site.url}/a"))) for _ in range(5)]
    assert site.visits("/a") == 3
    assert told[3:] == ["its host has failed 3 times in a row, and is left alone until the next run"] * 2
    assert some.open(f"{site.url}/b").status == 200


def test_what_is_missing_does_not_speak_against_the_host(site: Website) -> None:
    some = visitor()
    told = [str(_try(lambda: some.follow(f"{site.url}/none"))) for _ in range(5)]
    assert told == ["the server answers 404 (not found)"] * 5


def test_what_was_visited_or_is_in_the_store_is_known(site: Website) -> None:
    told: list[int] = []
    some = visitor(known={"https://c.example/1"}.__contains__, fetched=told.append)
    urls = [f"{site.url}/a", "https://c.example/1", "https://c.example/1?utm_source=rss", "https://c.example/2"]
    assert [some.knows(url) for url in urls] == [False, True, True, False]
    some.follow(urls[0])
    assert some.knows(urls[0])
    assert told == [1]
