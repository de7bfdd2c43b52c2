"""Fetching from servers that behave badly: each fetch ends soon, costs little, and says what was wrong."""

import gzip
import socket
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import FetchError
from loaders.fetching import exchange
from loaders.fetching.errors import BusyError
from loaders.fetching.exchange import Limits
from loaders.fetching.fetcher import Fetcher
from tests.website import (
    Page,
    Website,
    bomb,
    dripping,
    endless,
    first,
    news,
    page,
    raw,
    redirect,
    silent,
    website,
)

LIMITS = Limits(connect=1.0, wait=0.5, total=1.0, size=1_000_000)
CERTIFICATE = Path(__file__).with_name("c.example.pem")  # with its key, of no use elsewhere
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


def get(site: Website, answer: Page, **options: Any) -> bytes:
    site.pages["/a"] = answer
    return Fetcher(allow_private=True, limits=LIMITS).get(f"{site.url}/a", **options).body


BROKEN = "the connection broke, or the server does not speak HTTP ("
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
HALF = gzip.compress(b"x" * 100)[:-9]
ELSEWHERE = "it redirects to 'file:///etc/passwd': only http:// and https:// are fetched, and not file:"
BAD = {
    "stalls": (silent(2), "there is no full answer within 0.5 seconds"),
    "drips": (dripping(3), "there is no full answer within 1 seconds"),
    "drips a status": (dripping(3, b"HTTP/1.1 200 O"), "there is no full answer within 1 seconds"),
    "drips as long as it said": (
        dripping(3, HEAD + b"Content-Length: 1000\r\n\r\n"),
        "there is no full answer within 1",
    ),
    "never ends": (endless(b"x" * 65536), "it has more than 1,000,000 bytes"),
    "goes on to go on": (endless(b"HTTP/1.1 100 Continue\r\n\r\n", b""), "there is no full answer within 1 seconds"),
    "has many headers": (endless(b"X: y\r\n", HEAD), BROKEN + "got more than 100 headers)"),
    "has a long header": (
        endless(b"x" * 65536, HEAD + b"X: "),
        BROKEN + "got more than 65536 bytes when reading header",
    ),
    "states a length too large": (page(b"x" * 10, Content_Length="2000000"), "it has more than 1,000,000 bytes"),
    "is cut short": (page(b"x" * 10, Content_Length="20"), "the connection broke in the middle of the answer"),
    "is packed and cut short": (
        page(HALF, Content_Encoding="gzip"),
        "the connection broke in the middle of the answer",
    ),
    "ends within a chunk": (raw(CHUNKED + b"ff\r\nxx"), BROKEN + "IncompleteRead"),
    "has no chunk": (raw(CHUNKED + b"zz\r\nxx"), BROKEN + "IncompleteRead"),
    "hangs up": (raw(b""), BROKEN + "Remote end closed connection without response)"),
    "speaks mail": (raw(b"220 mail.example ESMTP\r\n"), BROKEN + "220 mail.example ESMTP"),
    "is a bomb": (bomb(256 << 20), "it has more than 1,000,000 bytes"),
    "is not packed": (page(b"Chile left.", Content_Encoding="gzip"), "it is said to be compressed, and is not"),
    "is packed otherwise": (page(b"x", Content_Encoding="br"), "it comes compressed as 'br', which was not asked for"),
    "redirects in a loop": (redirect("/a"), "it redirects more than 5 times"),
    "redirects to a file": (redirect("file:///etc/passwd"), ELSEWHERE),
    "redirects nowhere": (redirect(""), "the server answers 302 and does not say where it is"),
    "404": (page(b"", status=404), "the server answers 404 (not found)"),
    "500": (page(b"", status=500), "the server answers 500 (internal server error)"),
    "799": (page(b"", status=799), "the server answers 799"),
}


@pytest.mark.parametrize(("answer", "reason"), BAD.values(), ids=BAD)
def test_a_server_that_behaves_badly_costs_little_and_is_told(site: Website, answer: Page, reason: str) -> None:
    tracemalloc.start()
    start = time.monotonic()
    with pytest.raises(FetchError) as error:
        get(site, answer)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.value.what.startswith(reason)
    assert time.monotonic() - start < 2.5
    assert peak < 50_000_000


@pytest.mark.parametrize(
    "answer",
    [
        page("Chile left."),
        page(gzip.compress(b"Chile left."), Content_Encoding="gzip"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nChi\r\n8\r\nle left.\r\n0\r\n\r\n"),
        raw(HEAD + b"\r\nChile left."),
        page("Chile left.", Content_Length="not a number"),
        first(redirect("/a?again"), redirect("a", 308), page("Chile left.")),
    ],
    ids=["plain", "packed", "chunked", "no length", "no number", "redirected"],
)
def test_a_page_comes_whole(site: Website, answer: Page) -> None:
    assert get(site, answer) == b"Chile left."


def test_a_length_that_is_too_short_ends_the_page(site: Website) -> None:
    assert get(site, page("Chile left.", Content_Length="5")) == b"Chile"


def test_who_we_are_is_told_and_nothing_else(site: Website) -> None:
    site.pages["/b"] = redirect("/a")
    site.pages["/a"] = page("x", Set_Cookie="who=you; Path=/")
    fetcher = Fetcher(allow_private=True)
    for path in ("/b", "/a"):
        fetcher.get(site.url + path)
    assert all(
        set(asked) == {"host", "user-agent", "accept", "accept-encoding", "connection"} for asked in site.headers
    )
    assert site.headers[0]["user-agent"].startswith("geopolitical-event-graph/")
    assert site.headers[0]["accept-encoding"] == "gzip"


def test_no_proxy_of_the_environment_is_used(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert get(site, page("Chile left.")) == b"Chile left."


@pytest.mark.parametrize(("after", "seconds"), [("7", 7.0), ("", None), ("soon", None)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_for_how_long(site: Website, status: int, after: str, seconds: float | None) -> None:
    with pytest.raises(BusyError) as error:
        get(site, page(b"", status=status, Retry_After=after))
    assert error.value.seconds == seconds


def test_a_busy_server_may_name_a_day(site: Website) -> None:
    with pytest.raises(BusyError) as error:
        get(site, page(b"", status=503, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"))
    assert error.value.seconds
    assert error.value.seconds > 3600 * 24 * 365


def test_each_hop_is_told_before_it_is_asked(site: Website) -> None:
    hops: list[str] = []
    get(site, first(redirect("/a?2"), news()), before=hops.append)
    assert hops == [f"{site.url}/a", f"{site.url}/a?2"]


class Lookup:
    """A DNS server that gives the next of the addresses each time it is asked, and for numbers themselves."""

    def __init__(self, *addresses: str) -> None:
        self.left = list(addresses)

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        try:
            return [*socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)]
        except OSError:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.left.pop(0), port))]


def test_a_host_that_is_another_the_second_time_is_looked_up_once(site: Website) -> None:
    lookup = Lookup("192.88.99.77", "127.0.0.1")  # a public address at which nothing answers, then this machine
    port = site.url.rpartition(":")[2]
    with pytest.raises(FetchError, match=r"c\.example cannot be reached"):
        Fetcher(lookup=lookup, limits=LIMITS).get(f"http://c.example:{port}/a")
    assert lookup.left == ["127.0.0.1"]
    assert site.asked == []


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.9:{port}/",
        "//2130706441:{port}/",
        "http://[::1]:{port}/",
        "http://169.254.169.254/latest",
        "http://home.example:{port}/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(site: Website, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    # 127.0.0.1 stands for a public machine, since there is no other in a test.
    monkeypatch.setattr("loaders.fetching.addresses.is_public", lambda address: str(address) == "127.0.0.1")
    port = site.url.rpartition(":")[2]
    site.pages["/a"] = redirect(place.format(port=port))
    fetcher = Fetcher(lookup=Lookup("127.0.0.1", "127.0.0.9"), limits=LIMITS)
    with pytest.raises(FetchError, match="private address"):
        fetcher.get(f"http://c.example:{port}/a")
    assert site.asked == ["/a"]


def test_a_server_without_encryption_is_told(site: Website) -> None:
    with pytest.raises(FetchError) as error:
        Fetcher(allow_private=True, limits=LIMITS).get(site.url.replace("http", "https"))
    assert error.value.what.startswith(BROKEN)


@pytest.fixture
def secure() -> Iterator[Website]:
    """A server with a certificate for c.example, signed by itself."""
    with website(a=page("Chile left."), certificate=CERTIFICATE) as site:
        exchange._tls.cache_clear()
        yield site
        exchange._tls.cache_clear()


UNTRUSTED = "its certificate cannot be trusted ("


@pytest.mark.parametrize(
    ("host", "trusted", "reason"),
    [
        ("c.example", True, None),
        ("c.example", False, UNTRUSTED + "self-signed certificate)"),
        ("d.example", True, UNTRUSTED + "Hostname mismatch, certificate is not valid for 'd.example'.)"),
    ],
)
def test_a_certificate_must_be_trusted_and_name_the_host(
    secure: Website, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool, reason: str | None
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    fetcher = Fetcher(allow_private=True, limits=LIMITS, lookup=Lookup("127.0.0.1"))
    url = f"https://{host}:{secure.url.rpartition(':')[2]}/a"
    if reason is None:
        assert fetcher.get(url).body == b"Chile left."
    else:
        with pytest.raises(FetchError) as error:
            fetcher.get(url)
        assert error.value.what == reason
