"""Lists of feeds: OPML, as feed readers export it, or a text with a URL in each line."""

import io
from pathlib import Path

from kg.errors import InputError, ReadError
from loaders.encodings import decode

MAX_SIZE = 8 << 20  # bytes; tens of thousands of feeds
_HINT = "name an OPML file, a file with a URL in each line, or the URL of a feed"


def read_feed_list(path: Path) -> list[str]:
    """The URLs in a list, each once and in its order. Raises `InputError` when there are none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise InputError(f"the list cannot be read ({error.strerror})", where=str(path), hint=_HINT) from error
    if len(data) > MAX_SIZE:
        raise InputError(f"the list has more than {MAX_SIZE:,} bytes", where=str(path), hint=_HINT)
    try:
        text, _ = decode(data)
        urls = _outlines(data) if text.lstrip().startswith("<") else _lines(text)
    except (ReadError, ValueError) as error:
        reason = error.what if isinstance(error, ReadError) else error
        raise InputError(f"it is no list of feeds ({reason})", where=str(path), hint=_HINT) from error
    if not urls:
        raise InputError("it names no feed", where=str(path), hint=_HINT)
    return list(dict.fromkeys(urls))


def _outlines(data: bytes) -> list[str]:
    """The feeds of an OPML file. Raises `ValueError`, also for one that declares entities: no honest one does."""
    from lxml import etree

    urls = []
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if tree.docinfo.internalDTD is not None:
        raise ValueError("it has a document type, which OPML has not")
    if tree.getroot().tag != "opml":
        raise ValueError("it is no OPML")
    for outline in tree.iter("outline"):
        named = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        urls += [named["xmlurl"]] if named.get("xmlurl") else []
    return urls


def _lines(text: str) -> list[str]:
    """The URLs of a text; empty lines and what begins with "#" are left out. Raises `ValueError`."""
    lines = [line.strip() for line in text.splitlines()]
    urls = [line for line in lines if line and not line.startswith("#")]
    for url in urls:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url[:80]!r} is no URL")
    return urls
