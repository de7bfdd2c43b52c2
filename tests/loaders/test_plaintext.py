import datetime

import pytest

from kg.model import Article
from loaders.base import MAX_CHARACTERS, Defaults, Skipped
from loaders.plaintext import read

NOTHING = Defaults()


def the_only(data: bytes, defaults: Defaults = NOTHING) -> Article | Skipped:
    (item,) = read(data.splitlines(keepends=True), "a.txt", defaults)
    return item


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Norland signed.", "Norland signed."),
        (b"\xef\xbb\xbfNorland signed.", "Norland signed."),
        (b"one\r\ntwo\rthree\n\n", "one\r\ntwo\rthree\n\n"),
        (b"  indented\t\n", "  indented\t\n"),
        ("Türkiye “spoke”\u2028today 🕊".encode(), "Türkiye “spoke”\u2028today 🕊"),
    ],
    ids=["plain", "byte order mark", "line ends", "blanks", "beyond ASCII"],
)
def test_text_is_kept_as_given(data: bytes, text: str) -> None:
    article = the_only(data)
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (
            "Norland signed.".encode("utf-16"),
            "the text is UTF-16; convert it first, for example with iconv -f UTF-16 -t UTF-8",
        ),
        (b"\x89PNG\r\n\x00\x00", "the file is binary, or not in UTF-8"),
        ("Norland".encode("utf-16-le"), "the file is binary, or not in UTF-8"),
        (b"caf\xe9", "the text is not UTF-8 (byte 3); convert it first, for example with iconv"),
        (b"a" * (MAX_CHARACTERS + 1), "the text is longer than 1,000,000 characters"),
    ],
    ids=["empty", "blank", "only a mark", "UTF-16", "picture", "UTF-16 without a mark", "Latin-1", "too long"],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    assert the_only(data) == Skipped("a.txt", reason)


def test_metadata_are_the_defaults_and_the_id_is_made_of_all_of_them() -> None:
    day = datetime.date(2024, 6, 19)
    plain = the_only(b"Text.")
    article = the_only(b"Text.", Defaults(published=day, source="Gazette", title="T", url="https://g.example/1"))
    assert isinstance(plain, Article)
    assert isinstance(article, Article)
    assert (article.published, article.source, article.title, article.url) == (
        day,
        "Gazette",
        "T",
        "https://g.example/1",
    )
    assert article.id != plain.id
    assert plain == the_only(b"Text.")
