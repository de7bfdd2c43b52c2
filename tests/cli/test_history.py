"""`kg history`: the versions of an article, and what each correction changed in data, text and events."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.cli.history import text_diff
from kg.model import Extraction
from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import ESTMARK, NORLAND, TALVIK, article, event, extraction


def version(
    text: str, *, id: str = "a1", url: str = "https://g.example/1", targets: Any = ESTMARK, **data: Any
) -> Extraction:
    told = article(text, id=id, url=url, **data)
    return extraction(told, [TALVIK, ESTMARK, NORLAND], [event(told, "visited", actors=[TALVIK], targets=[targets])])


FIRST = version("Mira Talvik visited Estmark. Norland was silent.")
SECOND = version("It rained. Mira Talvik visited Estmark. Norland protested.", title="Rain")
THIRD = version("It rained. Mira Talvik visited Norland. Estmark protested.", title="Rain", id="a2", targets=NORLAND)


@pytest.fixture
def corrected(folder: Path) -> Path:
    with Store.open(folder / "graph.kg") as store:
        for one in (FIRST, SECOND, THIRD):
            store.put(one)
    return folder / "graph.kg"


def versions(kg: Run, name: str) -> list[dict[str, Any]]:
    result = kg("history", name, "--format", "json")
    assert (result.status, result.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


def test_each_version_with_what_its_correction_changed(kg: Run, corrected: Path) -> None:
    first, second, newest = versions(kg, "https://g.example/1")
    assert [(row["version"], row["id"], row["replacedBy"]) for row in (first, second, newest)] == [
        (1, "a1", 2),
        (2, "a1", 3),
        (3, "a2", None),
    ]
    assert first["correction"] == {
        "data": {"title": [None, "Rain"]},
        "text": ["+It rained.", "-Norland was silent.", "+Norland protested."],
        "changes": [],
    }
    assert second["correction"]["data"] == {"id": ["a1", "a2"]}
    (event,) = [row for row in second["correction"]["changes"] if row["kind"] == "event"]
    assert (event["change"], event["fields"], event["sentence"]) == (
        "changed",
        ["targets"],
        "Mira Talvik visited Norland.",
    )
    assert newest["correction"] is None


def test_it_reads_as_text(kg: Run, corrected: Path) -> None:
    out = kg("history", "a2").out
    assert "version    1, replaced by 2\n" in out
    assert "then       title: none → Rain\n" in out
    assert "text       +It rained.\n           -Norland was silent.\n" in out
    assert "events     changed: CONSULT “visited”" in out
    assert "version    3, the newest\n" in out


def test_an_article_that_was_never_corrected_has_one_version(kg: Run, store: Path) -> None:
    (only,) = versions(kg, "alder-3")
    assert (only["version"], only["replacedBy"], only["correction"]) == (1, None, None)


def test_two_that_became_one_are_each_followed_by_what_replaced_them(kg: Run, folder: Path) -> None:
    other = version("Mira Talvik visited Norland.", id="b", url="https://g.example/2", targets=NORLAND)
    with Store.open("graph.kg") as store:
        for one in (FIRST, other, replace(other, article=replace(other.article, title="B")), THIRD_AS_B):
            store.put(one)
    found = versions(kg, "b")
    assert [(row["id"], row["title"], row["replacedBy"]) for row in found] == [
        ("b", None, 2),
        ("b", "B", 4),
        ("a1", None, 4),
        ("b", "Rain", None),
    ]


THIRD_AS_B = version("It rained. Mira Talvik visited Norland.", id="b", title="Rain", targets=NORLAND)


def test_a_replaced_or_unknown_article_is_said(kg: Run, corrected: Path) -> None:
    for name, hint in (
        ("a1", " — it was replaced by a2"),
        ("https://g.example/2", " — did you mean https://g.example/1?"),
        ("zzz", ""),
    ):
        result = kg("history", name)
        assert (result.status, result.err) == (1, f"error: graph.kg: there is no article '{name}'{hint}\n")


def test_history_goes_with_its_article_and_is_in_no_export(kg: Run, corrected: Path) -> None:
    kg("export", "g.json")
    assert "silent" not in Path("g.json").read_text(encoding="utf-8")
    kg("forget", "a2")
    assert kg("history", "a2").status == 1
    with Store.open(corrected, read_only=True) as store:
        assert store.corrected() == 0


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("One. Two.", "One. Two.", []),
        ("One. Two.", "One.  Two.", []),
        ("One. Two. Three.", "One. 2! Three.", ["-Two.", "+2!"]),
        ("One.\n\n@@ Two", "One.", ["-@@ Two"]),
        ("+One.", "-One.", ["-+One.", "+-One."]),
    ],
)
def test_a_diff_goes_by_sentences(old: str, new: str, diff: list[str]) -> None:
    assert text_diff(old, new) == diff
