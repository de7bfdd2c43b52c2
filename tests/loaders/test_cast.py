"""Figures take from the text what they lack, and lose nothing."""

import pytest

from kg.gazetteer import GazetteerEntry, Office
from kg.model import Kind
from loaders.cast import described, known_figure, new_figure, with_alias

ENTRY = GazetteerEntry(
    id="person/ana-ruiz",
    kind=Kind.PERSON,
    name="Ana Ruiz",
    aliases=("Ruiz Ana", "A. Ruiz"),
    country="PER",
    sector="GOV",
    gender="female",
    offices=(Office(title="President", role="head of state", of="Q419"),),
)


def test_a_known_figure_has_what_the_gazetteer_says() -> None:
    figure = known_figure(ENTRY)
    assert (figure.id, figure.gender, figure.plural) == ("person/ana-ruiz", "female", False)
    assert figure.entity.aliases == ("A. Ruiz", "Ruiz Ana")
    assert figure.roles == {"president", "head of state"}


@pytest.mark.parametrize(
    ("kind", "id", "plural"),
    [
        (Kind.PERSON, "person/ana-ruiz", False),
        (Kind.GROUP, "group/ana-ruiz", True),  # "they"
    ],
)
def test_a_new_figure_has_an_id_of_kind_and_name(kind: Kind, id: str, plural: bool) -> None:
    figure = new_figure(kind, "Ana Ruiz")
    assert (figure.id, figure.plural) == (id, plural)


def test_a_description_fills_gaps_and_never_overrides() -> None:
    known, new = known_figure(ENTRY), new_figure(Kind.PERSON, "Tom Marsh")
    told = {"country": "CHL", "sector": "MIL", "gender": "male"}
    for figure, expected in [(known, ("PER", "GOV", "female")), (new, ("CHL", "MIL", "male"))]:
        result = described(figure, **told, roles={"general"})
        assert (result.entity.country, result.entity.sector, result.gender) == expected
        assert "general" in result.roles
    assert described(known) == known


@pytest.mark.parametrize(
    ("alias", "aliases"),
    [
        ("Ana Ruiz", ("A. Ruiz", "Ruiz Ana")),  # the name itself
        ("A. Ruiz", ("A. Ruiz", "Ruiz Ana")),  # there already
        ("Ruiz", ("A. Ruiz", "Ruiz", "Ruiz Ana")),  # new, in order
    ],
)
def test_with_alias(alias: str, aliases: tuple[str, ...]) -> None:
    assert with_alias(known_figure(ENTRY), alias).entity.aliases == aliases
