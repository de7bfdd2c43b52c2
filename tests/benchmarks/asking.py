"""What a question costs: the first to a store, which makes the graph, and the second, which finds the engine's file.

    python -m tests.benchmarks.asking [--sizes 100 1000 10000] [--rounds 3]

Whole programs, start included, on stores of synthetic records, beside one that only imports the engine. CPU time and
peak memory; medians of the second questions.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from kg.store import Store
from tests.benchmarks.programs import cost, say
from tests.benchmarks.records import make_records

IMPORT = "import kglite; kglite.KnowledgeGraph()"


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=(100, 1_000, 10_000))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    alone = statistics.median(cost(["-c", IMPORT]).cpu for _ in range(given.rounds))
    say(f"importing the engine: {alone:.2f} s of CPU")
    say("| articles | first question | peak | second question | peak |\n|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            path = Path(folder) / f"{size}.kg"
            with Store.open(path) as store:
                for record in make_records(size):
                    store.put(record)
            ask = ["-m", "kg.cli", "query", "run", "most-active-pairs", "--store", str(path)]
            first, *others = (cost(ask) for _ in range(given.rounds + 1))
            second = statistics.median(one.cpu for one in others)
            say(f"| {size:,} | {first.cpu:.1f} s | {first.peak} MB | {second:.2f} s | {others[0].peak} MB |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
