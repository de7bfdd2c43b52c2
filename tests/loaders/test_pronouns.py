"""Who "he" and "she" stand for, one construction a row."""

import pytest

from loaders.pipeline import Extractor
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Ann Hale met Tom Marsh. She left.", "She", "Ann Hale"),  # gender
        ("Ann Hale met Tom Marsh. He left.", "He", "Tom Marsh"),
        ("Ann Hale met Mary Lund. She left.", "She", "Ann Hale"),  # subject to subject
        ("Ann Hale saw her.", "her", None),  # never the subject of the same verb
        ("Tom Marsh spoke. Ann Hale thanked him.", "him", "Tom Marsh"),
        ("Ann Hale hurt herself.", "herself", "Ann Hale"),  # but a reflexive is
        ("Mary Lund resigned. Ann Hale sold her house.", "her", "Ann Hale"),  # a possessor in the subject's clause
        ("When she arrived, Ann Hale was tired.", "she", "Ann Hale"),  # before the name, in a clause that goes first
        ("In her speech, Ann Hale thanked nobody.", "her", "Ann Hale"),  # in a phrase that goes first
        ("She arrived. Ann Hale was tired.", "She", None),  # but not in a sentence of its own
        ("His brother Tom Marsh left.", "His", None),  # a name does not own itself
        ("Ann Hale, who sold her house, left.", "her", "Ann Hale"),  # in a relative clause
        ("Ann Hale and her son left.", "her", "Ann Hale"),  # joined with what one owns
        ("Siemens closed. He left.", "He", None),  # a firm is no "he"
        ("Ann Hale spoke. It rained. It snowed. It hailed. It poured. She left.", "She", None),  # too far
    ],
)
def test_antecedent(extractor: Extractor, text: str, pronoun: str, who: str | None) -> None:
    assert stage(extractor, text).who(pronoun) == who


def test_he_is_nobody_who_was_she(extractor: Extractor) -> None:
    scene = stage(extractor, "Robin Hale spoke. She left. He stayed.")
    assert (scene.who("She"), scene.who("He")) == ("Robin Hale", None)
