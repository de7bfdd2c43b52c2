"""CSV and TSV: an article a row; the header says which column is which, or the user does."""

import csv
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from kg.errors import ArticleError, ReadError
from loaders.base import MAX_BYTES, Item, Noted, Options, Skipped, read_whole
from loaders.encodings import decode, encoding_of, try_decode
from loaders.rows import article_of, columns_for

_DELIMITERS = "\t,;|"
_SAMPLE = 100_000  # bytes that an encoding is guessed from
_GDELT = {58: "events (1.0)", 61: "events (2.0)", 27: "GKG", 16: "mentions"}  # columns of tables without a header


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The article of each row below the header."""
    csv.field_size_limit(min(sys.maxsize, 2 * options.max_characters))  # the reader refuses what is longer than a text
    notes: list[Noted] = []
    lines = _lines(stream, where, notes)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise ReadError("the file is empty")
    delimiter = max(_DELIMITERS, key=first.count)
    _refuse_gdelt(first, delimiter)
    rows = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        names = next(rows)
        columns = columns_for(names, options.columns)
        for values in rows:
            yield from notes
            notes.clear()
            if values:
                yield _read(dict(zip(names, values, strict=False)), f"{where}:{rows.line_num}", options, columns)
    except csv.Error as error:
        raise ReadError(f"the table breaks at line {rows.line_num} ({error})") from error


def _read(row: dict[str, str], where: str, options: Options, columns: dict[str, str]) -> Item:
    try:
        return article_of(row, where, options, columns)
    except ArticleError as error:
        return Skipped(where, error.what)


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


def _refuse_gdelt(first: str, delimiter: str) -> None:
    """Tables of GDELT have no header, and tell of articles only where they are."""
    count = first.count("\t") + 1
    if delimiter == "\t" and count in _GDELT and first.split("\t")[0].replace("-", "").isdigit():
        raise ReadError(
            f"this looks like a table of GDELT ({_GDELT[count]}), which gives addresses of articles and no text; "
            "nothing is fetched"
        )
