"""kg.names: which names are the same, and how one looks in an id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import normal, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kim Jong Un", "kim jong un"),
        ("Kim Jong-un", "kim jong un"),
        ("  Kim\n Jong  Un ", "kim jong un"),
        ("The United States", "united states"),
        ("the U.S.", "us"),
        ("U.S.A.", "usa"),
        ("US", "us"),
        ("Erdoğan's", "erdogan"),
        ("Erdoğan’s", "erdogan"),
        ("Iğdır", "igdir"),
        ("Straße", "strasse"),
        ("São Tomé", "sao tome"),
        ("ＫＣＮＡ", "kcna"),
        ("An Nahar", "nahar"),
        ("Theresa", "theresa"),
        ("Workers' Party of Korea", "workers party of korea"),
        ("习近平", "习近平"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_normal(name: str, expected: str) -> None:
    assert normal(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë", "Zoe\u0308"), ("G20", "the G20"), ("U.N.", "UN"), ("al-Assad", "al Assad"), ("KCNA", "kcna")],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("US", "us all"), ("Kim Jong Un", "Kim Jong Il")])
def test_different_names_are_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Workers' Party of Korea", "workers-party-of-korea"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("The Hague", "hague"),
        ("Mira Talvik", "mira-talvik"),
        ("?!", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_a_word(name: str) -> None:
    assert slug(name)
    assert not any(char.isspace() or char in "/:_" for char in slug(name))
    assert not slug(name).startswith("-")
    assert not slug(name).endswith("-")
