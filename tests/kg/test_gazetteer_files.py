"""Lists of actors are read, and what is wrong in them is named by file and line."""

import datetime
import json
import time
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.gazetteer import winners
from kg.gazetteer_files import load_gazetteer
from kg.resources import data_folder
from tests.kg.test_gazetteer import FOLDER, senses


def test_loading_is_fast() -> None:
    load_gazetteer.cache_clear()
    start = time.process_time()
    load_gazetteer()
    assert time.process_time() - start < 1.0  # about 0.15 s, and to stay below 0.3; the slack is for a loaded machine


def test_sources_name_every_list() -> None:
    text = (data_folder() / "SOURCES.md").read_text(encoding="utf-8")
    assert [path.name for path in FOLDER.glob("*.jsonl") if f"`{path.name}`" not in text] == []


GOOD = {"id": "place/nowhere", "kind": "Place", "name": "Nowhere"}
PERSON = {"id": "person/nobody", "kind": "Person", "name": "Nobody", "gender": "male", "surname": "Nobody"}


def office(**changed: object) -> dict[str, object]:
    return PERSON | {"offices": [{"title": "Mayor", "role": "mayor", "of": "place/nowhere", "from": "2001"} | changed]}


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["nonsense"], 1, "no JSON"),
        (["[]"], 1, 'no record with a "id"'),
        ([{"name": "Nowhere"}], 1, 'no record with a "id"'),
        ([{"id": "place/nowhere", "kind": "Place"}], 1, "lacks 'name'"),
        ([GOOD | {"kind": "Planet"}], 1, "Planet"),
        ([GOOD | {"colour": "red"}], 1, "unknown field colour"),
        ([GOOD | {"country": "Nowhere"}], 1, "alpha-3"),
        ([GOOD | {"latitude": 91}], 1, "degrees"),
        ([GOOD | {"aliases": "Nada"}], 1, "list of texts"),
        ([GOOD | {"aliases": [" "]}], 1, "not empty"),
        ([GOOD | {"member_of": ["place/elsewhere"]}], 1, "place/elsewhere, which no record has"),
        ([GOOD | {"allied_with": [{"of": "place/elsewhere"}]}], 1, "place/elsewhere, which no record has"),
        ([GOOD | {"member_of": "place/nowhere"}], 1, "must be a list"),
        ([GOOD | {"member_of": [{"from": "2001"}]}], 1, "lacks 'of'"),
        ([GOOD | {"member_of": [{"of": "place/nowhere", "from": "soon"}]}], 1, "a day, month or year"),
        ([GOOD | {"member_of": [{"of": "place/nowhere", "from": "2004", "to": "1999"}]}], 1, "before it begins"),
        ([GOOD, GOOD], 2, "comes after"),
        ([GOOD, GOOD | {"id": "place/anywhere"}], 2, "comes after"),
        ([office(of="place/elsewhere"), GOOD], 1, "place/elsewhere, which no record has"),
        ([office(to="1999"), GOOD], 1, "before it begins"),
        ([office(to="soon"), GOOD], 1, "a day, month or year"),
    ],
)
def test_a_wrong_record_is_named_by_file_and_line(tmp_path: Path, lines: list[object], line: int, message: str) -> None:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in lines)
    (tmp_path / "mine.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        load_gazetteer(tmp_path)
    assert caught.value.where == f"{tmp_path / 'mine.jsonl'}:{line}"


def test_the_same_id_in_two_files_is_an_error(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(json.dumps(GOOD), encoding="utf-8")
    with pytest.raises(DataError, match="there already") as caught:
        load_gazetteer(tmp_path)
    assert caught.value.where == f"{tmp_path / 'b.jsonl'}:1"


def test_a_folder_without_lists_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no gazetteer"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize("text", ["maintained_until = soon", "maintained_until = 'soon'", ""])
def test_a_wrong_date_of_maintenance_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "about.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"about\.toml"):
        load_gazetteer(tmp_path)


def test_the_fingerprint_changes_with_the_data(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    before = load_gazetteer(tmp_path).fingerprint
    load_gazetteer.cache_clear()
    file.write_text(json.dumps(GOOD | {"country": "USA"}), encoding="utf-8")
    assert load_gazetteer(tmp_path).fingerprint != before


def own(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_own_entries_come_first_and_replace_by_id(tmp_path: Path) -> None:
    file = own(
        tmp_path,
        "\ufeff" + json.dumps({"id": "place/zenda", "kind": "Place", "name": "Zenda", "aliases": ["Russia", "Paris"]}),
        "",
        {"id": "person/joe-biden", "kind": "Person", "name": "Joe Biden", "aliases": ["Uncle Joe"]},
    )
    gazetteer = load_gazetteer(own=file)
    assert senses(gazetteer, "Russia") == [("Zenda", "alias"), ("Russia", "name")]
    assert senses(gazetteer, "Paris")[0] == ("Zenda", "alias")
    assert [sense.own for sense in gazetteer.lookup("Russia")] == [True, False]
    assert [sense.entry.name for sense in winners(gazetteer.lookup("Russia"))] == ["Zenda"]
    assert [sense.entry.name for sense in winners(gazetteer.lookup("France"))] == ["France"]
    assert gazetteer.entries["person/joe-biden"].offices == ()
    assert gazetteer.holders("Q30", "leader", datetime.date(2022, 1, 1)) == ()
    assert senses(gazetteer, "Uncle Joe") == [("Joe Biden", "alias")]
    assert gazetteer.fingerprint != load_gazetteer().fingerprint


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["nonsense"], 1, "no JSON"),
        ([GOOD, "", GOOD], 3, "there already"),
        ([{"noun": "squire", "kind": "Person"}], 1, 'no record with a "id"'),
        ([GOOD | {"sector": "XYZ"}], 1, "no PLOVER sector XYZ"),
        ([GOOD | {"id": "nowhere"}], 1, 'must be a Wikidata id or such as "place/nowhere"'),
        ([GOOD | {"id": "person/nowhere"}], 1, "must be a Wikidata id"),
        ([GOOD | {"id": "event/nowhere"}], 1, "must be a Wikidata id"),
        ([GOOD | {"id": "place/No Where"}], 1, "must be a Wikidata id"),
        ([GOOD | {"famous": "yes"}], 1, "true or false"),
        ([GOOD | {"surname": 7}], 1, "must be a text"),
        ([GOOD | {"offices": 7}], 1, "int"),
        ([GOOD | {"member_of": ["place/elsewhere"]}], 1, "place/elsewhere, which no record has"),
        ([office(of=["Q30"])], 1, "must be a text"),
        ([office(of="place/elsewhere")], 1, "place/elsewhere, which no record has"),
    ],
)
def test_a_wrong_own_record_is_named_by_file_and_line(
    tmp_path: Path, lines: list[object], line: int, message: str
) -> None:
    file = own(tmp_path, *lines)
    with pytest.raises(DataError, match=message) as caught:
        load_gazetteer(own=file)
    assert caught.value.where == f"{file}:{line}"
