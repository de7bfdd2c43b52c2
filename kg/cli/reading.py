"""What `ingest` and `extract` share: the options of an article, and telling what was skipped."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import warn
from kg.errors import KgError, RecordError

if TYPE_CHECKING:
    from kg.model import Article
    from loaders.base import Defaults, Skipped
    from loaders.llm import LlmReader
    from loaders.pipeline import Extractor

NOTHING_READ, SKIPPED_SOME = 1, 3  # exit statuses

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE", help="Text or JSON Lines files, folders of them, or - for standard input.", show_default=False
    ),
]
PublishedOption = Annotated[
    datetime.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Day of publication, where an article has none."),
]
SourceOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it, where an article says not.")]
TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Title, of a single article.")]
UrlOption = Annotated[str | None, typer.Option(metavar="URL", help="Address, of a single article.")]


@dataclass(slots=True)
class Tally:
    """What became of the articles of a batch, counted while it is read; `skip` tells at once what is left out."""

    read: int = 0
    skipped: int = 0
    kept: Counter[str] = field(default_factory=Counter)  # added, replaced, unchanged
    found: Counter[str] = field(default_factory=Counter)  # events, statements …
    entities: set[str] = field(default_factory=set)

    def readable(self, items: "Iterable[Article | Skipped]") -> "Iterator[Article]":
        """The articles among what was read."""
        from loaders.base import Skipped

        for item in items:
            if isinstance(item, Skipped):
                self.skip(item.where, item.reason)
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


def load_extractor(
    model: str | None, gazetteer: Path | None, ontology: Path | None, reader: "LlmReader | None"
) -> "Extractor":
    """What reads articles: the rules, or a language model where the user named one."""
    from loaders.pipeline import Extractor

    extractor = Extractor.load(model, gazetteer, ontology)
    return extractor.with_reader(reader) if reader else extractor


def make_defaults(
    published: datetime.datetime | None, source: str | None, title: str | None, url: str | None
) -> "Defaults":
    """What the options say about articles that do not say it themselves."""
    from loaders.base import Defaults

    day = published.date() if published else None
    return Defaults(published=day, source=source or None, title=title or None, url=url or None)
