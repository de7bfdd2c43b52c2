"""Articles from rows."""

import datetime

import pytest

from kg.errors import ArticleError, InputError
from kg.model import Article
from loaders.base import Metadata, Options
from loaders.rows import article_of, columns_for, parse_columns, read_day

DAY = datetime.date(2024, 6, 19)


@pytest.mark.parametrize(
    ("names", "given", "columns"),
    [
        (["id", "text"], {}, {"id": "id", "text": "text"}),
        (["Headline", "BODY", "Date"], {}, {"title": "Headline", "text": "BODY", "published": "Date"}),
        (["content", "text"], {}, {"text": "text"}),
        (["content", "text"], {"text": "content"}, {"text": "content"}),
    ],
)
def test_columns_have_usual_names_unless_the_user_gives_others(
    names: list[str], given: dict[str, str], columns: dict[str, str]
) -> None:
    assert columns_for(names, given) == columns


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"no column is known to hold the text \(columns: a, b\); give --map text=COLUMN"),
        ({"text": "c"}, r"there is no column 'c' for text \(columns: a, b\)"),
    ],
)
def test_a_table_without_text_is_refused(given: dict[str, str], message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        columns_for(["a", "b"], given)


def test_what_the_user_maps_is_parsed() -> None:
    assert parse_columns(" text=Body of article, published=date ,") == {"text": "Body of article", "published": "date"}
    for wrong in ("text", "text=", "author=by"):
        with pytest.raises(InputError, match="--map has"):
            parse_columns(wrong)


@pytest.mark.parametrize(
    "text",
    ["2024-06-19", "2024-06-19T23:00:00Z", "20240619T230000Z", "2024/06/19", "19 June 2024", "Jun 19, 2024",
     "Wed, 19 Jun 2024 23:00:00 -0500"],
)  # fmt: skip
def test_a_day_is_taken_as_written(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize("text", ["19/06/2024", "06/19/2024", "June", "yesterday", "2024-02-30", "", "1718755200"])
def test_a_day_that_could_be_another_is_none(text: str) -> None:
    assert read_day(text) is None


def test_a_row_wins_over_what_the_user_says_of_all() -> None:
    options = Options(metadata=Metadata(source="All", title="All"))
    row = {"body": "x", "source": "Row", "at": datetime.datetime(2024, 6, 19, 12, 0)}
    article = article_of(row, "a:1", options, {"text": "body", "published": "at"})
    assert isinstance(article, Article)
    assert (article.source, article.title, article.published) == ("Row", "All", DAY)
