"""`--ontology DIR`: a user's own frames and relationship types, with the real language model."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store
from tests.cli.conftest import Run

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("model_once")]

TEXT = "Norway serenaded Iceland. Chile condemned Peru."
SERENADE = """
[[frames]]
id = "serenade"
type = "SUPPORT"
relation = "SERENADED"
verbs = ["serenade"]
"""
CONDEMN = """
[[frames]]
id = "condemn"
type = "REJECT"
relation = "REJECTED"
verbs = ["condemn"]
"""
RELATIONS = '[events.SUPPORT]\nSERENADED = "sang under the window of"\n'


@pytest.fixture
def own(folder: Path) -> Path:
    """A folder with a frame of a relationship type that kg lacks."""
    (folder / "own" / "events").mkdir(parents=True)
    (folder / "own" / "events" / "music.toml").write_text(SERENADE, encoding="utf-8")
    (folder / "own" / "relations.toml").write_text(RELATIONS, encoding="utf-8")
    return folder / "own"


def article(text: str = TEXT) -> bytes:
    return json.dumps({"id": "one", "text": text, "published": "2024-05-08"}).encode()


def told(out: str) -> list[tuple[str, str, str]]:
    events: list[dict[str, Any]] = json.loads(out)["events"]
    return [(event["type"], event["relation"], event["rule"]) for event in events]


OURS = ("ACCUSE", "CONDEMNED", "condemn/verb")
ADDED = ("SUPPORT", "SERENADED", "serenade/verb")


def test_own_frames_are_added_to_ours(kg: Run, own: Path) -> None:
    result = kg("extract", "-", "--ontology", own, stdin=article())
    assert (result.status, result.err, told(result.out)) == (0, "", [ADDED, OURS])
    assert told(kg("extract", "-", stdin=article()).out) == [OURS]


def test_a_frame_of_the_same_id_takes_the_place_of_ours(kg: Run, own: Path) -> None:
    (own / "events" / "other.toml").write_text(CONDEMN, encoding="utf-8")
    found = told(kg("extract", "-", "--ontology", own, stdin=article()).out)
    assert found == [ADDED, ("REJECT", "REJECTED", "condemn/verb")]


def test_a_folder_may_hold_frames_alone_or_relations_alone(kg: Run, own: Path) -> None:
    (own / "events" / "music.toml").unlink()
    assert told(kg("extract", "-", "--ontology", own, stdin=article()).out) == [OURS]
    (own / "relations.toml").unlink()
    (own / "events" / "other.toml").write_text(CONDEMN, encoding="utf-8")
    found = told(kg("extract", "-", "--ontology", own, stdin=article()).out)
    assert found == [("REJECT", "REJECTED", "condemn/verb")]


def test_the_folder_can_be_set_by_environment_and_kg_toml(
    kg: Run, own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "kg.toml").write_text('ontology = "own"', encoding="utf-8")
    assert ADDED in told(kg("extract", "-", stdin=article()).out)
    assert "own [kg.toml]" in kg("status").out
    (folder / "none").mkdir()
    monkeypatch.setenv("KG_ONTOLOGY", "none")
    assert told(kg("extract", "-", stdin=article()).out) == [OURS]
    assert "none [environment KG_ONTOLOGY]" in kg("status").out
    assert "own [option --ontology]" in kg("status", "--ontology", "own").out


def test_an_article_is_read_again_when_the_own_frames_change(kg: Run, own: Path, folder: Path) -> None:
    assert kg("ingest", "-", stdin=article()).out.splitlines()[-1] == "kept   1 added in graph.kg"
    for kept in ("1 recoded", "1 unchanged"):
        result = kg("ingest", "-", "--ontology", own, stdin=article())
        assert result.out.splitlines()[-1].endswith(f"{kept} in graph.kg")
    (own / "events" / "music.toml").write_text(SERENADE.replace("serenade", "applaud"), encoding="utf-8")
    kg("ingest", "-", "--ontology", own, stdin=article())
    with Store.open(folder / "graph.kg", read_only=True) as store:
        (held,) = store.extractions()
    assert [event.rule for event in held.events] == ["condemn/verb"]


def test_the_graph_has_own_relationships_where_the_folder_is_set(kg: Run, own: Path, folder: Path) -> None:
    kg("ingest", "-", "--ontology", own, stdin=article())
    (folder / "kg.toml").write_text('ontology = "own"', encoding="utf-8")
    assert "SERENADED Iceland" in kg("show", "Norway").out
    (folder / "kg.toml").unlink()
    assert "SUPPORTED Iceland" in kg("show", "Norway").out  # without the folder, by the plainest one of the type


@pytest.mark.parametrize("command", ["ingest", "extract"])
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("events/music.toml", "relation =", "relations =", "music.toml:2: serenade: unknown field relations"),
        ("events/music.toml", '"SERENADED"', '"SANG"', "music.toml:2: serenade: SUPPORT/SANG is not in the ontology"),
        ("events/music.toml", '["serenade"]', '"hum"', "serenade: \"verbs\" must be a list of texts, not 'hum'"),
        ("events/music.toml", "[[frames]]", "[[frames]", "music.toml: cannot be read: "),
        ("relations.toml", "SERENADED =", '"sang to" =', "relations.toml: sang to = "),
        ("relations.toml", "[events.SUPPORT]", "[events.DANCE]", "relations.toml: SERENADED is listed under DANCE"),
        ("relations.toml", "[events.SUPPORT]", "[more]", "relations.toml: is of another form"),
        ("relations.toml", "SERENADED", "LEADS", "relations.toml: LEADS cannot both last and be an event"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(
    kg: Run, own: Path, folder: Path, command: str, file: str, old: str, new: str, message: str
) -> None:
    text = (own / file).read_text(encoding="utf-8")
    assert old in text
    (own / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    result = kg(command, "-", "--ontology", "own", stdin=article())
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: own/{file.rpartition('/')[0]}"), result.err
    assert message in result.err
    assert not (folder / "graph.kg").exists()


def test_a_folder_that_is_not_there_is_named(kg: Run) -> None:
    result = kg("extract", "-", "--ontology", "none", stdin=article())
    assert result.status == 1
    assert result.err.startswith("error: none: there is no such folder")
