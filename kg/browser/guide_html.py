"""The guide in HTML, as `:play` of the Neo4j Browser takes it: an article of slides, and statements that run."""

import html
import re
from collections.abc import Iterable

from kg.browser.guide import Code, Heading, Items, Part, Slide, Text

_CODE = re.compile(r"`([^`]*)`")
_BLOCK = "white-space: pre-wrap; max-height: 9em; overflow: auto; margin: 6px 0;"


def guide_html(slides: Iterable[Slide], address: str) -> str:
    """The page; `address` is where the style and the favourites are served beside it."""
    body = "\n".join((_colours(address), *map(_slide, slides)))
    head = '<article class="guide">\n<carousel class="deck container-fluid">'
    return f"{head}\n{body}\n</carousel>\n</article>\n"


def _colours(address: str) -> str:
    """The first slide: what has a meaning for this Browser only."""
    style, saved = html.escape(f"{address}/kg.grass"), html.escape(f"{address}/favourites.zip")
    return _in_slide(
        "The event graph in the Neo4j Browser",
        "<p>Every kind of node has a colour of its own, and relations too: blue cooperates, orange and red are in "
        "conflict, and what is more than words is drawn thicker.</p>"
        f'<p><a data-exec="style {style}">Put the colours on</a></p>'
        f'<p>The saved queries of the next slides are also there as <a href="{saved}">favourites.zip</a>: drop it on '
        "this window, and they stand in folders under the star at the left.</p>",
    )


def _slide(slide: Slide) -> str:
    return _in_slide(_inline(slide.title), "\n".join(map(_part, slide.parts)))


def _in_slide(title: str, body: str) -> str:
    return f'<slide class="row-fluid">\n<div class="col-sm-12">\n<h3>{title}</h3>\n{body}\n</div>\n</slide>'


def _part(part: Part) -> str:
    match part:
        case Text(text):
            return f"<p>{_inline(text)}</p>"
        case Heading(text):
            return f"<h4>{_inline(text)}</h4>"
        case Items(items):
            return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"
        case Code(text):
            return f'<pre class="runnable" mode="cypher" style="{_BLOCK}">{_escape(text)}</pre>'


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _escape(text))


def _escape(text: str) -> str:
    """Text that is no markup. The Browser strikes out whatever looks like `onclick=…`, so no equals sign is left."""
    return html.escape(text).replace("=", "&#61;")
