"""DOCX: the paragraphs of a document, deleted ones left out."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from kg.errors import ReadError
from loaders.base import Item, Metadata, Options, make_article, read_whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The text of a document, with its title and language; the day it was made is not that of publication."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_whole(stream))) as archive:
            text = "\n\n".join(_paragraphs(_part(archive, "word/document.xml")))
            properties = _properties(archive)
    except KeyError as error:
        raise ReadError("it is no DOCX: it holds no document") from error
    except _BROKEN as error:
        raise ReadError(f"the DOCX is damaged ({error})") from error
    if not text.strip():
        raise ReadError("there is no text in it")
    metadata = options.metadata.over(properties)
    yield make_article(where=where, text=text, metadata=metadata, options=options)


def _part(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    """A file of the document, no longer than may be read in one piece."""
    with archive.open(name) as part:
        return io.BytesIO(read_whole(cast(BinaryIO, part)))


def _paragraphs(part: IO[bytes]) -> Iterator[str]:
    """Each paragraph that holds something; `w:t` is text, `w:delText` was deleted."""
    from lxml import etree

    words: list[str] = []
    try:
        for _, element in etree.iterparse(part, events=("end",), resolve_entities=False, no_network=True):
            if element.tag == f"{_W}t":
                words.append(element.text or "")
            elif element.tag in _BREAKS:
                words.append(_BREAKS[element.tag])
            elif element.tag == f"{_W}p":
                if paragraph := "".join(words).strip():
                    yield paragraph
                words.clear()
                element.clear()
    except etree.XMLSyntaxError as error:
        raise ReadError(f"the DOCX is damaged ({error})") from error


def _properties(archive: zipfile.ZipFile) -> Metadata:
    from lxml import etree

    try:
        tree = etree.parse(
            _part(archive, "docProps/core.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except (KeyError, etree.XMLSyntaxError):
        return Metadata()
    return Metadata(
        title=(tree.findtext(f".//{_DC}title") or "").strip() or None,
        language=(tree.findtext(f".//{_DC}language") or "").strip() or None,
    )
