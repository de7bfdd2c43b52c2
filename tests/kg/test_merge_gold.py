"""Merging measured on articles of invented outlets: see tests/gold/merging/README.md. Floors only rise."""

import hashlib
import json
from collections import Counter

import pytest

from kg.merge import Cluster
from kg.model import Extraction
from loaders.pipeline import Extractor
from tests.tools.merging import (
    FOLDER,
    PARTS,
    Figures,
    articles_of,
    gold_of,
    measure,
    merged,
    near_misses,
    place,
    told_by,
)

DIGESTS = {  # pinned when they were written, `first` and `second` before there was any rule
    "first/articles.jsonl": "27b75027a73530057c5fc2d26fe5786ea1cb75904afa7c136fddd2fc00b92b15",
    "first/gold.jsonl": "d5af723e36f10ad66af7fc42636529979a950926c7f50ae0a8b0d39e6455ff7f",
    "second/articles.jsonl": "ce9a8c090552d6401f8c36869443609ea64ced7201aadf11751454153b4e032c",
    "second/gold.jsonl": "4fbf9899c9b146f15f9216a55534350bca776ab9af85b7475bc02eef6c49e6d8",
    "held-out/articles.jsonl": "790b681be57a1ea8523bab48cf77e527d0009b3e9687b42beac786cda812c216",
    "held-out/gold.jsonl": "fe7754c262375c18b548b44a5469f5f96b2d9b0667c7f9edd3e7bda66b839bae",
}
FLOORS = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractions() -> dict[str, list[Extraction]]:
    extractor = Extractor.load()
    return {part: list(extractor.extract(articles_of(part))) for part in PARTS}


@pytest.fixture(scope="module")
def clusters(extractions: dict[str, list[Extraction]]) -> list[Cluster]:
    """All parts at once, as a store would have them."""
    return merged(one for part in PARTS for one in extractions[part])


@pytest.mark.parametrize("name", DIGESTS)
def test_the_gold_is_as_it_was_written(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == DIGESTS[name]


def test_the_gold_is_large_enough() -> None:
    articles = [one for part in PARTS for one in articles_of(part)]
    gold = [row for part in PARTS for row in gold_of(part)]
    tellers = Counter(event for event, _ in {(row["event"], row["article"]) for row in gold})
    several = {event for event, count in tellers.items() if count > 1}
    assert len(several) >= 25
    assert len({row["article"] for row in gold if row["event"] in several}) >= 70
    assert len({one.source for one in articles}) >= 15
    assert all("(invented)" in str(one.source) for one in articles)


def test_the_near_misses_are_of_the_gold() -> None:
    events = {row["event"] for part in PARTS for row in gold_of(part)}
    rows = near_misses()
    assert {event for row in rows for event in row["events"]} <= events
    assert {row["kind"] for row in rows} == {"another day", "another target", "another round"}
    assert len(rows) >= 20


@pytest.mark.parametrize("part", PARTS)
def test_every_trigger_is_quoted_from_its_article(part: str) -> None:
    articles = {one.id: one for one in articles_of(part)}
    for row in gold_of(part):
        article = articles[row["article"]]
        assert article.text.count(row["sentence"]) == 1
        assert place(row, article).of(article.text) == row["trigger"]


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_figures_hold(part: str, extractions: dict[str, list[Extraction]], clusters: list[Cluster]) -> None:
    figures: Figures = measure(extractions[part], gold_of(part), clusters)
    below = {name: value for name, value in figures.named().items() if value < FLOORS[part][name]}
    assert not below


@pytest.mark.slow
def test_near_misses_stay_apart(extractions: dict[str, list[Extraction]], clusters: list[Cluster]) -> None:
    told = {claim: event for part in PARTS for claim, event in told_by(extractions[part], gold_of(part)).items()}
    apart = [set(row["events"]) for row in near_misses()]
    wrong = []
    for cluster in clusters:
        events = {told[one.event.id] for one in cluster.tellings if one.event.id in told}
        wrong += [sorted(pair) for pair in apart if pair <= events]
    assert sorted(wrong) == FLOORS["near misses taken for one"]
