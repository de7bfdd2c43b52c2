import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.query import read_parameters
from kg.kept import folder_of
from kg.queries import load_queries
from tests.cli.conftest import Run
from tests.writing import WORDS_HERE, WRITING

TIMELINE = ("query", "run", "actor-timeline", "--param", "actor=Mira Talvik")


def test_list_names_every_query_with_its_parameters(kg: Run) -> None:
    rows = json.loads(kg("query", "list", "--format", "json").out)
    assert {row["name"] for row in rows} == set(load_queries())
    assert {"group", "name", "title", "parameters", "engine"} == set(rows[0])
    (timeline,) = (row for row in rows if row["name"] == "actor-timeline")
    assert timeline["parameters"] == "actor [since] [until] [limit]"


@pytest.mark.parametrize("name", sorted(load_queries()))
def test_show_prints_what_it_takes_and_its_cypher(kg: Run, name: str) -> None:
    query, shown = load_queries()[name], kg("query", "show", name)
    assert shown.status == 0
    assert shown.out.endswith(f"\n\n{query.text.rstrip()}\n")
    assert all(parameter.doc in shown.out for parameter in query.parameters)
    assert f"kg query run {name}" in shown.out
    assert json.loads(kg("query", "show", name, "--format", "json").out)["text"] == query.text


def test_run_finds_the_entity_by_any_name_and_prints_its_rows(kg: Run, store: Path) -> None:
    result = kg(*TIMELINE[:-1], "actor=talvik", "--format", "json")
    rows = json.loads(result.out)
    assert result.status == 0
    assert [(row["date"], row["role"], row["others"]) for row in rows] == [
        ("2024-06-19", "actor", ["Estmark"]),
        ("2024-06-20", "actor", ["Oskar Brandt"]),
    ]


@pytest.mark.parametrize(("given", "noted"), [((), True), (("--param", "limit=1"), False)])
def test_a_limit_that_nobody_gave_is_told(
    kg: Run, store: Path, tmp_path: Path, given: tuple[str, ...], noted: bool
) -> None:
    file = tmp_path / "one.cypher"
    head = "// One\n// description: One.\n// param: limit integer = 1 -- How many\n// returns: name\n"
    file.write_text(f"{head}MATCH (e:Event) RETURN e.name AS name ORDER BY name LIMIT $limit\n")
    told = kg("query", "run", str(file), *given, "--format", "csv").err
    assert told == (
        "note: the limit of 1 is reached, so more may be left out; --param limit=N raises it\n" if noted else ""
    )


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ((), [("Oskar Brandt", "dated"), ("Mira Talvik", "last known 2024-03-31")]),  # by the day of the last article
        (("--param", "asOf=latest"), [("Oskar Brandt", "dated"), ("Mira Talvik", "last known 2024-03-31")]),
        (("--param", "asOf=2020-05-05"), [("Mira Talvik", "dated")]),
        (("--param", "asOf=2010-05-05"), []),
    ],
)
def test_offices_are_those_of_a_day(kg: Run, store: Path, given: tuple[str, ...], rows: list[tuple[str, str]]) -> None:
    out = kg("query", "run", "offices", *given, "--format", "json").out
    assert [(row["holder"], row["known"]) for row in json.loads(out)] == rows


def test_every_format_has_the_same_rows(kg: Run, store: Path) -> None:
    out = {name: kg(*TIMELINE, "--format", name).out for name in ("table", "json", "jsonl", "csv")}
    rows = json.loads(out["json"])
    assert [json.loads(line) for line in out["jsonl"].splitlines()] == rows
    assert [row["eventId"] for row in csv.DictReader(io.StringIO(out["csv"]))] == [row["eventId"] for row in rows]
    assert all(row["eventId"] in out["table"] and row["sentence"] in out["table"] for row in rows)


def test_a_query_in_a_file_of_ones_own_is_run(kg: Run, store: Path, folder: Path) -> None:
    head = "// People\n// description: All of them.\n// returns: name\n"
    (folder / "own.cypher").write_text(head + "MATCH (p:Person) RETURN p.name AS name ORDER BY name", encoding="utf-8")
    assert kg("query", "run", "own.cypher", "--format", "csv").out.splitlines() == [
        '"name"', '"Mira Talvik"', '"Oskar Brandt"',
    ]  # fmt: skip


def test_a_query_may_change_the_graph_only_with_leave_and_never_the_store(kg: Run, store: Path, folder: Path) -> None:
    head = "// Strike out\n// description: Removes all.\n// returns: gone\n"
    (folder / "out.cypher").write_text(head + "MATCH (n:Person) DETACH DELETE n RETURN 1 AS gone", encoding="utf-8")
    refused = kg("query", "run", "out.cypher")
    assert (refused.status, refused.err) == (
        1, "error: the query would change the graph — queries only read, unless told to write\n",
    )  # fmt: skip
    assert kg("query", "run", "out.cypher", "--write").status == 0
    assert len(json.loads(kg(*TIMELINE, "--format", "json").out)) == 2


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("actor-timelime",), "there is no query 'actor-timelime' — did you mean actor-timeline?"),
        (("xyzzy",), "there is no query 'xyzzy' — `kg query list` lists them"),
        (("own.cypher",), "own.cypher: the query cannot be read: No such file or directory"),
        (
            ("actor-timeline",),
            "actor-timeline: the parameter actor (entity: Name, alias or id of the actor) is missing — "
            'for example actor="North Korea"',
        ),
        (
            ("actor-timeline", "-p", "actr=Norland"),
            "actor-timeline: there is no parameter actr — did you mean actor?",
        ),
        (
            ("actor-timeline", "-p", "actor=Norland", "-p", "since=June"),
            "actor-timeline: the parameter since takes a day as YYYY-MM-DD (date), not 'June' — "
            "for example since=2024-06-19",
        ),
        (
            ("actor-timeline", "-p", "actor=Norland", "-p", "limit=many"),
            "actor-timeline: the parameter limit takes a whole number (integer), not 'many' — for example limit=20",
        ),
        (
            ("actor-timeline", "-p", "actor"),
            "'actor' is not NAME=VALUE — for example --param actor=\"North Korea\"",
        ),
        (
            ("actor-timeline", "-p", "actor=Norland", "-p", "actor=Estmark"),
            "the parameter actor is given twice",
        ),
        (
            ("actor-timeline", "-p", "actor=Nordland"),
            "there is no entity 'Nordland' — did you mean Norland?",
        ),
        (
            ("neighbourhood-graph", "-p", "entity=Norland"),
            "neighbourhood-graph: the query draws in Neo4j and cannot run locally — add --on neo4j",
        ),
        (
            ("actor-timeline", "-p", "actor=Norland", "--on", "neo4j"),
            "Neo4j's password is not given — set KG_NEO4J_PASSWORD",
        ),
    ],
)
def test_what_cannot_be_run_is_one_line(kg: Run, store: Path, arguments: tuple[str, ...], error: str) -> None:
    result = kg("query", "run", *arguments)
    assert (result.status, result.out) == (1, "")
    assert result.err == f"error: {error}\n"


def test_a_wrong_format_is_a_usage_error(kg: Run) -> None:
    result = kg("query", "list", "--format", "xml")
    assert result.status == 2
    assert "'xml' is not one of 'table', 'json', 'jsonl', 'csv'" in result.err


def test_a_value_may_hold_an_equals_sign() -> None:
    assert read_parameters(["words=a=b", "empty="]) == {"words": "a=b", "empty": ""}


# --- what is kept beside the store

EVENTS = "// Events\n// description: How many.\n// returns: events\nMATCH (e:Event) RETURN count(e) AS events"


@pytest.fixture
def count(kg: Run, store: Path, folder: Path) -> Callable[..., str]:
    """How many events there are, as a query says it."""
    (folder / "count.cypher").write_text(EVENTS, encoding="utf-8")
    return lambda *more: kg("query", "run", "count.cypher", "--format", "csv", *more).out.splitlines()[-1]


def test_a_second_query_makes_no_graph_and_has_the_same_rows(
    kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kg(*TIMELINE)
    monkeypatch.setattr("kg.stored.read_store", lambda *_: pytest.fail("the graph was made"))
    assert kg(*TIMELINE) == first


def test_a_store_that_has_changed_is_read_anew(kg: Run, store: Path, count: Callable[..., str]) -> None:
    assert [count(), count()] == ["9", "9"]
    assert folder_of(store).exists()
    kg("forget", "alder-3")
    assert not folder_of(store).exists()  # nothing tells of the article any more
    assert [count(), count()] == ["7", "7"]


def test_what_a_query_writes_is_not_kept(count: Callable[..., str], folder: Path) -> None:
    writing = EVENTS.replace("MATCH", "CREATE (:Event {id: 'mine'}) WITH 1 AS one MATCH")
    (folder / "count.cypher").write_text(writing, encoding="utf-8")
    assert [count("--write"), count("--write")] == ["10", "10"]


@pytest.mark.parametrize("name", ["engine", "names"])
def test_a_kept_file_that_is_damaged_is_made_again(count: Callable[..., str], store: Path, name: str) -> None:
    count()
    (kept,) = folder_of(store).glob(f"*.{name}")
    kept.write_bytes(b"?")
    assert count() == "9"
    assert kept.read_bytes() != b"?"


def test_a_file_that_does_more_than_read_is_refused_in_one_line(kg: Run, store: Path) -> None:
    before = store.read_bytes()
    for name, text in WRITING.items():
        Path("stranger.cypher").write_text(f"// A\n// description: B\n// returns: one\n{text}", encoding="utf-8")
        result = kg("query", "run", "stranger.cypher")
        assert name in WORDS_HERE or (result.status, result.out) == (1, ""), name
        assert name in WORDS_HERE or (result.err.startswith("error: ") and result.err.count("\n") == 1), name
    assert store.read_bytes() == before
    assert json.loads(kg(*TIMELINE, "--format", "json").out)
