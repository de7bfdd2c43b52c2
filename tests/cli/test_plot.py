"""`kg plot` on the three invented articles."""

import csv
import io
import json
from pathlib import Path

import pytest

from kg.plot import Caption
from tests.cli.conftest import Run

PICTURES = {
    "timeline": ("timeline", "talvik"),
    "pair": ("pair", "Estmark", "southhaven"),
    "map": ("map",),
    "matrix": ("matrix", "--limit", "3"),
}
every_picture = pytest.mark.parametrize("command", PICTURES.values(), ids=PICTURES)


@every_picture
def test_a_picture_is_written_with_the_same_bytes_again(
    kg: Run, store: Path, folder: Path, command: tuple[str, ...]
) -> None:
    for suffix in ("png", "svg"):
        result = kg("plot", *command, "--out", f"a.{suffix}")
        assert (result.status, result.err) == (0, "")
        assert result.out.startswith(f"wrote a.{suffix}: ")
        kg("plot", *command, "--out", f"b.{suffix}")
        assert (folder / f"a.{suffix}").read_bytes() == (folder / f"b.{suffix}").read_bytes()


@every_picture
def test_the_rows_behind_it_are_printed_instead(kg: Run, store: Path, folder: Path, command: tuple[str, ...]) -> None:
    before = set(folder.iterdir())
    rows = json.loads(kg("plot", *command, "--data", "json").out)
    assert rows
    header = next(csv.reader(io.StringIO(kg("plot", *command, "--data", "csv").out)))
    assert header == list(rows[0])
    assert {path for path in folder.iterdir() if path.suffix in (".png", ".svg")} <= before


@every_picture
def test_the_days_that_were_asked_for_are_told(
    kg: Run, store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    told: list[Caption] = []
    monkeypatch.setattr("kg.plot.write_plot", lambda *given: told.append(given[2]))
    kg("plot", *command, "--since", "2000-01-01", "--until", "2030-01-01")
    kg("plot", *command)
    assert ["; since 2000-01-01 until 2030-01-01" in caption.counted for caption in told] == [True, False]


def test_what_is_left_out_of_the_rows(kg: Run, store: Path) -> None:
    events = json.loads(kg("plot", "timeline", "Estmark", "--limit", "2", "--data", "json").out)
    assert [event["date"] for event in events] == ["2024-09-02", "2025-03-01"]
    since = json.loads(kg("plot", "timeline", "Estmark", "--since", "2025-01-01", "--data", "json").out)
    assert [event["date"] for event in since] == ["2025-03-01"]


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("timeline", "Nordland"), "there is no entity 'Nordland' — did you mean Norland?"),
        (("timeline", "Estmark", "--since", "2030-01-01"), "Timeline of Estmark: there is no event to draw"),
        (("pair", "Mira Talvik", "Southhaven"), "there is no event to draw"),
        (
            ("map", "--since", "soon"),
            "events-by-place: the parameter since takes a day as YYYY-MM-DD (date), not 'soon'",
        ),
        (("map", "--out", "map.jpg"), "map.jpg: no picture has this suffix — name it one of .png, .svg"),
        (("matrix", "--out", "no/matrix.png"), "no/matrix.png: the picture cannot be written"),
    ],
)
def test_errors(kg: Run, store: Path, command: tuple[str, ...], error: str) -> None:
    result = kg("plot", *command)
    assert (result.status, result.out) == (1, "")
    assert error in result.err
    assert result.err.count("\n") == 1
