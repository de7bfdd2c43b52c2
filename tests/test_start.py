"""`kg` answers at once: nothing heavy is imported before a command needs it."""

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.factories import filled

KG = (sys.executable, "-m", "kg.cli")
HEAVY = {"spacy", "networkx", "neo4j", "kglite", "rich", "loaders", "sqlite3", "numpy", "matplotlib", "pandas"}
CPU_SECONDS = 0.3


def cpu_seconds(command: Sequence[str]) -> float:
    """CPU time, user and system, that a command takes; it must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def imported(*arguments: str) -> set[str]:
    """The modules that have been imported when a command is done; it must succeed and say something."""
    code = f"""if True:
        import sys
        from kg.cli import app
        app({arguments!r}, standalone_mode=False)
        print(*sys.modules, file=sys.stderr)
    """
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout
    return set(done.stderr.split())


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
    assert not HEAVY & imported(*arguments)


def test_only_the_command_that_is_asked_for_is_imported() -> None:
    assert {name for name in imported("query", "list") if name.startswith("kg.cli.")} == {
        f"kg.cli.{name}" for name in ("completion", "options", "output", "query", "stored", "tables")
    }


# What a question needs while nothing has changed is the engine, and no article, record, actor or graph.
NEEDLESS = (HEAVY - {"kglite", "sqlite3"}) | {
    "kg.store",
    "kg.model",
    "kg.record",
    "kg.gazetteer",
    "kg.graph",
    "tomllib",
}


def test_a_question_imports_only_what_answers_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "graph.kg")
    question = ("query", "run", "actor-timeline", "--param", "actor=Talvik", "--store", str(path))
    assert {"kg.store", "kg.graph", "networkx"} <= imported(*question)  # it makes the graph
    assert not NEEDLESS & imported(*question)
