import json
from pathlib import Path

import pytest

from kg.cli.doctor import is_too_old
from tests.cli.conftest import Run

pytestmark = [pytest.mark.timeout(120), pytest.mark.usefixtures("loaded_once")]


def examined(kg: Run, *options: str) -> tuple[int, dict[str, tuple[str, str]]]:
    result = kg("doctor", "--format", "json", *options)
    return result.status, {row["part"]: (row["state"], row["text"]) for row in json.loads(result.out)}


def test_every_part_gets_a_line(kg: Run, store: Path) -> None:
    result = kg("doctor")
    assert [line.split()[:3] for line in result.out.splitlines()] == [
        ["✓", "ok", part] for part in ("python", "model", "store", "engine", "queries", "neo4j")
    ]
    assert (result.status, result.err) == (0, "")


def test_a_store_that_is_not_there_yet_is_a_hint(kg: Run, folder: Path) -> None:
    status, parts = examined(kg)
    assert status == 0
    assert parts["store"] == ("warn", "graph.kg: there is no store yet — kg ingest ARTICLE.txt makes it")


def test_a_fault_does_not_hide_the_next_one(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", "hush-hush")
    store.write_bytes(store.read_bytes()[:5000])
    status, parts = examined(kg, "--uri", "bolt://127.0.0.1:1", "--model", "no_such_model")
    assert status == 1
    assert {part for part, (state, _) in parts.items() if state == "fail"} == {"model", "store", "neo4j"}
    assert "no_such_model" in parts["model"][1]
    assert "nothing listens there" in parts["neo4j"][1]


def test_neo4j_without_a_password_is_not_asked(kg: Run, store: Path) -> None:
    _, parts = examined(kg, "--uri", "bolt://127.0.0.1:1")
    assert parts["neo4j"] == ("warn", "bolt://127.0.0.1:1: not asked, as KG_NEO4J_PASSWORD is not set")


@pytest.mark.parametrize(
    ("version", "old"),
    [("4.4.40", True), ("5.9.0", True), ("5.22.0", True), ("5.23.0", False), ("5.26.30", False), ("2025.01.0", False),
     ("5.27-aura", False)],
)  # fmt: skip
def test_a_neo4j_that_is_too_old_for_the_saved_queries(version: str, old: bool) -> None:
    assert is_too_old(version) == old
