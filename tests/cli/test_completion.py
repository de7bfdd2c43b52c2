"""What a real shell completes; bash has to take "actor=Nor" for one word, as README says."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SCRIPT = """
COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
eval "$(_KG_COMPLETE=source_bash kg)"
COMP_WORDS=(%s)
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_kg_completion kg
printf '%%s\\n' "${COMPREPLY[@]}"
"""


def completed(words: list[str], folder: Path) -> list[str]:
    """What bash offers for the last word."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg.cli "$@"\n')
    (folder / "bin" / "kg").chmod(0o755)
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", SCRIPT % " ".join(map(shlex.quote, words))],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kg sho", ["show"]),
        ("kg query run actor-t", ["actor-timeline"]),
        ("kg query show who-s", ["who-said-what"]),
        ("kg query run actor-timeline --param un", ["until="]),
        ("kg query run offices -p undated=", ["undated=true", "undated=false"]),
        ("kg query run actor-timeline --param actor=nor", ["actor=norland", "actor=norland-News-Agency"]),
        ("kg query run actor-timeline --param limit=", []),
        ("kg query run no-such-query --param ac", []),
        ("kg show Mira", ["Mira-Talvik"]),
    ],
)
def test_bash_completes(kg: Run, store: Path, words: str, offered: list[str]) -> None:
    kg("query", "run", "acts")  # names are known from now on
    assert completed(words.split(), store.parent) == offered


def test_what_is_offered_is_found(kg: Run, store: Path) -> None:
    assert kg("show", "Mira-Talvik").out == kg("show", "Mira Talvik").out


def test_without_a_store_nothing_is_offered(kg: Run, folder: Path) -> None:
    assert completed(["kg", "show", "Mira"], folder) == []
