"""Comparing and shortening names."""

import re
import unicodedata
from functools import lru_cache

_POSSESSIVE = re.compile(r"['’]s?$")
_ACRONYM_DOT = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
_OTHER = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(the|a|an) ")


@lru_cache(maxsize=10_000)  # the same names are compared again and again
def normal(name: str) -> str:
    """The form in which names are compared: "The U.S." is "us", "Erdoğan's" is "erdogan"."""
    text = name if name.isascii() else _without_accents(name)
    text = text.casefold().replace("ı", "i")
    text = _ACRONYM_DOT.sub("", _POSSESSIVE.sub("", text.strip()))
    return _ARTICLE.sub("", _OTHER.sub(" ", text).strip())


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def slug(name: str) -> str:
    """The form of a name that an id holds: "Workers' Party of Korea" is "workers-party-of-korea"."""
    words = normal(name.replace("'", "").replace("’", ""))
    return words.replace(" ", "-") or "unnamed"
