"""What `ingest`, `extract` and `recode` share: the options of an article, and telling what was skipped."""

import datetime
import gc
import signal
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kg.cli.llm import llm_reader
from kg.cli.options import own_gazetteer, own_ontology
from kg.cli.output import warn
from kg.errors import KgError, RecordError, SettingsError

if TYPE_CHECKING:
    from kg.model import Article, Extraction
    from kg.settings import Settings
    from loaders.base import Held, Noted, Options, Skipped
    from loaders.llm import LlmReader
    from loaders.pipeline import Extractor

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
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Read with so many processes; 1, or a cluster's cores."),
]


class ReadingEngine(StrEnum):
    """Where articles are extracted."""

    LOCAL = "local"
    RAY = "ray"


EngineOption = Annotated[
    ReadingEngine, typer.Option("--engine", help="Read on this machine, or on a Ray cluster (see README).")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """With what articles are read: the rules with a model and the user's own data, or a language model; how many."""

    model: str | None
    gazetteer: Path | None
    ontology: Path | None
    reader: "LlmReader | None" = None
    engine: ReadingEngine = ReadingEngine.LOCAL
    workers: int | None = None

    @classmethod
    def of(cls, given: "Settings", workers: int | None = None, engine: ReadingEngine = ReadingEngine.LOCAL) -> "Setup":
        """What the settings say. Raises `SettingsError`."""
        if given.llm.value and (workers not in (None, 1) or engine is not ReadingEngine.LOCAL):
            what = "--workers and --engine are for the rules"
            raise SettingsError(what, where=given.llm.origin, hint="leave them or --llm out")
        return cls(
            model=given.model.value or None,
            gazetteer=own_gazetteer(given),
            ontology=own_ontology(given),
            reader=llm_reader(given),
            engine=engine,
            workers=workers,
        )

    def fingerprint(self) -> str:
        """Who reads, known before anything is loaded. Raises `ModelError` or `DataError`."""
        from loaders.fingerprint import fingerprint

        rules = fingerprint(self.model, self.gazetteer, self.ontology)
        return f"{self.reader.name}; {rules}" if self.reader else rules

    def check_data(self) -> None:
        """See whether the user's own actors and frames can be used, before a store is made. Raises `DataError`."""
        from kg.gazetteer_files import load_gazetteer
        from loaders.frame_files import read_frames

        load_gazetteer(own=self.gazetteer)
        if self.ontology:  # ours are read with the extractor
            read_frames(self.ontology)

    def extract(
        self, articles: "Iterable[Article]", failed: "Callable[[Article, KgError], None]"
    ) -> "Iterator[Extraction]":
        """What each article says, in order; nothing is loaded before there is one."""
        articles = iter(articles)
        first = next(articles, None)
        if first is None:
            return
        load = partial(load_extractor, self.model, self.gazetteer, self.ontology)
        if self.workers in (None, 1):
            extractor = load()
            extractor = extractor.with_reader(self.reader) if self.reader else extractor
            yield from extractor.extract(chain([first], articles), failed)
            return
        from loaders.pool import Pool

        with Pool(load, self.workers or 1) as pool:
            yield from pool.extract(chain([first], articles), failed)

    def extract_on_cluster(
        self, sources: Sequence[str], options: "Options", tally: Tally, unchanged: "Container[Article]" = frozenset()
    ) -> "Iterator[Extraction]":
        """What the articles of some files say, in order, by a Ray cluster; not of those that are unchanged."""
        from kg.model import Extraction
        from loaders.cluster import Failed, Job, extract_on_cluster

        job = Job(
            options=options,
            model=self.model,
            gazetteer=self.gazetteer,
            ontology=self.ontology,
            unchanged=unchanged,
        )
        for item in tally.readable(extract_on_cluster(sources, job, self.workers)):
            if isinstance(item, Extraction):
                yield item
            elif isinstance(item, Failed):
                tally.fail(item.article, item.error)


def load_extractor(model: str | None, gazetteer: Path | None, ontology: Path | None) -> "Extractor":
    """What reads articles by the rules."""
    gc.disable()  # what is loaded stays, so the collector of garbage need not look through it again and again
    try:
        from loaders.pipeline import Extractor

        return Extractor.load(model, gazetteer, ontology)
    finally:
        gc.freeze()
        gc.enable()


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
