"""Find direct quotations: the stretches of a text between quotation marks.

Curly and straight double quotes are read; they may be mixed up, and the closing one may be missing, as it is by custom
where a quotation goes on in the next paragraph. Single quotes are too often apostrophes and are left alone, but for
doubled ones (''so'').
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.model import Span
from loaders.grammar import text_of, trimmed

_MARK = re.compile(r"[“”„«»\"]|''|``")
# An empty line ends a paragraph, and so does a line that ends in closing punctuation (as in `loaders.nlp`).
_PARAGRAPH = re.compile(r"(?:[^\n]|(?<![.!?\"”':;)])\n(?![ \t\r]*\n))+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: `inner` without the marks, `outer` with them, `paragraph` is where they stand."""

    inner: Span
    outer: Span
    paragraph: Span


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of a text in order; they never overlap and never cross a paragraph's end."""
    text = text_of(doc)
    found = []
    for paragraph in paragraphs(text):
        for outer, inner in _pairs(text, paragraph):
            found.append(Quotation(inner, outer, paragraph))
    return tuple(found)


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text."""
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text) if match.group().strip()]


def _pairs(text: str, paragraph: Span) -> list[tuple[Span, Span]]:
    """(outer, inner) of each quotation; one that is never closed goes to the end of the paragraph."""
    pairs, opened = [], None
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        if opened is None:
            opened = match if match.group() not in "”»" else None
        elif match.group() not in "“„«``":
            pairs.append((opened.start(), match.end(), opened.end(), match.start()))
            opened = None
    if opened is not None:
        pairs.append((opened.start(), paragraph.end, opened.end(), paragraph.end))
    return [(Span(*pair[:2]), trimmed(text, *pair[2:])) for pair in pairs if text[pair[2] : pair[3]].strip()]
