"""The licences of all that requirements.lock installs: `python -m tests.tools.licences` writes THIRD_PARTY.md."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK, LIST = ROOT / "requirements.lock", ROOT / "THIRD_PARTY.md"
_KNOWN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_PROJECT = "geopolitical-event-graph"
_HEAD = """# Licences of what is installed

`make lock` writes this list from what the packages say of themselves. All may stand beside Apache-2.0: a test compares
each with the licences that `tests/tools/licences.toml` allows. Of several to choose from, one that is allowed is taken.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is installed here, with its licence as SPDX writes it, and whether kg itself needs it."""

    name: str
    licence: str
    needed: bool

    @property
    def allowed(self) -> bool:
        """Whether one of the licences to choose from may stand beside Apache-2.0, with each of its parts."""
        allowed = {*_KNOWN["allowed"], *(() if self.needed else _KNOWN["allowed_in_tests"])}
        choices = [re.split(r" AND ", choice) for choice in self.licence.split(" OR ")]
        return any(set(parts) <= allowed for parts in choices)

    @property
    def line(self) -> str:
        """Its line in the list."""
        return f"| {self.name} | {self.licence} |"


def locked() -> list[str]:
    """Names of the packages of the lock, in order."""
    found = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted({canonicalize_name(name) for name in found})


def installed() -> Iterator[Package]:
    """The packages of the lock that this Python on this system needs, in order of name."""
    needed = set(_needed(_PROJECT, frozenset()))
    for name in locked():
        try:
            yield Package(name, _licence(name, distribution(name)), name in needed)
        except PackageNotFoundError:
            continue


def listing(packages: list[Package]) -> str:
    """The text of the list."""
    parts = [_HEAD]
    for title, needed in (("What kg needs", True), ("What only working on it needs, and Parquet", False)):
        lines = [package.line for package in packages if package.needed is needed]
        parts.append("\n".join([f"## {title}\n", "| package | licence |", "|---|---|", *lines]) + "\n")
    return "\n".join(parts)


def _needed(name: str, seen: frozenset[str]) -> Iterator[str]:
    """What a package needs, and what that needs."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        other = canonicalize_name(requirement.name)
        if other not in seen and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            yield other
            yield from _needed(other, seen | {other})


def _licence(name: str, package: Distribution) -> str:
    """What a package says of itself: an SPDX expression, else words that mean one."""
    if name in _KNOWN["read"]:
        return str(_KNOWN["read"][name])
    says = package.metadata
    classifiers = [text.rpartition(" :: ")[2] for text in says.get_all("Classifier") or [] if "License ::" in text]
    words = [*filter(None, (says["License-Expression"], says["License"])), *classifiers]
    return str(next((_KNOWN["names"].get(text, text) for text in words), "unknown"))


if __name__ == "__main__":
    LIST.write_text(listing(list(installed())), encoding="utf-8")
