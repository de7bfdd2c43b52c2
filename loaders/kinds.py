"""The kinds of file that can be read: how each is known, who reads it, and what it tells beside the text."""

import re
from dataclasses import dataclass

from kg.errors import InputError
from loaders.base import Reader
from loaders.readers import jsonl, pages, plaintext

HEAD = 4096  # bytes that a kind is known by


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file.

    `guarded` where a parser of others reads it, which may hang or crash on a hostile file. `module` is what has to be
    installed beside kg, by its extra.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    tells: str
    guarded: bool = False
    module: str | None = None
    extra: str | None = None


KINDS = {
    kind.name: kind
    for kind in (
        FileKind(name="text", suffixes=(".txt", ".text"), read=plaintext.read, tells="nothing: give --published"),
        FileKind(
            name="jsonl",
            suffixes=(".jsonl", ".ndjson"),
            read=jsonl.read,
            tells="id, title, published, source, url, language, by these names or --map",
        ),
        FileKind(
            name="html",
            suffixes=(".html", ".htm", ".xhtml"),
            read=pages.read,
            tells="title, published, source, url, as the page has them",
            guarded=True,
        ),
    )
}
_INNER = {"fragment": FileKind(name="fragment", suffixes=(), read=pages.read_fragment, tells="", guarded=True)}
_BY_SUFFIX = {suffix: kind for kind in KINDS.values() for suffix in kind.suffixes}

# Marks so plain that they beat a suffix: a page that was saved as .txt is still a page.
_MARKS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<!doctype\s+html|<html[\s>]|<\?xml[^>]*>\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE), "html"),
)
_BOM = b"\xef\xbb\xbf"


def kind_named(name: str) -> FileKind:
    """The kind that a user or a reader names. Raises `InputError` when there is none."""
    try:
        return KINDS.get(name) or _INNER[name]
    except KeyError:
        raise InputError(f"there is no kind {name!r} of file", hint=f"kinds are {', '.join(KINDS)}") from None


def kind_of(suffix: str, head: bytes) -> FileKind | None:
    """The kind that a file's beginning or suffix tells, or None where neither does; without a suffix it is text."""
    start = head.removeprefix(_BOM).lstrip()
    for mark, name in _MARKS:
        if mark.match(start):
            return KINDS[name]
    if suffix:
        return _BY_SUFFIX.get(suffix)
    return KINDS["jsonl" if start.startswith(b"{") else "text"]
