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
            "Ana Ruiz, the Chilean ambassador to the United Nations, left.",
            ("Ana Ruiz", "Chilean", "ambassador", False),  # sent by one, to another
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
    "text",
    [
        "The president met Ana Ruiz.",  # two people
        "Ana Ruiz left the ministry.",
        "He thanked the president and Ana Ruiz.",  # joined, not the same
    ],
)
def test_no_title(extractor: Extractor, text: str) -> None:
    assert stage(extractor, text).names.titles == ()
