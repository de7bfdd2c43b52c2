"""Reads a file in a process of its own, which is ended when it takes too long, takes too much memory or crashes.

A file of a stranger can make a parser hang, crash or eat the memory, and no exception in this process would tell. So
the parsers of others work beside it: bytes go there, articles come back as JSON, and nothing it says is run.
"""

import base64
import dataclasses
import datetime
import io
import json
import os
import pickle
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, BinaryIO

from kg.errors import KgError, ReadError
from kg.model import Article
from loaders.base import Item, Link, Metadata, Noted, Options, Part, Reader, Skipped, read_whole

SECONDS = 60  # for one file, a hundred times what a long one takes
MEMORY = 3 << 30  # bytes of address space; a worker with all its libraries takes a tenth
_DONE = b"null"
_LENGTH = struct.Struct(">Q")
_START = "import sys; sys.path[:] = sys.argv[1:]; from loaders.worker import serve; serve()"


class Worker:
    """A process that reads files one after the other; it starts when first needed, and anew after it died."""

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, reader: Reader, stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
        """What a reader, a module's function, makes of a stream. Raises `ReadError` when it does not come to an end."""
        request = pickle.dumps((reader, read_whole(stream), where, options, self._seconds))
        fault = None
        answers: list[bytes] = []
        try:
            self._ask(request, answers)
        except (OSError, EOFError):
            fault = ReadError(self._fate())
        except BaseException:
            self._end()  # a half-heard answer would be taken for that to the next request
            raise
        for answer in answers:  # all is heard before any of it is told, since a part may need this worker again
            yield _from_json(json.loads(answer))
        if fault:
            raise fault

    def _ask(self, request: bytes, answers: list[bytes]) -> None:
        process = self._started()
        assert process.stdin
        assert process.stdout
        _send(process.stdin, request)
        while (answer := _receive(process.stdout)) != _DONE:
            answers.append(answer)

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            command = [sys.executable, "-P", "-c", _START, *sys.path]
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            assert self._process.stdin
            _send(self._process.stdin, _LENGTH.pack(self._memory))
        return self._process

    def _fate(self) -> str:
        """Why the process died."""
        status = self._process.wait() if self._process else 0
        self._end()
        if status == -signal.SIGALRM:
            return f"it takes longer than {self._seconds} seconds to read"
        return f"reading it crashed (status {status}); the file is damaged, or made to do that"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def serve() -> None:
    """Be the child: answer requests until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):  # what a library prints or asks is not our conversation
        os.dup2(nowhere, number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends this process
    try:
        (memory,) = _LENGTH.unpack(_receive(requests))
        with suppress(ValueError, OSError):  # a system that cannot bound it, such as macOS
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        while True:
            reader, data, where, options, seconds = pickle.loads(_receive(requests))  # noqa: S301 - of the parent
            signal.alarm(seconds)
            for item in read_bytes(reader, data, where, options):
                _send(answers, json.dumps(_to_json(item)).encode())
            signal.alarm(0)
            _send(answers, _DONE)
    except (EOFError, BrokenPipeError):
        return


def read_bytes(reader: Reader, data: bytes, where: str, options: Options) -> Iterator[Item]:
    """What a reader makes of some bytes; whatever the parser of another throws is told as damage of the file."""
    try:
        yield from reader(io.BytesIO(data), where, options)
    except KgError as error:
        yield Skipped(where, error.what)
    except MemoryError:
        yield Skipped(where, "reading it takes too much memory")
    except RecursionError:
        yield Skipped(where, "it nests too deep")
    except Exception as error:  # noqa: BLE001 - parsers of others throw whatever they run into
        yield Skipped(where, f"it is damaged, or not what it seems to be ({type(error).__name__}: {str(error)[:200]})")


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _to_json(item: Item) -> list[Any]:
    values = {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}
    if isinstance(item, Part):
        values["stream"] = base64.b64encode(item.stream.read()).decode()
    if isinstance(item, Link):
        values["summary"] = _to_json(item.summary) if item.summary else None
    if isinstance(item, Part | Link):
        values["metadata"] = _metadata(item.metadata)
    if isinstance(item, Article) and item.published:
        values["published"] = item.published.isoformat()
    return [type(item).__name__, values]


def _metadata(metadata: Metadata) -> dict[str, str | None]:
    day = metadata.published
    return dataclasses.asdict(metadata) | {"published": day.isoformat() if day else None}


def _from_json(answer: list[Any]) -> Item:
    name, values = answer
    if name == "Skipped":
        return Skipped(**values)
    if name == "Noted":
        return Noted(**values)
    if name == "Part":
        stream, metadata = io.BytesIO(base64.b64decode(values["stream"])), Metadata(**_dated(values["metadata"]))
        return Part(**values | {"stream": stream, "metadata": metadata})
    if name == "Link":
        summary = _from_json(values["summary"]) if values["summary"] else None
        return Link(**values | {"summary": summary, "metadata": Metadata(**_dated(values["metadata"]))})
    return Article(**_dated(values))


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    day = values["published"]
    return values | {"published": datetime.date.fromisoformat(day) if day else None}
