"""Object storage, tried with fsspec's own in memory (`memory://`)."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile

from kg.errors import ReadError
from kg.model import Article
from loaders.base import Options, Skipped
from loaders.reading import read_articles
from loaders.storage import files_at, is_storage, opened


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
    def broken(stream: MemoryFile, size: int = -1) -> bytes:
        if stream.path.endswith("a.txt"):
            raise ConnectionResetError("connection reset")
        return bytes(stream.read(size))

    monkeypatch.setattr(MemoryFile, "read1", broken, raising=False)
    skipped, article = read_articles([f"{memory}/*.txt"], Options())
    assert skipped == Skipped(f"{memory}/a.txt", "it cannot be read (connection reset)")
    assert isinstance(article, Article)


def test_storage_that_is_not_installed_is_told() -> None:
    with pytest.raises(ReadError, match="what reads such addresses is not installed"), opened("oss://bucket/news.txt"):
        pass


def test_what_is_written_is_there(memory: str) -> None:
    with opened(f"{memory}/out/records.jsonl", "wb") as stream:
        stream.write(b"{}\n")
    assert fsspec.filesystem("memory").cat("/news/out/records.jsonl") == b"{}\n"
