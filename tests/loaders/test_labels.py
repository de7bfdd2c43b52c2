"""Words that a mere name marks as somebody's."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loaders.labels import find_labelled
from loaders.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talvik: Noria must go\n\nThe war is over.", [("Talvik", "Noria must go")]),
        ("“We shall not go.” — Mira Talvik", [("Talvik", "We shall not go.")]),
        (
            "An interview.\n\nTALVIK: We shall not go there.\n\nLEE: Why not?\n\nTALVIK: It is too late now.",
            [("TALVIK", "We shall not go there."), ("TALVIK", "It is too late now.")],
        ),
        ("The war is over.\n\nNote: prices are in pounds.", []),
    ],
)
def test_whose_the_words_are(read: Callable[[str], Doc], text: str, expected: list[tuple[str, str]]) -> None:
    doc = read(text)
    found = find_labelled(doc, find_quotations(doc))
    assert [(one.speaker.text if one.speaker else None, one.content.of(text)) for one in found] == expected
