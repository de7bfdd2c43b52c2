"""What one more article costs in a store of a thousand, ten thousand and a hundred thousand, and in how much memory.

    python -m tests.benchmarks.growth [--sizes 1000 10000 100000] [--rounds 15]

Everything that `kg ingest` does is run, but for the extraction itself: synthetic records stand in for what the language
model and the rules would find, as those never look at the store. The stores take turns, and medians are compared.
Memory is the peak of a process that ingests so many articles at once. Exit status 1 when a ratio is over its bar.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import typer

from kg.cli import ingest
from kg.cli.extraction import Setup
from kg.model import Article, Extraction
from kg.store import Store
from tests.benchmarks.programs import ROOT, say
from tests.benchmarks.records import make_record

SIZES = (1_000, 10_000, 100_000)
BAR, MEMORY_BAR = 1.5, 1.2
FEW, MANY = 500, 5_000  # articles at once, for the memory


class Reader:
    """Stands in for the extractor: of a synthetic article it knows the record."""

    fingerprint = "synthetic"

    def extract(self, articles: Iterable[Article], _failed: object = None) -> Iterator[Extraction]:
        """What each article says."""
        for article in articles:
            yield replace(make_record(int(article.id.rpartition("-")[2])), article=article)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT / "build" if (ROOT / "build").is_dir() else None) as folder:
        if given.peak:
            _ingest(Path(folder) / "graph.kg", range(given.peak))
            say(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            return 0
        stores = {size: _filled(Path(folder) / f"{size}.kg", size) for size in given.sizes}
        times = _measured(stores, given.rounds)
    peaks = {count: _peak(count) for count in (FEW, MANY)}
    ratio = times["one more article"][max(stores)] / times["one more article"][min(stores)]
    memory = peaks[MANY] / peaks[FEW]
    _print_table(times, stores)
    say(f"one more article: {ratio:.2f} × (bar: {BAR})")
    say(f"peak memory: {peaks[FEW]} MB for {FEW} articles, {peaks[MANY]} MB for {MANY}: {memory:.2f} × ({MEMORY_BAR})")
    return int(ratio > BAR or memory > MEMORY_BAR)


def _filled(path: Path, size: int) -> Path:
    start = time.perf_counter()
    _ingest(path, range(size))
    say(f"{size} articles kept in {time.perf_counter() - start:.0f} s: {path.stat().st_size / 1e6:.0f} MB")
    return path


def _measured(stores: dict[int, Path], rounds: int) -> dict[str, dict[int, float]]:
    """Median milliseconds of what is done to each store."""
    times: dict[str, dict[int, list[float]]] = {}
    for number in range(rounds):
        for size, path in stores.items():
            work: dict[str, Callable[[], object]] = {
                "one more article": partial(_ingest, path, [size + number]),
                "the same again": partial(_ingest, path, [size + number]),
                "status": partial(_status, path),
            }
            for name, run in work.items():
                start = time.perf_counter()
                run()
                times.setdefault(name, {}).setdefault(size, []).append((time.perf_counter() - start) * 1e3)
    return {name: {size: statistics.median(row) for size, row in rows.items()} for name, rows in times.items()}


def _ingest(path: Path, numbers: Iterable[int]) -> None:
    """All of `kg ingest` but the extraction, on the articles of some numbers."""
    source = path.with_name("articles.jsonl")
    with source.open("w", encoding="utf-8") as lines:
        for number in numbers:
            article = make_record(number).article
            row = {name: getattr(article, name) for name in Article.__slots__} | {"published": str(article.published)}
            lines.write(json.dumps(row) + "\n")
    reads = patch.object(Setup, "fingerprint", lambda _: Reader.fingerprint)
    extracts = patch.object(Setup, "extract", lambda _, *given: Reader().extract(*given))
    with reads, extracts, redirect_stdout(StringIO()):
        try:
            ingest.command([str(source)], store=str(path))
        except typer.Exit as end:
            if end.exit_code:
                raise


def _status(path: Path) -> None:
    with Store.open(path, read_only=True) as store:
        store.counts()
        store.digest()


def _peak(count: int) -> int:
    """Peak memory in megabytes of a process that ingests so many articles."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.growth", "--peak", str(count)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


def _print_table(times: dict[str, dict[int, float]], stores: dict[int, Path]) -> None:
    say("| milliseconds in a store of |" + "".join(f" {size:,} |" for size in stores))
    say("|---|" + "---:|" * len(stores))
    for name, row in times.items():
        say(f"| {name} |" + "".join(f" {row[size]:.1f} |" for size in stores))


if __name__ == "__main__":
    sys.exit(main())
