"""What extracts for `ingest`, `extract`, `recode` and `watch`: with which model and data, by how many, and where."""

import gc
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.llm import extractor_name, llm_reader
from kg.cli.reading import Tally
from kg.errors import KgError, SettingsError
from kg.garbage import collector_rests
from kg.stored import Own

if TYPE_CHECKING:
    from kg.model import Article, Extraction
    from kg.settings import Settings
    from loaders.base import Options
    from loaders.cluster import Item
    from loaders.llm import LlmReader
    from loaders.pipeline import Extractor

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
        own = Own.of(given)
        return cls(
            model=given.model.value or None,
            gazetteer=own.actors,
            ontology=own.frames,
            reader=llm_reader(given),
            engine=engine,
            workers=workers,
        )

    def fingerprint(self) -> str:
        """Who reads, known before anything is loaded. Raises `ModelError` or `DataError`."""
        return extractor_name(self.model, self.gazetteer, self.ontology, self.reader)

    def check_data(self) -> None:
        """See whether the user's own actors and frames can be used, before a store is made. Raises `DataError`."""
        from kg.gazetteer_files import load_gazetteer
        from loaders.frame_files import read_frames

        with collector_rests():
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
        for item in tally.readable(_without_surprise(extract_on_cluster(sources, job, self.workers))):
            if isinstance(item, Extraction):
                yield item
            elif isinstance(item, Failed):
                tally.fail(item.article, item.error)


def _without_surprise(items: "Iterable[Item]") -> "Iterator[Item]":
    """Nodes know the store as it was, so an article that it held may have been replaced by an earlier one since."""
    from kg.model import Extraction
    from loaders.base import Held, Skipped

    given: set[str] = set()
    for item in items:
        if isinstance(item, Extraction):
            given.add(item.article.id)
        if isinstance(item, Held) and item.name in given:
            yield Skipped(item.name, "another article of this id came before it; give it by itself, without --engine")
        else:
            yield item


def load_extractor(model: str | None, gazetteer: Path | None, ontology: Path | None) -> "Extractor":
    """What reads articles by the rules."""
    with collector_rests():
        from loaders.pipeline import Extractor

        extractor = Extractor.load(model, gazetteer, ontology)
    gc.freeze()  # what is loaded stays
    return extractor
