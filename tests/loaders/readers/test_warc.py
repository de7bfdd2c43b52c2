"""WARC; the archives are written here."""

import gzip
import re

import pytest

from loaders.base import Item, Noted, Options, Part, Skipped
from loaders.readers.warc import read
from tests.loaders.readers.scene import read_file

PAGE = b"<!doctype html><p>Norway signed.</p>"


def http(body: bytes = PAGE, type_: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {type_}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body


def record(content: bytes, kind: str = "response", type_: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://c.example/1\r\nWARC-Date: 2024-05-07T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {type_}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read_warc(*records: bytes) -> list[Item]:
    return read_file(read, b"".join(records), "a.warc", Options())


def test_pages_are_handed_on_with_their_address() -> None:
    info = record(b"software: x\r\n", "warcinfo", "application/warc-fields")
    items = read_warc(info, record(http()), record(http()))
    parts = [item for item in items if isinstance(item, Part)]
    assert [(part.where, part.kind, part.metadata.url) for part in parts] == [
        ("a.warc#2", "html", "https://c.example/1"),
        ("a.warc#3", "html", "https://c.example/1"),
    ]
    assert [part.stream.read() for part in parts] == [PAGE, PAGE]


def test_a_page_that_was_sent_packed_is_unpacked_and_text_is_text() -> None:
    packed = http(gzip.compress(PAGE), extra="Content-Encoding: gzip\r\n")
    page, text = read_warc(record(packed), record(b"Norway signed.", "conversion", "text/plain"))
    assert isinstance(page, Part)
    assert isinstance(text, Part)
    assert (page.stream.read(), text.stream.read(), text.kind) == (PAGE, b"Norway signed.", "text")


def test_what_is_passed_over_is_counted() -> None:
    items = read_warc(record(http(status="404 Not Found")), record(http(type_="image/png")), record(http()))
    assert items[1:] == [
        Noted("a.warc", "not read, since it is image/png: 1 of its records"),
        Noted("a.warc", "not read, since the answer was 404: 1 of its records"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there is no page in it"),
        (b"nonsense\r\n\r\n", "the archive is damaged ("),
        (re.sub(rb"Content-Length: \d+", b"Content-Length: " + b"9" * 30, record(http()), count=1), "the archive is"),
        (record(http(type_="image/png")), "there is no page in it"),
        (b"WARC/1.0\r\nWARC-Type: " + bytes(70_000_000), "a line has more than 8,388,608 bytes"),
        (record(http(gzip.compress(bytes(100_000_000)), extra="Content-Encoding: gzip\r\n")),
         "it has more than 67,108,864 bytes in one piece"),
    ],
    ids=["empty", "nonsense", "endless", "no page", "no line end", "gzip bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    skipped = [item for item in read_warc(data) if isinstance(item, Skipped)]
    assert skipped
    assert skipped[-1].reason.startswith(reason)
