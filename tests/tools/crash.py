"""Kill whoever writes to a store, again and again, and see that nothing is lost, doubled or half done.

    python -m tests.tools.crash                            # two hundred rounds, with all that was seen at the end
    python -m tests.tools.crash --rounds 10 --seed 7       # the same seed kills at the same steps again
    python -m tests.tools.crash --writers 2 --seconds 60   # nobody is killed: two write and one reads at once

In a round a program of its own works off a plan (`tests.lifecycle.plan`) on a new store: articles are put, corrected,
read anew and forgotten, decisions are made and undone. It says each step before it begins and again once it is kept. At
a random step it is killed with SIGKILL. Then the store must be sound by SQLite's own check, and hold what the kept
steps leave, with or without the one that had begun. Another program goes on from there and is killed too. After the
third kill the plan is finished, and every form of export must have the same bytes as from a new store of what remains.
In every twentieth round it is `kg ingest`, `kg recode` or `kg forget` that is killed (`tests.tools.crash_commands`).
"""

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, cycle
from pathlib import Path

from kg.errors import KgError
from kg.store import Store
from tests.lifecycle import BrokenError, Remains, exports, fresh, held, plan
from tests.tools.crash_commands import kill_command, prepare
from tests.tools.crowd import crowd

ROOT = Path(__file__).parents[2]
STEPS = 40  # of a plan
SIZE = 30_000  # letters of an article, so that much is written with it
KILLS = 3  # of a round
LATEST = 0.004  # seconds from a step's beginning to the kill: twice as long as most steps take
COMMANDS = 20  # one round in so many kills a command


def main() -> int:
    """Kill, or let some write at once; the exit status is 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="any; it is printed")
    parser.add_argument("--writers", type=int, default=0, help="let so many write at once instead")
    parser.add_argument("--seconds", type=float, default=60, help="for so long")
    given = parser.parse_args()
    _say(f"seed {given.seed}\n")
    begun = time.monotonic()
    try:
        seen = crowd(given.writers, given.seconds) if given.writers else kill_often(given.rounds, given.seed)
    except (BrokenError, KgError) as error:
        _say(f"BROKEN: {error}\n")
        return 1
    counts = ", ".join(f"{count} {name}" for name, count in seen.items())
    _say(f"\nnothing lost, doubled or half done in {time.monotonic() - begun:.0f} s: {counts}\n")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


def kill_often(rounds: int, seed: int) -> Counter[str]:
    """So many rounds; how much was seen in them."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        jobs = cycle(prepare(Path(folder)) if rounds >= COMMANDS else ())
        for number in range(1, rounds + 1):
            place = Path(folder) / str(number)
            place.mkdir()
            if number % COMMANDS:
                seen += kill_round(place, f"{seed}/{number}")
            else:
                seen += kill_command(place, next(jobs), f"{seed}/{number}")
            shutil.rmtree(place)
            seen["rounds"] += 1
            if sys.stdout.isatty():
                _say(f"\r{number} of {rounds}")
    return seen


# --- the one who is killed --------------------------------------------------------------------------------------------


def work(path: str, seed: str, first: int) -> None:
    """Work off a plan from some step on, saying the number of each step when it begins and when it is kept."""
    steps = plan(seed, STEPS, SIZE)
    _say("ready\n")
    with Store.open(path) as store:
        for number in range(first, STEPS):
            _say(f"{number}\n")
            steps[number].on(store)
            _say(f"{number}\n")


# --- the one who kills ------------------------------------------------------------------------------------------------


def kill_round(folder: Path, seed: str) -> Counter[str]:
    """One round; how many kills there were, and what had become of the step that was under way."""
    steps, path, chance, seen = plan(seed, STEPS, SIZE), folder / "graph.kg", random.Random(seed), Counter[str]()
    states = list(accumulate(steps, lambda remains, step: step.after(remains), initial=Remains()))
    done = 0
    for _ in range(KILLS):
        said = _killed(path, seed, done, chance)
        kept, under_way = divmod(len(said), 2)
        found = _position(path, states, done + kept, under_way)
        if found == STEPS:
            seen["kills that came too late"] += 1
            done = found
            break
        seen["kills"] += 1
        if under_way:
            seen["in the middle of a step"] += 1
            seen["of them undone" if found == done + kept else "of them kept"] += 1
        done = found
    with Store.open(path) as store:
        for step in steps[done:]:
            step.on(store)
    if exports(path) != exports(fresh(folder / "fresh.kg", states[-1], seed)):
        raise BrokenError(f"{seed}: the exports differ from those of a new store")
    return seen


def _killed(path: Path, seed: str, first: int, chance: random.Random) -> list[str]:
    """What a worker had said of steps when it was killed."""
    call = f"from tests.tools.crash import work; work({str(path)!r}, {seed!r}, {first})"
    lines = chance.choice((0, *range((STEPS - first) * 2)))
    with subprocess.Popen([sys.executable, "-c", call], cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        said = [worker.stdout.readline() for _ in range(1 + lines)]
        time.sleep(chance.uniform(0, LATEST))
        worker.kill()
        said += worker.stdout.read().splitlines(keepends=True)
    ready, *steps = said
    if worker.returncode not in (-signal.SIGKILL, 0) or ready != "ready\n":
        raise BrokenError(f"{seed}: the worker itself failed")
    return [line for line in steps if line.endswith("\n")]


def _position(path: Path, states: Sequence[Remains], kept: int, under_way: int) -> int:
    """After how many steps the store is as it is found: those that were kept, or one more."""
    with Store.open(path) as store:
        now = held(store)
        if store.counts()["articles"] != len(now.told):
            raise BrokenError(f"{path}: an article is there twice")
    check_sound(path)
    for position in range(kept, kept + under_way + 1):
        if now == states[position]:
            return position
    raise BrokenError(f"{path}: it is not as after step {kept}" + (" or the next" if under_way else ""))


def check_sound(path: Path) -> None:
    """Raise `BrokenError` when SQLite finds anything wrong with a file."""
    connection = sqlite3.connect(path)
    try:
        if (found := connection.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            raise BrokenError(f"{path}: {found}")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
