"""kg.model: values are checked where they are made, and cannot be changed."""

import dataclasses
from typing import Any

import pytest

from kg.errors import ArticleError, RecordError
from kg.model import Article, Span
from tests.factories import article, days, held


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (3, 2), (-1, 2), (-3, -1)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(RecordError, match=f"a span cannot be {start}..{end}"):
        Span(start, end)


def test_a_span_counts_code_points() -> None:
    assert Span(2, 4).of("🚀é€🛰x") == "€🛰"


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps"),
    [
        ((0, 9), (2, 5), True, True),
        ((2, 5), (2, 5), True, True),
        ((2, 5), (0, 9), False, True),
        ((0, 4), (2, 9), False, True),
        ((0, 4), (4, 9), False, False),
        ((4, 9), (0, 4), False, False),
    ],
)
def test_spans_cover_and_overlap(one: tuple[int, int], other: tuple[int, int], covers: bool, overlaps: bool) -> None:
    assert Span(*one).covers(Span(*other)) is covers
    assert Span(*one).overlaps(Span(*other)) is overlaps


def test_spans_are_in_order_of_the_text() -> None:
    assert sorted([Span(4, 5), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(4, 5)]


@pytest.mark.parametrize("text", ["", " ", "\n\t \u2028"])
def test_an_article_has_text(text: str) -> None:
    with pytest.raises(ArticleError, match="a1: the article has no text"):
        Article(id="a1", text=text)


@pytest.mark.parametrize("fields", [{"text": "half \ud83d"}, {"title": "\udc00"}, {"id": "a\ud83d"}])
def test_half_a_character_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ArticleError, match="lone surrogate"):
        Article(**{"id": "a1", "text": "Words.", **fields})


def test_an_article_has_an_id() -> None:
    with pytest.raises(ArticleError, match="an article needs an id — leave the id out"):
        Article(id="", text="Words.")


def test_text_is_never_altered() -> None:
    text = "\ufeff Words\r\n\x00 \n"
    assert Article(id="a1", text=text).text == text


def test_a_date_does_not_end_before_it_starts() -> None:
    with pytest.raises(RecordError, match="cannot end"):
        days("2024-06-20", "2024-06-19")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2019-05-14", "2020-02-03", "2019-05-14", "2020-02-03"),
        ("2019-05", "2020-02", "2019-05-01", "2020-02-29"),
        ("2019", "2020", "2019-01-01", "2020-12-31"),
        ("2019", None, "2019-01-01", "None"),
    ],
)
def test_a_relation_may_hold_from_the_first_to_the_last_day(start: str, end: str | None, first: str, last: str) -> None:
    assert (str(held(start, end).first_day), str(held(start, end).last_day)) == (first, last)


def test_a_relation_does_not_end_before_it_begins() -> None:
    assert held("2019-05", "2019").end == "2019"  # some time in it
    with pytest.raises(RecordError, match="cannot end"):
        held("2019-05", "2019-04")


def test_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        article().text = "Other words."  # type: ignore[misc]
