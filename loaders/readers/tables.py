"""CSV and TSV: an article a row; the header says which column is which, or the user does."""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from kg.errors import ReadError
from loaders.base import MAX_BYTES, Item, Link, Metadata, Noted, Options, read_whole
from loaders.encodings import decode, encoding_of, try_decode
from loaders.rows import columns_for, item_of

_DELIMITERS = "\t,;|"
_SAMPLE = 100_000  # bytes that an encoding is guessed from


@dataclass(frozen=True, slots=True)
class _Gdelt:
    """A table of GDELT, which has no header: its name, and the columns of an article's URL and source."""

    name: str
    url: int
    source: int | None = None


_GDELT = {  # by the number of columns
    58: _Gdelt("events (1.0)", url=57),
    61: _Gdelt("events (2.0)", url=60),
    27: _Gdelt("GKG", url=4, source=3),
    16: _Gdelt("mentions", url=5, source=4),
}


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The article of each row below the header."""
    csv.field_size_limit(min(sys.maxsize, 2 * options.max_characters))  # the reader refuses what is longer than a text
    notes: list[Noted] = []
    lines = _lines(stream, where, notes)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise ReadError("the file is empty")
    delimiter = max(_DELIMITERS, key=first.count)
    if table := _gdelt(first):
        yield from _linked(table, chain([first], lines), where, options)
        return
    rows = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        names = next(rows)
        columns = columns_for(names, options.columns, follow=bool(options.follow))
        for values in rows:
            yield from notes
            notes.clear()
            if values:
                yield item_of(dict(zip(names, values, strict=False)), f"{where}:{rows.line_num}", options, columns)
    except csv.Error as error:
        raise ReadError(f"the table breaks at line {rows.line_num} ({error})") from error


def _lines(stream: BinaryIO, where: str, notes: list[Noted]) -> Iterator[str]:
    """The lines as text; the first that is not UTF-8 lets the encoding of all others be guessed, which is told."""
    encoding = None
    for line in iter(lambda: stream.readline(MAX_BYTES), b""):
        if encoding is None and (text := try_decode(line, "utf-8-sig")) is not None:
            yield text.replace("\0", "")
            continue
        some = [line, *stream.readlines(_SAMPLE)] if encoding is None else [line]
        if encoding is None:
            encoding, note = encoding_of(b"".join(some))
            notes += [Noted(where, note)] if note else []
        if encoding.startswith(("utf-16", "utf-32")):  # whose line ends are not a byte
            yield from decode(b"".join([*some, read_whole(stream)]))[0].splitlines(keepends=True)
            return
        for line in some:
            yield line.decode(encoding, "replace").replace("\0", "")


def _gdelt(first: str) -> _Gdelt | None:
    """Which table of GDELT begins with a line, if one does."""
    number = first.split("\t")[0].replace("-", "")
    return _GDELT.get(first.count("\t") + 1) if number.isdigit() else None


def _linked(table: _Gdelt, lines: Iterable[str], where: str, options: Options) -> Iterator[Item]:
    """The pages that a table of GDELT names, each once: it has a row for each event, person or place in them.

    When it has seen a page is not when that was published, and is not taken.
    """
    if not options.follow:
        what = f"this looks like a table of GDELT ({table.name}), which gives addresses of articles and no text"
        raise ReadError(f"{what} (--follow fetches them)")
    met: set[str] = set()
    for number, line in enumerate(lines, start=1):
        values = line.rstrip("\r\n").split("\t")
        url = values[table.url] if len(values) > table.url else ""
        if url.startswith(("http://", "https://")) and url not in met:
            met.add(url)
            source = values[table.source] if table.source is not None else None
            yield Link(where=f"{where}:{number}", url=url, metadata=Metadata(source=source or None))
