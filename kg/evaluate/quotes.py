"""Finding what the gold quotes."""

import re

from kg.errors import DataError
from kg.model import Span


def find(text: str, quote: str, within: Span, besides: Span | None = None) -> Span:
    """The only place of a quote in a stretch of the text, in whole words, `besides` left out.

    Raises `DataError` when there is none, or more than one.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
    spans = [Span(*match.span()) for match in pattern.finditer(text, within.start, within.end)]
    spans = [span for span in spans if not (besides and besides.covers(span))]
    if len(spans) != 1:
        raise DataError(
            f"{quote!r} is there {len(spans)} times, not once", hint="quote exactly, and more words if need be"
        )
    return spans[0]


def find_names(text: str, name: str) -> list[Span]:
    """Every place where a name stands as whole words; its first letter may be a capital or not."""
    first, rest = re.escape(name[:1]), re.escape(name[1:])
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w)(?i:{first}){rest}(?!\w)", text)]
