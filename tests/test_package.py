"""The wheel: what is in it, and that it runs where no checkout is."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.queries import load_queries

ROOT = Path(__file__).parents[1]
ARTICLE = {"id": "a", "text": "France criticized Germany on Monday.", "published": "2024-05-08"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_it_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"kg", "loaders"}
    queries = {Path(name).stem for name in names if name.startswith("kg/_queries/") and name.endswith(".cypher")}
    assert queries == set(load_queries())
    shipped = [path for folder in ("kg", "loaders") for path in _files(ROOT / folder)]
    assert {path.relative_to(ROOT).as_posix() for path in shipped} <= set(names)
    assert not [name for name in names if Path(name).name.startswith("test") or name.endswith((".kg", ".pyc"))]


def test_it_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Installed alone, beside the packages that it needs, which are taken from here."""
    python = _environment(Path(sys.executable), tmp_path)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    _run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-installed", wheel], tmp_path)
    _check_program(python, tmp_path)


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_it_installs_whole_on_other_versions_of_python(wheel: Path, tmp_path: Path, version: str) -> None:
    other = next(_interpreters(version), None)
    if other is None or sys.version_info[:2] == tuple(map(int, version.split("."))):
        pytest.skip(f"no other interpreter is a Python {version}")
    python = _environment(other, tmp_path)
    _run([python, "-m", "pip", "install", "-qq", wheel], tmp_path)
    _check_program(python, tmp_path)


def _check_program(python: Path, folder: Path) -> None:
    kg = python.with_name("kg")
    assert _run([kg, "--version"], folder) == "kg 0.1.0\n"
    rows = json.loads(_run([kg, "query", "list", "--format", "json"], folder))
    assert {row["name"] for row in rows} == set(load_queries())
    record = json.loads(_run([kg, "extract", "-"], folder, stdin=json.dumps(ARTICLE)))
    assert [mention["text"] for mention in record["mentions"]] == ["France", "Germany"]
    _run([kg, "ingest", "-"], folder, stdin=json.dumps(ARTICLE))
    assert "Germany" in _run([kg, "show", "germany"], folder)
    _run([kg, "view"], folder)
    assert (folder / "graph.html").stat().st_size > 10_000
    where = "import kg; print(kg.__file__)"
    assert _run([python, "-c", where], folder).startswith(str(folder))


def _environment(python: Path, folder: Path) -> Path:
    _run([python, "-m", "venv", folder / "venv"], folder)
    return folder / "venv" / "bin" / "python"


def _run(command: list[str | Path], folder: Path, stdin: str = "") -> str:
    """What a command prints, run in a folder and without our settings and paths."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=folder, env=environ, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def _interpreters(version: str) -> Iterator[Path]:
    """Interpreters of a version on the path or under pyenv that start; a shim of pyenv may be there and not start."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = (Path(folder) / f"python{version}" for folder in os.environ["PATH"].split(os.pathsep))
    for path in (*on_path, *sorted(pyenv.glob(f"{version}.*/bin/python"))):
        if path.exists() and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            yield path


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
