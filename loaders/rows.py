"""An article from a row: which column is which field, and what its values mean."""

import datetime
from collections.abc import Collection, Mapping
from email.utils import parsedate
from typing import Any

from kg.errors import ArticleError, InputError
from kg.model import Article
from loaders.base import Item, Link, Metadata, Options, Skipped, make_article

# What columns are called in the exports of others, the likeliest first.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id"),
    "text": ("text", "body", "content", "fulltext", "full_text", "article_text", "maintext", "article"),
    "title": ("title", "headline"),
    "published": (
        "published", "date", "published_at", "publishedat", "published_date", "publication_date", "date_published",
        "date_publish", "pubdate", "datetime", "seendate",
    ),
    "source": ("source", "publisher", "outlet", "publication", "source_name", "source_domain", "domain", "site"),
    "url": ("url", "link", "article_url", "web_url"),
    "language": ("language", "lang"),
}  # fmt: skip
FIELDS = tuple(_NAMES)
_DAY_FORMATS = ("%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")  # none that reads 5/7 as May or July


def parse_columns(text: str) -> dict[str, str]:
    """The columns in `text=body,published=date`. Raises `InputError`."""
    columns = dict[str, str]()
    for pair in filter(None, text.split(",")):
        field, _, column = (piece.strip() for piece in pair.partition("="))
        if field not in FIELDS or not column:
            raise InputError(f"--map has {pair!r}", hint=f"write FIELD=COLUMN, where FIELD is {', '.join(FIELDS)}")
        columns[field] = column
    return columns


def columns_for(names: Collection[str], given: Mapping[str, str], *, follow: bool = False) -> dict[str, str]:
    """The column of each field: what the user says, else what is usual.

    Raises `ArticleError` when none is the text, nor the address where pages are followed.
    """
    for field, column in given.items():
        if column not in names:
            raise ArticleError(f"there is no column {column!r} for {field} (columns: {_listed(names)})")
    found = {name.strip().lower(): name for name in reversed(list(names))}
    usual = {field: found[name] for field, choice in _NAMES.items() for name in reversed(choice) if name in found}
    columns = usual | dict(given)
    if "text" in columns or (follow and "url" in columns):
        return columns
    if "url" in columns and not given:
        raise ArticleError("it gives only addresses of articles, and no text (--follow fetches them)")
    raise ArticleError(f"no column is known to hold the text (columns: {_listed(names)}); give --map text=COLUMN")


def _listed(names: Collection[str]) -> str:
    shown = [name[:40] for name in list(names)[:20]]
    return ", ".join(shown) + (", …" if len(names) > len(shown) else "")


def item_of(row: Mapping[str, Any], where: str, options: Options, columns: Mapping[str, str]) -> Item:
    """The article of a row, or a link to it where a row has no text and pages are followed."""
    try:
        url = _string(row, columns.get("url", "url"))
        if options.follow and url and not row.get(columns.get("text", "text")):
            return Link(where=where, url=url, metadata=_stated(row, columns))
        return article_of(row, where, options, columns)
    except ArticleError as error:
        return Skipped(where, error.what)


def article_of(row: Mapping[str, Any], where: str, options: Options, columns: Mapping[str, str]) -> Article | Skipped:
    """The article of a row; what it says itself wins over what the user says of all. Raises `ArticleError`."""
    name = columns.get("text", "text")
    text = row.get(name)
    if not isinstance(text, str):
        raise ArticleError(f"the line lacks a {name}" if text is None else f"{name} is not a string")
    metadata, id = _stated(row, columns).over(options.metadata), _id(row, columns.get("id", "id"))
    return make_article(where=where, text=text, id=id, metadata=metadata, options=options)


def _stated(row: Mapping[str, Any], columns: Mapping[str, str]) -> Metadata:
    """What a row says in so many words."""
    names = {field: columns.get(field, field) for field in FIELDS}
    return Metadata(
        published=_day(row, names["published"]),
        source=_string(row, names["source"]),
        title=_string(row, names["title"]),
        url=_string(row, names["url"]),
        language=_string(row, names["language"]),
    )


def _id(row: Mapping[str, Any], name: str) -> str | None:
    id = row.get(name)
    if isinstance(id, int) and not isinstance(id, bool):
        return str(id)
    return _string(row, name)


def _string(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"{name} is not a string")
    return value or None


def _day(row: Mapping[str, Any], name: str) -> datetime.date | None:
    value = row.get(name)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = _string(row, name)
    if text is None or not text.strip():
        return None
    day = read_day(text)
    if day is None:
        raise ArticleError(f"{name} is {text!r}, which is no ISO date such as 2024-06-19")
    return day


def read_day(text: str) -> datetime.date | None:
    """The day as its source wrote it: a time of day and its zone are left out, not converted."""
    text = text.strip()
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        pass
    for format in _DAY_FORMATS:
        try:
            return datetime.datetime.strptime(text, format).date()
        except ValueError:
            continue
    return _mail_day(text)


def _mail_day(text: str) -> datetime.date | None:
    """As in "Wed, 19 Jun 2024 10:00:00 +0000", the date of mails and feeds (RFC 5322)."""
    try:
        parts = parsedate(text)
        return datetime.date(*parts[:3]) if parts else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
