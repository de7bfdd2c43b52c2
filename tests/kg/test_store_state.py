"""kg.store_state: what a store is known by, without opening its articles; a store itself says the same."""

import sqlite3
from pathlib import Path

import pytest

from kg.decisions import Decision
from kg.errors import StoreError
from kg.store import Store
from kg.store_state import read_state
from tests.factories import filled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "graph.kg")


def test_the_state_is_what_the_store_says(path: Path) -> None:
    states = [read_state(path)]
    with Store.open(path) as store:
        store.decide([Decision("Q1", "Q2", True)])
        states.append((store.id, store.digest()))
    assert read_state(path) == states[1] != states[0]
    with Store.open(path) as store:
        store.undo()
    assert read_state(path) == states[0]


def test_a_store_of_the_first_version_has_no_decisions(path: Path) -> None:
    before = read_state(path)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE decisions")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert read_state(path) == before


def test_without_a_store_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        read_state(tmp_path / "none.kg")
    assert not (tmp_path / "none.kg").exists()


def test_a_damaged_store_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="damaged"):
        read_state(path)
