"""The guide for contributors names every module, and every module has its test file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITHOUT_LOGIC = {"resources"}  # two paths, without which no other test runs
MODULES = [
    f"{package}.{path.stem}"
    for package in ("kg", "loaders")
    for path in sorted((ROOT / package).glob("*.py"))
    if not path.stem.startswith("__")
]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_named_and_tested(module: str) -> None:
    package, name = module.split(".")
    assert re.search(rf"`{re.escape(module)}`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert name in WITHOUT_LOGIC or (ROOT / "tests" / package / f"test_{name}.py").is_file()
