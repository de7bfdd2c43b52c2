"""Find words that a mere name marks as somebody's: turns of a conversation, headlines, signed quotations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.model import Span
from loaders.cues import Telling
from loaders.grammar import text_of, trimmed
from loaders.quotations import Quotation, paragraphs

_NAME = r"(?P<name>(?!The )[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?<!\.))"
_LABEL = re.compile(rf"\s*[\"“]?{_NAME}(?P<cue>:)\s+(?=\w|[\"'“‘])")
_SIGNATURE = re.compile(rf"\s*(?P<cue>[―—–]|--?)\s*{_NAME}\.?\s*?(?:\n|\Z)")
_LEAST_WORDS = 4


def find_labelled(doc: Doc, quotations: Sequence[Quotation]) -> list[Telling]:
    """A telling for each turn ("TALVIK: We shall not go."), headline ("Talvik: Noria must go") and signed quotation."""
    return [*_turns(doc), *_signed(doc, quotations)]


def _turns(doc: Doc) -> Iterator[Telling]:
    """A paragraph after a name and a colon; one that opens no other paragraph must be the headline."""
    text = text_of(doc)
    labelled = [
        (paragraph, found) for paragraph in paragraphs(text) if (found := _LABEL.match(text, *_ends(paragraph)))
    ]
    often = Counter(found["name"] for _, found in labelled)
    for paragraph, found in labelled:
        headline = not text[: paragraph.start].strip()
        long_enough = len(text[found.end() : paragraph.end].split()) >= _LEAST_WORDS
        if (often[found["name"]] > 1 and long_enough) or (headline and _named(doc, found).pos_ == "PROPN"):
            yield _telling(doc, found, trimmed(text, found.end(), paragraph.end), "turn")


def _signed(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Telling]:
    """As in "“We shall not go.” — Mira Talvik"."""
    for quotation in quotations:
        if found := _SIGNATURE.match(text_of(doc), quotation.outer.end):
            yield _telling(doc, found, quotation.inner, "signed")


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _named(doc: Doc, found: re.Match[str]) -> Token:
    """The last word of the name."""
    return list(doc.char_span(*found.span("name"), alignment_mode="expand") or doc)[-1]


def _telling(doc: Doc, found: re.Match[str], content: Span, rule: str) -> Telling:
    speaker = _named(doc, found)
    cue = Span(*found.span("cue"))
    return Telling(verb=speaker, cue=cue, speaker=speaker, content=content, rule=f"statement.{rule}", confidence=0.8)
