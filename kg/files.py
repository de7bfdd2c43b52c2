"""Writing a file so that nobody ever sees half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.errors import InputError


@contextmanager
def replacing(path: Path, what: str, *, errors: str = "strict") -> Iterator[TextIO]:
    """A text file beside the path that takes its place once it is whole, and is removed if it never is.

    It holds UTF-8 with the line ends it is given; `errors` says what becomes of a character that UTF-8 cannot hold.
    Raises `InputError` when the file, which the message calls `what`, cannot be written.
    """
    with replaced(path, what) as beside, beside.open("w", encoding="utf-8", errors=errors, newline="") as file:
        yield file


@contextmanager
def replaced(path: Path, what: str) -> Iterator[Path]:
    """The name of a file to be written, which takes the path's place once it is whole, and is removed if it never is.

    Raises `InputError` when the file, which the message calls `what`, cannot be written.
    """
    if path.is_dir():
        raise InputError(f"the {what} cannot be written: this is a folder", where=str(path), hint="name a file")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise InputError(f"the {what} cannot be written: {error.strerror or error}", where=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)
