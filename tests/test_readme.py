"""The README's commands are run, and it leaves out none of ours.

Lines that begin with `$` in a `console` block are run in order in one folder, and then the `python` blocks; those of a
`console neo4j` block need a server, and are run by tests/integration/test_readme.py.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer

from kg.cli import app

ROOT = Path(__file__).parents[1]
SAMPLES = Path("kg/data/samples/articles.jsonl")


def blocks(kind: str) -> list[str]:
    """The README's blocks of a kind."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(kind: str) -> list[str]:
    """The commands of the README's blocks of a kind."""
    lines = (line for block in blocks(kind) for line in block.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def run_all(lines: list[str], folder: Path, environ: Mapping[str, str]) -> str:
    """Run commands in a folder that has the sample articles where a checkout has them; what they printed."""
    (folder / SAMPLES).parent.mkdir(parents=True)
    shutil.copy(ROOT / SAMPLES, folder / SAMPLES)
    script = 'kg() { "$PYTHON" -m kg.cli "$@"; }\nset -e\n' + "\n".join(lines)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**clean, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_tour_works(tmp_path: Path) -> None:
    lines = commands("console")
    assert len(lines) > 10
    programs = [f'"$PYTHON" -c {shlex.quote(block)}' for block in blocks("python")]
    out = run_all([*lines, *programs], tmp_path, {})
    assert "Kim Jong Un" in out
    assert {path.name for path in tmp_path.iterdir()} >= {
        "graph.kg",
        "graph.html",
        "graph.gexf",
        "kim.svg",
        "report.txt",
    }


def test_every_command_is_named() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in vars(typer.main.get_command(app))["commands"] if f"kg {name}" not in text]
    assert missing == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not link.startswith("https://") and not (ROOT / link).exists()] == []


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE))
    assert named >= {"demo", "test", "check", "eval"}
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
