"""`kg ingest` of URLs, and `kg watch`, with a real server on this machine and the real language model."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.watch import _wait
from kg.store import Store
from tests.cli.conftest import Run
from tests.website import NEWS, Website, bomb, entry, feed, first, news, page, redirect, website

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("loaded_once")]
REFUSED = "its host has the private address 127.0.0.1 (--allow-private permits that)"
CANONICAL = '<link rel="canonical" href="{}">'


@pytest.fixture
def site() -> Iterator[Website]:
    with website(a=news("One"), b=news("Two"), feed=feed(entry("/a?utm_source=rss"), entry("/b"))) as site:
        yield site


def held(folder: Path) -> dict[str | None, str | None]:
    """URLs and titles of the articles in the store."""
    with Store.open(folder / "graph.kg", read_only=True) as store:
        return {article.url: article.title for article in store.articles()}


def test_this_machine_is_not_asked_unless_allowed(kg: Run, folder: Path, site: Website) -> None:
    result = kg("ingest", f"{site.url}/a")
    assert (result.status, result.err) == (1, f"skipped: {site.url}/a: {REFUSED}\n")
    assert site.asked == []
    assert list(folder.iterdir()) == []


def test_a_page_is_read_with_what_it_tells(kg: Run, folder: Path, site: Website) -> None:
    result = kg("ingest", f"{site.url}/a", "--allow-private")
    assert (result.status, result.err) == (0, "")
    assert site.asked == ["/a"]
    with Store.open(folder / "graph.kg", read_only=True) as store:
        (article,) = store.articles()
    assert (article.title, article.source, str(article.published)) == ("One", "Example Courier", "2024-05-08")
    assert article.url == f"{site.url}/a"
    assert kg("ingest", f"{site.url}/a", "--allow-private").out.endswith("kept  1 unchanged in graph.kg\n")


@pytest.mark.parametrize(
    ("canonical", "url"),
    [("{site}/one", "{site}/one"), ("https://c.example/1", "{site}/a"), ("http://[::1", "{site}/a")],
)
def test_a_page_may_say_its_address_but_not_that_of_another_host(
    kg: Run, folder: Path, site: Website, canonical: str, url: str
) -> None:
    link = CANONICAL.format(canonical.format(site=site.url))
    site.pages["/a"] = page(NEWS.format(title="One").replace("<head>", f"<head>{link}"))
    kg("ingest", f"{site.url}/a", "--allow-private")
    assert list(held(folder)) == [url.format(site=site.url)]


def test_what_cannot_be_fetched_stops_nothing(kg: Run, site: Website) -> None:
    site.pages |= {"/bomb": bomb(256 << 20), "/loop": redirect("/loop"), "/file": redirect("file:///etc/passwd")}
    loop, file = "it redirects more than 5 times", "it redirects to 'file:///etc/passwd': only http:// and https://"
    bad = {
        f"{site.url}/bomb": "it has more than 67,108,864 bytes",
        f"{site.url}/loop": loop,
        f"{site.url}/file": f"{file} are fetched, and not file:",
        f"{site.url}/none": "the server answers 404 (not found)",
        "ftp://c.example/a": "only http:// and https:// are fetched, and not ftp:",
    }
    result = kg("extract", *bad, f"{site.url}/a", "--allow-private")
    assert result.status == 3
    assert result.err.splitlines() == [f"skipped: {url}: {reason}" for url, reason in bad.items()]
    assert '"title": "One"' in result.out
    assert kg("extract", *bad, "--allow-private").status == 1


QUOTED = "“Zürich” and the café, said France in a statement."


@pytest.mark.parametrize(
    ("type", "encoding", "note"),
    [
        ("text/plain; charset=windows-1252", "cp1252", ""),
        ("text/plain; charset=iso-8859-1", "utf-8", ""),
        ("text/plain; charset=utf-16-le", "utf-8", ""),
        ("text/plain; charset=utf-8", "cp1252", "it says that it is in utf-8, which it is not; read as cp1252, which"),
        ("text/plain; charset=klingon", "cp1252", "it says that it is in klingon, which it is not; read as cp1252,"),
        ("text/html; charset=windows-1252", "cp1252", ""),
        ("text/html; charset=utf-8", "cp1252", "it says that it is in utf-8, which it is not; read as cp1252, which"),
    ],
)
def test_what_a_server_says_of_an_encoding_is_checked(
    kg: Run, folder: Path, site: Website, type: str, encoding: str, note: str
) -> None:
    body = f"<html><body><article><p>{QUOTED}</p></article></body></html>" if "html" in type else QUOTED
    site.pages["/a"] = page(body.encode(encoding), type)
    result = kg("ingest", f"{site.url}/a", "--allow-private")
    with Store.open(folder / "graph.kg", read_only=True) as store:
        assert [article.text for article in store.articles()] == [QUOTED]
    assert result.err.startswith(f"note: {site.url}/a: {note}") if note else result.err == ""


def test_a_feed_at_a_url_is_followed_and_nothing_is_fetched_twice(kg: Run, folder: Path, site: Website) -> None:
    result = kg("ingest", f"{site.url}/feed", "--allow-private")
    assert result.status == 0
    assert held(folder) == {f"{site.url}/a": "One", f"{site.url}/b": "Two"}
    assert (
        kg("ingest", f"{site.url}/feed", "--allow-private").out == "read  2 articles\nkept  2 unchanged in graph.kg\n"
    )
    assert site.asked == ["/feed", "/robots.txt", "/a", "/b", "/feed"]


def test_a_feed_in_a_file_is_followed_only_when_asked_for(kg: Run, folder: Path, site: Website) -> None:
    link = f"{site.url}/a"
    (folder / "feed.xml").write_text(
        f"<rss><channel>{entry(link)}{entry(site.url + '/none', 'Chile left.')}</channel></rss>"
    )
    result = kg("ingest", "feed.xml", "--allow-private")
    assert site.asked == []
    assert result.err.splitlines() == [
        "skipped: feed.xml#1: the entry has no text (--follow fetches the page)",
        "note: feed.xml: 1 of 2 entries hold no more than a summary (--follow fetches the page)",
    ]
    result = kg("ingest", "feed.xml", "--allow-private", "--follow", "--store", "other.kg")
    assert (result.status, site.visits("/a")) == (0, 1)
    assert result.err == f"note: {site.url}/none: the server answers 404 (not found); its summary is read\n"


def test_a_feed_may_be_read_without_its_pages(kg: Run, site: Website) -> None:
    result = kg("ingest", f"{site.url}/feed", "--allow-private", "--no-follow")
    assert result.status == 1
    assert site.asked == ["/feed"]


def test_a_page_that_robots_may_not_read_gives_its_summary(kg: Run, folder: Path, site: Website) -> None:
    site.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /a", "text/plain"),
        "/feed": feed(entry("/a", "Chile left."), entry("/b")),
    }
    result = kg("ingest", f"{site.url}/feed", "--allow-private")
    assert result.err == f"note: {site.url}/a: its robots.txt forbids to fetch it; its summary is read\n"
    assert held(folder) == {f"{site.url}/a": "Entry", f"{site.url}/b": "Two"}
    assert site.visits("/a") == 0


LINKS = [
    ("links.json", '{{"articles": [{{"url": "{site}/a", "title": "Other", "domain": "c.example"}}]}}'),
    ("links.csv", "URL,MobileURL,Date,Title\n{site}/a,,2024-05-07,Other\n"),
    ("events.tsv", "\t".join(["1234567", *["x"] * 59, "{site}/a"]) + "\n" + "\t".join(["1", *["x"] * 59, "{site}/a"])),
]


@pytest.mark.parametrize(("name", "content"), LINKS, ids=[name for name, _ in LINKS])
def test_a_list_that_only_names_articles_is_followed_only_when_asked_for(
    kg: Run, folder: Path, site: Website, name: str, content: str
) -> None:
    (folder / name).write_text(content.format(site=site.url))
    result = kg("ingest", name, "--allow-private")
    assert (result.status, site.asked) == (1, [])
    assert "gives addresses of articles" in result.err or "gives only addresses of articles" in result.err
    assert "(--follow fetches them)" in result.err
    assert kg("ingest", name, "--allow-private", "--follow").status == 0
    assert held(folder) == {f"{site.url}/a": "One"}


def test_a_list_of_feeds_is_watched(kg: Run, folder: Path, site: Website) -> None:
    (folder / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>')
    result = kg("watch", "feeds.opml", "--once", "--allow-private")
    assert (result.status, result.err) == (0, "")
    assert held(folder) == {f"{site.url}/a": "One", f"{site.url}/b": "Two"}
    before = (folder / "graph.kg").read_bytes()
    result = kg("watch", "feeds.opml", "--once", "--allow-private")
    assert (result.status, result.err) == (0, f"note: {site.url}/feed: nothing is new\n")
    assert (site.visits("/a"), site.visits("/b")) == (1, 1)
    assert (folder / "graph.kg").read_bytes() == before


def test_what_was_forgotten_is_not_fetched_again(kg: Run, folder: Path, site: Website) -> None:
    kg("watch", f"{site.url}/feed", "--once", "--allow-private")
    kg("forget", f"{site.url}/a")
    site.pages["/feed"] = feed(entry("/a?utm_source=rss"))
    assert kg("watch", f"{site.url}/feed", "--once", "--allow-private").status == 0
    assert list(held(folder)) == [f"{site.url}/b"]
    assert site.visits("/a") == 1


def test_a_feed_that_fails_stops_no_other_one(kg: Run, folder: Path, site: Website) -> None:
    site.pages["/bad"] = first(page(b"", status=500), feed(entry("/a")))
    result = kg("watch", f"{site.url}/bad", f"{site.url}/feed", "--once", "--allow-private")
    assert result.status == 3
    assert result.err == f"skipped: {site.url}/bad: the server answers 500 (internal server error)\n"
    assert len(held(folder)) == 2
    assert kg("watch", f"{site.url}/bad", "--once", "--allow-private").status == 1


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("none.opml", None, "error: none.opml: the list cannot be read (No such file or directory)"),
        ("feeds.opml", "<opml/>", "error: feeds.opml: it names no feed"),
        ("feeds.txt", "a.example", "error: feeds.txt: it is no list of feeds ('a.example' is no URL)"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(kg: Run, folder: Path, name: str, content: str | None, error: str) -> None:
    if content:
        (folder / name).write_text(content)
    result = kg("watch", name)
    assert result.status == 1
    assert result.err.startswith(error)
    assert result.err.endswith("name an OPML file, a file with a URL in each line, or the URL of a feed\n")


def test_storage_is_not_watched(kg: Run, folder: Path) -> None:
    result = kg("watch", "s3://bucket/feed.xml")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("error: s3://bucket/feed.xml: a feed is read from the web")


def test_a_store_that_cannot_be_used_for_a_while_does_not_end_the_watch(
    kg: Run, folder: Path, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = 0

    def next_round(_: int) -> bool:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            (folder / "graph.kg").rename(folder / "kept.kg")
            (folder / "graph.kg").mkdir()
        if rounds == 2:
            (folder / "graph.kg").rmdir()
            (folder / "kept.kg").rename(folder / "graph.kg")
        return rounds < 3

    monkeypatch.setattr("kg.cli.watch._wait", next_round)
    result = kg("watch", f"{site.url}/feed", "--allow-private")
    assert (result.status, rounds) == (0, 3)
    assert result.err.splitlines() == [
        "error: graph.kg: this is a folder, not a store file",
        f"note: {site.url}/feed: nothing is new",
    ]


def test_nothing_of_a_round_is_held_while_it_waits(kg: Run) -> None:
    gc.freeze()
    assert _wait(0)
    assert gc.get_freeze_count() == 0


def test_it_watches_until_it_is_interrupted(folder: Path, site: Website) -> None:
    command = [sys.executable, "-m", "kg.cli", "watch", f"{site.url}/feed", "--allow-private"]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(3)]
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert lines[0] == "read   2 articles\n"
    assert err == "the feeds are read again in 30 minutes; Ctrl-C ends this\n"
