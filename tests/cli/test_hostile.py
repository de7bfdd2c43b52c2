"""Whatever stands in articles or is typed: nothing that a command prints acts, or passes for another's words.

The commands are those of the live list. On a terminal no escape code, control character or direction override arrives.
In words no line begins as a stranger had it begin, and data read back as the values that they are.
"""

import csv
import io
import json
import os
import re
import shutil
import sys
import threading
from contextlib import suppress
from enum import Enum
from inspect import unwrap
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from kg.cli.output import Format
from kg.export import SUFFIXES
from kg.queries import ParameterType, load_queries
from kg.store import Store
from tests import hostile
from tests.cli.conftest import Result, Run
from tests.cli.test_commands import LEAVES

Line = tuple[str, ...]

EVERY = " ".join(hostile.ATTACKS.values()).replace("\0", "")  # no argument holds a null byte
CLAIMS = tuple(told.events[0].id for told in hostile.world() if "\0" not in told.article.id)[2::12]
NAMES = ("Norland", "person/attacker-24", EVERY)
# What a command's argument is given by its name, where that is more than any words.
GIVEN: dict[str, tuple[str, ...]] = {
    "entity": NAMES,
    "actor": NAMES,
    "other": NAMES[1:],
    "event": (*CLAIMS, EVERY),
    "question": ("What did Norland do?", f"Who met {hostile.ATTACKS['a script']} 3?"),
    "type": ("CONSULT", EVERY),
    "article": (f"{hostile.ATTACKS['a line of a log']} 30", EVERY),
    "articles": (f"{hostile.ATTACKS['a line of a log']} 30", EVERY),
    "file": tuple(f"{EVERY[-40:].replace('/', '_')}{suffix}" for suffix in SUFFIXES),
    "sources": ("hostile", EVERY),
    "name": (*load_queries(), f"{EVERY}.cypher"),
}
# Reads our own gold alone.
LEFT_OUT = {"eval"}
WALKED = [(path, command) for path, command in LEAVES if path[0] not in LEFT_OUT]

OURS = re.compile(r"\x1b\[(?:[0-4]|3[0-6]|[12];3[0-6]|38;5;\d+)m|\r?\x1b\[(?:2K|1A|\?25[lh])|\r+(?=\n)")  # of rich
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORGED = re.compile(r"^(?:error: graph\.kg|skipped): forged", re.MULTILINE)
FORMULA = re.compile(r"\s*[-=+@＝＋－＠]|[\t\r\n]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of articles that attack, and with the same articles as files to read."""
    folder = tmp_path_factory.mktemp("hostile")
    with Store.open(folder / "graph.kg") as store:
        for extraction in hostile.world():
            store.put(extraction)
    (folder / "hostile").mkdir()
    rows = [json.dumps(row) for row in hostile.rows()]
    (folder / "hostile" / f"{EVERY[-60:].replace('/', '_')}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "hostile" / "\x1b[2J.txt").write_text("", encoding="utf-8")
    return folder


class Terminal:
    """A terminal in place of an output, and what arrived there."""

    def __init__(self) -> None:
        self._near, far = os.openpty()
        self.stream = os.fdopen(far, "w", encoding="utf-8", errors="backslashreplace")
        self._arrived = b""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def close(self) -> str:
        """What arrived, when nothing more will."""
        self.stream.close()
        self._reader.join()
        os.close(self._near)
        return self._arrived.decode("utf-8")

    def _read(self) -> None:
        with suppress(OSError):  # so a terminal says that its other end is closed
            while arrived := os.read(self._near, 65536):
                self._arrived += arrived


@pytest.fixture
def kg_on_a_terminal(kg: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kg` with standard output and standard error on terminals."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")

    def run(*arguments: object) -> Result:
        out, err = Terminal(), Terminal()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out.stream)
            patch.setattr(sys, "stderr", err.stream)
            result = kg(*arguments)
        return Result(result.status, out.close(), err.close())

    return run


@pytest.fixture
def at_home(made: Path, folder: Path, loaded_once: None) -> Path:
    """The current folder, with a copy of all that, where a command may change it."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def lines_of(path: Line, command: Any) -> list[Line]:
    """Command lines for a command: each value of its arguments, in each of its formats."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = {one.name: one for one in command.params if one.param_type_name == "option"}
    values = GIVEN.get(arguments[0].name, (EVERY,)) if arguments else ()
    if path == ("query", "show"):
        values = values[-3:]  # nothing of an article is in what it shows
    others = [value for one in arguments[1:] for value in GIVEN.get(one.name, ())[:1]]
    lines = [(*path, value, *others) for value in values] if arguments else [path]
    if "param" in options:
        lines = [(*line, *_parameters(line[-1])) for line in lines]
    if "data" in options:
        lines += [(*line, "--data", str(one)) for line in lines for one in Format]
    if "format" not in options:
        return lines
    formats: type[Enum] = get_type_hints(unwrap(command.callback))["format"]
    return [(*line, "--format", one.value) for line in lines for one in formats]


def _parameters(query: str) -> Line:
    """A value for each parameter of a saved query that has no default."""
    if not (found := load_queries().get(query)):
        return ()
    values = {ParameterType.ENTITY: "Norland", ParameterType.STRING: EVERY}
    given = {one.name: values.get(one.type) or found.example.get(one.name) for one in found.parameters}
    return tuple(word for name, value in given.items() if value for word in ("--param", f"{name}={value}"))


@pytest.mark.parametrize(("path", "command"), WALKED, ids=[" ".join(path) for path, _ in WALKED])
def test_nothing_on_a_terminal_acts(kg_on_a_terminal: Run, at_home: Path, path: Line, command: Any) -> None:
    for words in lines_of(path, command):
        result = kg_on_a_terminal(*words)
        for text in (result.out, result.err):
            assert not ACTING.search(OURS.sub("", text)), (words, text)
        assert "Traceback" not in result.err


@pytest.mark.parametrize(("path", "command"), WALKED, ids=[" ".join(path) for path, _ in WALKED])
def test_in_a_pipe_words_are_clean_and_data_read_back(kg: Run, at_home: Path, path: Line, command: Any) -> None:
    statuses = set()
    for words in lines_of(path, command):
        result = kg(*words)
        statuses.add(result.status)
        assert not ACTING.search(result.err), (words, result.err)
        assert not FORGED.search(result.err), (words, result.err)
        if words[-1] in ("json", "jsonl"):
            read = json.loads if words[-1] == "json" else (lambda text: [*map(json.loads, text.split("\n")[:-1])])
            assert result.status or read(result.out) is not None
            assert not ACTING.search(result.out), (words, result.out)
        elif words[-1] == "csv":
            rows = list(csv.reader(io.StringIO(result.out, newline="")))
            assert not [cell for row in rows for cell in row if FORMULA.match(cell) and not number(cell)]
        else:
            assert not ACTING.search(result.out), (words, result.out)
            assert not FORGED.search(result.out), (words, result.out)
    assert statuses & {0, 3} or path[0] in ("push", "watch")  # for which there is no server here


def number(text: str) -> bool:
    with suppress(ValueError):
        return float(text) < 0
    return False


@pytest.mark.parametrize(
    "words", [("show", "Norland", EVERY), (f"--{EVERY}",), (EVERY,), ("status", "--format", EVERY)]
)
def test_a_wrong_command_line_is_told_without_acting(kg: Run, folder: Path, words: Line) -> None:
    result = kg(*words)
    assert (result.status, result.out) == (2, "")
    assert not ACTING.search(result.err)
