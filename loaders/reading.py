"""Finds what a user names - files, folders, standard input - and gives each file to its reader."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from kg.model import Article
from loaders import jsonl, plaintext
from loaders.base import Defaults, Reader, Skipped

STDIN = "-"
READERS: dict[str, Reader] = {
    ".txt": plaintext.read,
    ".text": plaintext.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
_BOM = b"\xef\xbb\xbf"


def read_articles(
    sources: Sequence[str], defaults: Defaults, stdin: Iterable[bytes] | None = None
) -> Iterator[Article | Skipped]:
    """The articles in files, in folders (all below, sorted, hidden ones left out) and in `-`, standard input.

    In the order given; whatever cannot be read comes as `Skipped`. A title or URL among the defaults can only be true
    of one article, so every further article that would get it is skipped.
    """
    taken = 0
    for item in chain.from_iterable(_read_source(source, defaults, stdin) for source in sources):
        if isinstance(item, Article) and _borrows(item, defaults):
            taken += 1
            if taken > 1:
                yield Skipped(item.id, "--title and --url describe one article, and this is another")
                continue
        yield item


def _borrows(article: Article, defaults: Defaults) -> bool:
    url, title = defaults.url, defaults.title
    return bool((url and article.url == url) or (title and article.title == title))


def _read_source(source: str, defaults: Defaults, stdin: Iterable[bytes] | None) -> Iterator[Article | Skipped]:
    path = Path(source)
    if source == STDIN:
        yield from _read_unnamed(sys.stdin.buffer if stdin is None else stdin, "standard input", defaults)
    elif path.is_dir():
        yield from _read_folder(path, defaults)
    else:
        yield from _read_file(path, defaults)


def _read_folder(folder: Path, defaults: Defaults) -> Iterator[Article | Skipped]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder))]
    if not files:
        yield Skipped(str(folder), "there is nothing in the folder")
    for path in files:
        yield from _read_file(path, defaults)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_file(path: Path, defaults: Defaults) -> Iterator[Article | Skipped]:
    suffix = path.suffix.lower()
    reader = READERS.get(suffix) if suffix else _read_unnamed
    if reader is None:
        kinds = ", ".join(READERS)
        yield Skipped(str(path), f"no reader knows {suffix} files (known: {kinds}); if it is text, give it to -")
        return
    try:
        with path.open("rb") as lines:
            yield from reader(lines, str(path), defaults)
    except FileNotFoundError:
        yield Skipped(str(path), "there is no such file or folder")
    except OSError as error:
        yield Skipped(str(path), f"it cannot be read ({error.strerror})")


def _read_unnamed(lines: Iterable[bytes], where: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """What has no suffix to go by: JSON Lines when it begins with a brace, else plain text."""
    rest = iter(lines)
    head: list[bytes] = []
    for line in rest:
        head.append(line)
        if line.removeprefix(_BOM).strip():
            break
    start = head[-1].removeprefix(_BOM).lstrip() if head else b""
    reader: Reader = jsonl.read if start.startswith(b"{") else plaintext.read
    yield from reader(chain(head, rest), where, defaults)
