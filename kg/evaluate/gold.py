"""Reading the gold: what a careful human found in an article.

A gold file holds JSON Lines of two kinds, both naming their article. An *entity* line declares a key, local to the
article, and the strings that name it there. A *sentence* line quotes a sentence and lists its events, statements and
relations. Everything is quoted, never counted: offsets are found here. Left out, `polarity` is affirmed, `modality`
asserted, `core` true, `quoted` false, all else none. A `date` is `start`, or `start/end precision`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg import record
from kg.errors import DataError, KgError
from kg.evaluate.facts import Reader, Told
from kg.model import Article, Extraction
from kg.ontology import Ontology, load_ontology
from kg.resources import data_folder


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right for one article.

    `extraction` is what a perfect reading would give, but that entity ids are keys of the gold's own and an entity's
    aliases are the strings that name it in this article. `core` holds the ids of the events that any careful reader
    expects; the others are right too, but need not be found.
    """

    extraction: Extraction
    core: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    row: dict[str, Any]


def load_gold(folder: Path | None = None) -> tuple[Gold, ...]:
    """The gold of a data folder (ours unless another is named), in the order of its articles.

    The folder holds `samples/articles.jsonl` and `gold/*.jsonl`. Raises `DataError` naming file and line for a quote
    that is not in the text just once, a key that is not declared, or a type, relation or sector that nobody knows.
    """
    folder, ontology = folder or data_folder(), load_ontology()
    articles = {line.row["id"]: _article(line) for line in _lines(articles_file(folder), "id")}
    lines: dict[str, list[_Line]] = {id: [] for id in articles}
    for path in gold_files(folder):
        for line in _lines(path, "article"):
            if line.row["article"] not in lines:
                raise DataError(f"no sample article has the id {line.row['article']!r}", where=line.where)
            lines[line.row["article"]].append(line)
    return tuple(_gold(articles[id], its, ontology) for id, its in lines.items() if its)


def articles_file(folder: Path) -> Path:
    """The file of the sample articles in a data folder."""
    return folder / "samples" / "articles.jsonl"


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a data folder, sorted by name."""
    return sorted((folder / "gold").glob("*.jsonl"))


def _lines(path: Path, field: str) -> Iterator[_Line]:
    """The lines of a file, each an object with a certain field."""
    try:
        texts = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    for number, text in enumerate(texts, start=1):
        if text.strip():
            line = _Line(f"{path}:{number}", _object(text, f"{path}:{number}"))
            if field not in line.row:
                raise DataError(f"the line has no {field!r}", where=line.where)
            yield line


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"the line is not JSON: {error}", where=where) from error
    if not isinstance(row, dict):
        raise DataError("the line is no JSON object", where=where)
    return row


def _article(line: _Line) -> Article:
    published = line.row.get("published")
    try:
        return Article(**{**line.row, "published": date.fromisoformat(published) if published else None})
    except (TypeError, ValueError, KgError) as error:
        raise DataError(f"the article cannot be used: {error}", where=line.where) from error


def _gold(article: Article, lines: list[_Line], ontology: Ontology) -> Gold:
    reader = Reader(article, ontology)
    for line in sorted(lines, key=lambda line: "entity" not in line.row):  # entities first: sentences use their keys
        try:
            reader.read(line.row)
        except (KeyError, TypeError, ValueError, KgError) as error:
            what = error.what if isinstance(error, KgError) else f"the line lacks or misuses {error}"
            raise DataError(what, where=line.where) from error
    told = Told.united(reader.told)
    extraction = Extraction(
        article=article,
        mentions=tuple(reader.mentions()),
        entities=tuple(reader.entities.values()),
        events=told.events,
        statements=told.statements,
        relations=told.relations,
        extractor="gold",
    )
    record.check(extraction)
    return Gold(extraction, told.core)
