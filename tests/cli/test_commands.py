"""What holds for every command, walked over the live list of them."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from kg.cli import app
from tests.cli.conftest import Run


def commands(node: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in getattr(node, "commands", {}).items():
        yield (*path, name), command
        yield from commands(command, *path, name)


ALL = list(commands(typer.main.get_command(app)))
LEAVES = [(path, command) for path, command in ALL if not hasattr(command, "commands")]


def test_the_commands_are_those_of_the_manual() -> None:
    assert {" ".join(path) for path, _ in LEAVES} == {
        "ingest", "extract", "show", "explain", "ask", "review", "push", "export", "view", "browser", "recode",
        "history", "forget", "readers", "ontology", "status", "doctor", "eval", "query list", "query show", "query run",
        "plot timeline", "plot pair", "plot map", "plot matrix", "watch",
    }  # fmt: skip


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_help_says_what_the_command_does_and_ends_with_an_example(kg: Run, path: tuple[str, ...]) -> None:
    result = kg(*path, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: kg {' '.join(path)}")
    example = " ".join(result.out.split("\n\n")[-1].split())
    assert example.startswith(f"Example: kg {path[0]}")
    assert "..." not in result.out.partition("Commands:")[2]  # no first sentence is cut off


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_option_is_explained_and_every_command_takes_a_store(path: tuple[str, ...], command: Any) -> None:
    options = {name for parameter in command.params for name in parameter.opts}
    assert "--store" in options
    assert [parameter.name for parameter in command.params if not parameter.help] == []


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_an_unknown_option_is_a_usage_error(kg: Run, path: tuple[str, ...], command: Any) -> None:
    result = kg(*path, "--colour")
    assert result.status == 2
    assert "--colour" in result.err
    assert "Traceback" not in result.err


def test_version(kg: Run) -> None:
    assert kg("--version").out == "kg 0.1.0\n"


def test_without_a_command_the_help_is_shown(kg: Run) -> None:
    result = kg()
    assert result.status == 2
    assert "Usage: kg" in result.out + result.err
