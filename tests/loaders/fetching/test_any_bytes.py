"""Whatever bytes a server, a robots.txt or a list of feeds holds, there is an answer; KG_FUZZ=100000 tries more."""

import csv
import io
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import FetchError, InputError
from loaders.base import Noted, Options, Skipped
from loaders.fetching.addresses import parse
from loaders.fetching.exchange import Answer, Limits, ask
from loaders.fetching.feedlist import read_feed_list
from loaders.fetching.fetcher import Fetcher
from loaders.fetching.robots import Robots
from loaders.fetching.visitor import Visitor
from loaders.reading import read_articles
from tests.loaders.fetching.test_feedlist import OPML
from tests.loaders.fetching.test_visitor import ROBOTS
from tests.loaders.test_any_bytes import CHANGES, changed

EXAMPLES = int(os.environ.get("KG_FUZZ", "400"))  # of each of five; together 2,000
ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 11\r\n\r\nChile left.",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nChi\r\n8\r\nle left.\r\n0\r\n\r\n",
    b"HTTP/1.0 302 Found\r\nLocation: http://c.example/\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
)
LIMITS = Limits(wait=1.0, total=1.0, size=1000)
ANY = st.characters() | st.sampled_from("[]:/@#?%&=.\ud83d\x00\n1")  # half a character too
URLS = st.text(ANY, max_size=60) | st.builds(
    "http://{}/{}".format, st.text(ANY, max_size=20), st.text(ANY, max_size=20)
)
many = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def answered(data: bytes) -> Answer:
    """What is made of the bytes that a server sends before it hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            client, _ = server.accept()
            with client, suppress(OSError):
                client.recv(65536)
                client.sendall(data)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            target = parse(f"http://127.0.0.1:{server.getsockname()[1]}/")
            return ask(target, ["127.0.0.1"], {}, LIMITS, time.monotonic() + LIMITS.total)
        finally:
            thread.join()


@many
@given(st.builds(changed, st.sampled_from(ANSWERS), CHANGES) | st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_a_failed_fetch(data: bytes) -> None:
    with suppress(FetchError):
        answer = answered(data)
        assert 100 <= answer.status < 1000
        assert len(answer.body) <= LIMITS.size
        assert answer.charset != ""


@many
@given(URLS, st.text())
def test_any_text_is_a_url_or_a_failed_fetch(text: str, base: str) -> None:
    with suppress(FetchError):
        target = parse(text, base)
        assert parse(target.url) == target
        assert target.url.isascii()
        assert not set(target.url) & set(" \r\n\t@\\\0") or "@" in target.path


def unknown(*_: object, **__: object) -> list[tuple[object, ...]]:
    """A DNS server that knows nobody."""
    raise OSError("nobody")


@many
@given(URLS)
def test_any_link_is_followed_or_told(url: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["url", "title"], [url, "T"]])
    data, web = table.getvalue().encode("utf-8", "surrogatepass"), Visitor(Fetcher(lookup=unknown), interval=0.0)
    for told in read_articles(["-"], Options(kind="csv", follow=True), io.BytesIO(data), web):
        assert isinstance(told, Skipped | Noted)


@many
@given(st.builds(changed, st.just(ROBOTS.encode()), CHANGES) | st.binary(max_size=300), st.text(max_size=20))
def test_any_rules_of_a_host_allow_or_forbid(data: bytes, path: str) -> None:
    robots = Robots(lambda url: Answer(url=url, status=200, body=data))
    with suppress(FetchError):
        assert 0 <= robots.check(parse(path, "http://c.example/").url) <= 30


@many
@given(st.builds(changed, st.just(OPML.encode()), CHANGES) | st.binary(max_size=300))
def test_any_file_is_a_list_of_feeds_or_is_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = Path(tmp_path_factory.getbasetemp()) / "feeds.opml"
    path.write_bytes(data)
    with suppress(InputError):
        assert all(read_feed_list(path))
