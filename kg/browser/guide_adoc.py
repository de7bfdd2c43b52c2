"""The guide in AsciiDoc, as the new Neo4j Browser takes it: a section a slide, and statements that run."""

import re
from collections.abc import Iterable

from kg.browser.guide import Code, Heading, Items, Part, Slide, Text

_CODE = re.compile(r"(`[^`]*`)")
_MARKUP = re.compile(r"[^\w\s.,;()/?!%-]|_")  # all that AsciiDoc could take for markup; letters of any language stay


def guide_adoc(slides: Iterable[Slide]) -> str:
    """The document's text."""
    return "\n\n".join(map(_section, slides)) + "\n"


def _section(slide: Slide) -> str:
    return "\n\n".join((f"== {_inline(slide.title)}", *map(_part, slide.parts)))


def _part(part: Part) -> str:
    match part:
        case Text(text):
            return _inline(text)
        case Heading(text):
            return f"=== {_inline(text)}"
        case Items(items):
            return "\n".join(f"* {_inline(item)}" for item in items)
        case Code(text):
            fence = "-" * max(4, 1 + max(map(len, re.findall("-+", text)), default=0))
            return f"[source,cypher]\n{fence}\n{text}\n{fence}"


def _inline(text: str) -> str:
    """The text in one line, where only what stands between backticks is markup."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(f"`+{part[1:-1]}+`" if _CODE.fullmatch(part) else _escape(part) for part in parts)


def _escape(text: str) -> str:
    """Marks as character references, which AsciiDoc hands on and never reads as markup."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
