"""`--gazetteer FILE`: a user's own actors, with the real language model."""

import json
from pathlib import Path

import pytest

from kg.store import Store
from tests.cli.conftest import Run

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("loaded_once")]

TEXT = (
    "The Harrow Circle attacked Wexley on Monday. Moscow condemned the Harrow Circle. Maria Okonjo-Reyes met Joe Biden."
)
OWN: list[dict[str, object]] = [
    {
        "id": "organization/harrow-circle",
        "kind": "Organization",
        "name": "Harrow Circle",
        "sector": "REB",
        "country": "NZL",
    },
    {"id": "person/maria-okonjo-reyes", "kind": "Person", "name": "Maria Okonjo-Reyes", "gender": "female"},
    {"id": "organization/moscow-bureau", "kind": "Organization", "name": "Moscow Bureau", "aliases": ["Moscow"]},
]


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def article(text: str = TEXT) -> bytes:
    return json.dumps({"id": "one", "text": text, "published": "2024-05-08"}).encode()


def entities(out: str) -> dict[str, dict[str, object]]:
    return {entity["id"]: entity for line in out.splitlines() for entity in json.loads(line)["entities"]}


def test_own_actors_win_over_ours(kg: Run, folder: Path) -> None:
    result = kg("extract", "-", "--gazetteer", write(folder / "mine.jsonl", *OWN), stdin=article())
    found = entities(result.out)
    assert (result.status, result.err) == (0, "")
    circle = found["organization/harrow-circle"]
    assert (circle["sector"], circle["country"]) == ("REB", "NZL")
    assert {"person/maria-okonjo-reyes", "organization/moscow-bureau", "person/joe-biden"} <= found.keys()
    assert "Q159" not in found


def test_without_the_option_ours_are_known(kg: Run) -> None:
    found = entities(kg("extract", "-", stdin=article()).out)
    assert "Q159" in found
    assert not {"organization/moscow-bureau"} & found.keys()
    assert "REB" not in {entity["sector"] for entity in found.values()}


def test_the_file_can_be_set_by_environment_and_kg_toml(kg: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "mine.jsonl", *OWN)
    (folder / "kg.toml").write_text('gazetteer = "mine.jsonl"', encoding="utf-8")
    assert "organization/moscow-bureau" in entities(kg("extract", "-", stdin=article()).out)
    assert "mine.jsonl [kg.toml]" in kg("status").out
    monkeypatch.setenv("KG_GAZETTEER", str(write(folder / "other.jsonl")))
    assert "organization/moscow-bureau" not in entities(kg("extract", "-", stdin=article()).out)
    assert "other.jsonl [environment KG_GAZETTEER]" in kg("status").out
    assert "mine.jsonl [option --gazetteer]" in kg("status", "--gazetteer", "mine.jsonl").out


def test_an_article_is_read_again_when_the_own_actors_change(kg: Run, folder: Path) -> None:
    file = write(folder / "mine.jsonl", *OWN)
    assert kg("ingest", "-", stdin=article()).out.splitlines()[-1] == "kept   1 added in graph.kg"
    for kept in ("1 recoded", "1 unchanged"):
        result = kg("ingest", "-", "--gazetteer", file, stdin=article())
        assert result.out.splitlines()[-1].endswith(f"{kept} in graph.kg")
    with Store.open(folder / "graph.kg", read_only=True) as store:
        (held,) = store.extractions()
    assert "organization/moscow-bureau" in {entity.id for entity in held.entities}


def test_show_tells_the_offices_of_own_actors(kg: Run, folder: Path) -> None:
    chief = {"title": "Chief", "role": "leader", "of": "organization/harrow-circle", "from": "2020"}
    write(folder / "chiefs.jsonl", OWN[0], {**OWN[1], "offices": [chief]})
    (folder / "kg.toml").write_text('gazetteer = "chiefs.jsonl"', encoding="utf-8")
    kg("ingest", "-", stdin=article())
    assert "2020 to last known 2025-06-30 Chief, Harrow Circle" in kg("show", "Maria Okonjo-Reyes").out


@pytest.mark.parametrize("command", ["ingest", "extract"])
def test_a_wrong_line_is_named_and_nothing_is_kept(kg: Run, folder: Path, command: str) -> None:
    file = write(folder / "mine.jsonl", OWN[0], {**OWN[1], "colour": "red"})
    result = kg(command, "-", "--gazetteer", file, stdin=article())
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: {file}:2: unknown field colour")
    assert not (folder / "graph.kg").exists()


def test_a_file_that_is_not_there_is_named(kg: Run, folder: Path) -> None:
    result = kg("extract", "-", "--gazetteer", "none.jsonl", stdin=article())
    assert result.status == 1
    assert result.err.startswith("error: none.jsonl: cannot be read")
