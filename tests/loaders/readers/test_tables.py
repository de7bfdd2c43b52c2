"""CSV and TSV."""

import datetime

import pytest

from kg.model import Article
from loaders.base import MAX_CHARACTERS, Item, Link, Metadata, Noted, Options, Skipped
from loaders.readers.tables import read
from tests.loaders.readers.scene import read_file

DAY = datetime.date(2024, 6, 19)


def read_table(data: str | bytes, options: Options | None = None) -> list[Item]:
    content = data if isinstance(data, bytes) else data.encode()
    return read_file(read, content, "a.csv", options or Options())


def texts(items: list[Item]) -> list[str]:
    return [item.text if isinstance(item, Article) else getattr(item, "reason", "") for item in items]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_a_row_is_an_article(delimiter: str) -> None:
    rows = [
        ["Headline", "Body", "Date", "URL"],
        ["T", '"Chile ""left""', 'the pact."', "2024-06-19", "https://g.example"],
    ]
    rows[1][1:3] = ['"Chile ""left""' + delimiter + '\nthe pact."']
    (article,) = read_table("\n".join(delimiter.join(row) for row in rows))
    assert isinstance(article, Article)
    assert article.text == f'Chile "left"{delimiter}\nthe pact.'
    assert (article.title, article.published, article.url) == ("T", DAY, "https://g.example")


def test_the_user_says_which_column_is_which() -> None:
    options = Options(columns={"text": "story", "published": "day"}, metadata=Metadata(source="Gazette"))
    (article,) = read_table("text,story,day\nno,yes,19 June 2024\n", options)
    assert isinstance(article, Article)
    assert (article.text, article.published, article.source) == ("yes", DAY, "Gazette")


def test_a_bad_row_is_told_by_its_line_and_the_next_is_read() -> None:
    items = read_table('text,date\n"a\nb",2024-06-19\n,\n\nc,June\nd,\ne\n')
    assert texts(items) == [
        "a\nb",
        "the article has no text",
        "date is 'June', which is no ISO date such as 2024-06-19",
        "d",
        "e",
    ]
    assert [item.where for item in items if isinstance(item, Skipped)] == ["a.csv:4", "a.csv:6"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_tells_the_encoding(encoding: str) -> None:
    assert texts(read_table("text\n“Chile” left.\n“Peru” too.\n".encode(encoding))) == ["“Chile” left.", "“Peru” too."]


def test_another_encoding_is_guessed_once_and_told() -> None:
    items = read_table("text\nPlain.\nChile’s pact.\nPeru’s café.\n".encode("cp1252"))
    assert items[1] == Noted("a.csv", "it is not in UTF-8; read as cp1252, which is a guess")
    assert texts(items) == ["Plain.", "", "Chile’s pact.", "Peru’s café."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("a,b\n1,2\n", "no column is known to hold the text (columns: a, b); give --map text=COLUMN"),
        ("\t".join(["1234567"] + ["x"] * 60), "this looks like a table of GDELT (events (2.0)), which gives addresses "
         "of articles and no text (--follow fetches them)"),
        ('text\n"' + "x" * (2 * MAX_CHARACTERS + 1),
         "the table breaks at line 2 (field larger than field limit (2000000))"),
        (b"text\n\x00\xff\x00\xfe", "the file is binary, or not in UTF-8"),
        ("text\rChile left.\r", "the table breaks at line 1 (new-line character seen in unquoted field - do you need "
         "to open the file in universal-newline mode?)"),
    ],
    ids=["empty", "blank", "no text", "GDELT", "an open quotation", "binary", "line ends of old"],
)  # fmt: skip
def test_what_is_no_table_of_articles_is_skipped(data: str | bytes, reason: str) -> None:
    assert read_table(data) == [Skipped("a.csv", reason)]


def gdelt(columns: int, url: int, *urls: str) -> str:
    """Rows of a table of GDELT, whose first column is a number."""
    rows = [["1234567", *(str(number) for number in range(1, columns))] for _ in urls]
    for row, address in zip(rows, urls, strict=True):
        row[url] = address
    return "\n".join("\t".join(row) for row in rows)


@pytest.mark.parametrize(
    ("columns", "url", "source"), [(58, 57, None), (61, 60, None), (27, 4, "3"), (16, 5, "4")], ids=str
)
def test_where_pages_are_followed_a_table_of_gdelt_gives_each_page_once(
    columns: int, url: int, source: str | None
) -> None:
    table = gdelt(columns, url, "https://c.example/1", "https://c.example/1", "a book", "http://d.example/2")
    assert read_table(table, Options(follow=True)) == [
        Link(where="a.csv:1", url="https://c.example/1", metadata=Metadata(source=source)),
        Link(where="a.csv:4", url="http://d.example/2", metadata=Metadata(source=source)),
    ]


def test_where_pages_are_followed_a_row_without_text_is_a_link() -> None:
    first, second = read_table("url,title,text\nhttps://c.example/1,T,\n,,Chile left.\n", Options(follow=True))
    assert first == Link(
        where="a.csv:2", url="https://c.example/1", metadata=Metadata(title="T", url="https://c.example/1")
    )
    assert texts([second]) == ["Chile left."]


def test_a_line_without_an_end_costs_little() -> None:
    (skipped,) = read_table(b"text\n" + b"x" * 100_000_000)
    assert isinstance(skipped, Skipped)
