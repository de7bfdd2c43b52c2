"""`kg show`: offices, the words for somebody, and why ids were taken for one; the rest is in test_asking."""

import datetime
import json
from pathlib import Path

import pytest

from kg.model import Form, Kind, Validity
from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import article, entity, extraction, held, mention, relation

MACRON = "person/emmanuel-macron"
FRANCE = entity("France", Kind.COUNTRY, id="Q142", country="FRA")


@pytest.fixture
def macron(folder: Path) -> Path:
    """A listed president under his id, and under a name that only his office and the day explain."""
    path = folder / "graph.kg"
    told = article("Emmanuel  Macron spoke. He left. Macron slept.", id="a1")
    listed = entity("Emmanuel Macron", id=MACRON, country="FRA", sector="GOV")
    words = [
        mention(told, "Emmanuel  Macron", listed),
        mention(told, "He", listed, form=Form.PRONOUN),
        mention(told, "Macron", listed, nth=1),
    ]
    office = article("President E. Macron of France spoke.", id="a2", published=datetime.date(2020, 5, 1))
    short = entity("E. Macron")
    stated = relation(
        office, "President E. Macron of France", type="LEADS", source=short, target=FRANCE, title="president"
    )
    with Store.open(path) as opened:
        opened.put(extraction(told, [listed], mentions=words))
        opened.put(extraction(office, [short, FRANCE], relations=[stated]))
    return path


def test_show_tells_offices_words_and_why_ids_are_one(kg: Run, macron: Path) -> None:
    found = json.loads(kg("show", "emmanuel macron", "--format", "json").out)
    (office,) = [row for row in found["offices"] if row["title"] == "President"]
    assert (office["of"], office["ofId"], office["from"], office["to"]) == ("France", "Q142", "2017-05-14", None)
    assert office["lastKnown"] is not None
    assert found["calledBy"] == [
        {"words": "E. Macron", "form": "name", "reading": None, "count": 1},
        {"words": "Emmanuel Macron", "form": "name", "reading": None, "count": 1},
        {"words": "He", "form": "pronoun", "reading": None, "count": 1},
        {"words": "Macron", "form": "name", "reading": None, "count": 1},
    ]
    assert found["ids"] == ["person/e-macron", MACRON]
    reason = "dated role: president of France on 2020-05-01"
    assert found["takenFor"] == [{"id": "person/e-macron", "as": MACRON, "reason": reason}]
    assert [(row["id"], row["mentions"]) for row in found["articles"]] == [("a1", 3), ("a2", 1)]


def test_show_as_text(kg: Run, macron: Path) -> None:
    out = kg("show", "person/e-macron").out
    assert out.startswith(f"id         {MACRON}\nname       Emmanuel Macron\n")
    assert "offices    2017-05-14 to last known 20" in out
    assert "calledBy   “E. Macron” (1×), “Emmanuel Macron” (1×), “He” (pronoun, 1×), “Macron” (1×)\n" in out
    assert f"takenFor   person/e-macron = {MACRON}: dated role: president of France on 2020-05-01\n" in out


@pytest.mark.parametrize(
    ("valid", "lines"),
    [
        (held("2011-12-17", known="2024-03-31"), ["→ LEADS Norland (chief, 1×, 2011-12-17 to last known 2024-03-31)"]),
        (held("2011-12", "2020"), ["→ LEADS Norland (chief, 1×, 2011-12 to 2020)"]),
        (
            held("2019", "2021", text=True),  # the gazetteer does not know her, so the text's word is an office
            ["offices 2019 to 2021 chief, Norland [by the text]", "→ LEADS Norland (chief, 1×, 2019 to 2021)"],
        ),
        (None, ["→ LEADS Norland (chief, 1×)"]),
    ],
)
def test_a_lasting_relation_is_shown_with_its_time(
    kg: Run, folder: Path, valid: Validity | None, lines: list[str]
) -> None:
    told = article("Ana leads Norland.", title="News")
    ana, norland = entity("Ana"), entity("Norland", Kind.COUNTRY)
    stated = relation(told, "Ana leads Norland", type="LEADS", source=ana, target=norland, title="chief", valid=valid)
    with Store.open("graph.kg") as opened:
        opened.put(extraction(told, [ana, norland], relations=[stated]))
    out = [" ".join(line.split()) for line in kg("show", "Ana").out.splitlines()]
    assert [line.removeprefix("relations ") for line in out if "Norland" in line] == lines


def test_many_words_are_cut_and_counted(kg: Run, folder: Path) -> None:
    names = [f"Ann{chr(97 + number)}" for number in range(22)]
    with Store.open("graph.kg") as opened:
        opened.put(extraction(article(f"{', '.join(names)} slept."), [entity("Anna", id="Q1", aliases=names)]))
    assert "“Annt” (1×) and 2 others\n" in kg("show", "Q1").out
