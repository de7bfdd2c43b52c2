"""What is made from a store and kept beside it, so that it need not be made again.

It lies in a folder of its own, which may be deleted at any time. Each file's name begins with a key, made of all that
its content follows from: the articles, records and decisions of the store, the user's own actors and relations, and the
program itself. So what is out of date is never found, and it goes when something newer is kept.

Whether the program has changed is told by its files' sizes and times of change, as Python tells by them whether it must
compile a module anew: to read them all would take as long as a question.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Self

_PACKAGE = Path(__file__).parent  # the knowledge that comes with kg is in it
_KEY = 12  # bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a store in one state."""

    folder: Path
    key: str

    @classmethod
    def of(cls, store: Path, digest: str, own: Iterable[Path] = ()) -> Self:
        """What is kept of the store whose contents have a digest, read with files or folders of the user's own."""
        made = blake2b(
            "\n".join([digest, *_program(str(_PACKAGE))]).encode("utf-8", "surrogateescape"), digest_size=_KEY
        )
        for file in (file for path in own for file in _files(path)):
            made.update(b"\0" + file.name.encode() + b"\0" + file.read_bytes())
        return cls(folder_of(store), made.hexdigest())

    def find(self, name: str) -> Path | None:
        """The file that was kept under a name, if there is one."""
        path = self.folder / f"{self.key}.{name}"
        return path if path.is_file() else None

    def keep(self, name: str, write: Callable[[Path], object]) -> None:
        """Keep what `write` puts into the path it is given; where nothing can be written, nothing is kept."""
        beside = self.folder / f"{self.key}.{name}.{os.getpid()}.part"
        try:
            self.folder.mkdir(exist_ok=True)
            for file in self.folder.iterdir():
                if not file.name.startswith(self.key):
                    file.unlink(missing_ok=True)
            write(beside)
            beside.replace(self.folder / f"{self.key}.{name}")
        except OSError:
            with suppress(OSError):
                beside.unlink()


def folder_of(store: Path) -> Path:
    """The folder in which things are kept beside a store."""
    return store.with_name(f"{store.name}-cache")


def discard(store: Path) -> bool:
    """Delete all that is kept beside a store, as it tells what the store no longer does; whether nothing is left."""
    import shutil  # here, as it imports much and few need it

    shutil.rmtree(folder_of(store), ignore_errors=True)
    return not folder_of(store).exists()


def _program(folder: str) -> Iterator[str]:
    """The files of the program in order, each with its size and when it was changed."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.path):
        if entry.is_file():
            state = entry.stat()
            yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"
        elif entry.name != "__pycache__":
            yield from _program(entry.path)


def _files(path: Path) -> list[Path]:
    """A file itself, or all files of a folder, in order."""
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
