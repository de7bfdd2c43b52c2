"""What `ingest`, `extract` and `recode` share: the options of an article, and telling what was skipped."""

import datetime
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kg.cli.output import warn
from kg.errors import KgError, RecordError

if TYPE_CHECKING:
    from kg.model import Article
    from loaders.base import Held, Noted, Options, Skipped

T = TypeVar("T")

NOTHING_READ, SKIPPED_SOME, INTERRUPTED = 1, 3, 130  # exit statuses; the last as shells have it

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files (see kg readers), folders of them, URLs, or - for standard input.",
        show_default=False,
    ),
]
PublishedOption = Annotated[
    datetime.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Day of publication, where a row does not say it."),
]
SourceOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who published it, where a row does not say it.")
]
TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Title, of a single article.")]
UrlOption = Annotated[str | None, typer.Option(metavar="URL", help="Address, of a single article.")]
LanguageOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of the articles, instead of a guess.")
]
KindOption = Annotated[
    str | None, typer.Option("--as", metavar="KIND", help="Read every file as this kind, whatever it is called.")
]
MapOption = Annotated[
    str | None, typer.Option("--map", metavar="FIELD=COLUMN,…", help="Which column of a table holds which field.")
]
MaxCharsOption = Annotated[
    int | None,
    typer.Option("--max-chars", metavar="N", min=1, help="Longest text that is read; 1,000,000 if not given."),
]
FollowOption = Annotated[
    bool | None,
    typer.Option(
        "--follow/--no-follow",
        help="Fetch the pages that a feed or list names; without either, those that a feed at a URL does.",
        show_default=False,
    ),
]
AllowPrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
]


@dataclass(slots=True)
class Tally:
    """What became of the articles of a batch, counted while it is read; `skip` tells at once what is left out."""

    read: int = 0
    skipped: int = 0
    kept: Counter[str] = field(default_factory=Counter)  # what the store made of it: added, replaced …
    found: Counter[str] = field(default_factory=Counter)  # events, statements …
    entities: set[str] = field(default_factory=set)

    def readable(self, items: "Iterable[T | Skipped | Noted | Held]") -> "Iterator[T]":
        """The articles among what was read, or what a cluster has made of them."""
        from loaders.base import Held, Noted, Skipped

        for item in items:
            if isinstance(item, Skipped):
                self.skip(item.where, item.reason)
            elif isinstance(item, Noted):
                warn(f"note: {item.where}: {item.what}")
            elif isinstance(item, Held):
                self.read += 1
                self.kept["unchanged"] += 1
            else:
                self.read += 1
                yield item

    def skip(self, where: str, reason: str) -> None:
        """Count and tell what is left out, and why."""
        self.skipped += 1
        warn(f"skipped: {where}: {reason}")

    def fail(self, article: "Article", error: KgError) -> None:
        """Take back an article that was read but of which nothing can be made, and tell why."""
        self.read -= 1
        ours = "it could not be extracted, which is our fault: " if isinstance(error, RecordError) else ""
        self.skip(article.id, f"{ours}{error.what}")

    @property
    def exit_status(self) -> int:
        """0 when all was read, 3 when some was skipped, 1 when nothing was read."""
        if not self.read:
            return NOTHING_READ
        return SKIPPED_SOME if self.skipped else 0


def make_options(
    *,
    published: datetime.datetime | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    columns: str | None = None,
    max_chars: int | None = None,
    follow: bool | None = None,
    model: str | None = None,
) -> "Options":
    """What a command's options say about all that it reads. Raises `InputError`."""
    from loaders.base import MAX_CHARACTERS, Metadata, Options
    from loaders.kinds import kind_named
    from loaders.languages import language_of_model
    from loaders.rows import parse_columns

    day = published.date() if published else None
    return Options(
        metadata=Metadata(
            published=day, source=source or None, title=title or None, url=url or None, language=language or None
        ),
        kind=kind_named(kind).name if kind else None,
        columns=parse_columns(columns or ""),
        max_characters=max_chars or MAX_CHARACTERS,
        follow=follow,
        languages=frozenset({language_of_model(model)} if model else {"en"}),
    )


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until what has been kept is counted too."""
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt
