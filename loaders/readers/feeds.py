"""RSS and Atom: the entries of a feed, with the text that the feed itself holds; nothing is fetched."""

import html
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import ReadError
from loaders.base import Item, Metadata, Noted, Options, Part, Skipped, read_whole
from loaders.rows import read_day

_BOM = b"\xef\xbb\xbf"  # makes sure that no other encoding is guessed
_TAG = re.compile(r"<[^<>]{1,200}>")


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:  # noqa: ARG001 - the parts get the options
    """Each entry of a feed as a piece of HTML or text, with what entry and feed say of it."""
    import feedparser

    feed = feedparser.parse(io.BytesIO(read_whole(stream)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise ReadError("it is no feed")
    if not feed.entries:
        raise ReadError("the feed has no entries")
    short = 0
    for number, entry in enumerate(feed.entries, start=1):
        content = max(entry.get("content", []), key=lambda one: len(one.get("value", "")), default=None)
        summary = entry.get("summary_detail") or {}
        short += content is None and bool(summary)
        yield _part(content or summary, entry, feed.feed, f"{where}#{number}")
    if short:
        yield Noted(where, f"{short} of {len(feed.entries)} entries hold no more than a summary; nothing is fetched")


def _part(content: Any, entry: Any, feed: Any, where: str) -> Item:
    text = content.get("value", "")
    if not text.strip():
        return Skipped(where, "the entry has no text, and nothing is fetched")
    metadata = Metadata(
        published=next((day for name in ("published", "updated") if (day := read_day(entry.get(name, "")))), None),
        source=_plain(entry.get("source", {}).get("title") or feed.get("title") or ""),
        title=_plain(entry.get("title", "")),
        url=entry.get("link") or None,
        language=content.get("language") or feed.get("language") or None,
    )
    kind = "text" if content.get("type") == "text/plain" and "<" not in text else "fragment"
    stream = io.BytesIO(_BOM + text.encode("utf-8", "replace"))
    return Part(where=where, stream=stream, kind=kind, metadata=metadata)


def _plain(text: str) -> str | None:
    return " ".join(html.unescape(_TAG.sub("", text)).split()) or None
