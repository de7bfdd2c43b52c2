"""`kg ingest`: read articles, extract what they say, and keep it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.extraction import EngineOption, ReadingEngine, Setup, WorkersOption
from kg.cli.llm import tell_dropped
from kg.cli.network import make_visitor, may_fetch
from kg.cli.options import (
    GazetteerOption,
    LlmModelOption,
    LlmOption,
    LlmTimeoutOption,
    ModelOption,
    OntologyOption,
    StoreOption,
    StyleOption,
    settings,
)
from kg.cli.output import Style, counted, print_fields, print_json, warn
from kg.cli.progress import progress
from kg.cli.reading import (
    INTERRUPTED,
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
    uninterrupted,
)

if TYPE_CHECKING:
    from kg.model import Article, Extraction
    from kg.store import Store
    from loaders.base import Options
    from loaders.reading import Web

OUTCOMES = ("added", "replaced", "recoded", "unchanged")
EXAMPLE = 'kg ingest report.txt --published 2024-06-20 --source "Example Courier"'


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
    workers: WorkersOption = None,
    engine: EngineOption = ReadingEngine.LOCAL,
    format: StyleOption = Style.TEXT,
    store: StoreOption = None,
) -> None:
    """Read articles and keep what they say.

    Who did what to whom, when, where and on whose word goes into the store, with the sentence that says so. An article
    that the store already holds is left alone, unless an older kg, or one with other settings, has read it: then it is
    recoded. One with a known id or URL and another text replaces its older self, which `kg history` shows. Nothing is
    fetched but a URL that is given, and what a feed there names. What cannot be read is named and skipped. Exit status:
    0 when all was read, 3 when some was skipped, 1 when nothing was read.
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
    path = Path(given.store.value)
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
    status = _ingest_with_progress(sources, options, path, setup, tally, allow_private=allow_private)
    tell_dropped(setup.reader)
    print_report(tally, path, format)
    raise typer.Exit(status)


def _ingest_with_progress(
    sources: Sequence[str], options: "Options", path: Path, setup: Setup, tally: Tally, *, allow_private: bool
) -> int:
    """The exit status; what was kept until the user interrupts stays."""
    try:
        with progress("articles") as advance:
            web = make_visitor(
                allow_private=allow_private,
                held_by=path if may_fetch(sources, options.follow) else None,
                fetched=lambda done: advance("pages", done, None),
            )
            ingest(
                sources=sources,
                options=options,
                web=web,
                path=path,
                setup=setup,
                tally=tally,
                advance=lambda: advance("articles", tally.kept.total(), None),
            )
    except KeyboardInterrupt:
        warn("interrupted: what is counted below is kept, and the same command goes on from there")
        return INTERRUPTED
    return tally.exit_status


def ingest(
    *,
    sources: Sequence[str],
    options: "Options",
    web: "Web",
    path: Path,
    setup: Setup,
    tally: Tally,
    advance: Callable[[], None],
) -> None:
    """Keep what the articles of some sources say, one transaction an article.

    No store is made when nothing can be read or the user's own actors or frames are wrong, and no model is loaded for a
    store that cannot be used, or that has all of it already.
    """
    from kg.store import Store

    if setup.engine is ReadingEngine.RAY:
        setup.check_data()
        with Store.open(path) as store:
            unchanged = store.held_by(setup.fingerprint())
            _keep(setup.extract_on_cluster(sources, options, tally, unchanged), store, tally, advance)
        return
    from loaders.reading import read_articles

    articles = tally.readable(read_articles(sources, options, web=web))
    first = next(articles, None)
    if first is None:
        return
    setup.check_data()
    with Store.open(path) as store:
        new = _unheld(chain([first], articles), store, setup.fingerprint(), tally)
        _keep(setup.extract(new, tally.fail), store, tally, advance)


def _keep(extractions: "Iterable[Extraction]", store: "Store", tally: Tally, advance: Callable[[], None]) -> None:
    for extraction in extractions:
        with uninterrupted():
            _count(extraction, store.put(extraction), tally)
        advance()


def _unheld(articles: "Iterable[Article]", store: "Store", fingerprint: str, tally: Tally) -> "Iterator[Article]":
    """The articles that must be read: not those that this extractor has read before.

    They are asked for ahead of what is kept, so the store is not asked about one whose id or URL came before: whatever
    it has of that one is about to be replaced.
    """
    given: set[str] = set()
    for article in articles:
        names = {name for name in (article.id, article.url) if name}
        if names & given:
            warn(f"note: {article.id}: its id or URL was given before in this batch; the later article replaces it")
        elif store.holds(article, fingerprint):
            tally.kept["unchanged"] += 1
            continue
        given |= names
        yield article


def _count(extraction: "Extraction", outcome: str, tally: Tally) -> None:
    tally.kept[outcome] += 1
    tally.entities |= {entity.id for entity in extraction.entities}
    for name in ("events", "statements", "relations", "mentions"):
        tally.found[name] += len(getattr(extraction, name))


def print_report(tally: Tally, path: Path, format: Style) -> None:
    """Say how many articles were read, what was found in them and what the store made of it."""
    if format is Style.JSON:
        found_all = {"entities": len(tally.entities)} | dict(tally.found)
        kept_all = {name: tally.kept[name] for name in OUTCOMES}
        numbers = {"read": tally.read, "skipped": tally.skipped, "found": found_all, "kept": kept_all}
        print_json(numbers | {"store": str(path)})
        return
    kept = [f"{tally.kept[name]} {name}" for name in OUTCOMES if tally.kept[name]]
    found = [
        counted(len(tally.entities), "entity"),
        *(counted(count, name[:-1]) for name, count in tally.found.items()),
    ]
    print_fields(
        {
            "read": counted(tally.read, "article") + (f", and skipped {tally.skipped}" if tally.skipped else ""),
            "found": ", ".join(found) if tally.found else None,
            "kept": ", ".join(kept) + f" in {path}" if kept else None,
        }
    )
