"""`kg recode`: stored texts are read by the present rules, and what changed is said; with the real language model."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.cli.output import Format
from kg.cli.recode import Report
from kg.model import Article
from kg.store import Store
from tests.cli.conftest import Run
from tests.endpoint import endpoint, says
from tests.factories import article, extraction, small_world

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("model_once")]

ROOT = Path(__file__).parents[2]
TEXTS = {
    "gained": "Norway serenaded Iceland. Chile condemned Peru.",
    "kept": "France criticized Germany on Monday.",
    "lost": "Kenya sued Ghana on Tuesday.",
}
SERENADE = """
[[frames]]
id = "serenade"
type = "SUPPORT"
relation = "SERENADED"
verbs = ["serenade"]
"""
SUED = """
[[frames]]
id = "sue"
type = "COERCE"
relation = "HALED"
verbs = ["sue"]
"""
RELATIONS = (
    '[events.SUPPORT]\nSERENADED = "sang under the window of"\n[events.COERCE]\nHALED = "haled before a court"\n'
)


def lines(texts: dict[str, str]) -> bytes:
    return "".join(
        json.dumps({"id": id, "text": text, "published": "2024-05-08"}) + "\n" for id, text in texts.items()
    ).encode()


@pytest.fixture
def mine(folder: Path) -> Path:
    """A folder of frames that kg lacks."""
    (folder / "mine" / "events").mkdir(parents=True)
    (folder / "mine" / "events" / "own.toml").write_text(SERENADE, encoding="utf-8")
    (folder / "mine" / "relations.toml").write_text(RELATIONS, encoding="utf-8")
    return folder / "mine"


@pytest.fixture
def read(kg: Run, mine: Path) -> Path:
    """A store that the shipped rules have read."""
    assert kg("ingest", "-", stdin=lines(TEXTS)).status == 0
    return mine.parent / "graph.kg"


def told(kg: Run, *options: str) -> dict[str, Any]:
    result = kg("recode", "--format", "json", *options)
    assert (result.status, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    return found


def extractors(path: Path) -> Counter[str]:
    with Store.open(path, read_only=True) as store:
        return Counter(one.extractor for one in store.extractions())


def test_what_this_kg_has_read_is_left_alone_and_no_model_is_loaded(
    kg: Run, read: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.pipeline.Extractor.load", None)
    before = read.read_bytes()
    result = kg("recode")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("recoded  none of 3 articles in graph.kg: this kg has read them")
    assert read.read_bytes() == before


def test_other_rules_say_what_they_gain_and_what_went_with_them(kg: Run, read: Path) -> None:
    found = told(kg, "--ontology", "mine")
    assert found["articles"] == {"read": 3, "changed": 1, "stored": 3}
    assert found["event"] == {"gained": 1, "lost": 0, "changed": 0}
    (event,) = [row for row in found["changes"] if row["kind"] == "event"]
    assert event == {
        "article": "gained",
        "kind": "event",
        "change": "gained",
        "fields": [],
        "sentence": "Norway serenaded Iceland.",
        "old": None,
        "new": "SUPPORT “serenaded” SERENADED: Norway → Iceland; 2024-05-08",
    }
    back = told(kg)  # with the shipped rules again
    assert back["event"] == {"gained": 0, "lost": 1, "changed": 0}
    assert [row["old"] for row in back["changes"] if row["kind"] == "event"] == [event["new"]]


def test_what_is_told_otherwise_is_named(kg: Run, read: Path, mine: Path) -> None:
    (mine / "events" / "own.toml").write_text(SUED, encoding="utf-8")
    found = told(kg, "--ontology", "mine")
    (event,) = [row for row in found["changes"] if row["kind"] == "event"]
    assert (event["article"], event["change"]) == ("lost", "changed")
    assert "type" in event["fields"] or "relation" in event["fields"]
    assert event["old"] != event["new"]


def test_dry_run_says_the_same_and_writes_nothing(kg: Run, read: Path) -> None:
    before = read.read_bytes()
    would = told(kg, "--ontology", "mine", "--dry-run")
    assert read.read_bytes() == before
    assert told(kg, "--ontology", "mine") == {**would, "dryRun": False}


def test_after_it_the_store_is_as_one_that_the_new_rules_have_read(kg: Run, read: Path) -> None:
    kg("recode", "--ontology", "mine")
    kg("ingest", "-", "--ontology", "mine", "--store", "fresh.kg", stdin=lines(TEXTS))
    for store in ("graph.kg", "fresh.kg"):
        kg("export", f"{store}.json", "--store", store)
    assert Path("graph.kg.json").read_bytes() == Path("fresh.kg.json").read_bytes()
    with Store.open("graph.kg") as one, Store.open("fresh.kg") as other:
        assert one.digest() == other.digest()
        assert one.corrected() == 0  # reading anew is no correction


def test_ingest_and_recode_agree_on_what_is_to_be_read(kg: Run, read: Path) -> None:
    again = kg("ingest", "-", "--ontology", "mine", stdin=lines(TEXTS))
    assert again.out.splitlines()[-1] == "kept   3 recoded in graph.kg"
    assert told(kg, "--ontology", "mine")["articles"]["read"] == 0
    assert kg("ingest", "-", "--ontology", "mine", stdin=lines(TEXTS)).out.endswith("3 unchanged in graph.kg\n")


@pytest.mark.parametrize(
    ("options", "read_"), [((), 0), (("kept",), 0), (("--all",), 3), (("--all", "kept", "lost"), 2)]
)
def test_which_articles_are_read(kg: Run, read: Path, options: tuple[str, ...], read_: int) -> None:
    assert told(kg, *options)["articles"] == {"read": read_, "changed": 0, "stored": 3}


def test_named_articles_only(kg: Run, read: Path) -> None:
    assert told(kg, "--ontology", "mine", "kept")["articles"]["read"] == 1
    assert sorted(extractors(read).values()) == [1, 2]


def test_the_formats(kg: Run, read: Path) -> None:
    rows = told(kg, "--ontology", "mine", "--dry-run")["changes"]
    jsonl = kg("recode", "--ontology", "mine", "--dry-run", "--format", "jsonl").out
    assert [json.loads(row) for row in jsonl.splitlines()] == rows
    csv = kg("recode", "--ontology", "mine", "--dry-run", "--format", "csv").out
    assert csv.splitlines()[0] == '"article","kind","change","fields","sentence","old","new"'
    table = kg("recode", "--ontology", "mine", "--limit", "1").out
    assert table.startswith("recoded  3 of 3 articles in graph.kg, 1 changed\nevents   1 gained\n")
    assert "Norway serenaded Iceland." in table
    assert ("others: --format jsonl prints all\n" in table) is (len(rows) > 1)


def test_a_table_has_the_events_first() -> None:
    report = Report(Format.TABLE, limit=3)
    first, second, _ = small_world()
    for one in (first, second):
        report.add(replace(one, entities=(), mentions=(), events=(), statements=(), relations=()), one)
    assert [(row["article"], row["kind"]) for row in report.rows] == [("gazette-1", "event")] * 3
    assert report.counts["event", "gained"] == len(first.events) + len(second.events)


def test_an_unknown_article_stops_before_anything_is_read(kg: Run, read: Path) -> None:
    result = kg("recode", "kept", "keft", "--all")
    assert (result.status, result.out) == (1, "")
    assert result.err == "error: graph.kg: there is no article 'keft' — did you mean kept?\n"


def test_what_cannot_be_read_stays_as_it_was(kg: Run, read: Path) -> None:
    with endpoint(says("I would rather not."), says({"events": []}), says({"events": []})) as stub:
        result = kg("recode", "--llm", stub.url, "--llm-model", "m", "--format", "json")
    assert (result.status, result.err) == (3, "skipped: gained: the model's answer is no JSON\n")
    assert json.loads(result.out)["articles"]["read"] == 2
    assert sorted(extractors(read).values()) == [1, 2]


def test_what_another_program_forgets_meanwhile_stays_forgotten(
    kg: Run, read: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(monkeypatch, lambda other: other.forget("kept"))
    assert told(kg, "--all")["articles"]["read"] == 2
    with Store.open(read, read_only=True) as store:
        assert store.ids() == ["gained", "lost"]


def test_what_another_program_corrects_meanwhile_stays_corrected(
    kg: Run, read: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = extraction(article("Nothing happened.", id="kept"))
    _meanwhile(monkeypatch, lambda other: other.put(newer))
    assert told(kg, "--all")["articles"]["read"] == 2
    with Store.open(read, read_only=True) as store:
        assert store.extraction("kept") == newer


def _meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[Store], object]) -> None:
    """Let another program act as soon as all articles are being read."""
    old = Store.article

    def article(self: Store, id: str) -> Article:
        found = old(self, id)
        if id == "lost":
            with Store.open(self.path) as other:
                act(other)
        return found

    monkeypatch.setattr(Store, "article", article)


def test_stopped_it_goes_on_where_it_was(folder: Path) -> None:
    """Killed without a warning, as by a power cut; what was read before is not read again, and nothing is doubled."""
    text = (
        "Norway signed a fisheries agreement with Iceland in Oslo on 3 May 2024. “It is fair,” said the minister. " * 3
    )
    with Store.open("graph.kg") as store:
        for number in range(120):
            store.put(extraction(article(f"{text}({number})", id=f"a{number:03}")))
    command = [sys.executable, "-m", "kg.cli", "recode", "--format", "jsonl"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while extractors(folder / "graph.kg")["test"] == 120 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    first = process.communicate(timeout=60)[0].decode()
    left = extractors(folder / "graph.kg")["test"]
    assert 0 < left < 120
    done = subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True, text=True)
    again = {json.loads(line)["article"] for line in done.stdout.splitlines()}
    assert len(again) == left
    assert len({json.loads(line)["article"] for line in first.splitlines()[:-1]} & again) == 0
    assert extractors(folder / "graph.kg")["test"] == 0
    with Store.open("graph.kg", read_only=True) as store:
        assert store.counts()["articles"] == 120
        assert {len(one.events) for one in store.extractions()} == {3}


def test_status_says_how_many_are_outdated_and_what_to_run(kg: Run, read: Path) -> None:
    assert "outdated" not in kg("status").out
    advice = "outdated    3, read by an older kg or with other settings; `kg recode` reads them anew\n"
    assert advice in kg("status", "--ontology", "mine").out
    assert json.loads(kg("status", "--ontology", "mine", "--format", "json").out)["contents"]["outdated"] == 3
    assert json.loads(kg("status", "--model", "none", "--format", "json").out)["contents"]["outdated"] is None
