"""The table by which tellings are compared, read from `kg/data/merging.toml`."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.model import Modality
from kg.resources import data_folder

_STEM = 4  # letters of a word that count
_WORDS = re.compile(rf"[^\W\d_]{{{_STEM},}}|\d+")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a pair of tellings: what it adds to their score, and whether they then cannot be one event."""

    name: str
    weight: float
    means: str
    forbids: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Features with their weights, and the numbers and lists that decide with them; the file says what each means."""

    threshold: float
    together: float
    margin: float
    lag: int
    stale: int
    akin: float
    strange: float
    little: frozenset[str]
    speech: frozenset[str]
    often: frozenset[str]
    mutual: frozenset[str]
    alone: frozenset[str]
    official: frozenset[str]
    bodily: frozenset[str]
    real: frozenset[Modality]
    stays: frozenset[str]
    once: frozenset[str]
    features: Mapping[str, Feature]
    groups: Mapping[str, frozenset[str]]  # relation → names of the groups that it is in
    alike: Mapping[str, float]

    def stems(self, text: str) -> frozenset[str]:
        """The words of a text that tell something, cut so that "Iran" and "Iranian", "bomb" and "bombed" are one."""
        return frozenset(word[:_STEM] for word in _WORDS.findall(text.lower()) if word not in self.little)

    def kindred(self, relation: str, other: str) -> bool:
        """Whether two relations can tell one deed."""
        return relation == other or not self.groups_of(relation).isdisjoint(self.groups_of(other))

    def groups_of(self, relation: str) -> frozenset[str]:
        """The groups of relations that can tell one deed with this one."""
        return self.groups.get(relation, frozenset())


def rules_file() -> Path:
    """Where the table is."""
    return data_folder() / "merging.toml"


@cache
def load_rules() -> Rules:
    """The table that ships. Raises `DataError` when it is not of the form that it should have."""
    path = rules_file()
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return Rules(
            threshold=table["threshold"],
            together=table["together"],
            margin=table["margin"],
            lag=table["lag"],
            stale=table["stale"],
            akin=table["akin"],
            strange=table["strange"],
            little=frozenset(table["little"].split()),
            speech=frozenset(table["speech"]),
            often=frozenset(table["often"]),
            mutual=frozenset(table["mutual"]),
            alone=frozenset(table["alone"]),
            official=frozenset(table["official"]["sectors"]),
            bodily=frozenset(table["bodily"]),
            real=frozenset(map(Modality, table["real"])),
            stays=frozenset(table["stays"]),
            once=frozenset(table["once"]),
            features={row["name"]: _feature(row) for row in table["features"]},
            groups=_groups(table["groups"]),
            alike=table["alike"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"cannot be used: {error!r}", where=str(path)) from error


def _feature(row: dict[str, Any]) -> Feature:
    return Feature(row["name"], row["weight"], row["means"], row.get("forbids", False))


def _groups(rows: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for relation in row["relations"]:
            groups[relation].add(row["name"])
    return {relation: frozenset(names) for relation, names in groups.items()}
