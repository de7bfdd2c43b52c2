"""Files in object storage, such as `s3://bucket/news/*.jsonl.gz`, through fsspec, which knows a dozen kinds of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from kg.errors import ReadError

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
def opened(url: str, mode: str = "rb") -> Iterator[BinaryIO]:
    """A file of object storage, to read (`rb`) or to write (`wb`). Raises `ReadError`."""
    with _told(url):
        stream = _fsspec().open(url, mode).open()
    with stream:
        yield cast(BinaryIO, stream)


def _fsspec() -> Any:
    import fsspec

    return fsspec


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Errors of fsspec and of the systems behind it, as ours."""
    try:
        yield
    except ImportError as error:
        raise ReadError(f"what reads such addresses is not installed ({error})", where=url, hint=_HINT) from error
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where=url) from error
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be opened ({error})", where=url) from error
