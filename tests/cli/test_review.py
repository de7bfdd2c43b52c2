"""`kg review`: likely duplicates, what is decided about them, and that every command goes by it."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.cli import review
from kg.cli.review import Answer, ask_all
from kg.model import Kind
from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import article, entity, extraction

LEE, INITIAL, SURNAME = "person/ann-lee", "person/ann-b-lee", "person/lee"


@pytest.fixture
def lees(folder: Path) -> Path:
    """Three articles, each with a spelling of Ann Lee, and one with an organisation."""
    path = folder / "graph.kg"
    names = ["Ann Lee", "Ann B. Lee", "Lee"]
    with Store.open(path) as opened:
        for number, name in enumerate(names):
            opened.put(extraction(article(f"{name} slept.", id=f"a{number}"), [entity(name, country="NLD")]))
        opened.put(extraction(article("Coastal Union.", id="b"), [entity("Coastal Union", Kind.ORGANIZATION)]))
    return path


def pairs(kg: Run) -> list[tuple[str, str]]:
    return [(row["left"], row["right"]) for row in json.loads(kg("review", "--format", "json").out)]


def test_review_lists_likely_duplicates_with_score_and_reasons(kg: Run, lees: Path) -> None:
    first, *others = json.loads(kg("review", "--format", "json").out)
    assert first == {
        "score": 0.8,
        "left": INITIAL,
        "leftName": "Ann B. Lee",
        "right": LEE,
        "rightName": "Ann Lee",
        "reasons": ["“Ann B. Lee” and “Ann Lee” differ by initials or middle names", "both of NLD"],
    }
    assert {tuple(sorted((row["left"], row["right"]))) for row in others} == {(INITIAL, SURNAME), (LEE, SURNAME)}
    assert "differ by initials or middle names; both of NLD" in kg("review").out
    assert len(kg("review", "--limit", "1", "--format", "jsonl").out.splitlines()) == 1


def test_the_same_by_name_or_id(kg: Run, lees: Path) -> None:
    assert kg("review", "--same", "ann lee", INITIAL).out == f"decided: {INITIAL} is the same as {LEE}\n"
    assert kg("review", "--same", INITIAL, LEE).out == f"that was decided before: {INITIAL} is the same as {LEE}\n"
    shown = json.loads(kg("show", INITIAL, "--format", "json").out)
    assert (shown["ids"], len(shown["articles"])) == ([INITIAL, LEE], 2)
    assert shown["takenFor"] == [{"id": INITIAL, "as": LEE, "reason": "decision 1"}]
    assert len(pairs(kg)) == 1


def test_not_the_same_is_not_asked_again(kg: Run, lees: Path) -> None:
    kg("review", "--not-same", LEE, SURNAME)
    assert set(map(frozenset, pairs(kg))) == {frozenset((INITIAL, LEE)), frozenset((INITIAL, SURNAME))}
    kg("review", "--same", LEE, INITIAL)
    assert pairs(kg) == []


def test_undo_takes_back_the_last_decision_and_says_which(kg: Run, lees: Path) -> None:
    before = kg("review", "--format", "json").out
    kg("review", "--same", LEE, INITIAL)
    assert kg("review", "--undo").out == f"undone: {INITIAL} is the same as {LEE}\n"
    assert kg("review", "--format", "json").out == before
    result = kg("review", "--undo")
    assert (result.status, result.err) == (1, "error: graph.kg: there is no decision to take back\n")


def test_decisions_are_listed_in_order(kg: Run, lees: Path) -> None:
    for option in ("--same", "--not-same"):
        kg("review", option, LEE, SURNAME)
    assert json.loads(kg("review", "--list-decisions", "--format", "json").out) == [
        {"number": 1, "decision": "same", "left": LEE, "right": SURNAME, "inForce": False},
        {"number": 2, "decision": "not the same", "left": LEE, "right": SURNAME, "inForce": True},
    ]


def test_a_file_takes_decisions_to_a_colleague(kg: Run, lees: Path, folder: Path) -> None:
    kg("review", "--same", LEE, INITIAL)
    kg("review", "--not-same", LEE, SURNAME)
    assert kg("review", "--export", "team.jsonl").out == "wrote team.jsonl: 2 decisions\n"
    text = (folder / "team.jsonl").read_text(encoding="utf-8")
    assert text.splitlines() == sorted(text.splitlines())
    with Store.open("other.kg"):
        pass
    done = kg("review", "--import", "team.jsonl", "--store", "other.kg")
    assert done.out == "read team.jsonl: 2 decisions, 2 of them new\n"
    assert kg("review", "--import", "team.jsonl").out == "read team.jsonl: 2 decisions, 0 of them new\n"
    kg("review", "--export", "again.jsonl", "--store", "other.kg")
    assert (folder / "again.jsonl").read_text(encoding="utf-8") == text


def test_a_wrong_line_is_named_and_nothing_is_imported(kg: Run, lees: Path, folder: Path) -> None:
    (folder / "team.jsonl").write_text('{"left": "a", "right": "b", "same": true}\n{"left": "a"}\n', encoding="utf-8")
    result = kg("review", "--import", "team.jsonl")
    assert (result.status, result.err[:46]) == (1, "error: team.jsonl:2: the line is no decision —")
    assert json.loads(kg("review", "--list-decisions", "--format", "json").out) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--same", LEE, "Ann Lee"], "are one entity, person/ann-lee"),
        (["--same", LEE, "Zzyzx"], "there is no entity 'Zzyzx'"),
        (["--same", LEE, SURNAME, "--undo"], "give one of --same"),
        (["--import", "none.jsonl"], "none.jsonl: cannot be read"),
        (["--export", "no/where.jsonl"], "no/where.jsonl: the file of decisions cannot be written"),
        (["--undo", "--store", "none.kg"], "there is no store here"),
    ],
)
def test_mistakes_are_said_in_one_line(kg: Run, lees: Path, arguments: list[str], message: str) -> None:
    result = kg("review", *arguments)
    assert (result.status, result.out) == (1, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_contradictory_decisions_are_refused(kg: Run, lees: Path) -> None:
    kg("review", "--same", LEE, INITIAL)
    kg("review", "--same", LEE, SURNAME)
    result = kg("review", "--not-same", INITIAL, SURNAME)
    assert result.status == 1
    assert f"other decisions make {INITIAL} and {SURNAME} the same" in result.err


def test_every_command_goes_by_the_decisions_and_undo_brings_back_the_same_bytes(kg: Run, store: Path) -> None:
    def written() -> list[str]:
        names = ["g.json", "g.graphml", "g.gexf", "g.cypher", "g.plover.jsonl", "g.csv"]
        for name in names:
            kg("export", name)
        kg("view", "--out", "g.html")
        rows = kg("query", "run", "most-active-pairs", "--format", "csv").out
        return [rows, *(Path(name).read_text(encoding="utf-8") for name in [*names, "g.html"])]

    before = written()
    kg("review", "--same", "Brandt", "Talvik")
    after = written()
    assert all("Oskar Brandt" in text for text in before)
    assert all(old != new for old, new in zip(before, after, strict=True))
    brandt = "person/oskar-brandt"
    assert all(f'"{brandt}"' not in text for text in after)
    assert kg("show", "Talvik", "--format", "json").out == kg("show", brandt, "--format", "json").out
    kg("review", "--undo")
    assert written() == before
    kg("review", "--same", "Brandt", "Talvik")
    kg("forget", "alder-3")
    assert json.loads(kg("show", "Talvik", "--format", "json").out)["ids"] == ["person/mira-talvik", brandt]
    assert kg("query", "run", "actor-timeline", "--param", f"actor={brandt}").status == 0


def test_a_decision_about_who_is_gone_is_kept_and_does_nothing(kg: Run, lees: Path) -> None:
    kg("review", "--same", LEE, INITIAL)
    kg("forget", "a1")
    assert json.loads(kg("show", LEE, "--format", "json").out)["ids"] == [LEE]
    assert len(json.loads(kg("review", "--list-decisions", "--format", "json").out)) == 1


# --- asking -------------------------------------------------------------------------------------------------------


def answers(*said: str) -> Iterator[Answer]:
    yield from map(Answer, said)


def asked(path: Path, *said: str) -> list[str]:
    """The decisions that some answers make, in order."""
    given = answers(*said)
    ask_all(path, lambda: next(given))
    assert list(given) == []
    with Store.open(path, read_only=True) as opened:
        return [str(decision) for decision in opened.decisions()]


def test_answers_are_kept_at_once_and_what_follows_is_not_asked(lees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(lees, "s", "n") == [f"{INITIAL} is the same as {LEE}", f"{INITIAL} is not the same as {SURNAME}"]
    out = capsys.readouterr().out
    assert "3 pairs left" in out
    assert "score  0.80\n" in out
    assert out.endswith("no pairs are left to ask about\n")


def test_who_skips_is_asked_about_the_next_and_who_quits_about_none(lees: Path) -> None:
    assert asked(lees, "k", "k", "k") == []
    assert asked(lees, "k", "q") == []
    assert asked(lees, "n", "q") == [f"{INITIAL} is not the same as {LEE}"]


def test_what_is_typed_is_understood_or_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["maybe\n", " S \n", ""])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(readline=lambda: next(typed)))
    assert review._answer() is Answer.SAME
    assert review._answer() is Answer.QUIT
    captured = capsys.readouterr()
    assert captured.out.count("same (s), not the same (n), skip (k), quit (q)? ") == 3
    assert captured.err == "type s, n, k or q\n"
