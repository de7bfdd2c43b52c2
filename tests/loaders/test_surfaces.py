"""Names are found in a text whenever they are made ready."""

import pytest
from spacy.language import Language

from loaders.nlp import make_doc
from loaders.surfaces import Surfaces

NAMES = ["Peru", "Peru's Congress", "Congress", "U.S.", "38 North", "al-Qaeda", "São Tomé", "Cannot Stop", "X"]


@pytest.fixture(scope="module")
def surfaces(nlp: Language) -> Surfaces:
    return Surfaces(nlp, NAMES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nobody was there.", []),
        ("Peru's Congress met.", ["Peru", "Peru's Congress", "Congress"]),
        ("The U.S. and al-Qaeda met on X.", ["U.S.", "al-Qaeda"]),  # the token is "X."
        ("38 North named São Tomé, and Peru again: Peru.", ["38 North", "São Tomé", "Peru", "Peru"]),
        ("Cannot Stop is a band.", ["Cannot Stop"]),  # a first word that the tokenizer splits
        ("Perusing congress.", []),
    ],
)
def test_names_are_found_in_any_text_in_order(nlp: Language, surfaces: Surfaces, text: str, names: list[str]) -> None:
    for _ in range(2):
        doc = make_doc(nlp, text)
        found = [doc[first:last].text for first, last in surfaces.find(doc)]
        assert sorted(found) == sorted(names)
