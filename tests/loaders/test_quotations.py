"""The words between quotation marks."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loaders.quotations import find_quotations, paragraphs

Read = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said “no” and “yes”.", ["no", "yes"]),
        ('He said "no" and "yes".', ["no", "yes"]),
        ('He spoke of “clear concerns" and left.', ["clear concerns"]),
        ("“The first part.\n\n“The second part.”", ["The first part.", "The second part."]),
        ("Nothing here.", []),
        ("The “ ” is empty.", []),
    ],
)
def test_quotations(read: Read, text: str, inner: list[str]) -> None:
    assert [one.inner.of(text) for one in find_quotations(read(text))] == inner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One line\nbroken in two.", ["One line\nbroken in two."]),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [one.of(text).strip() for one in paragraphs(text)] == expected
