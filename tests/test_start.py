"""`kg` answers at once: nothing heavy is imported before a command needs it."""

import resource
import subprocess
import sys
from collections.abc import Sequence

import pytest

KG = (sys.executable, "-m", "kg.cli")
HEAVY = {"spacy", "networkx", "neo4j", "kglite", "rich", "loaders", "sqlite3", "numpy", "matplotlib", "pandas"}
CPU_SECONDS = 0.3


def cpu_seconds(command: Sequence[str]) -> float:
    """CPU time, user and system, that a command takes; it must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_help_takes_less_than_three_tenths_of_a_second_of_cpu() -> None:
    assert min(cpu_seconds([*KG, "--help"]) for _ in range(3)) < CPU_SECONDS


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["ingest", "--help"],
        ["watch", "--help"],
        ["recode", "--help"],
        ["query", "run", "--help"],
        ["--version"],
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"""if True:
        import sys
        from kg.cli import app
        app({arguments!r}, standalone_mode=False)
        print(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
    """
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout
    assert done.stderr == "\n"


def test_a_query_does_not_load_the_language_model() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *KG[1:], "query", "list"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "kg.queries" in done.stderr
    assert not any(f" {name}\n" in done.stderr for name in ("spacy", "neo4j", "kglite", "networkx"))
