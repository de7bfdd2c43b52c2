"""Which word reports a quotation, and who speaks."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loaders.quotations import find_quotations
from loaders.speech import find_speech


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The talks have failed again,” Talvik said.", [("Talvik", "said", "The talks have failed again")]),
        ("Talvik said: “The talks have failed again.”", [("Talvik", "said", "The talks have failed again.")]),
        (
            "“The talks failed,” Talvik said. “We shall try again.”",
            [("Talvik", "said", "The talks failed,” Talvik said. “We shall try again.")],
        ),
        ("The “peace” of the port was brief.", []),
    ],
)
def test_who_says_a_quotation(read: Callable[[str], Doc], text: str, expected: list[tuple[str, str, str]]) -> None:
    doc = read(text)
    found = find_speech(doc, find_quotations(doc))
    said = [(str(one.speaker), one.cue.of(text), one.content.of(text)) for one in found]
    assert said == expected
