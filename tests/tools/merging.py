"""How well tellings are gathered into events: pairs of tellings of the gold in `tests/gold/merging`, end to end.

A telling of the gold is found when some claim's trigger overlaps its trigger. Of the found ones every pair counts: it
is right when gold and graph agree that both tell one event. `python tests/tools/merging.py` prints the figures.
"""

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.evaluate.measures import Count
from kg.gazetteer_files import load_gazetteer
from kg.merge import Cluster, cluster_claims
from kg.model import Article, Extraction, Span
from kg.ontology import load_ontology
from kg.resolve import profiles_of, resolve, with_identity
from loaders.pipeline import Extractor

FOLDER = Path(__file__).parents[1] / "gold" / "merging"
PARTS = ("first", "second", "held-out")

Row = dict[str, Any]
Claims = Mapping[str, str]  # id of a claim → what it tells
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one part of the gold gives: tellings found, and pairs of those that are found."""

    found: Count
    across: Count
    all: Count

    def named(self) -> dict[str, float]:
        """The figures by name, as floors have them."""
        return {
            "tellings found": self.found.recall or 0.0,
            "precision, other articles": self.across.precision or 0.0,
            "recall, other articles": self.across.recall or 0.0,
            "precision": self.all.precision or 0.0,
            "recall": self.all.recall or 0.0,
        }


def articles_of(part: str) -> list[Article]:
    """The articles of one part."""
    rows = _rows(FOLDER / part / "articles.jsonl")
    return [Article(**row | {"published": datetime.date.fromisoformat(row["published"])}) for row in rows]


def gold_of(part: str) -> list[Row]:
    """The tellings of one part: article, sentence, trigger and event."""
    return _rows(FOLDER / part / "gold.jsonl")


def near_misses() -> list[Row]:
    """Pairs of events that are not one."""
    return _rows(FOLDER / "near-misses.jsonl")


def place(row: Row, article: Article) -> Span:
    """Where a telling's trigger stands in its article."""
    start = article.text.index(row["sentence"]) + row["sentence"].index(row["trigger"])
    return Span(start, start + len(row["trigger"]))


def told_by(extractions: Iterable[Extraction], gold: Sequence[Row]) -> dict[str, str]:
    """Each claim that is a telling of the gold, with the gold's event."""
    found: dict[str, str] = {}
    for extraction in extractions:
        for row in gold:
            if row["article"] == extraction.article.id:
                span = place(row, extraction.article)
                for event in extraction.events:
                    if span.overlaps(event.trigger):
                        found.setdefault(event.id, row["event"])
    return found


def merged(extractions: Iterable[Extraction]) -> list[Cluster]:
    """The events of extractions, with everybody known by one id."""
    records, gazetteer = tuple(extractions), load_gazetteer()
    canonical = resolve(profiles_of(records, gazetteer), (), gazetteer).canonical
    return cluster_claims([with_identity(record, canonical) for record in records], load_ontology())


def measure(extractions: Sequence[Extraction], gold: Sequence[Row], clusters: Iterable[Cluster]) -> Figures:
    """Compare pairs of tellings, in different articles and all."""
    told = told_by(extractions, gold)
    article = {event.id: one.article.id for one in extractions for event in one.events}
    event_of = {telling.event.id: cluster.id for cluster in clusters for telling in cluster.tellings}
    return Figures(
        Count(len(told), 0, len(gold)),
        _count(told, event_of, lambda pair: article[pair[0]] != article[pair[1]]),
        _count(told, event_of, lambda _: True),
    )


def _count(told: Claims, event_of: Claims, counts: Callable[[Pair], bool]) -> Count:
    pairs = [pair for pair in combinations(sorted(told), 2) if counts(pair)]
    wanted = {pair for pair in pairs if told[pair[0]] == told[pair[1]]}
    found = {pair for pair in pairs if event_of[pair[0]] == event_of[pair[1]]}
    return Count(len(wanted & found), len(found), len(wanted))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _figures() -> Iterator[tuple[str, Figures]]:
    extractor = Extractor.load()
    for part in PARTS:
        extractions = list(extractor.extract(articles_of(part)))
        yield part, measure(extractions, gold_of(part), merged(extractions))


if __name__ == "__main__":
    for part, figures in _figures():
        sys.stdout.write(f"{part}\n")
        for name, value in figures.named().items():
            sys.stdout.write(f"  {name:26} {value:.3f}\n")
