"""What kind a file is of."""

import pytest

from kg.errors import InputError
from loaders.kinds import KINDS, kind_named, kind_of

PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><html>"


@pytest.mark.parametrize(
    ("file", "head", "name"),
    [
        ("a.txt", b"News.", "text"),
        ("a.txt", b'{"text": "x"}', "text"),
        ("a.jsonl", b"oops", "jsonl"),
        ("a", b'\n {"text": "x"}', "jsonl"),
        ("a", b"News {", "text"),
        ("a", PAGE, "html"),
        ("a.txt", PAGE, "html"),
        ("a.aspx", b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        ("a.html", b"<p>News.", "html"),
        ("a.jpg", b"\xff\xd8", None),
        ("a.xml", b'<?xml version="1.0"?><!-- x --><rss version="2.0">', "feed"),
        ("a", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        ("a", b"<feedback>", "text"),
        ("a", b"Date: Mon, 6 May 2024 10:00:00 +0000\nFrom: A <a@b.example>\n\nNews.", "eml"),
        ("a.txt", b"Date: Mon, 6 May 2024 10:00:00 +0000\nFrom: A <a@b.example>\n\nNews.", "text"),
        ("a", b"From: the minister\n\nNews.", "text"),
        ("a", b"From a@b.example Mon May  6 10:00:00 2024\nDate: x", "mbox"),
        ("a.txt", b"PK\x03\x04", "zip"),
        ("a.docx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "docx"),
        ("a", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "docx"),
        ("a.xlsx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", None),
        ("a.docx", b"PK\x03\x04" + bytes(26) + b"word/document.xml", "zip"),  # whose reader sees what it is
        ("a.warc.gz", b"\x1f\x8b", "gz"),
        ("a", b"WARC/1.0\r\n", "warc"),
        ("a.html", b"%PDF-1.4", "pdf"),
        ("a.tsv", b"text\n", "csv"),
        ("a.GZ", b"", "gz"),
        ("a.jsonl.gz", b"\x1f\x8b", "gz"),
    ],
)
def test_a_file_is_known_by_a_plain_mark_else_by_its_suffix(file: str, head: bytes, name: str | None) -> None:
    kind = kind_of(file, head)
    assert (kind and kind.name) == name


@pytest.mark.parametrize(
    ("file", "head", "media", "name"),
    [
        ("story", b"<p>News.", "text/html", "html"),
        ("story.aspx", b"<p>News.", "text/html", "html"),
        ("story", PAGE, "text/plain", "html"),
        ("story", b"%PDF-1.4", "application/octet-stream", "pdf"),
        ("rows.jsonl", b"{", "text/plain", "jsonl"),
        ("story.aspx", b"News.", "text/plain", "text"),
        ("story", b"News.", "", "text"),
        ("list", b"{}", "application/json", "json"),
        ("feed", b"<!-- x -->", "application/xml", "feed"),
        ("photo.jpg", b"\xff\xd8", "image/jpeg", None),
    ],
)
def test_what_a_server_says_wins_over_a_suffix_and_gives_way_to_a_plain_mark(
    file: str, head: bytes, media: str, name: str | None
) -> None:
    kind = kind_of(file, head, media)
    assert (kind and kind.name) == name


def test_no_two_kinds_claim_a_type_of_content() -> None:
    media = [one for kind in KINDS.values() for one in kind.media]
    assert len(media) == len(set(media))


def test_a_kind_has_a_name() -> None:
    assert all(kind_named(name) is kind for name, kind in KINDS.items())
    with pytest.raises(InputError, match="no kind 'novel' of file"):
        kind_named("novel")


def test_no_two_kinds_claim_a_suffix() -> None:
    suffixes = [suffix for kind in KINDS.values() for suffix in kind.suffixes]
    assert len(suffixes) == len(set(suffixes))
