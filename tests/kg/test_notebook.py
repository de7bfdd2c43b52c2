"""kg.open and kg.notebook: the store from Python, read only, with what pandas and a notebook need."""

import datetime
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import kg
from kg.errors import InputError, KgError, NotFoundError, ParameterError, QueryError, StoreError
from kg.graph import build_graph
from kg.notebook import Book
from kg.ontology import load_ontology
from kg.store import Store
from tests.factories import filled, small_world


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the small world, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "KG_GAZETTEER", "KG_ONTOLOGY"):
        monkeypatch.delenv(name, raising=False)
    return filled(tmp_path / "my <b>.kg")


@pytest.fixture
def book(path: Path) -> Book:
    return kg.open(path)


def test_importing_kg_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import kg; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"kg.notebook", "networkx", "pandas", "sqlite3", "kglite"} & set(done.stdout.split())


def test_the_graph_is_that_of_the_store_and_made_once(book: Book) -> None:
    expected = build_graph(small_world(), load_ontology())
    assert dict(book.graph.nodes.items()) == dict(expected.nodes.items())
    assert book.graph is book.graph


def test_looking_changes_nothing(book: Book, path: Path) -> None:
    before = path.read_bytes()
    book.graph.clear()
    book.query("most-active-pairs")
    book.view()
    assert path.read_bytes() == before
    assert len(kg.open(path).graph) > 0


def test_without_a_file_the_store_that_is_set_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(path))
    assert kg.open().path == path
    assert kg.open(str(path)).path == path


def test_names_lead_to_ids(book: Book) -> None:
    assert book.find("talvik") == "person/mira-talvik"
    with pytest.raises(NotFoundError, match="did you mean Norland"):
        book.find("Nordland")


def test_rows_need_no_pandas(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    rows = book.rows("actor-timeline", actor="Talvik", until=datetime.date(2024, 6, 19))
    assert [(row["date"], row["event"]) for row in rows.dicts()] == [
        (datetime.date(2024, 6, 19), "Mira Talvik visited Estmark (2024-06-19)")
    ]
    with pytest.raises(InputError, match=r"pandas is needed .*geopolitical-event-graph\[notebook\]"):
        book.query("actor-timeline", actor="Talvik")


def test_a_query_is_a_frame_with_dates(book: Book) -> None:
    frame = book.query("events-between", actor="Estmark", other="Southhaven", since=None, limit=2)
    assert list(frame["type"]) == ["THREATEN", "SUPPORT"]
    assert frame["date"].dt.year.tolist() == [2024, 2025]
    assert list(book.query("agreements", actor="Mira Talvik").columns) == list(book.query("agreements").columns)


@pytest.mark.parametrize(
    ("query", "parameters", "error"),
    [
        ("no-such-query", {}, NotFoundError),
        ("actor-timeline", {}, ParameterError),
        ("actor-timeline", {"actor": "Talvik", "colour": "red"}, ParameterError),
        ("actor-timeline", {"actor": "Nobody At All"}, NotFoundError),
        ("actor-timeline", {"actor": "Talvik", "limit": 1.5}, ParameterError),
        ("neighbourhood-graph", {"entity": "Estmark"}, QueryError),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_ours(
    book: Book, query: str, parameters: dict[str, str | float], error: type[KgError]
) -> None:
    with pytest.raises(error):
        book.query(query, **parameters)


def test_entities_come_with_counts_the_most_mentioned_first(book: Book) -> None:
    frame = book.entities()
    assert list(frame.columns[:5]) == ["id", "name", "kind", "events", "mentions"]
    assert frame["mentions"].is_monotonic_decreasing
    estmark = frame.set_index("name").loc["Estmark"]
    assert (estmark["kind"], estmark["events"], estmark["latitude"]) == ("Country", 5, 58.5)


def test_events_have_typed_columns(book: Book) -> None:
    frame = book.events()
    assert frame["date"].dropna().is_monotonic_increasing
    assert frame["date"].iloc[0] == pd.Timestamp("1998-01-01")
    assert frame["quad"].sum() == sum(node.get("quad", 0) for node in dict(book.graph.nodes.items()).values())
    assert {"actors", "targets", "sentence"} <= set(frame.columns)


def test_an_event_is_explained_by_its_sentences(book: Book) -> None:
    frame = book.explain("Mira Talvik visited")
    assert frame["sentence"].tolist() == ["President Mira Talvik of Norland visited Estmark on 19 June 2024."]


def test_queries_are_listed(book: Book) -> None:
    frame = book.queries().set_index("name")
    assert frame.loc["actor-timeline", "parameters"] == "actor [since] [until] [limit]"
    assert "neighbourhood-graph" not in frame.index


def test_a_notebook_shows_counts_and_the_page_in_a_frame_of_its_own(book: Book) -> None:
    shown = book._repr_html_()
    assert "<th style='text-align:left'>articles</th><td>3</td>" in shown
    assert "2024-09-03" in shown
    assert "my &lt;b&gt;.kg" in shown
    assert "articles 3" in repr(book)
    frame = book.view()._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts allow-popups"')
    assert frame.count("<") == 2  # the page itself is escaped
    assert "Mira Talvik" in frame


@pytest.mark.parametrize("name", ["none.kg", ""])
def test_no_store_is_an_error_and_makes_none(path: Path, name: str) -> None:
    with pytest.raises(StoreError):
        kg.open(name or None)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_empty_store_gives_empty_frames(path: Path) -> None:
    Store.open(path.with_name("empty.kg")).close()
    book = kg.open(path.with_name("empty.kg"))
    assert [len(frame) for frame in (book.entities(), book.events(), book.query("agreements"))] == [0, 0, 0]
    assert "None" not in book._repr_html_()
