"""Object storage, tried with fsspec's own in memory (`memory://`)."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile, MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from kg.errors import InputError, ReadError
from kg.model import Article
from loaders.base import Options, Skipped
from loaders.reading import read_articles
from loaders.storage import files_at, is_storage, opened, written


@pytest.fixture
def memory() -> Iterator[str]:
    """A folder of fsspec's memory with two files."""
    system = fsspec.filesystem("memory")
    system.pipe({"/news/b.txt": b"Norland signed a treaty.", "/news/a.txt": b"Estmark left.", "/news/old/c.md": b"x"})
    yield "memory:///news"
    system.rm("/news", recursive=True)


@pytest.mark.parametrize(
    ("source", "storage"),
    [
        ("s3://bucket/news.jsonl", True),
        ("GS://bucket/news", True),
        ("https://example.org/feed.xml", False),
        ("ftp://example.org/feed.xml", False),
        ("file:///etc/passwd", False),
        ("news.jsonl", False),
        ("s3", False),
    ],
)
def test_what_is_storage(source: str, storage: bool) -> None:
    assert is_storage(source) == storage


@pytest.mark.parametrize(
    ("at", "files"),
    [
        ("", ["memory:///news/a.txt", "memory:///news/b.txt", "memory:///news/old/c.md"]),
        ("/*.txt", ["memory:///news/a.txt", "memory:///news/b.txt"]),
        ("/b.txt", ["memory:///news/b.txt"]),
        ("/*.pdf", []),
    ],
)
def test_files(memory: str, at: str, files: list[str]) -> None:
    assert files_at(memory + at) == files


def test_articles_of_storage_are_those_of_files(memory: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Estmark left.")
    (near,) = read_articles([str(tmp_path / "a.txt")], Options())
    (far,) = read_articles([f"{memory}/a.txt"], Options())
    assert near == far


@pytest.mark.parametrize(
    ("at", "reason"),
    [("/none.txt", "there is no such file"), ("/*.pdf", "there is nothing at this address")],
)
def test_what_is_not_there_is_skipped(memory: str, at: str, reason: str) -> None:
    assert list(read_articles([memory + at], Options())) == [Skipped(memory + at, reason)]


def test_storage_that_breaks_off_is_skipped_and_the_next_file_read(
    memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = MemoryFile.read

    def broken(stream: MemoryFile, size: int = -1) -> bytes:
        if stream.path.endswith("a.txt"):
            raise LookupError("connection reset")  # systems have errors of their own kinds
        return bytes(read(stream, size))

    monkeypatch.setattr(MemoryFile, "read", broken, raising=False)
    skipped, article = read_articles([f"{memory}/*.txt"], Options())
    assert skipped == Skipped(f"{memory}/a.txt", "it cannot be read (connection reset)")
    assert isinstance(article, Article)


def test_a_file_that_knows_only_what_fsspec_promises_is_read(
    memory: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As those of s3fs: `AbstractBufferedFile` has no `read1`, which Python's own files have."""
    system = fsspec.filesystem("memory")
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", "Estmark left.")
    system.pipe({"/news/news.zip": (tmp_path / "news.zip").read_bytes()})

    class Plain(AbstractBufferedFile):  # type: ignore[misc]
        def _fetch_range(self, start: int, end: int) -> bytes:
            return bytes(system.store[self.path].getvalue()[start:end])

    monkeypatch.setattr(MemoryFileSystem, "_open", lambda self, path, mode="rb", **_: Plain(self, path, mode))
    told = list(read_articles([f"{memory}/a.txt", f"{memory}/news.zip"], Options()))
    assert [one.text for one in told if isinstance(one, Article)] == ["Estmark left.", "Estmark left."]


def test_storage_that_is_not_installed_is_told() -> None:
    with (
        pytest.raises(ReadError, match="what reaches such addresses is not installed"),
        opened("oss://bucket/news.txt"),
    ):
        pass


def test_what_is_written_is_there_once_it_is_whole(memory: str) -> None:
    with written(f"{memory}/out/records.jsonl") as here:
        here.write_bytes(b"{}\n")
        assert not fsspec.filesystem("memory").exists("/news/out/records.jsonl")
    assert fsspec.filesystem("memory").cat("/news/out/records.jsonl") == b"{}\n"
    assert not here.parent.exists()


def test_what_is_broken_off_is_not_written(memory: str) -> None:
    with suppress(KeyboardInterrupt), written(f"{memory}/records.jsonl") as here:
        here.write_bytes(b"{}\n")
        raise KeyboardInterrupt
    assert not fsspec.filesystem("memory").exists("/news/records.jsonl")
    assert not here.parent.exists()


def test_what_cannot_be_written_is_kept_and_told(memory: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*given: object) -> None:
        raise LookupError("no such bucket")

    monkeypatch.setattr(MemoryFileSystem, "put_file", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    writing = written(f"{memory}/records.jsonl")
    writing.__enter__().write_bytes(b"{}\n")
    with pytest.raises(InputError, match=r"records.jsonl: it cannot be written \(no such bucket\)") as caught:
        writing.__exit__(None, None, None)
    kept = Path(str(caught.value.hint).removeprefix("what it would hold is in "))
    assert (kept.name, kept.read_bytes()) == ("records.jsonl", b"{}\n")


def test_storage_that_is_not_installed_cannot_be_written_to() -> None:
    with pytest.raises(ReadError, match="what reaches such addresses is not installed"), written("oss://bucket/a"):
        pass
