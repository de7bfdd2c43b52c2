import json

import pytest

from tests.cli.conftest import Run

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("loaded_once")]


def test_eval_prints_every_measure_with_its_floor_and_holds(kg: Run) -> None:
    from kg.evaluate import load_floors

    result = kg("eval", "--format", "json")
    rows = json.loads(result.out)
    assert (result.status, result.err) == (0, "")
    assert {row["measure"]: row["floor"] for row in rows} == load_floors()
    assert all(row["of"] > 0 and row["state"] == "ok" for row in rows)


def test_eval_below_a_floor_is_a_failure(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.evaluate.load_floors", lambda: {"entity F1": 1.0})
    result = kg("eval", "--format", "jsonl")
    assert result.status == 1
    states = {row["measure"]: row["state"] for row in map(json.loads, result.out.splitlines())}
    assert {measure for measure, state in states.items() if state != "ok"} == {"entity F1"}
