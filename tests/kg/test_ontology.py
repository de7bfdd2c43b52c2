"""kg.ontology: PLOVER's numbers as published, a closed list of relations, and one clear error for each mistake."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.ontology import load_ontology
from kg.resources import data_folder

# type → quad class, score, CAMEO root; quad of SANCTION and score of ACCUSE as plover.toml explains
TYPES = {
    "AGREE": (1, 2.5, "03"),
    "CONSULT": (1, 2.5, "04"),
    "SUPPORT": (1, 5, "05"),
    "CONCEDE": (1, 4.5, "08"),
    "COOPERATE": (2, 9.5, "06"),
    "AID": (2, 10, "07"),
    "RETREAT": (2, 6.5, "08"),
    "REQUEST": (3, 0, "10"),
    "ACCUSE": (3, -3, "11"),
    "REJECT": (3, -2, "12"),
    "THREATEN": (3, -3.5, "13"),
    "PROTEST": (4, -5, "14"),
    "SANCTION": (4, -6, "16"),
    "MOBILIZE": (4, -5.5, "15"),
    "COERCE": (4, -7, "17"),
    "ASSAULT": (4, -9, "18"),
}
MODES = {
    "CONSULT": "visit 4, third-party 1, multilateral 4, phone 1.5",
    "RETREAT": "withdraw 8, release 6.5, disarm 10, ceasefire 7.5, access 6.5, resign 4.5",
    "REQUEST": "assist 0.5, change -1, yield -1, meet 0",
    "ACCUSE": "disapprove -2, investigate -3.5, allege -3.5",
    "REJECT": "assist -1.5, change -2, yield -2, meet -2",
    "THREATEN": "restrict -3, arrest -3.5, relations -3.5, expel -3.5, violence -3.5, territory -4",
    "PROTEST": "demo -5, strike -5, riot -7, hunger -4.5, boycott -4.5, obstruct -4.5, vandalize -5",
    "SANCTION": "convict -6, withdraw -6, discontinue -6, expel -5.5",
    "MOBILIZE": "troops -6.5, weapons -6.5, police -5.5, militia -6",
    "COERCE": "seize -7, restrict -7, arrest -7, deport -7, withhold -7, cyber -7, censor -6.5, curfew -6.5, "
    "misinformation -6.5, martial-law -7.5",
    "ASSAULT": "beat -7.5, crowd-control -7.5, primitive -8, abduct -8.5, torture -8.5, sexual -8.5, destroy -8.5, "
    "firearms -9, explosives -9, targeted -9.5, suicide-attack -9.5, aerial -9.5, drone -9.5, heavy-weapons -9.5, "
    "unconventional -10",
}


def test_types_have_plovers_quads_and_scores() -> None:
    types = load_ontology().types
    assert {name: (one.quad, one.score, one.cameo_root) for name, one in types.items()} == TYPES
    assert all(name == one.name and one.meaning for name, one in types.items())


@pytest.mark.parametrize("type_", TYPES)
def test_modes_have_plovers_scores(type_: str) -> None:
    rows = [row.rsplit(" ", 1) for row in MODES.get(type_, "").split(", ") if row]
    assert load_ontology().types[type_].modes == {mode: float(score) for mode, score in rows}


def test_recipients_needed() -> None:
    assert {name for name, one in load_ontology().types.items() if one.recipient_needed} == {
        "COOPERATE",
        "AID",
        "SANCTION",
    }


def test_contexts_and_sectors() -> None:
    ontology = load_ontology()
    assert len(ontology.contexts) == 37
    assert {"diplomatic", "cbrn", "illegal_drugs"} <= ontology.contexts
    assert {"GOV", "MIL", "JRN", "IGO"} <= ontology.sectors


@pytest.mark.parametrize(
    ("type_", "mode", "expected"),
    [
        ("CONSULT", "visit", 4),
        ("CONSULT", None, 2.5),
        ("CONSULT", "unknown", 2.5),
        ("AID", None, 10),
        ("REQUEST", "meet", 0),
    ],
)
def test_score(type_: str, mode: str | None, expected: float) -> None:
    assert load_ontology().score(type_, mode) == expected


def test_relations_are_a_closed_list() -> None:
    ontology = load_ontology()
    assert 120 <= len(ontology.relations) <= 250
    assert not ontology.lasting_relations & set(ontology.event_relations)
    assert set(ontology.meanings) == ontology.relations
    assert all(ontology.meanings.values())
    assert all(name == name.upper() and name.replace("_", "").isalpha() for name in ontology.relations)


def test_every_type_has_a_relation_of_its_own() -> None:
    ontology = load_ontology()
    counts = Counter(ontology.event_relations.values())
    assert set(counts) == set(TYPES)
    assert all(ontology.event_relations[one.relation] == name for name, one in ontology.types.items())


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder() / "ontology", tmp_path / "ontology"))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("plover.toml", "contexts = [", "contexts = ", "plover.toml: cannot be read"),
        ("plover.toml", "contexts = [", "context = [", "the ontology lacks or misuses 'contexts'"),
        ("plover.toml", "sectors = [", "sector = [", "the ontology lacks or misuses 'sectors'"),
        ("plover.toml", "quad = 1\n", "", "the ontology lacks or misuses 'quad'"),
        ("plover.toml", "modes = {}", "", "the ontology lacks or misuses 'modes'"),
        ("plover.toml", '"AGREED_WITH"', '"VISITED"', "AGREE has the relation VISITED, which is not listed under it"),
        ("plover.toml", '"AGREED_WITH"', '"NO_SUCH"', "AGREE has the relation NO_SUCH, which is not listed under it"),
        ("relations.toml", "[lasting]", "[lasts]", "the ontology lacks or misuses 'lasting'"),
        ("relations.toml", "[events.AGREE]", "[events.DANCE]", "is listed under DANCE, which is no event type"),
        ("relations.toml", "[lasting]", "[lasting", "relations.toml: cannot be read"),
    ],
)
def test_a_mistake_is_said_with_its_place(folder: Path, file: str, old: str, new: str, words: str) -> None:
    changed(folder / file, old, new)
    with pytest.raises(DataError) as caught:
        load_ontology(folder)
    assert words in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("file", ["plover.toml", "relations.toml"])
def test_a_missing_file_is_said(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(DataError, match=f"{file}: cannot be read"):
        load_ontology(folder)


@pytest.mark.parametrize("text", ["types = 3", "contexts = []\nsectors = []\n[types]\nAGREE = 3", ""])
def test_an_ontology_of_another_form_is_refused(folder: Path, text: str) -> None:
    (folder / "plover.toml").write_text(text)
    with pytest.raises(DataError, match="lacks or misuses"):
        load_ontology(folder)


def test_the_ontology_is_read_once() -> None:
    assert load_ontology() is load_ontology()
