"""Several programs at once on one store: one may have to wait, and nothing is lost (`tests.tools.crash --writers 2`).

Each writer numbers its articles, puts the next one, and forgets the one `KEPT` numbers before it. So at every moment
the store holds an unbroken run of its numbers, and readers, who read the whole again and again, must see just that.
Nobody may meet another error than a clear `StoreError`, after which one tries again.
"""

import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import ParamSpec, TypeVar

from kg.cli.stored import read_store
from kg.errors import StoreError
from kg.store import Store
from tests.factories import TALVIK, article, event, extraction
from tests.lifecycle import BrokenError

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).parents[2]
KEPT = 20  # articles of a writer
VISIT = 10  # articles from one opening of the store to the next
START = 0.7  # seconds in which a program has surely been loaded


def crowd(writers: int, seconds: float, openings: int = 25) -> Counter[str]:
    """Let some write and one read for so many seconds, and open many new stores at once; what was seen."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        names = [f"writer{number}" for number in range(writers)]
        for number in range(openings):
            path = Path(folder) / f"new-{number}.kg"
            seen += _together(path, names, 0)
            if _numbers(path) != {name: [0] for name in names}:
                raise BrokenError(f"{path}: not all that was put first is there, but {_numbers(path)}")
            seen["new stores opened at once"] += 1
        path = Path(folder) / "graph.kg"
        _together(path, names, 0)
        seen += _together(path, names, seconds, reader=True)
        if any(len(numbers) > KEPT for numbers in _numbers(path).values()):
            raise BrokenError(f"{path}: not all that was to be forgotten is gone")
    return seen


def _together(path: Path, names: Sequence[str], seconds: float, *, reader: bool = False) -> Counter[str]:
    """Start everybody at one moment; what they have seen."""
    start = time.time() + START
    calls = [f"write({str(path)!r}, {name!r}, {start}, {seconds})" for name in names]
    calls += [f"read({str(path)!r}, {start}, {seconds})"] if reader else []
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", f"from tests.tools.crowd import read, write; {call}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for call in calls
    ]
    seen: Counter[str] = Counter()
    for program in programs:
        said, _ = program.communicate()
        if program.returncode:
            raise BrokenError(said)
        seen.update(said.splitlines())
    return seen


# --- those who work at once -------------------------------------------------------------------------------------------


def write(path: str, name: str, start: float, seconds: float) -> None:
    """Put and forget for so many seconds from a moment on; without any, put one article only."""
    _wait(start)
    for number in count():
        if number % VISIT == 0:
            store = _insist(Store.open, path)
        told = article(f"{number} times met Mira Talvik.", id=f"{name}-{number}")
        _insist(store.put, extraction(told, [TALVIK], [event(told, "met", actors=[TALVIK])]))
        _say("articles put")
        if number >= KEPT:
            _insist(store.forget, f"{name}-{number - KEPT}")
        if number % VISIT == VISIT - 1:
            store.close()
        if time.time() > start + seconds:
            return


def read(path: str, start: float, seconds: float) -> None:
    """Read all for so many seconds from a moment on, and find nothing torn."""
    _wait(start)
    latest: dict[str, int] = {}
    while latest == {} or time.time() < start + seconds:
        numbers = _insist(_numbers, Path(path))
        for name, some in numbers.items():
            if some[-1] < latest.get(name, 0):
                raise BrokenError(f"{name}: {some[-1]} is the last, and {latest[name]} was there before")
            latest[name] = some[-1]
        _say("readings of the whole")


def _wait(moment: float) -> None:
    time.sleep(max(0, moment - time.time()))


def _insist(act: Callable[P, T], *given: P.args, **others: P.kwargs) -> T:
    """Do it, and where the store refuses, say so and do it again."""
    while True:
        try:
            return act(*given, **others)
        except StoreError as error:
            _say(f"times “{error.what}”")


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")


def _numbers(path: Path) -> dict[str, list[int]]:
    """The numbers of each writer's articles in a store; raises `BrokenError` unless they are an unbroken run."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for told in read_store(path).extractions:
        name, _, number = told.article.id.rpartition("-")
        if told.article.text.split()[0] != number or len(told.events) != 1:
            raise BrokenError(f"{told.article.id} is not whole")
        numbers[name].append(int(number))
    for name, some in numbers.items():
        some.sort()
        if some != list(range(some[0], some[-1] + 1)) or len(some) not in (min(some[-1] + 1, KEPT), KEPT + 1):
            raise BrokenError(f"{name}: {some}")
    return dict(numbers)
