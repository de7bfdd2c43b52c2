"""What readers make of an article's parts."""

import datetime

import pytest

from kg.model import Article
from loaders.base import MAX_CHARACTERS, Metadata, Options, Skipped, make_article


def test_an_article_without_an_id_gets_one_from_its_content() -> None:
    one, again, other = (
        make_article(where="a", text=text, metadata=Metadata(), options=Options())
        for text in ("Chile left.", "Chile left.", "Peru left.")
    )
    assert isinstance(one, Article)
    assert one == again
    assert isinstance(other, Article)
    assert one.id != other.id


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        ("x" * (MAX_CHARACTERS + 1), None, "longer than 1,000,000 characters"),
        ("Chile left.", datetime.date(1, 1, 1), "published is 0001-01-01"),
        ("  ", None, "text"),
    ],
)
def test_what_is_no_article_is_skipped_and_says_why(text: str, published: datetime.date | None, reason: str) -> None:
    skipped = make_article(where="file:3", text=text, metadata=Metadata(published=published), options=Options())
    assert isinstance(skipped, Skipped)
    assert skipped.where == "file:3"
    assert reason in skipped.reason
