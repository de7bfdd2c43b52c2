"""What is installed: locked with hashes, nothing of it from elsewhere, and under licences that allow it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools.licences import LIST, LOCK, Package, installed, locked

LOCKED = re.compile(r"[\w.-]+==.+( \\\n    --hash=sha256:[0-9a-f]{64})+\n?")
PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
STATED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(text for extra in PROJECT["project"]["optional-dependencies"].values() for text in extra),
    *PROJECT["dependency-groups"]["dev"],
]


@pytest.mark.parametrize("text", STATED)
def test_the_lock_has_what_the_project_asks_for(text: str) -> None:
    """`make lock` brings it up to date."""
    wanted = Requirement(text)
    found = re.findall(rf"^{canonicalize_name(wanted.name)}==([\w.]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert all(wanted.specifier.contains(version) for version in found)


def test_every_locked_package_has_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]
    assert len(entries) >= len(locked())
    assert [entry for entry in entries if not LOCKED.fullmatch(entry)] == []
    assert "://" not in text


@pytest.mark.parametrize("package", list(installed()), ids=lambda package: package.name)
def test_a_licence_is_listed_and_may_stand_beside_ours(package: Package) -> None:
    """`make lock` lists it; whether it is allowed is for `tests/tools/licences.toml` to say."""
    assert package.allowed, package.licence
    assert package.line in LIST.read_text(encoding="utf-8").splitlines()


def test_a_licence_that_only_tests_may_use() -> None:
    assert Package("x", "LGPL-3.0-only", needed=False).allowed
    assert not Package("x", "LGPL-3.0-only", needed=True).allowed
    assert not Package("x", "GPL-3.0-only", needed=False).allowed


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("LGPL-2.1-or-later", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_of_licences_to_choose_from_one_must_be_allowed(licence: str, allowed: bool) -> None:
    assert Package("x", licence, needed=True).allowed is allowed
