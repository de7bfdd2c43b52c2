"""Where a URL may lead."""

import ipaddress
import socket
from typing import Any

import pytest

from kg.errors import FetchError
from loaders.fetching.addresses import is_public, parse, resolve, without_tracking


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("http://C.example", "http://c.example/"),
        (" https://c.example:443/a?b=c#d ", "https://c.example/a?b=c"),
        ("http://c.example:8080/a b/ü%20?q=ü", "http://c.example:8080/a%20b/%C3%BC%20?q=%C3%BC"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
    ],
)
def test_a_url_is_read_as_browsers_read_it(url: str, meant: str) -> None:
    assert parse(url).url == meant


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http:// and https:// are fetched, and not file:"),
        ("ftp://c.example/a", "only http:// and https:// are fetched, and not ftp:"),
        ("/a", "only http:// and https:// are fetched, and not a part of one:"),
        ("http://", "it is no address (there is no such form of host)"),
        ("http://a b/", "it is no address (there is no such form of host)"),
        ("http://c.example:99999/", "it is no address (Port out of range 0-65535)"),
        ("http://[::1", "it is no address (Invalid IPv6 URL)"),
        ("http://me:secret@c.example/", "the address holds a login, which is never sent; leave it out"),
        ("http://c.example\\@127.0.0.1/", "the address holds a login, which is never sent; leave it out"),
        ("http://" + "a" * 70 + ".example/", "it is no address (there is no such form of host)"),
    ],
)
def test_another_url_is_refused(url: str, reason: str) -> None:
    with pytest.raises(FetchError) as error:
        parse(url)
    assert error.value.what == reason
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::6810:84e5", True),
        ("127.0.0.1", False),
        ("127.255.0.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their secrets
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
        ("2001:0:5db8:d70e::1", False),
    ],
)
def test_an_address_is_public_or_not(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:7f00:1]"],
)
def test_however_this_machine_is_spelt_it_is_refused_unless_allowed(host: str) -> None:
    target = parse(f"http://{host}/")
    with pytest.raises(FetchError, match=r"private address .* \(--allow-private permits that\)"):
        resolve(target, allow_private=False)
    assert resolve(target, allow_private=True)


def lookup(*addresses: str) -> Any:
    """A DNS server that knows one host."""
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in addresses]


def test_a_host_with_one_private_address_among_others_is_refused() -> None:
    target = parse("http://c.example/")
    assert resolve(target, allow_private=False, lookup=lookup("93.184.215.14")) == ["93.184.215.14"]
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        resolve(target, allow_private=False, lookup=lookup("93.184.215.14", "10.0.0.1"))


def test_a_host_that_is_not_found_is_told() -> None:
    with pytest.raises(FetchError, match=r"its host no\.invalid is not found"):
        resolve(parse("http://no.invalid/"), allow_private=False)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://c.example/1?utm_source=rss&utm_medium=feed", "https://c.example/1"),
        ("https://c.example/1?utm_source=rss&id=7#top", "https://c.example/1?id=7"),
        ("https://c.example/1?id=7", "https://c.example/1?id=7"),
    ],
)
def test_what_tells_from_where_one_comes_is_left_out(url: str, plain: str) -> None:
    assert without_tracking(url) == plain
