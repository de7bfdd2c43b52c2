"""What every reader of articles shares: what it takes, and what it gives."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import BinaryIO, Protocol

from kg.errors import ArticleError, ReadError
from kg.ids import article_id, is_reserved
from kg.model import Article
from loaders.languages import code_of, guess_language, name_of

# Of news; dates are reckoned from the day of publication, so it may not lie at an end of the calendar.
FIRST_YEAR, LAST_YEAR = 1500, 2999
MAX_CHARACTERS = 1_000_000  # what spaCy parses in one piece; the longest news report has a tenth of it
MAX_BYTES = 64 << 20  # of what has to be read in one piece: a page, a mail, a line; a hundred times the longest


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read: where it is (`file`, `file:line`, `file!member`), and why it was not."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that was read, but about which the user should know: where it is, and what to know."""

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an article beside its text."""

    published: datetime.date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """These, and the other's where these say nothing."""
        names = [field.name for field in fields(self)]
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user says of all that is read, and what is known of a page from where it was fetched.

    `metadata` gives way to what a row says in so many words, and wins over what is found in a page. `columns` names
    the column of a field, `kind` the kind of every file, `languages` those that can be read (ISO 639-1). `follow` is
    whether pages are fetched that a file only names; None means those that a fetched feed names. Of a fetched page,
    `charset` is the encoding that the server states, and `otherwise` counts only where the page itself says nothing.
    """

    metadata: Metadata = field(default_factory=Metadata)
    otherwise: Metadata = field(default_factory=Metadata)
    charset: str | None = None
    follow: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    max_characters: int = MAX_CHARACTERS
    languages: frozenset[str] = frozenset({"en"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file inside of another, handed back so that its own kind of reader reads it before the next one is asked for.

    Its kind is `kind`, else what `name` and content tell. `metadata` is what the whole says of it.
    """

    where: str
    stream: BinaryIO
    name: str = ""
    kind: str | None = None
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article of which a file only gives the URL, handed back so that its page is fetched.

    `metadata` is what the file says of it; `summary` is read where the page may not be fetched.
    """

    where: str
    url: str
    metadata: Metadata = field(default_factory=Metadata)
    summary: Part | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An article that the store has, by the URL of its page, which was not fetched, or by its id."""

    name: str


Item = Article | Skipped | Noted | Part | Link
Told = Article | Skipped | Noted | Held  # what comes of everything that was read


class Reader(Protocol):
    """A module's `read`: the articles in a file, and files within it.

    What cannot be read comes as `Skipped`, in its place, and does not end the reading. An error of ours does: it is
    told as what was wrong with the file.
    """

    def __call__(self, stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
        """Read what a stream that comes from `where` holds."""
        ...


def read_whole(stream: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """All bytes of a stream. Raises `ReadError` when there are more than the limit."""
    pieces, left = [], limit
    while left >= 0 and (piece := stream.read(min(left + 1, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    if left < 0:
        raise ReadError(f"it has more than {limit:,} bytes in one piece")
    return b"".join(pieces)


def make_article(
    *, where: str, text: str, metadata: Metadata, options: Options, id: str | None = None
) -> Article | Skipped:
    """An article with an id, made from its content unless it has one; or why it cannot be used."""
    metadata = metadata.over(options.otherwise)
    published = metadata.published
    day = published.isoformat() if published else None
    if len(text) > options.max_characters:
        return Skipped(
            where, f"the text is longer than {options.max_characters:,} characters (--max-chars raises that)"
        )
    if published and not FIRST_YEAR <= published.year <= LAST_YEAR:
        return Skipped(where, f"published is {day}, and news has years from {FIRST_YEAR} to {LAST_YEAR}")
    language = code_of(metadata.language) if metadata.language else guess_language(text)
    if language and language not in options.languages:
        return Skipped(where, _foreign(language, options, guessed=not metadata.language))
    if id and is_reserved(id):
        return Skipped(id, "the id has a form kept for other nodes; give another id")
    url, source, title = metadata.url, metadata.source, metadata.title
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


def _foreign(language: str, options: Options, *, guessed: bool) -> str:
    known = " and ".join(name_of(code) for code in sorted(options.languages))
    told = f"it {'seems to be' if guessed else 'is'} in {name_of(language)}, and the model reads {known}"
    return told + ("; if the guess is wrong, give --language" if guessed else "")
