"""The whole extraction: valid records, exact quotes, the same every time and in every batch."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.errors import ModelError, RecordError
from kg.model import Article, Extraction, Span
from kg.record import from_record, to_record
from kg.resources import data_folder
from loaders import pipeline
from loaders.fingerprint import fingerprint
from loaders.pipeline import Extractor


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    """The sample articles that ship with the program, without metadata."""
    lines = (data_folder() / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Article(id=row["id"], text=row["text"]) for row in rows]


@pytest.fixture(scope="module")
def extractions(extractor: Extractor, samples: list[Article]) -> list[Extraction]:
    return list(extractor.extract(samples))


def test_order_is_kept_and_something_is_found_in_every_sample(
    extractions: list[Extraction], samples: list[Article]
) -> None:
    assert [extraction.article for extraction in extractions] == samples
    for extraction in extractions:
        assert extraction.events
        assert extraction.entities
        assert extraction.statements


def test_neither_batch_nor_order_changes_a_record(
    extractor: Extractor, samples: list[Article], extractions: list[Extraction]
) -> None:
    shuffled = random.Random(7).sample(samples * 3, len(samples) * 3)
    expected = {extraction.article.id: to_record(extraction) for extraction in extractions}
    for extraction in extractor.extract(shuffled):
        assert to_record(extraction) == expected[extraction.article.id]


def test_a_record_gives_its_extraction_back(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        record = json.loads(json.dumps(to_record(extraction)))
        assert from_record(record, extraction.article) == extraction


@pytest.mark.parametrize(
    "text",
    [
        "Cuba’s envoy said: “Chile attacked us.” Nobody replied.",
        "Cuba\u00a0condemned\u2009Chile\r\non Friday.\r\n\r\nPeru praised Cuba.",
        "🕊️ Cuba thanked Chile 🕊️. Peru’s Zoë Müller praised Zoe\u0308 Mu\u0308ller.",
        "\n\n\t Cuba condemned Chile. \n",
        "?!…—“”",
        "a",
    ],
)
def test_every_quote_is_the_text_at_its_place(text: str, extract: Callable[..., Extraction]) -> None:
    record = to_record(extract(text))
    spans = [span for span in _spans(record) if "text" in span]
    assert spans or not any(char.isupper() for char in text)
    for span in spans:
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["text"] == span["text"].strip()


def _spans(value: object) -> list[dict[str, Any]]:
    """Every object with a start and an end in a record."""
    if isinstance(value, list):
        return [span for item in value for span in _spans(item)]
    if isinstance(value, dict):
        own = [value] if {"start", "end"} <= value.keys() and isinstance(value["start"], int) else []
        return own + [span for item in value.values() for span in _spans(item)]
    return []


def test_articles_are_read_as_they_are_needed(extractor: Extractor) -> None:
    given = []

    def endless() -> Iterator[Article]:
        for number in range(10**6):
            given.append(number)
            yield Article(id=f"a{number}", text="Cuba condemned Chile.")

    first = next(extractor.extract(endless()))
    assert first.article.id == "a0"
    assert len(given) < 100


def test_the_fingerprint_names_model_and_data(extractor: Extractor, extractions: list[Extraction]) -> None:
    assert extractor.fingerprint == fingerprint()
    assert {extraction.extractor for extraction in extractions} == {extractor.fingerprint}


def test_an_unknown_model_is_one_clear_line() -> None:
    with pytest.raises(ModelError, match=r"no_such_model: the language model cannot be loaded .* — run `kg doctor`"):
        Extractor.load("no_such_model")


def test_a_span_points_into_the_text(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        whole = Span(0, len(extraction.article.text))
        assert all(whole.covers(mention.span) for mention in extraction.mentions)


def test_an_article_that_fails_does_not_stop_the_next(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(extraction: Extraction) -> None:
        if extraction.article.id == "bad":
            raise RecordError("a span cannot be 3..3")

    failures: list[str] = []
    articles = [Article(id=id, text="Cuba condemned Chile.") for id in ("good", "bad", "last")]
    monkeypatch.setattr(pipeline, "check", broken)
    found = list(extractor.extract(articles, lambda article, error: failures.append(f"{article.id}: {error.what}")))
    assert [one.article.id for one in found] == ["good", "last"]
    assert failures == ["bad: a span cannot be 3..3"]
    with pytest.raises(RecordError):
        list(extractor.extract(articles))
