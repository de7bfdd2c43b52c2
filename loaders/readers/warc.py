"""WARC: the pages of a web archive, such as Common Crawl News, each read as the page or text that it is."""

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

from kg.errors import ReadError
from loaders.base import Item, Metadata, Noted, Options, Part, Skipped, read_whole

_MAX_LINE = 8 << 20  # bytes
_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:  # noqa: ARG001 - the parts get the options
    """Each page that was answered with success; the day of the crawl is not that of publication, and is not taken."""
    others: Counter[str] = Counter()
    found = False
    for number, record in enumerate(_records(stream), start=1):
        kind = _kind(record)
        if kind:
            found = True
            yield _part(record, kind, f"{where}#{number}")
        elif record.rec_type in ("response", "resource", "conversion"):
            others[_why_not(record)] += 1
    for reason, count in sorted(others.items()):
        yield Noted(where, f"not read, since {reason}: {count} of its records")
    if not found:
        raise ReadError("there is no page in it")


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records; what the library says on standard error of odd ones is not for the user."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    damaged: tuple[type[Exception], ...] = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError)
    damaged += (TypeError, IndexError, OverflowError, zlib.error)  # the last but one: a record of 10^30 bytes
    records = iter(ArchiveIterator(_Bounded(stream)))
    while True:
        try:
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
        except damaged as error:
            raise ReadError(f"the archive is damaged ({error})") from error
        if record is None:
            return
        yield record


class _Bounded:
    """A stream that the library may read lines of: it would take one without an end whole into memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._since = stream, 0

    def read(self, size: int = -1) -> bytes:
        """Some bytes. Raises `ReadError` after too many without a line end."""
        data = self._stream.read(size)
        at = data.rfind(b"\n")
        self._since = self._since + len(data) if at < 0 else len(data) - at
        if self._since > _MAX_LINE:
            raise ReadError(f"a line has more than {_MAX_LINE:,} bytes")
        return data

    def tell(self) -> int:
        """Where it is, which the library asks for its messages."""
        return 0


def _kind(record: Any) -> str | None:
    """`html` or `text` where a record holds such, and was answered so."""
    if record.rec_type == "conversion" and _type(record) == "text/plain":
        return "text"
    if record.rec_type not in ("response", "resource") or _type(record) not in _PAGES:
        return None
    return "html" if record.http_headers is None or record.http_headers.get_statuscode() == "200" else None


def _type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _why_not(record: Any) -> str:
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    if status and status != "200":
        return f"the answer was {status[:20]}"
    return f"it is {_type(record)[:40] or 'of an unknown type'}"


def _part(record: Any, kind: str, where: str) -> Item:
    try:
        data = read_whole(record.content_stream())
    except ReadError as error:
        return Skipped(where, error.what)
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    return Part(where=where, stream=io.BytesIO(data), kind=kind, metadata=Metadata(url=url))
