"""HTML: the article of a page without what surrounds it, or all the text of a piece of HTML."""

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from kg.errors import ReadError
from loaders.base import Item, Metadata, Noted, Options, make_article, read_whole
from loaders.encodings import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A date in words such as "updated yesterday" is left alone, and the clock is not read.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1500-01-01", "max_date": "2999-12-31"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which the declaration of an encoding stands (HTML standard: 1024)
_BLOCKS = frozenset(
    "address article aside blockquote br caption center dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
_SILENT = frozenset("head script style template noscript svg math object iframe".split())


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The article of a page, with the date, site, title and address that the page itself gives.

    The address of a page that was fetched counts only if its own host says so: else anyone could pass for another.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    text, note = _decode(read_whole(stream), options.charset)
    tree = _parse(text)
    found = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    if not isinstance(found, Document) or not found.text or not found.text.strip():
        raise ReadError("no article is found in the page")
    if note:
        yield Noted(where, note)
    metadata = options.metadata.over(_metadata(found, options.otherwise.url))
    yield make_article(where=where, text=_paragraphs(found.text), metadata=metadata, options=options)


def read_fragment(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """All the text of a piece of HTML, such as a feed or a mail holds."""
    text, note = _decode(read_whole(stream), options.charset)
    if note:
        yield Noted(where, note)
    yield make_article(where=where, text=text_of(_parse(text)), metadata=options.metadata, options=options)


def _decode(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text of a page; what its server says of its encoding wins over what stands in the page (HTML standard)."""
    declared = _DECLARED.search(data[:_HEAD])
    text, note = decode(data, charset or (declared.group(1).decode("ascii") if declared else None))
    return text.replace("\0", ""), note


def _parse(text: str) -> "HtmlElement":
    """The tree of a page. Raises `ReadError` when there is none."""
    from lxml import etree, html

    if not text.strip():
        raise ReadError("the file is empty")
    try:
        # The parser stops at 256 elements in one another, so that no later step can run out of its stack.
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"it is no HTML ({error})") from error


def text_of(tree: "HtmlElement") -> str:
    """The text that a reader sees, an empty line between paragraphs."""
    from lxml import etree

    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        step = {"start": 1, "end": -1}.get(event, 0)
        silent += step * (name in _SILENT)
        if name in _BLOCKS:
            pieces.append("\n")
        words = element.text if event == "start" else element.tail
        if words and not silent:
            pieces.append(re.sub(r"\s+", " ", words))
    return _paragraphs("".join(pieces))


def _paragraphs(text: str) -> str:
    """An empty line between paragraphs, so that none is taken for a wrapped line of another."""
    return "\n\n".join(stripped for line in text.split("\n") if (stripped := line.strip()))


def _metadata(found: Any, fetched: str | None) -> Metadata:
    own = not fetched or _host(fetched) == _host(found.url or "")
    return Metadata(
        published=datetime.date.fromisoformat(found.date) if found.date else None,
        source=found.sitename or found.hostname or None,
        title=found.title or None,
        url=(found.url if own else None) or None,
    )


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None
