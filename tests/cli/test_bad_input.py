"""Bad input: the exit status, and the one line that says what, where and what to do."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ASKING = [
    ("show", "Norland"),
    ("explain", "event/1"),
    ("query", "run", "most-active-pairs"),
    ("export", "g.json"),
    ("view",),
    ("forget", "a"),
    ("history", "a"),
    ("recode",),
    ("push",),
]


def missing(path: Path) -> None:
    path.unlink()


def text(path: Path) -> None:
    path.write_bytes(b"News. " * 200)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def cut_in_its_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")


def folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD_STORES: list[tuple[Callable[[Path], None], str]] = [
    (missing, "there is no store here — ingest something first: kg ingest ARTICLE.txt"),
    (text, "this is no store of kg — name another file"),
    (empty, "the store file is empty"),
    (truncated, "the store is damaged or cut short"),
    (cut_in_its_head, "the store is damaged or cut short"),
    (foreign, "this is another program's SQLite file — name another file"),
    (folder_there, "this is a folder, not a store file"),
]


@pytest.mark.parametrize("command", ASKING, ids=lambda command: command[0])
@pytest.mark.parametrize(("spoil", "message"), BAD_STORES, ids=[spoil.__name__ for spoil, _ in BAD_STORES])
def test_a_store_that_cannot_be_used(
    kg: Run, store: Path, command: tuple[str, ...], spoil: Callable[[Path], None], message: str
) -> None:
    spoil(store)
    result = kg(*command)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: graph.kg: {message}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("show", "Nordland"), "there is no entity 'Nordland' — did you mean Norland?"),
        (("show", ""), "there is no entity '' — give the name as an article has it"),
        (("explain", "event/xyz"), "there is no event or claim 'event/xyz' — `kg show NAME` prints the ids of events"),
        (
            ("export", "graph.xml"),
            "graph.xml: no export has this suffix — name it one of .csv, .parquet",
        ),
        (("export", "no/g.json"), "no/g.json: the file cannot be written: No such file or directory"),
        (("view", "--out", "no/g.html"), "no/g.html: the page cannot be written: No such file or directory"),
        (("view", "--out", "."), ".: the page cannot be written: this is a folder — name a file"),
        (("forget", "nobody"), "graph.kg: there is no article 'nobody'"),
        (("history", "nobody"), "graph.kg: there is no article 'nobody'"),
        (("recode", "nobody"), "graph.kg: there is no article 'nobody'"),
        (("recode", "--model", "none"), "none: the language model cannot be found"),
        (("push",), "Neo4j's password is not given — set KG_NEO4J_PASSWORD"),
        (("status", "--store", "."), ".: this is a folder, not a store file"),
        (
            ("status", "--uri", "bolt://me:hush@there"),
            "option --uri: the address of Neo4j holds a login — leave it out",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(kg: Run, store: Path, command: tuple[str, ...], error: str) -> None:
    result = kg(*command)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: {error}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("uri", "error"),
    [
        ("bolt://127.0.0.1:1", "bolt://127.0.0.1:1: Neo4j does not answer: nothing listens there — start Neo4j"),
        ("http://localhost:7474", "http://localhost:7474: not a Bolt address"),
    ],
)
def test_a_neo4j_that_is_not_there(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch, uri: str, error: str) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", "hush-hush")
    result = kg("push", "--uri", uri)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: {error}")
    assert "hush-hush" not in result.err


def test_a_bad_kg_toml_stops_every_command(kg: Run, store: Path) -> None:
    (store.parent / "kg.toml").write_text("stroe = 1", encoding="utf-8")
    for command in [*ASKING, ("status",), ("doctor",), ("ingest", "-"), ("extract", "-")]:
        result = kg(*command)
        assert (result.status, result.out) == (1, "")
        assert "kg.toml: there is no setting 'stroe' — did you mean store?" in result.err


@pytest.mark.parametrize("command", [("forget", "alder-3"), ("ingest", "-")], ids=lambda command: command[0])
def test_a_store_that_another_program_writes_to(
    kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr("kg.store_file.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = kg(*command, stdin=b"News.")
    assert result.status == 1
    assert (
        result.err
        == "error: graph.kg: another program is writing to the store — wait until it is done, then run this again\n"
    )


def test_an_error_cannot_steer_the_terminal(kg: Run, store: Path) -> None:
    assert "\x1b" not in kg("show", "\x1b[2JNorland").err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_from_which_no_date_can_be_reckoned_is_skipped(kg: Run, day: str) -> None:
    result = kg("ingest", "-", "--published", day, stdin=b"Norland signed.")
    assert result.status == 1
    assert result.err == f"skipped: standard input: published is {day}, and news has years from 1500 to 2999\n"


def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", "query", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "error: reading or writing failed: No space left on device\n")
