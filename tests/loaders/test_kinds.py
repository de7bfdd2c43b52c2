"""What kind a file is of."""

import pytest

from kg.errors import InputError
from loaders.kinds import KINDS, kind_named, kind_of

PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><html>"


@pytest.mark.parametrize(
    ("suffix", "head", "name"),
    [
        (".txt", b"News.", "text"),
        (".txt", b'{"text": "x"}', "text"),
        (".jsonl", b"oops", "jsonl"),
        ("", b'\n {"text": "x"}', "jsonl"),
        ("", b"News {", "text"),
        ("", PAGE, "html"),
        (".txt", PAGE, "html"),
        (".aspx", b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        (".html", b"<p>News.", "html"),
        (".jpg", b"\xff\xd8", None),
    ],
)
def test_a_file_is_known_by_a_plain_mark_else_by_its_suffix(suffix: str, head: bytes, name: str | None) -> None:
    kind = kind_of(suffix, head)
    assert (kind and kind.name) == name


def test_a_kind_has_a_name() -> None:
    assert all(kind_named(name) is kind for name, kind in KINDS.items())
    with pytest.raises(InputError, match="no kind 'novel' of file"):
        kind_named("novel")


def test_no_two_kinds_claim_a_suffix() -> None:
    suffixes = [suffix for kind in KINDS.values() for suffix in kind.suffixes]
    assert len(suffixes) == len(set(suffixes))
