"""What a store holds, read once and kept beside it; the commands that use it are tested in tests/cli."""

from pathlib import Path

import pytest

from kg.errors import NotFoundError, StoreError
from kg.kept import folder_of
from kg.queries import load_queries
from kg.render import Rows
from kg.store import Store
from kg.stored import known_names, read_engine, read_index, read_store, run_locally, store_state
from tests.factories import filled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with the three invented articles."""
    return filled(tmp_path / "graph.kg")


def test_a_name_leads_to_an_entity_of_the_graph(path: Path) -> None:
    stored = read_store(path)
    assert stored.find("talvik") in stored.graph
    with pytest.raises(NotFoundError, match="Norlund"):
        stored.find("Norlund")


def test_what_is_kept_answers_as_what_was_made(path: Path) -> None:
    query = load_queries()["acts"]
    assert known_names(path) == []  # completion makes no graph

    def answered() -> Rows:
        engine, index = read_engine(path)
        return run_locally(query, {"other": "Estmark"}, engine, index.find)

    made = answered()
    assert list(folder_of(path).iterdir())
    assert answered() == made
    assert made.rows
    assert "Norland" in known_names(path)
    assert read_index(path).find("Norland") == read_store(path).find("Norland")


def test_what_is_kept_goes_with_the_state_of_the_store(path: Path) -> None:
    id, before = store_state(path)
    with Store.open(path) as store:
        store.forget("alder-3")
    assert store_state(path)[0] == id
    assert store_state(path)[1] != before


@pytest.mark.parametrize("read", [read_store, read_engine, read_index, known_names, store_state])
def test_without_a_store_that_is_told(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(StoreError, match="there is no store"):
        read(tmp_path / "none.kg")
