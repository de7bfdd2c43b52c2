"""Plain text: a file is an article, in UTF-8, and its line ends stay as they are."""

import codecs
from collections.abc import Iterable, Iterator

from kg.model import Article
from loaders.base import Defaults, Skipped, make_article


def read(lines: Iterable[bytes], where: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The one article of a text file; its metadata are the defaults."""
    yield _read(b"".join(lines), where, defaults)


def _read(data: bytes, where: str, defaults: Defaults) -> Article | Skipped:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Skipped(where, "the text is UTF-16; convert it first, for example with iconv -f UTF-16 -t UTF-8")
    if b"\0" in data:
        return Skipped(where, "the file is binary, or not in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Skipped(where, f"the text is not UTF-8 (byte {error.start}); convert it first, for example with iconv")
    if not text.strip():
        return Skipped(where, "the file is empty")
    return make_article(
        where=where,
        text=text,
        published=defaults.published,
        source=defaults.source,
        title=defaults.title,
        url=defaults.url,
    )
