"""Plain text: a file is an article, and its line ends stay as they are."""

from collections.abc import Iterator
from typing import BinaryIO

from loaders.base import Item, Noted, Options, Skipped, make_article, read_whole
from loaders.encodings import decode

_WIDEST = 4  # bytes of a character in UTF-8


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The one article of a text file; its metadata are what the user says."""
    text, note = decode(read_whole(stream, (options.max_characters + 1) * _WIDEST), options.charset)
    if not text.strip():
        yield Skipped(where, "the file is empty")
        return
    if note:
        yield Noted(where, note)
    yield make_article(where=where, text=text, metadata=options.metadata, options=options)
