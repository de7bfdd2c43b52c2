"""A writer killed in mid-work loses nothing that it reported as kept, and leaves no half of anything."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import Store
from tests.factories import TALVIK, article, event, extraction

ROOT = Path(__file__).parents[2]


IDS = 50


def keep_forever(path: str) -> None:
    """Put article after article, from the fiftieth on as corrections, and print each number once it is kept."""
    with Store.open(path) as store:
        for number in range(1_000_000):
            told = article(f"{number} times met Mira Talvik. {'Words. ' * (number % 997)}", id=f"a{number % IDS}")
            store.put(extraction(told, [TALVIK], [event(told, "met", actors=[TALVIK])]))
            print(number, flush=True)  # noqa: T201


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_loses_nothing_kept(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "graph.kg"
    last = _kill_after(random.Random(seed).uniform(0.0, 0.5), path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    with Store.open(path) as store:
        numbers = sorted(int(one.article.text.split()[0]) for one in store.extractions())
        assert numbers[-1] - last in (0, 1)  # one may have been kept, and its line not yet printed
        assert numbers == list(range(numbers[-1] + 1))[-IDS:]  # the newest of each id, and none missing
        assert store.put(extraction(article(id="after"), [TALVIK])) == "added"


def _kill_after(seconds: float, path: Path) -> int:
    """The last number that a writer reported until it was killed, so many seconds after its first."""
    work = f"from tests.integration.test_crash import keep_forever; keep_forever({str(path)!r})"
    with subprocess.Popen([sys.executable, "-c", work], cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        rest = writer.stdout.read()
    assert writer.returncode == -signal.SIGKILL
    *whole_lines, _ = (first + rest).split("\n")
    return int(whole_lines[-1])
