"""Finds what a user names - files, folders, URLs, standard input - and gives each, and files in it, to its reader."""

import io
import lzma
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast
from urllib.parse import urljoin, urlsplit

from kg.errors import FetchError, KgError, ReadError
from kg.model import Article
from loaders.base import MAX_BYTES, Held, Item, Link, Metadata, Noted, Options, Part, Skipped, Told
from loaders.kinds import HEAD, FileKind, kind_named, kind_of
from loaders.storage import files_at, is_storage, opened
from loaders.worker import Worker

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from loaders.fetching.exchange import Answer

STDIN = "-"
_DEEPEST = 4  # files in one another: a mail in a mailbox in a zip file in another
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LEAST, _RATIO = 256 << 20, 100  # bytes that may come out of a file, and how many for each that is in it


def is_url(source: str) -> bool:
    """Whether a source is a URL and no file, also one of a kind that is not fetched."""
    return _URL.match(source) is not None


def files_in(folder: Path) -> list[Path]:
    """The files in a folder and in those below it, in order; hidden ones are left out."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder))]


class Web(Protocol):
    """What fetches pages."""

    def open(self, url: str) -> "Answer | None":
        """What a URL gives that the user named; None where nothing is new. Raises `FetchError`."""
        ...

    def knows(self, url: str) -> bool:
        """Whether the page of a URL need not be fetched again."""
        ...

    def follow(self, url: str) -> "Answer":
        """What a URL gives that something else names. Raises `FetchError`."""
        ...


def read_articles(
    sources: Sequence[str], options: Options, stdin: BinaryIO | None = None, web: Web | None = None
) -> Iterator[Told]:
    """The articles in files, in folders (all below, sorted, hidden ones left out), at URLs and in `-`, standard input.

    In the order given; whatever cannot be read comes as `Skipped`. A title or URL among the options can only be true of
    one article, so every further article that would get it is skipped. Without a `web` nothing is fetched.
    """
    taken = 0
    with Worker() as worker:
        for item in chain.from_iterable(_Reading(options, worker, stdin, web).source(source) for source in sources):
            if isinstance(item, Article) and _borrows(item, options):
                taken += 1
                if taken > 1:
                    yield Skipped(item.id, "--title and --url describe one article, and this is another")
                    continue
            yield item


def _borrows(article: Article, options: Options) -> bool:
    url, title = options.metadata.url, options.metadata.title
    return bool((url and article.url == url) or (title and article.title == title))


class _Reading:
    """Reads one source of the user's; what comes out of all its files is limited by what goes in."""

    def __init__(self, options: Options, worker: Worker, stdin: BinaryIO | None, web: Web | None) -> None:
        self._options, self._worker, self._stdin, self._web = options, worker, stdin, web
        self._left = _LEAST
        self._base = ""  # the URL that links are relative to

    def source(self, source: str) -> Iterator[Told]:
        """The articles in a file, a folder, object storage, at a URL or in standard input."""
        path = Path(source)
        if source == STDIN:
            yield from self._stream(sys.stdin.buffer if self._stdin is None else self._stdin, "standard input", "")
        elif is_storage(source):
            yield from self._storage(source)
        elif is_url(source):
            yield from self._address(source)
        elif path.is_dir():
            yield from self._folder(path)
        else:
            yield from self._file(path)

    def _folder(self, folder: Path) -> Iterator[Told]:
        files = files_in(folder)
        if not files:
            yield Skipped(str(folder), "there is nothing in the folder")
        for path in files:
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Told]:
        try:
            with path.open("rb") as stream:
                self._left = max(_LEAST, _RATIO * path.stat().st_size)
                yield from self._stream(stream, str(path), path.name)
        except FileNotFoundError:
            yield Skipped(str(path), "there is no such file or folder")
        except OSError as error:
            yield Skipped(str(path), f"it cannot be read ({error.strerror})")

    def _storage(self, url: str) -> Iterator[Told]:
        try:
            files = files_at(url)
        except ReadError as error:
            yield Skipped(url, error.what)
            return
        if not files:
            yield Skipped(url, "there is nothing at this address")
        for file in files:
            try:
                with opened(file) as stream:
                    self._left = max(_LEAST, _RATIO * getattr(stream, "size", 0))
                    yield from self._stream(stream, file, file.rpartition("/")[2])
            except ReadError as error:
                yield Skipped(file, error.what)
            except OSError as error:  # it came to an end in the middle
                yield Skipped(file, f"it cannot be read ({error})")

    def _address(self, url: str) -> Iterator[Told]:
        """What a URL of the user's gives; a feed is there to be followed."""
        try:
            answer = self._opened().open(url)
        except FetchError as error:
            yield Skipped(url, error.what)
            return
        if answer is None:
            yield Noted(url, "nothing is new")
            return
        kind = self._options.kind or _kind_fetched(answer)
        follow = kind == "feed" if self._options.follow is None else self._options.follow
        self._base = answer.url
        yield from self._page(answer, url, replace(self._options, follow=follow), kind)

    def _link(self, link: Link, options: Options) -> Iterator[Told]:
        """The article that a file only names by its URL."""
        url = self._absolute(link.url)
        try:
            web = self._opened()
            if web.knows(url):
                yield Held(url)
                return
            answer = web.follow(url)
        except FetchError as error:
            yield from self._unfollowed(link, url, error, options)
            return
        options = replace(options, otherwise=link.metadata, follow=False)
        yield from self._page(answer, url, options, _kind_fetched(answer))

    def _unfollowed(self, link: Link, url: str, error: FetchError, options: Options) -> Iterator[Told]:
        """What is left of a link whose page cannot be had: its summary, unless the page may come another time."""
        if link.summary and error.lasting:
            yield Noted(url, f"{error.what}; its summary is read")
            yield from self._part(self._placed(link.summary), options, 1)
        else:
            yield Skipped(url, error.what)

    def _page(self, answer: "Answer", where: str, options: Options, kind: str | None) -> Iterator[Told]:
        """What a server answered."""
        single = kind is not None and kind_named(kind).single  # else the URL is that of no article in it
        found = options.otherwise.over(Metadata(url=answer.page if single else None))
        options = replace(options, otherwise=found, charset=answer.charset)
        part = Part(where=where, stream=io.BytesIO(answer.body), name=_name(answer.url), kind=kind)
        outer, self._left = self._left, max(_LEAST, _RATIO * len(answer.body))
        yield from self._part(part, options, 0)
        self._left = outer

    def _placed(self, part: Part) -> Part:
        """The part of a file from a URL, with a URL that is none relative to that."""
        url = part.metadata.url
        return replace(part, metadata=replace(part.metadata, url=self._absolute(url))) if url else part

    def _absolute(self, url: str) -> str:
        try:
            return urljoin(self._base, url)
        except ValueError:  # it is no URL, which is told where it is fetched
            return url

    def _opened(self) -> Web:
        if self._web is None:
            raise FetchError("nothing is fetched here")
        return self._web

    def _stream(self, stream: BinaryIO, where: str, name: str) -> Iterator[Told]:
        """What a file of the user's holds."""
        part = Part(where=where, stream=stream, name=name, kind=self._options.kind)
        yield from self._part(part, self._options, 0)

    def _part(self, part: Part, options: Options, depth: int) -> Iterator[Told]:
        """What a file holds, the files in it included."""
        options = replace(options, metadata=options.metadata.over(part.metadata))
        try:
            if depth > _DEEPEST:
                raise ReadError("files nest too deep in one another")
            for item in self._items(part, options, depth):
                if isinstance(item, Part):
                    yield from self._part(self._placed(item), options, depth + 1)
                elif isinstance(item, Link):
                    yield from self._link(item, options)
                else:
                    yield item
        except KgError as error:
            yield Skipped(part.where, error.what)

    def _items(self, part: Part, options: Options, depth: int) -> Iterator[Item]:
        stream = _Metered(part.stream, self._spend).buffered() if depth else part.stream
        stream, head = _with_head(stream)
        kind = self._kind(part, head)
        if kind.guarded:
            return self._worker.read(kind.read, stream, part.where, options)
        return kind.read(stream, part.where, options)

    def _kind(self, part: Part, head: bytes) -> FileKind:
        if part.kind:
            return kind_named(part.kind)
        kind = kind_of(part.name, head)
        if kind is None:
            suffix = Path(part.name).suffix
            raise ReadError(f"no reader knows {suffix} files (kg readers lists the kinds, and --as KIND names one)")
        return kind

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise ReadError(f"far more comes out of it than is in it (over {_RATIO} times), so it is not read on")


class _Metered(io.RawIOBase):
    """A stream within another file: what is read of it is counted, and whatever breaks in it is an error of ours."""

    def __init__(self, stream: BinaryIO, spend: Callable[[int], None], head: bytes = b"") -> None:
        super().__init__()
        self._stream, self._spend, self._head = cast(io.BufferedIOBase, stream), spend, head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer)
        data, self._head = self._head[: len(room)], self._head[len(room) :]
        if not data:
            data = self._read(len(room))
            self._spend(len(data))
        room[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
            raise ReadError(f"it is damaged or cannot be unpacked ({error})") from error

    def buffered(self) -> BinaryIO:
        return io.BufferedReader(self)


def _with_head(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream, and its beginning, which holds more than blanks; the stream still begins with it."""
    start = stream.tell() if stream.seekable() else None
    head = b""
    while not head.strip(b"\xef\xbb\xbf \t\r\n") and (piece := cast(io.BufferedIOBase, stream).read1(HEAD)):
        head = (head + piece)[-MAX_BYTES:]
    if start is not None:
        stream.seek(start)
        return stream, head
    return _Metered(stream, lambda _: None, head).buffered(), head


def _kind_fetched(answer: "Answer") -> str | None:
    kind = kind_of(_name(answer.url), answer.body[:HEAD], answer.media)
    return kind.name if kind else None


def _name(url: str) -> str:
    """The name of the file that a URL seems to lead to."""
    return urlsplit(url).path.rpartition("/")[2]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
