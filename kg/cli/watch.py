"""`kg watch`: read feeds again and again, and keep what is new in them."""

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.extraction import Setup, WorkersOption
from kg.cli.ingest import ingest, print_report
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
    StyleOption,
    settings,
)
from kg.cli.output import Style, warn
from kg.cli.progress import progress
from kg.cli.reading import (
    INTERRUPTED,
    NOTHING_READ,
    SKIPPED_SOME,
    AllowPrivateOption,
    LanguageOption,
    MaxCharsOption,
    SourceOption,
    Tally,
    make_options,
)
from kg.errors import ReadError, StoreError

if TYPE_CHECKING:
    from loaders.base import Options

EXAMPLE = "kg watch feeds.opml --once"
_MEMORY = "feeds"

FeedsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FEEDS", help="OPML files, files with a URL in each line, or URLs of feeds.", show_default=False
    ),
]
EveryOption = Annotated[int, typer.Option(metavar="MINUTES", min=5, help="How often the feeds are read.")]
OnceOption = Annotated[bool, typer.Option("--once", help="Read them once, as for cron, and leave.")]


def command(
    feeds: FeedsArgument,
    every: EveryOption = 30,
    once: OnceOption = False,
    allow_private: AllowPrivateOption = False,
    source: SourceOption = None,
    language: LanguageOption = None,
    max_chars: MaxCharsOption = None,
    model: ModelOption = None,
    gazetteer: GazetteerOption = None,
    ontology: OntologyOption = None,
    llm: LlmOption = None,
    llm_model: LlmModelOption = None,
    llm_timeout: LlmTimeoutOption = None,
    workers: WorkersOption = None,
    format: StyleOption = Style.TEXT,
    store: StoreOption = None,
) -> None:
    """Read feeds again and again, and keep what their new articles say.

    Servers are asked politely: only for what has changed, one page a second at most, as their robots.txt allows, and
    ever less often while they fail. The store remembers what was read, so nothing is fetched twice, after a restart
    either. Ctrl-C ends it. Exit status: 0 when all was read or nothing was new, 3 when something was skipped, 1 when no
    feed could be read.
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
    options = make_options(
        source=source, language=language, kind="feed", max_chars=max_chars, follow=True, model=given.model.value or None
    )
    path, urls, setup = Path(given.store.value), _urls(feeds), Setup.of(given, workers)
    status, going_on = INTERRUPTED, True
    while going_on:
        tally = Tally()
        try:
            status = _read_feeds(urls, options, path, setup, allow_private=allow_private, tally=tally)
        except KeyboardInterrupt:
            warn("interrupted: what is counted below is kept, and the same command goes on from there")
            once, status = True, INTERRUPTED
        except StoreError as error:  # such as one that another program writes to; the next round may do better
            if once:
                raise
            warn(f"error: {error}")
            status = NOTHING_READ
        print_report(tally, path, format)
        sys.stdout.flush()  # a log is read while this goes on
        going_on = not once and _wait(every)
    tell_dropped(setup.reader)
    raise typer.Exit(status)


def _urls(feeds: Sequence[str]) -> list[str]:
    """The URLs of the feeds that a user names, each once. Raises `InputError`."""
    from loaders.fetching.feedlist import read_feed_list
    from loaders.reading import is_url
    from loaders.storage import is_storage

    urls = [url for feed in feeds for url in ([feed] if is_url(feed) else read_feed_list(Path(feed)))]
    if stored := next(filter(is_storage, urls), None):
        raise ReadError("a feed is read from the web", where=stored, hint="`kg ingest` reads object storage")
    return list(dict.fromkeys(urls))


def _read_feeds(
    urls: Sequence[str],
    options: "Options",
    path: Path,
    setup: Setup,
    *,
    allow_private: bool,
    tally: Tally,
) -> int:
    """Keep what is new in the feeds, and remember that it was read; the exit status that this deserves."""
    from kg.store import Store
    from loaders.fetching.memory import from_text, to_text
    from loaders.fetching.watcher import Watcher

    with Store.open(path) as store:
        memory = from_text(store.recall(_MEMORY) or "{}")
    with progress("articles") as advance:
        visitor = make_visitor(
            allow_private=allow_private, held_by=path, fetched=lambda done: advance("pages", done, None)
        )
        watcher = Watcher(visitor, memory)
        ingest(
            sources=urls,
            options=options,
            web=watcher,
            path=path,
            setup=setup,
            tally=tally,
            advance=lambda: advance("articles", tally.kept.total(), None),
        )
    with Store.open(path) as store:
        store.remember(_MEMORY, to_text(memory | watcher.round))
    if not watcher.answered:
        return NOTHING_READ
    return SKIPPED_SOME if tally.skipped else 0


def _wait(minutes: int) -> bool:
    """Wait for the next round; False where the user ends it."""
    gc.unfreeze()  # what read this round's articles is loaded anew for the next one, and must not add up
    gc.collect()
    warn(f"the feeds are read again in {minutes} minutes; Ctrl-C ends this")
    try:
        time.sleep(minutes * 60)
    except KeyboardInterrupt:
        return False
    return True
