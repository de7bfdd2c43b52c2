import datetime

import pytest

from kg.model import Article
from loaders.base import MAX_CHARACTERS, Item, Metadata, Noted, Options, Skipped
from loaders.readers.plaintext import read
from tests.loaders.readers.scene import read_file

NOTHING = Metadata()


def the_only(data: bytes, metadata: Metadata = NOTHING) -> Item:
    (item,) = read_file(read, data, "a.txt", Options(metadata=metadata))
    return item


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Norland signed.", "Norland signed."),
        (b"\xef\xbb\xbfNorland signed.", "Norland signed."),
        (b"one\r\ntwo\rthree\n\n", "one\r\ntwo\rthree\n\n"),
        (b"  indented\t\n", "  indented\t\n"),
        ("Türkiye “spoke”\u2028today 🕊".encode(), "Türkiye “spoke”\u2028today 🕊"),
        ("Norland signed.".encode("utf-16"), "Norland signed."),
    ],
    ids=["plain", "byte order mark", "line ends", "blanks", "beyond ASCII", "UTF-16"],
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
        (b"\x89PNG\r\n\x00\x00", "the file is binary, or not in UTF-8"),
        ("Norland".encode("utf-16-le"), "the file is binary, or not in UTF-8"),
        (b"a" * (MAX_CHARACTERS + 1), "the text is longer than 1,000,000 characters (--max-chars raises that)"),
    ],
    ids=["empty", "blank", "only a mark", "picture", "UTF-16 without a mark", "too long"],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    assert the_only(data) == Skipped("a.txt", reason)


def test_metadata_are_the_defaults_and_the_id_is_made_of_all_of_them() -> None:
    day = datetime.date(2024, 6, 19)
    plain = the_only(b"Text.")
    article = the_only(b"Text.", Metadata(published=day, source="Gazette", title="T", url="https://g.example/1"))
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


def test_another_encoding_is_guessed_and_told() -> None:
    noted, article = read_file(read, "Norland’s café".encode("cp1252"), "a.txt")
    assert noted == Noted("a.txt", "it is not in UTF-8; read as cp1252, which is a guess")
    assert isinstance(article, Article)
    assert article.text == "Norland’s café"


def test_the_user_can_raise_the_limit() -> None:
    (article,) = read_file(read, b"a" * (MAX_CHARACTERS + 1), "a.txt", Options(max_characters=2 * MAX_CHARACTERS))
    assert isinstance(article, Article)
