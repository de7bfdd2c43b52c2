"""Running `kg` in this process, in an empty folder, without settings of the machine's."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from kg.cli import main
from kg.store import Store
from loaders.nlp import load_model
from tests import factories


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty, and no variable of ours is set."""
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kg(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `kg` with some arguments, and bytes on standard input."""

    def run(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        try:
            main()
        except SystemExit as exit:
            status = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
        else:
            status = 0
        return Result(status, *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def load_once() -> Callable[..., Any]:
    """`Extractor.load`, which takes seconds, with a memory: an extractor keeps nothing from its articles."""
    from loaders.pipeline import Extractor

    return cache(Extractor.load)


@pytest.fixture
def loaded_once(monkeypatch: pytest.MonkeyPatch, load_once: Callable[..., Any]) -> None:
    """The language model is loaded once for all tests that ask for this."""
    monkeypatch.setattr("loaders.pipeline.Extractor.load", load_once)


@pytest.fixture(scope="session")
def model() -> Language:
    """The language model that ships."""
    return load_model()


@pytest.fixture
def model_once(monkeypatch: pytest.MonkeyPatch, model: Language) -> None:
    """Only the language model is loaded once; frames are read anew in every test."""
    monkeypatch.setattr("loaders.pipeline.load_model", lambda _: model)


@pytest.fixture
def store(folder: Path) -> Path:
    """A store with the three invented articles of `tests.factories`, where every command looks for it."""
    path = folder / "graph.kg"
    with Store.open(path) as opened:
        for extraction in factories.small_world():
            opened.put(extraction)
    return path
