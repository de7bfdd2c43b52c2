"""PDF: the text of all pages, as far as the file holds text and not pictures of it."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ReadError
from loaders.base import Item, Metadata, Options, make_article, read_whole

if TYPE_CHECKING:
    from pypdf import PdfReader

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")  # "minis-\nter": a word that was broken at a line's end
_NO_TITLE = re.compile(r"microsoft|untitled|\.(?:docx?|indd|pdf|qxd)$", re.IGNORECASE)  # what programs put there


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The text of a PDF, with its title; the day it was made is not that of publication, and is not taken."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(read_whole(stream)))
        if reader.is_encrypted and not _open(reader):
            raise ReadError("it is encrypted; save it without a password")
        text = _text(reader, options.max_characters)
        title = str(reader.metadata.get("/Title") or "").strip() if reader.metadata else ""
    except PyPdfError as error:
        raise ReadError(f"the PDF is damaged ({error})") from error
    if not text.strip():
        raise ReadError("there is no text in it; it may hold pictures of pages")
    metadata = options.metadata.over(Metadata(title=title if title and not _NO_TITLE.search(title) else None))
    yield make_article(where=where, text=text, metadata=metadata, options=options)


def _open(reader: "PdfReader") -> bool:
    """Whether it opens without a password: many are encrypted only to forbid printing."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _text(reader: "PdfReader", limit: int) -> str:
    """The text of the pages, one line end between them, since a sentence may go on; not much more than the limit."""
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(_HYPHEN.sub("", page.extract_text().strip()))
        size += len(pages[-1])
        if size > limit:
            break
    return "\n".join(pages)
