"""Bytes as text: UTF-8, what a byte order mark says, what is declared, and else a guess that is told."""

import codecs

from kg.errors import ReadError

_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ["cp1252", "mac_roman"]
_MARKED = [
    "utf_7",
    "utf_16",
    "utf_16_be",
    "utf_16_le",
    "utf_32",
    "utf_32_be",
    "utf_32_le",
]  # without mark or zeros: none
_MOSTLY_ASCII = 1 / 3
_SAMPLE = 100_000  # bytes that a guess is made from


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text, and what to tell the user when its encoding had to be guessed, or was declared wrongly.

    Raises `ReadError` when the bytes are no text in any encoding.
    """
    encoding, note = encoding_of(data, declared)
    text = try_decode(data, encoding)
    if text is None:
        raise ReadError(f"the text is damaged: it is not {encoding.upper()} throughout")
    return text, note


def encoding_of(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The encoding of a text of which these bytes are the beginning, and what to tell the user of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, None
    if b"\0" in data:
        raise ReadError("the file is binary, or not in UTF-8")
    for stated in filter(None, ("utf-8", declared)):
        if try_decode(data, stated) is not None:
            return stated, None
    guessed = _guess(data)
    wrongly = f"it says that it is in {declared}, which it is not" if declared else "it is not in UTF-8"
    return guessed, f"{wrongly}; read as {guessed}, which is a guess"


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = _sample(data)
    foreign = sum(byte > 127 for byte in sample) / len(sample)  # of English text, the quotation marks
    best = from_bytes(sample, cp_isolation=_WESTERN).best() if foreign < _MOSTLY_ASCII else None
    best = best or from_bytes(sample, cp_exclusion=_MARKED).best()
    if best is None:
        raise ReadError("it is in no encoding that can be guessed; convert it to UTF-8 first, for example with iconv")
    return best.encoding


def _sample(data: bytes) -> bytes:
    """Bytes around the first one that is not ASCII, which alone can tell encodings apart."""
    try:
        data.decode("ascii")
        first = 0
    except UnicodeDecodeError as error:
        first = error.start
    return data[max(0, first - _SAMPLE // 2) :][:_SAMPLE]


def try_decode(data: bytes, encoding: str) -> str | None:
    """The text, or None where it is not in this encoding, or no encoding is called so."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
