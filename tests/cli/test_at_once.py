"""Several programs on one store: writers take turns, readers read on, and all comes out as from one after another."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import TALVIK, article, extraction

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).parents[2]
NEWS = "Norway signed a fisheries agreement with Iceland in Oslo on 3 May 2024. “It is fair,” said the prime minister."


def start(code: str | list[str], folder: Path) -> subprocess.Popen[str]:
    """A program of its own: `kg` with some arguments, or a piece of Python."""
    command = ["-c", code] if isinstance(code, str) else ["-m", "kg.cli", *code]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *command], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end(process: subprocess.Popen[str]) -> str:
    """What a program printed that had no trouble."""
    out, err = process.communicate(timeout=200)
    assert (process.returncode, err) == (0, "")
    return out


def write(path: Path, numbers: range) -> None:
    rows = ({"id": f"a{number:03}", "text": f"{NEWS} ({number})", "published": "2024-05-04"} for number in numbers)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def added(out: str) -> int:
    return int((re.search(r"(\d+) added", out) or ["", "0"])[1])


@pytest.mark.slow
def test_two_ingests_and_readers_at_once(kg: Run, folder: Path) -> None:
    write(folder / "one.jsonl", range(100))
    write(folder / "two.jsonl", range(60, 120))
    first, second = (start(["ingest", f"{name}.jsonl"], folder) for name in ("one", "two"))
    counts = [0]
    while first.poll() is None or second.poll() is None:
        if not (folder / "graph.kg").exists():
            time.sleep(0.05)
            continue
        counts.append(json.loads(end(start(["status", "--format", "json"], folder)))["contents"]["articles"])
        if counts[-1]:
            assert "Norway" in end(start(["show", "Norway"], folder))
            assert "Iceland" in end(start(["query", "run", "most-active-pairs"], folder))
    assert counts == sorted(counts)
    assert any(0 < count < 120 for count in counts)  # somebody has read while others wrote
    assert added(end(first)) + added(end(second)) == 120
    kg("ingest", "two.jsonl", "one.jsonl", "--store", "fresh.kg")
    for store in ("graph.kg", "fresh.kg"):
        kg("export", f"{store}.json", "--store", store)
    assert (folder / "graph.kg.json").read_bytes() == (folder / "fresh.kg.json").read_bytes()


@pytest.mark.slow
def test_forgetting_and_recoding_while_another_ingests(kg: Run, folder: Path) -> None:
    write(folder / "many.jsonl", range(100))
    with Store.open("graph.kg") as store:
        for number in range(40):
            store.put(extraction(article(f"Mira Talvik met {number}.", id=f"old{number}"), [TALVIK]))
    programs = [start(["ingest", "many.jsonl"], folder), start(["recode"], folder)]
    for number in range(0, 40, 4):
        assert end(start(["forget", f"old{number}"], folder)) == f"forgot old{number}\n"
    assert "100 added" in end(programs[0])
    end(programs[1])
    with Store.open("graph.kg", read_only=True) as store:
        assert store.ids() == sorted(
            [f"a{number:03}" for number in range(100)] + [f"old{number}" for number in range(40) if number % 4]
        )
        assert {one.extractor for one in store.extractions()} != {"test"}
        assert len({one.extractor for one in store.extractions()}) == 1


def test_programs_that_make_the_store_at_once_have_one(folder: Path) -> None:
    code = """if True:
        from pathlib import Path
        from kg.store import Store
        while not Path("go").exists():
            pass
        for _ in range(20):
            with Store.open("graph.kg") as store:
                print(store.id)
    """
    programs = [start(code, folder) for _ in range(4)]
    time.sleep(1)  # until all are waiting
    (folder / "go").touch()
    assert len({id for program in programs for id in end(program).split()}) == 1
