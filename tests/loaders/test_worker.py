"""Reading in a process of its own: whatever happens there, this one gets an answer, and so does the next file."""

import datetime
import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from kg.errors import ReadError
from kg.model import Article
from loaders.base import Item, Link, Metadata, Noted, Options, Part, Reader, Skipped, make_article
from loaders.worker import Worker

DAY = datetime.date(2024, 6, 19)


def echo(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    yield Noted(where, "a note")
    yield make_article(where=where, text=stream.read().decode(), metadata=options.metadata, options=options)
    yield _part(b"\0part")
    yield Link(where=where, url="https://c.example/1", metadata=Metadata(published=DAY), summary=_part(b"short"))
    yield Skipped(where, "half \ud83d")


def _part(data: bytes) -> Part:
    return Part(where="a", stream=io.BytesIO(data), kind="fragment", metadata=Metadata(published=DAY))


def print_much(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    sys.stdout.write("chatter" * 100_000)
    yield Skipped(where, "done")


def hang(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    yield Noted(where, "before")
    time.sleep(60)


def crash(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield Noted(where, "never")


def eat(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    yield Noted(where, str(len(bytearray(8 << 30))))


def nest(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    yield from nest(stream, where, options)


def throw(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    yield Noted(where, "before")
    raise KeyError("/Root")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(seconds=2) as worker:
        yield worker


def test_what_comes_back_is_what_the_reader_gave(worker: Worker) -> None:
    options = Options(metadata=Metadata(published=DAY, source="Gazette"))
    noted, article, part, link, skipped = worker.read(echo, io.BytesIO("Türkiye “spoke”.".encode()), "a", options)
    assert noted == Noted("a", "a note")
    assert isinstance(article, Article)
    assert (article.text, article.published, article.source) == ("Türkiye “spoke”.", DAY, "Gazette")
    assert isinstance(part, Part)
    assert (part.stream.read(), part.kind, part.metadata) == (b"\0part", "fragment", Metadata(published=DAY))
    assert isinstance(link, Link)
    assert (link.url, link.metadata) == ("https://c.example/1", Metadata(published=DAY))
    assert link.summary
    assert link.summary.stream.read() == b"short"
    assert skipped == Skipped("a", "half \ud83d")


@pytest.mark.parametrize(
    ("reader", "end"),
    [
        (print_much, "done"),
        (hang, "it takes longer than 2 seconds to read"),
        (crash, "reading it crashed (status -11); the file is damaged, or made to do that"),
        (eat, "reading it takes too much memory"),
        (nest, "it nests too deep"),
        (throw, "it is damaged, or not what it seems to be (KeyError: '/Root')"),
    ],
)
def test_whatever_happens_is_told_and_the_next_file_is_read(worker: Worker, reader: Reader, end: str) -> None:
    told: list[str] = []
    try:
        told += [
            item.reason for item in worker.read(reader, io.BytesIO(b""), "a", Options()) if isinstance(item, Skipped)
        ]
    except ReadError as error:
        told.append(error.what)
    assert told == [end]
    assert len(list(worker.read(echo, io.BytesIO(b"News."), "a", Options()))) == 5


def test_what_came_before_a_crash_is_kept(worker: Worker) -> None:
    items = worker.read(hang, io.BytesIO(b""), "a", Options())
    assert next(items) == Noted("a", "before")
    with pytest.raises(ReadError):
        next(items)
