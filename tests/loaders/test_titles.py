"""Roles that a text gives somebody, with the state or organisation that they belong to."""

import pytest

from loaders.pipeline import Extractor
from tests.loaders.scene import stage

Row = tuple[str, str | None, str, bool]  # holder, body, role noun, former


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian Foreign Minister Ana Ruiz left.", ("Ana Ruiz", "Russian", "foreign minister", False)),  # before
        ("Ana Ruiz, the president of Peru, left.", ("Ana Ruiz", "Peru", "president", False)),  # after, with "of"
        ("Peru's president, Ana Ruiz, left.", ("Ana Ruiz", "Peru", "president", False)),  # possessor
        ("Former Peruvian President Ana Ruiz left.", ("Ana Ruiz", "Peruvian", "president", True)),  # no longer
        ("Ana Ruiz became the president of Peru.", ("Ana Ruiz", "Peru", "president", False)),  # predicate
        ("President Ana Ruiz of Peru left.", ("Ana Ruiz", "Peru", "president", False)),  # "of" after the name
        (  # a role of several words, which the parse breaks
            "Peruvian Minister of Defence Ana Ruiz left.",
            ("Ana Ruiz", "Peruvian", "minister of defence", False),
        ),
        ("President Ana Ruiz left.", ("Ana Ruiz", None, "president", False)),  # nobody's president is told
        (
            "Ana Ruiz, the Chilean ambassador to the European Union, left.",
            ("Ana Ruiz", "Chilean", "ambassador", False),  # sent by one, to another
        ),
        (
            "Chile's ambassador to the United Nations, Ana Ruiz, left.",
            ("Ana Ruiz", "Chile", "ambassador to the united nations", False),  # a role with "to"
        ),
        (
            "Germany's SPD leader Ana Ruiz left.",
            ("Ana Ruiz", "SPD", "leader", False),  # the nearest of two
        ),
        ("A Russia analyst, Ana Ruiz, left.", ("Ana Ruiz", None, "analyst", False)),  # knows about it, is not its own
        (
            "Ana Ruiz is director of the think tank Amnesty International.",
            ("Ana Ruiz", "Amnesty International", "director", False),  # named after a noun
        ),
        (
            "Tom Marsh and the mayor of Oslo, Ana Ruiz, left.",
            ("Ana Ruiz", "Oslo", "mayor", False),  # the parse joins both people
        ),
    ],
)
def test_a_title(extractor: Extractor, text: str, expected: Row) -> None:
    scene = stage(extractor, text)
    rows = [
        (
            scene.words(scene.found[one.holder]),
            scene.words(scene.found[one.body]) if one.body is not None else None,
            one.text,
            one.former,
        )
        for one in scene.names.titles
    ]
    assert rows == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presidents Ana Ruiz of Peru and Tom Marsh of Chile left.", {("Ana Ruiz", "Peru"), ("Tom Marsh", "Chile")}),
        ("Two members of NATO, Ana Ruiz and Tom Marsh, left.", {("Ana Ruiz", "NATO"), ("Tom Marsh", "NATO")}),
        (
            "Ana Ruiz, a lawyer of Amnesty International and member of the European Parliament, left.",
            {("Ana Ruiz", "Amnesty International"), ("Ana Ruiz", "European Parliament")},  # two roles of one
        ),
    ],
)
def test_several_titles(extractor: Extractor, text: str, expected: set[tuple[str, str]]) -> None:
    scene = stage(extractor, text)
    rows = {(one.holder, one.body) for one in scene.names.titles}
    assert {tuple(scene.words(scene.found[at]) for at in row if at is not None) for row in rows} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The president met Ana Ruiz.",  # two people
        "Ana Ruiz left the ministry.",
        "He thanked the president and Ana Ruiz.",  # joined, not the same
    ],
)
def test_no_title(extractor: Extractor, text: str) -> None:
    assert stage(extractor, text).names.titles == ()
