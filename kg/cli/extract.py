"""`kg extract`: print what articles say, and keep nothing."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from kg.cli.extraction import EngineOption, ReadingEngine, Setup, WorkersOption
from kg.cli.llm import tell_dropped
from kg.cli.network import make_visitor
from kg.cli.options import (
    GazetteerOption,
    LlmModelOption,
    LlmOption,
    LlmTimeoutOption,
    ModelOption,
    OntologyOption,
    StoreOption,
    settings,
)
from kg.cli.reading import (
    AllowPrivateOption,
    FollowOption,
    KindOption,
    LanguageOption,
    MapOption,
    MaxCharsOption,
    PublishedOption,
    SourceOption,
    SourcesArgument,
    Tally,
    TitleOption,
    UrlOption,
    make_options,
)
from kg.render import json_text

if TYPE_CHECKING:
    from loaders.base import Options
    from loaders.reading import Web

EXAMPLE = "kg extract articles.jsonl > records.jsonl"

OutOption = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Where the records go, once all are made: a file, or object storage such as s3://…",
    ),
]


def command(
    sources: SourcesArgument,
    out: OutOption = None,
    published: PublishedOption = None,
    source: SourceOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    language: LanguageOption = None,
    kind: KindOption = None,
    map: MapOption = None,
    max_chars: MaxCharsOption = None,
    follow: FollowOption = None,
    allow_private: AllowPrivateOption = False,
    model: ModelOption = None,
    gazetteer: GazetteerOption = None,
    ontology: OntologyOption = None,
    llm: LlmOption = None,
    llm_model: LlmModelOption = None,
    llm_timeout: LlmTimeoutOption = None,
    workers: WorkersOption = None,
    engine: EngineOption = ReadingEngine.LOCAL,
    store: StoreOption = None,
) -> None:
    """Print what articles say, and keep nothing.

    The extraction record of each article is a JSON object in a line, in the order of the articles. What cannot be read
    is named on standard error. Exit status: 0 when all was read, 3 when some was skipped, 1 when nothing was read.
    """
    given = settings(
        store=store,
        model=model,
        gazetteer=gazetteer,
        ontology=ontology,
        llm=llm,
        llm_model=llm_model,
        llm_timeout=llm_timeout,
    )
    tally = Tally()
    options = make_options(
        published=published,
        source=source,
        title=title,
        url=url,
        language=language,
        kind=kind,
        columns=map,
        max_chars=max_chars,
        follow=follow,
        model=given.model.value or None,
    )
    setup = Setup.of(given, workers, engine)
    web = make_visitor(allow_private=allow_private)
    with _target(out) as target:
        extract(sources=sources, options=options, web=web, setup=setup, tally=tally, target=target)
        tell_dropped(setup.reader)
        if not tally.read:  # then no empty file takes the place of one with records
            raise typer.Exit(tally.exit_status)
    raise typer.Exit(tally.exit_status)


def extract(
    *, sources: Sequence[str], options: "Options", web: "Web", setup: Setup, tally: Tally, target: TextIO
) -> None:
    """Write a record for every readable article; each is complete and flushed before the next is looked at."""
    from kg.record import to_record
    from loaders.reading import read_articles

    if setup.engine is ReadingEngine.RAY:
        extractions = setup.extract_on_cluster(sources, options, tally)
    else:
        extractions = setup.extract(tally.readable(read_articles(sources, options, web=web)), tally.fail)
    for extraction in extractions:
        target.write(json_text(to_record(extraction)) + "\n")
        target.flush()


@contextmanager
def _target(out: str | None) -> Iterator[TextIO]:
    """Where the records go: standard output, a file that takes its place once it is whole, or object storage."""
    from kg.files import replacing
    from loaders.storage import is_storage, written

    if out is None:
        yield sys.stdout
        return
    with (
        written(out) if is_storage(out) else nullcontext(Path(out)) as path,
        replacing(path, "file of records") as file,
    ):
        yield file
