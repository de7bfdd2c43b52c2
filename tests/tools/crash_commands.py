"""Kill `kg ingest`, `kg recode` and `kg forget` in mid-work, and let the same command go on (`tests.tools.crash`).

What they should come to is first made by commands that nobody kills. A killed one must leave each article as it was
before or as it is to be after, and nothing else; the same command then finishes, and every export has the same bytes.
"""

import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import Extraction
from kg.store import Store
from tests import synthetic
from tests.lifecycle import BrokenError, exports

ROOT = Path(__file__).parents[2]
ARTICLES = 30
# Somebody of one's own, with whom the rules read the articles otherwise: what `kg recode` finds to change.
_OWN = {"id": "person/mira-talvik-of-norland", "kind": "Person", "name": "Mira Talvik", "country": "NOR"}
MOMENT = 0.02  # seconds
START = 0.8  # seconds in which a command that needs no language model is surely done


@dataclass(frozen=True, slots=True)
class Job:
    """A command, the store that it begins with, if any, and the one that it should leave."""

    arguments: tuple[str, ...]
    before: Path | None
    after: Path


def prepare(folder: Path) -> list[Job]:
    """Let each command do its work once, undisturbed."""
    articles, own = folder / "articles.jsonl", folder / "own.jsonl"
    texts = {f"article-{n:02}": synthetic.extraction(synthetic.by_chance(n)).article.text for n in range(ARTICLES)}
    rows = ({"id": id, "text": text, "published": "2024-06-20"} for id, text in texts.items())
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    own.write_text(json.dumps(_OWN) + "\n", encoding="utf-8")
    read, recoded, forgotten = (folder / f"{name}.kg" for name in ("read", "recoded", "forgotten"))
    jobs = [
        Job(("ingest", str(articles)), None, read),
        Job(("recode", "--gazetteer", str(own)), read, recoded),
        Job(("forget", *list(texts)[::2]), read, forgotten),
    ]
    for job in jobs:
        if job.before:
            shutil.copy(job.before, job.after)
        _finish(job, job.after)
    return jobs


def kill_command(folder: Path, job: Job, seed: str) -> Counter[str]:
    """One round; whether the command was killed with a part of its work done."""
    path, chance = folder / "graph.kg", random.Random(seed)
    if job.before:
        shutil.copy(job.before, path)
    before, after = told(job.before) if job.before else {}, told(job.after)
    changes = {id: after.get(id) for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
    _kill(job, path, changes, chance)
    found = told(path)
    if wrong := [id for id in found if found[id] not in (before.get(id), after.get(id))]:
        raise BrokenError(f"{seed}: {wrong[0]} is neither as it was nor as it is to be")
    if lost := before.keys() & after.keys() - found.keys():
        raise BrokenError(f"{seed}: {min(lost)} is lost")
    if found != after:
        _finish(job, path)
    if told(path) != after or exports(path) != exports(job.after):
        raise BrokenError(f"{seed}: after a second {job.arguments[0]} it is not as after one alone")
    return Counter({"commands killed": 1, "of them with a part of the work done": found not in (before, after)})


def told(path: Path) -> dict[str, Extraction]:
    """What each article of a store says; nothing where there is no store yet."""
    if not path.exists() or not path.stat().st_size:
        return {}
    with Store.open(path) as store:
        return {one.article.id: one for one in store.extractions()}


def _finish(job: Job, path: Path) -> None:
    run = subprocess.run(_command(job, path), cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BrokenError(f"kg {job.arguments[0]}: {run.stdout}{run.stderr}")


def _kill(job: Job, path: Path, changes: Mapping[str, Extraction | None], chance: random.Random) -> None:
    """Start a command, and kill it after so many of its transactions and a moment more; one forgets all in one."""
    enough = 0 if job.arguments[0] == "forget" else chance.randrange(len(changes))
    with subprocess.Popen(
        _command(job, path), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as command:
        while command.poll() is None and sum(told(path).get(id) == new for id, new in changes.items()) < enough:
            time.sleep(MOMENT)
        time.sleep(chance.uniform(0, MOMENT if enough else START))
        command.kill()


def _command(job: Job, path: Path) -> list[str]:
    return [sys.executable, "-m", "kg.cli", *job.arguments, "--store", str(path)]
