"""`kg doctor`: whether every part works, a line each, and what to do where one does not."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import typer

from kg.cli.options import (
    DatabaseOption,
    ModelOption,
    StoreOption,
    StyleOption,
    UriOption,
    UserOption,
    settings,
)
from kg.cli.output import Style, counted, line, print_json, say
from kg.cli.stored import connect
from kg.errors import KgError
from kg.settings import PASSWORD, Settings
from kg.stored import Own

EXAMPLE = "kg doctor"
_PYTHONS = ((3, 11), (3, 13))
_OLDEST = (5, 23)  # of Neo4j: `CALL (x) { … }`, in which half of the saved queries are written, came with it


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


_SIGNS = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """How a part is, in words that say what to do."""

    part: str
    state: State
    text: str


def command(
    format: StyleOption = Style.TEXT,
    model: ModelOption = None,
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
) -> None:
    """Check every part, and say what to do.

    Python, language model, store, embedded engine, saved queries and Neo4j, a line each. Exit status 1 when one fails.
    """
    given = settings(store=store, model=model, uri=uri, user=user, database=database)
    findings = []
    for finding in examine(given):
        findings.append(finding)
        if format is Style.TEXT:
            say(f"{_SIGNS[finding.state]} {finding.state:4}  {finding.part:8}  {line(finding.text)}")
    if format is Style.JSON:
        print_json([asdict(finding) for finding in findings])
    raise typer.Exit(1 if any(finding.state is State.FAIL for finding in findings) else 0)


def examine(given: Settings) -> Iterator[Finding]:
    """What each part says of itself; an error of ours is a fault of the part, and the next one is still asked."""
    parts: dict[str, Callable[[], tuple[State, str]]] = {
        "python": _python,
        "model": lambda: _model(given),
        "store": lambda: _store(Path(given.store.value)),
        "engine": _engine,
        "queries": _queries,
        "neo4j": lambda: _neo4j(given),
    }
    for name, check in parts.items():
        try:
            state, text = check()
        except (KgError, ImportError) as error:
            state, text = State.FAIL, str(error)
        yield Finding(name, state, text)


def _python() -> tuple[State, str]:
    here = ".".join(map(str, sys.version_info[:3]))
    if _PYTHONS[0] <= sys.version_info[:2] <= _PYTHONS[1]:
        return State.OK, here
    return State.FAIL, f"{here} — kg needs 3.11 to 3.13"


def _model(given: Settings) -> tuple[State, str]:
    from loaders.pipeline import Extractor

    own = Own.of(given)
    return State.OK, Extractor.load(given.model.value or None, own.actors, own.frames).fingerprint


def _store(path: Path) -> tuple[State, str]:
    from kg.store import Store

    if not path.exists():
        return State.WARN, f"{path}: there is no store yet — kg ingest ARTICLE.txt makes it"
    with Store.open(path, read_only=True) as store:
        articles = sum(1 for _ in store.extractions())  # reads every record, so a damaged one shows
        return State.OK, f"{path}: {counted(articles, 'article')}, all readable"


def _engine() -> tuple[State, str]:
    from importlib.metadata import version

    from kg.engine import Engine
    from kg.graph import build_graph
    from kg.ontology import load_ontology

    rows = Engine.load(build_graph((), load_ontology())).run("RETURN 1 + 1 AS two", {}).rows
    if rows != ((2,),):
        return State.FAIL, f"1 + 1 was {rows} — install kg again"
    return State.OK, f"kglite {version('kglite')} answers"


def _queries() -> tuple[State, str]:
    from kg.queries import load_queries

    return State.OK, f"{len(load_queries())} saved queries, all readable"


def _neo4j(given: Settings) -> tuple[State, str]:
    if not given.neo4j_uri.given and not os.environ.get(PASSWORD):
        return State.OK, f"not configured — set KG_NEO4J_URI and {PASSWORD} to use it"
    if not os.environ.get(PASSWORD):
        return State.WARN, f"{given.neo4j_uri.value}: not asked, as {PASSWORD} is not set"
    with connect(given) as neo4j:
        rows = neo4j.run("CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version", {}).rows
    (name, version), *_ = rows
    found = f"{given.neo4j_uri.value}: {name} {version}"
    if is_too_old(version):
        return State.WARN, f"{found} — saved queries need version {'.'.join(map(str, _OLDEST))} or newer"
    return State.OK, found


def is_too_old(version: str) -> bool:
    """Whether a Neo4j of this version lacks what the saved queries are written in."""
    return tuple(map(int, re.findall(r"\d+", version)[:2])) < _OLDEST
