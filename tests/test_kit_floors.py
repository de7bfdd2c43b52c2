"""tests/tools/kit_floors.py: what has fallen below its floor is told, and a pin is deliberate."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tools.kit_floors import FLOORS, Fallen, fallen, main, pinned, read_values

DYAD, ENTITY, INVENTED = (f"articles · all · {metric}" for metric in ("dyad F1", "entity F1", "date invented"))
SET = {"at_least": {DYAD: 0.4, ENTITY: 0.75}, "at_most": {INVENTED: 0.1}}


def result(path: Path, **values: float | None) -> Path:
    common = {"task": "articles", "split": "dev", "subset": "all", "n": 9}
    rows = [common | {"metric": metric.replace("_", " "), "value": value} for metric, value in values.items()]
    path.write_text(json.dumps({"measures": rows, "failures": [], "speed": []}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({DYAD: 0.4, ENTITY: 0.9, INVENTED: 0.1}, []),
        ({DYAD: 0.399, ENTITY: 0.9, INVENTED: 0.0}, [Fallen(DYAD, 0.399, 0.4)]),
        ({DYAD: 0.5, ENTITY: 0.9, INVENTED: 0.11}, [Fallen(INVENTED, 0.11, 0.1)]),
        ({DYAD: 0.5, INVENTED: 0.0, "coref · gap · pronoun F1": 0.1}, [Fallen(ENTITY, None, 0.75)]),  # not measured
    ],
)
def test_what_has_fallen(values: dict[str, float], expected: list[Fallen]) -> None:
    assert list(fallen(values, SET)) == expected


@pytest.mark.parametrize(
    ("value", "least", "most"), [(0.29, 0.29, 0.29), (0.2999, 0.29, 0.3), (0.2901, 0.29, 0.3), (0, 0, 0), (1, 1, 1)]
)
def test_a_pin_leaves_room_and_holds(value: float, least: float, most: float) -> None:
    floors = pinned({DYAD: value, INVENTED: value}, SET)
    assert floors == {"at_least": {DYAD: least, ENTITY: 0.75}, "at_most": {INVENTED: most}}  # what has no value stays
    assert list(fallen({DYAD: value, ENTITY: 0.75, INVENTED: value}, floors)) == []


def test_of_several_files_the_last_counts_and_what_has_no_value_is_none(tmp_path: Path) -> None:
    first = result(tmp_path / "a.json", dyad_F1=0.3, entity_F1=0.8)
    assert read_values([first, result(tmp_path / "b.json", dyad_F1=0.4, date_invented=None)]) == {
        DYAD: 0.4,
        ENTITY: 0.8,
    }


def test_the_check_prints_what_fell_and_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors, measured = tmp_path / "floors.json", result(tmp_path / "eval.json", dyad_F1=0.3567, date_invented=0.0)
    floors.write_text(json.dumps(SET), encoding="utf-8")
    assert main([str(measured), "--floors", str(floors)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "measure                     value  floor",
        "articles · all · dyad F1    0.357  0.400",
        "articles · all · entity F1      -  0.750",
    ]


def test_after_a_pin_the_check_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps(SET), encoding="utf-8")
    given = [str(result(tmp_path / "eval.json", dyad_F1=0.3567, entity_F1=0.8, date_invented=0.04))]
    assert main([*given, "--pin", "--floors", str(floors)]) == 0
    assert main([*given, "--floors", str(floors)]) == 0
    assert capsys.readouterr().out.endswith("all 3 floors of the external kit hold\n")
    assert json.loads(floors.read_text()) == {
        "at_least": {DYAD: 0.35, ENTITY: 0.8},
        "at_most": {INVENTED: 0.04},
    }


def test_every_task_of_the_kit_has_floors_that_can_break() -> None:
    floors: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert floors.keys() == {"at_least", "at_most"}
    assert {name.split(" · ")[0] for name in floors["at_least"]} == {
        "articles", "attribution", "coref", "dyads", "dyads-given", "events", "negation", "people", "places",
    }  # fmt: skip
    assert all(0 < floor <= 1 for floor in floors["at_least"].values())
    assert all(0 <= floor < 1 for floor in floors["at_most"].values())
