"""`kg extract`: print what articles say, and keep nothing."""

import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from kg.cli.llm import llm_reader, tell_dropped
from kg.cli.network import make_visitor
from kg.cli.options import (
    GazetteerOption,
    LlmModelOption,
    LlmOption,
    LlmTimeoutOption,
    ModelOption,
    OntologyOption,
    StoreOption,
    own_gazetteer,
    own_ontology,
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
    load_extractor,
    make_options,
)
from kg.render import json_text

if TYPE_CHECKING:
    from loaders.base import Options
    from loaders.llm import LlmReader
    from loaders.reading import Web

EXAMPLE = "kg extract articles.jsonl > records.jsonl"


def command(
    sources: SourcesArgument,
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
    reader = llm_reader(given)
    extract(
        sources=sources,
        options=options,
        web=make_visitor(allow_private=allow_private),
        model=given.model.value or None,
        gazetteer=own_gazetteer(given),
        ontology=own_ontology(given),
        reader=reader,
        tally=tally,
        target=sys.stdout,
    )
    tell_dropped(reader)
    raise typer.Exit(tally.exit_status)


def extract(
    *,
    sources: Sequence[str],
    options: "Options",
    web: "Web",
    model: str | None,
    gazetteer: Path | None,
    ontology: Path | None,
    reader: "LlmReader | None",
    tally: Tally,
    target: TextIO,
) -> None:
    """Write a record for every readable article; each is complete and flushed before the next is looked at."""
    from loaders.reading import read_articles

    articles = tally.readable(read_articles(sources, options, web=web))
    first = next(articles, None)
    if first is None:
        return  # no model is loaded for nothing
    from kg.record import to_record

    extractor = load_extractor(model, gazetteer, ontology, reader)
    for extraction in extractor.extract(chain([first], articles), tally.fail):
        target.write(json_text(to_record(extraction)) + "\n")
        target.flush()
