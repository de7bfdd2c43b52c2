"""JSON Lines: an article a line, `{"id"?, "text", "title"?, "published"?, "source"?, "url"?, "language"?}`."""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import ArticleError
from kg.model import Article
from loaders.base import Defaults, Skipped, make_article

_BOM = b"\xef\xbb\xbf"


def read(lines: Iterable[bytes], where: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The article of each line; empty lines say nothing. A file without any line that does is skipped."""
    empty = True
    for number, line in enumerate(lines, start=1):
        content = line.removeprefix(_BOM).strip()
        if content:
            empty = False
            yield _read(content, f"{where}:{number}", defaults)
    if empty:
        yield Skipped(where, "the file is empty")


def _read(line: bytes, where: str, defaults: Defaults) -> Article | Skipped:
    try:
        row = _object(line)
        text = row.get("text")
        if not isinstance(text, str):
            raise ArticleError("the line lacks a text" if text is None else "text is not a string")
        return make_article(
            where=where,
            text=text,
            id=_id(row),
            published=_day(row) or defaults.published,
            source=_string(row, "source") or defaults.source,
            title=_string(row, "title") or defaults.title,
            url=_string(row, "url") or defaults.url,
            language=_string(row, "language"),
        )
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


def _id(row: dict[str, Any]) -> str | None:
    id = row.get("id")
    if isinstance(id, int) and not isinstance(id, bool):
        return str(id)
    return _string(row, "id")


def _string(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"{name} is not a string")
    return value or None


def _day(row: dict[str, Any]) -> datetime.date | None:
    """The day of publication as the source wrote it: a time of day and its zone are left out, not converted."""
    value = _string(row, "published")
    try:
        return datetime.datetime.fromisoformat(value.strip()).date() if value else None
    except ValueError as error:
        raise ArticleError(f"published is {value!r}, which is no ISO date such as 2024-06-19") from error
