"""Bytes as text."""

import pytest

from kg.errors import ReadError
from loaders.encodings import decode

NEWS = "Norway’s minister said “no” in Zürich on Monday."
RUSSIAN = "Министр заявил в понедельник, что договор подписан в Осло. Об этом сообщает агентство."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_is_read_without_a_word(encoding: str) -> None:
    assert decode(NEWS.encode(encoding)) == (NEWS, None)


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r") == (RUSSIAN, None)
    assert decode(NEWS.encode(), "cp1251") == (NEWS, None)  # UTF-8 is never so by chance


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "note"),
    [
        (NEWS, "cp1252", None, "it is not in UTF-8; read as cp1252, which is a guess"),
        ("café", "cp1252", None, "it is not in UTF-8; read as cp1252, which is a guess"),
        (RUSSIAN, "cp1251", None, "it is not in UTF-8; read as cp1251, which is a guess"),
        (NEWS, "cp1252", "utf-8", "it says that it is in utf-8, which it is not; read as cp1252, which is a guess"),
        (NEWS, "cp1252", "no-such", "it says that it is in no-such, which it is not; read as cp1252, which is a guess"),
    ],
)
def test_another_is_guessed_and_told(text: str, encoding: str, declared: str | None, note: str) -> None:
    assert decode(text.encode(encoding), declared) == (text, note)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\0", "News".encode("utf-16-le"), b"\xff\xfeN", b"\xef\xbb\xbf\xff"], ids=repr
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        decode(data)
