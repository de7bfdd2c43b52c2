"""kg.lookup: what a person types finds the entity that is meant."""

from pathlib import Path

import pytest

from kg.errors import NotFoundError
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.model import Entity, Kind
from kg.ontology import load_ontology
from tests.factories import article, entity, extraction, small_world


@pytest.fixture(scope="module")
def index() -> EntityIndex:
    return EntityIndex.from_graph(build_graph(small_world(), load_ontology()))


def index_of(text: str, *entities: Entity) -> EntityIndex:
    return EntityIndex.from_graph(build_graph([extraction(article(text), entities)], load_ontology()))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("person/mira-talvik", "person/mira-talvik"),
        ("Mira Talvik", "person/mira-talvik"),
        ("  mira  TALVIK ", "person/mira-talvik"),
        ("Talvik's", "person/mira-talvik"),
        ("Mïra Talvík", "person/mira-talvik"),
        ("the Coastal Union", "organization/coastal-union"),
        ("N.N.A.", "organization/norland-news-agency"),
    ],
)
def test_id_name_or_alias_finds_the_entity(index: EntityIndex, typed: str, expected: str) -> None:
    assert index.find(typed) == expected


@pytest.mark.parametrize("most", ["Ann", "Bob"])
def test_the_most_mentioned_is_meant(most: str) -> None:
    lees = [entity(f"{first} Lee", id=first, aliases=["Lee", first]) for first in ("Ann", "Bob")]
    assert index_of(f"Ann met Bob. {most} left, and {most} slept.", *lees).find("lee") == most


def test_who_else_a_name_may_mean_is_told_the_most_mentioned_first() -> None:
    lees = [entity(f"{first} Lee", id=first, aliases=["Lee", first]) for first in ("Ann", "Bob", "Cem")]
    found = index_of("Ann met Bob. Bob met Cem. Cem slept. Cem ate. Bob left, and Bob slept.", *lees)
    assert (found.find("lee"), found.namesakes("Lee")) == ("Bob", ["Cem", "Ann"])
    assert found.namesakes("Bob") == found.namesakes("Bob Lee") == found.namesakes("nobody") == []


def test_a_surname_may_mean_all_who_bear_it_where_nobody_is_called_just_so() -> None:
    some = [entity("Ann Lee", id="Q1", aliases=["Ann"]), entity("Bob Lee", id="Q2", aliases=["Bob"])]
    found = index_of("Ann met Bob. Bob left.", *some)
    assert (found.find("Lee"), found.namesakes("Lee")) == ("Q2", ["Q1"])
    called = index_of("Ann met Bob. Lee fell.", *some, entity("Lee", Kind.PLACE, id="Q3"))
    assert (called.find("Lee"), called.namesakes("Lee")) == ("Q3", [])


def test_of_the_equally_mentioned_the_smallest_id_is_meant() -> None:
    some = [entity("Lee", kind, id=id) for kind, id in ((Kind.PERSON, "Q2"), (Kind.PLACE, "Q10"))]
    assert index_of("Lee.", *some).find("lee") == index_of("Lee.", *some[::-1]).find("lee") == "Q10"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Mira Talwik", "did you mean Mira Talvik?"),
        ("News Agency", "did you mean Norland News Agency?"),
        ("Oskar", "did you mean Oskar Brandt?"),
        ("Brannt", "did you mean Oskar Brandt?"),  # a surname misspelled
        ("Soutthaven", "did you mean Southhaven?"),
        ("NNB", "did you mean Norland News Agency?"),  # an acronym with a wrong letter
        ("Morgan", "give the name as an article has it"),  # no Norland
        ("Zzyzx", "give the name as an article has it"),
        ("", "give the name as an article has it"),
        ("?!", "give the name as an article has it"),
        ("gazette-1", "give the name as an article has it"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(index: EntityIndex, typed: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        index.find(typed)
    assert str(caught.value) == f"there is no entity {typed!r} — {hint}"


def test_names_without_letters_are_found_by_id_only() -> None:
    index = index_of("…", entity("?!", id="Q1"))
    assert index.find("Q1") == "Q1"
    with pytest.raises(NotFoundError):
        index.find("?!")


def test_an_empty_graph_knows_nobody() -> None:
    with pytest.raises(NotFoundError):
        EntityIndex.from_graph(build_graph([], load_ontology())).find("Mira Talvik")


@pytest.mark.parametrize(("typed", "expected"), [("Hale", "p1"), ("hale", "p1"), ("Marsh", "o1")])
def test_a_surname_finds_a_person_where_nobody_is_called_just_so(typed: str, expected: str) -> None:
    hale = entity("Ann Hale", id="p1", kind=Kind.PERSON)
    marsh = [entity("Tom Marsh", id="p2", kind=Kind.PERSON), entity("Marsh", id="o1", kind=Kind.ORGANIZATION)]
    assert index_of("Ann Hale met Tom Marsh of Marsh.", hale, *marsh).find(typed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Hale met Tom Hale. Tom Hale left.", "tom"),  # the one who is mentioned most
        ("Ann Hale met Tom Hale.", "ann"),  # else the one whose id comes first
    ],
)
def test_of_two_with_one_surname_the_better_known_is_meant(text: str, expected: str) -> None:
    hales = [entity(f"{first} Hale", id=first.lower()) for first in ("Tom", "Ann")]
    assert index_of(text, *hales).find("Hale") == expected


def test_an_id_that_turned_out_to_be_somebody_else_leads_there() -> None:
    graph = build_graph(small_world(), load_ontology(), {"person/oskar-brandt": "person/mira-talvik"})
    index = EntityIndex.from_graph(graph, {"person/oskar-brandt": "person/mira-talvik"})
    assert index.find("person/oskar-brandt") == "person/mira-talvik"


def test_an_index_comes_back_from_its_file_as_it_was(index: EntityIndex, tmp_path: Path) -> None:
    path = tmp_path / "names"
    index.write(path)
    again = EntityIndex.read(path)
    assert again
    for typed in ("Talvik", "N.N.A.", "person/mira-talvik"):
        assert again.find(typed) == index.find(typed)
    path.write_text("[1, 2]", encoding="utf-8")
    assert EntityIndex.read(path) is None
