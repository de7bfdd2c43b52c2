"""`kg ontology`: types, modes, contexts and relationship types as rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.ontology import load_ontology
from tests.cli.conftest import Run


def rows(kg: Run, *arguments: object) -> list[dict[str, Any]]:
    result = kg("ontology", *arguments, "--format", "json")
    assert (result.status, result.err) == (0, "")
    told: list[dict[str, Any]] = json.loads(result.out)
    return told


def test_without_a_type_all_types_are_told(kg: Run) -> None:
    told = rows(kg)
    assert [row["type"] for row in told] == [*load_ontology().types]
    assert told[1] == {
        "type": "CONSULT",
        "quad": 1,
        "score": 2.5,
        "CAMEO": "04",
        "modes": ["visit", "third-party", "multilateral", "phone"],
        "meaning": "meets, visits, talks or negotiates",
    }


def test_a_type_is_told_with_its_modes_and_relations(kg: Run) -> None:
    told = rows(kg, "protest")
    assert {"part": "mode", "name": "riot", "score": -7, "meaning": ""} in told
    assert {"part": "relation", "name": "BOYCOTTED", "score": None, "meaning": "boycotted"} in told
    assert "BOYCOTTED" in kg("ontology", "PROTEST").out


def test_every_relation_and_context_is_told_somewhere(kg: Run) -> None:
    known = load_ontology()
    told = [row for part in (*known.types, "LASTING", "contexts") for row in rows(kg, part)]
    assert {row["name"] for row in told if row["part"] == "relation"} == known.relations
    assert {row["name"] for row in told if row["part"] == "context"} == known.contexts
    assert all(row["meaning"] for row in told if row["part"] != "mode")


def test_relations_of_ones_own_are_told(kg: Run, folder: Path) -> None:
    (folder / "relations.toml").write_text('[events.SUPPORT]\nSERENADED = "sang for"\n', encoding="utf-8")
    assert "sang for" in [row["meaning"] for row in rows(kg, "SUPPORT", "--ontology", folder)]


@pytest.mark.parametrize(
    ("given", "hint"), [("ASSAULTS", "did you mean ASSAULT?"), ("xyzzy", "`kg ontology` lists them")]
)
def test_an_unknown_type_is_said(kg: Run, given: str, hint: str) -> None:
    result = kg("ontology", given)
    assert (result.status, result.err) == (1, f"error: there is no event type {given.upper()!r} — {hint}\n")
