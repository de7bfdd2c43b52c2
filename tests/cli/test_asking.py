"""`kg show`, `explain`, `status`, `export`, `view` and `forget`, on the three invented articles."""

import json
from pathlib import Path

import pytest

from kg.export import SUFFIXES
from tests.cli.conftest import Run


def test_show_tells_everything_about_somebody(kg: Run, store: Path) -> None:
    found = json.loads(kg("show", "talvik", "--format", "json").out)
    assert (found["id"], found["name"], found["kind"]) == ("person/mira-talvik", "Mira Talvik", "Person")
    assert (found["country"], found["sector"], found["mentions"]) == ("NLD", "GOV", 3)
    assert [article["id"] for article in found["articles"]] == ["gazette-1"]
    assert {(row["relation"], row["direction"], row["other"]) for row in found["relations"]} == {
        ("LEADS", "out", "Norland"),
        ("VISITED", "out", "Estmark"),
        ("MET_WITH", "both", "Oskar Brandt"),
    }
    assert [(event["date"], event["role"]) for event in found["events"]] == [
        ("2024-06-20", "actor"),
        ("2024-06-19", "actor"),
    ]


def test_show_as_text_says_what_is_less_than_asserted(kg: Run, store: Path) -> None:
    lines = kg("show", "Brandt").out.splitlines()
    assert lines[:2] == ["id         person/oskar-brandt", "name       Oskar Brandt"]
    assert any("[planned]" in line for line in lines)
    assert any("[negated]" in line for line in lines)
    assert any("[date of publication]" in line for line in lines)


def test_show_limits_events_and_says_so(kg: Run, store: Path) -> None:
    assert kg("show", "Estmark", "--limit", "2").out.endswith("… and 3 earlier events: --limit 5 shows all\n")


def test_explain_marks_the_trigger_and_names_everybody(kg: Run, store: Path) -> None:
    out = kg("explain", "gazette-1:SUPP").out
    parts = "[actor: Norland] and [actor: Estmark] >>signed<< a fisheries agreement in [place: Port Alder]."
    assert f"sentence        {parts}\n" in out
    assert "                Estmark country/estmark: “Estmark”, a name, characters 78 to 85\n" in out
    assert "places          Port Alder place/port-alder: “Port Alder”, a name, characters 118 to 128\n" in out
    assert "on the word of  the article\n" in out
    assert "reality         affirmed, asserted\n" in out
    assert "date            2024-06-20 (day; only the day of publication)\n" in out
    assert "article         Talvik crosses the strait (gazette-1), characters 66 to 129\n" in out
    assert "rule            test, confidence 0.9\n" in out


@pytest.mark.parametrize("name", ["event", "claim"])
def test_explain_takes_an_event_or_a_claim(kg: Run, store: Path, name: str) -> None:
    (told,) = json.loads(kg("explain", "courier-7:THREATEN", "--format", "json").out)
    id = told["event"]["id"] if name == "event" else told["claim"]
    (same,) = json.loads(kg("explain", id, "--format", "json").out)
    assert same == told
    assert told["attributedTo"] == {"id": "organization/coastal-union", "name": "Coastal Union"}


def test_explain_takes_a_lasting_relation(kg: Run, store: Path) -> None:
    (told,) = json.loads(kg("explain", "gazette-1:LEADS", "--format", "json").out)
    assert (told["event"], told["trigger"]) == (None, None)
    assert told["sentence"] == "President Mira Talvik of Norland"


def test_explain_names_the_choices(kg: Run, store: Path) -> None:
    result = kg("explain", "courier-7")
    assert result.status == 1
    assert result.err.startswith("error: 5 events and claims begin with 'courier-7' — which of courier-7:ACCUSE:")


def test_status_tells_settings_with_origins_and_what_the_store_holds(
    kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", "hush-hush")
    monkeypatch.setenv("KG_MODEL", "my_model")
    (store.parent / "kg.toml").write_text('neo4j_user = "reader"', encoding="utf-8")
    out = kg("status", "--format", "json").out
    told = json.loads(out)
    assert {name: row["origin"] for name, row in told["settings"].items()} == {
        "store": "default",
        "model": "environment KG_MODEL",
        "gazetteer": "default",
        "ontology": "default",
        "llm": "default",
        "llm_model": "default",
        "llm_timeout": "default",
        "neo4j_uri": "default",
        "neo4j_user": "kg.toml",
        "neo4j_database": "default",
        "neo4j_password": "environment KG_NEO4J_PASSWORD",
    }
    assert (told["contents"]["articles"], told["contents"]["events"]) == (3, 9)
    text = kg("status").out
    assert "hush-hush" not in out + text
    assert "events      9, of which one that several articles tell counts in each\n" in text


def test_status_without_a_store_makes_none(kg: Run, folder: Path) -> None:
    result = kg("status", "--store", "none.kg")
    assert result.status == 0
    assert "none.kg [option --store]" in result.out
    assert "there is no store yet" in result.out
    assert not (folder / "none.kg").exists()


@pytest.mark.parametrize(
    "name", ["g.json", "g.jsonld", "g.graphml", "g.gexf", "g.cypher", "g.plover.jsonl", "g.csv", "g.parquet"]
)
def test_export_writes_the_same_bytes_again(kg: Run, store: Path, folder: Path, name: str) -> None:
    suffix = name.removeprefix("g.")
    tables = f", g.nodes.{suffix}, g.edges.{suffix}" if suffix in ("csv", "parquet") else ""
    assert kg("export", name).out == f"wrote {name}{tables} from a graph of 37 nodes and 76 edges\n"
    first = {file.name: file.read_bytes() for file in folder.glob("g.*")}
    kg("export", name)
    assert {file.name: file.read_bytes() for file in folder.glob("g.*")} == first


def test_the_help_of_export_knows_every_form(kg: Run) -> None:
    words = kg("export", "--help").out.split()
    assert [suffix for suffix in SUFFIXES if suffix not in words] == []


def test_view_writes_a_page(kg: Run, store: Path, folder: Path) -> None:
    assert kg("view", "--out", "page.html").status == 0
    assert "Mira Talvik" in (folder / "page.html").read_text(encoding="utf-8")
