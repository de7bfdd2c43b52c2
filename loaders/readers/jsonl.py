"""JSON Lines: an article a line, `{"id"?, "text", "title"?, "published"?, "source"?, "url"?, "language"?}`."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import ArticleError
from kg.model import Article
from loaders.base import Item, Options, Skipped
from loaders.rows import article_of

_BOM = b"\xef\xbb\xbf"
_WIDEST = len(rb"\ud83d\ude00")  # bytes of a character, as JSON may write it
_BESIDE = 1 << 20  # bytes of a line beside its text


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The article of each line; empty lines say nothing. A file without any line that does is skipped."""
    empty, limit = True, _WIDEST * options.max_characters + _BESIDE
    for number, line in enumerate(_lines(stream, limit), start=1):
        content = line.removeprefix(_BOM).strip()
        if len(line) > limit:
            empty = False
            yield Skipped(f"{where}:{number}", f"the line has more than {limit:,} bytes")
        elif content:
            empty = False
            yield _read(content, f"{where}:{number}", options)
    if empty:
        yield Skipped(where, "the file is empty")


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines; of one that is too long only the beginning, a byte more than the limit."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)


def _read(line: bytes, where: str, options: Options) -> Article | Skipped:
    try:
        return article_of(_object(line), where, options, options.columns)
    except ArticleError as error:
        return Skipped(where, error.what)


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ArticleError("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it nests too deep or holds a huge number"
        raise ArticleError(f"the line is not JSON ({reason})") from error
    if not isinstance(row, dict):
        raise ArticleError("the line is not a JSON object")
    return row
