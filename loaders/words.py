"""Word lists of the loaders, read from `loaders/patterns`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError

FOLDER = Path(__file__).parent / "patterns"


@cache
def load_words(name: str) -> dict[str, Any]:
    """The tables of `patterns/NAME.toml`, as the file has them.

    Raises `DataError` when the file is missing or is no TOML.
    """
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"the word list cannot be read ({error})", where=str(path)) from error


@cache
def word_set(name: str, *keys: str) -> frozenset[str]:
    """The words of one list of `patterns/NAME.toml`: `word_set("mentions", "titles", "former")`."""
    words: Any = load_words(name)
    for key in keys:
        words = words[key]
    return frozenset(words)
