"""Files in object storage, such as `s3://bucket/news/*.jsonl.gz`, through fsspec, which knows a dozen kinds of it."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from kg.errors import InputError, ReadError

# Only storage of the user's own is opened so, never the web: other kinds that fsspec knows do not check addresses.
_KINDS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "hdfs", "oss", "memory"}
_HINT = "pip install 'geopolitical-event-graph[cluster]', and what fsspec asks for (such as s3fs for s3://)"


def is_storage(source: str) -> bool:
    """Whether a source is an address of object storage."""
    kind, mark, _ = source.partition("://")
    return bool(mark) and kind.lower() in _KINDS


def files_at(url: str) -> list[str]:
    """The files that a URL of object storage means, in order: itself, all below a folder, or those of a pattern.

    Raises `ReadError`.
    """
    with _told(url):
        system, path = _fsspec().core.url_to_fs(url)
        if system.isdir(path):
            found = system.find(path)
        else:
            found = system.glob(path) if any(sign in path for sign in "*?[") else [path]
        return sorted(system.unstrip_protocol(file) for file in found)


@contextmanager
def opened(url: str) -> Iterator[BinaryIO]:
    """A file of object storage, to read. Raises `ReadError` when it is not there, and `OSError` when it breaks off."""
    with _told(url):
        stream = _Remote(_fsspec().open(url, "rb").open())
    with io.BufferedReader(stream) as buffered:
        yield buffered


@contextmanager
def written(url: str) -> Iterator[Path]:
    """A file on this machine that goes to object storage once it is whole, and is removed if it never is.

    Raises `InputError` when it cannot go there; then it is kept, and the message says where.
    """
    with _told(url):
        system, there = _fsspec().core.url_to_fs(url)
    with ExitStack() as afterwards:
        folder = Path(tempfile.mkdtemp(prefix="kg-"))
        afterwards.callback(shutil.rmtree, folder)
        yield (here := folder / PurePosixPath(there).name)
        try:
            system.put_file(str(here), there)
        except Exception as error:  # each system has errors of its own kind
            afterwards.pop_all()  # nothing is removed
            hint = f"what it would hold is in {here}"
            raise InputError(f"it cannot be written ({error})", where=url, hint=hint) from error


class _Remote(io.RawIOBase):
    """A file of fsspec, whose own errors become `OSError`; few of fsspec's files have all that Python's files have."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readinto(self, buffer: Any) -> int:
        try:
            piece: bytes = self._file.read(len(buffer))
        except Exception as error:  # each system has errors of its own kind
            raise OSError(str(error)) from error
        buffer[: len(piece)] = piece
        return len(piece)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, place: int, whence: int = 0) -> int:
        return int(self._file.seek(place, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        self._file.close()
        super().close()


def _fsspec() -> Any:
    import fsspec

    return fsspec


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Errors of fsspec and of the systems behind it, as ours."""
    try:
        yield
    except ImportError as error:
        raise ReadError(f"what reaches such addresses is not installed ({error})", where=url, hint=_HINT) from error
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where=url) from error
    except Exception as error:  # each system has errors of its own kind
        raise ReadError(f"it cannot be opened ({error})", where=url) from error
