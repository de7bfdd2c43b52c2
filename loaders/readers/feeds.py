"""RSS and Atom: the entries of a feed, with the text that the feed itself holds, or links to it."""

import html
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import ReadError
from loaders.base import Item, Link, Metadata, Noted, Options, Part, Skipped, read_whole
from loaders.rows import read_day

_BOM = b"\xef\xbb\xbf"  # makes sure that no other encoding is guessed
_ADVICE = " (--follow fetches the page)"
_TAG = re.compile(r"<[^<>]{1,200}>")


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """Each entry of a feed as a piece of HTML or text, with what entry and feed say of it.

    Where pages are followed, an entry that holds no more than a summary is a link.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(read_whole(stream)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise ReadError("it is no feed")
    if not feed.entries:
        raise ReadError("the feed has no entries")
    short = 0
    for number, entry in enumerate(feed.entries, start=1):
        content = max(entry.get("content", []), key=lambda one: len(one.get("value", "")), default=None)
        held = _entry(content or entry.get("summary_detail") or {}, entry, feed.feed, f"{where}#{number}")
        link, summary = entry.get("link"), held if isinstance(held, Part) and content is None else None
        if options.follow and link and content is None:
            yield Link(where=held.where, url=link, metadata=_metadata(entry, feed.feed), summary=summary)
        else:
            short += summary is not None
            yield held
    if short and not options.follow:
        yield Noted(where, f"{short} of {len(feed.entries)} entries hold no more than a summary{_ADVICE}")


def _entry(content: Any, entry: Any, feed: Any, where: str) -> Part | Skipped:
    """What an entry itself holds."""
    text = content.get("value", "")
    if not text.strip():
        return Skipped(where, "the entry has no text" + (_ADVICE if entry.get("link") else ""))
    kind = "text" if content.get("type") == "text/plain" and "<" not in text else "fragment"
    stream = io.BytesIO(_BOM + text.encode("utf-8", "replace"))
    language = content.get("language") or feed.get("language") or None
    metadata = _metadata(entry, feed).over(Metadata(url=entry.get("link") or None, language=language))
    return Part(where=where, stream=stream, kind=kind, metadata=metadata)


def _metadata(entry: Any, feed: Any) -> Metadata:
    """What entry and feed say of an article, wherever its text is."""
    return Metadata(
        published=next((day for name in ("published", "updated") if (day := read_day(entry.get(name, "")))), None),
        source=_plain(entry.get("source", {}).get("title") or feed.get("title") or ""),
        title=_plain(entry.get("title", "")),
    )


def _plain(text: str) -> str | None:
    return " ".join(html.unescape(_TAG.sub("", text)).split()) or None
