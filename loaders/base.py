"""What every reader of articles shares: what it takes, and what it gives."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.errors import ArticleError
from kg.ids import article_id
from kg.model import Article

# Of news; dates are reckoned from the day of publication, so it may not lie at an end of the calendar.
FIRST_YEAR, LAST_YEAR = 1500, 2999
MAX_CHARACTERS = 1_000_000  # what spaCy parses in one piece; the longest news report has a tenth of it


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read: where it is (`file` or `file:line`), and why it was not."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for an article that does not say it itself."""

    published: datetime.date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None


class Reader(Protocol):
    """A module's `read`: the articles in a file's lines, which are bytes and keep their line ends.

    What cannot be read comes as `Skipped`, in its place; it never ends the reading.
    """

    def __call__(self, lines: Iterable[bytes], where: str, defaults: Defaults) -> Iterator[Article | Skipped]:
        """Read the articles in lines that come from `where`."""
        ...


def make_article(
    *,
    where: str,
    text: str,
    id: str | None = None,
    published: datetime.date | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Article | Skipped:
    """An article with an id, made from its content unless it has one; or why it cannot be used."""
    day = published.isoformat() if published else None
    if len(text) > MAX_CHARACTERS:
        return Skipped(where, f"the text is longer than {MAX_CHARACTERS:,} characters")
    if published and not FIRST_YEAR <= published.year <= LAST_YEAR:
        return Skipped(where, f"published is {day}, and news has years from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return Article(
            id=id or article_id(url=url, source=source, title=title, published=day, text=text),
            text=text,
            title=title,
            published=published,
            source=source,
            url=url,
            language=language,
        )
    except ArticleError as error:
        return Skipped(where, error.what)
