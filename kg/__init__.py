"""A geopolitical event knowledge graph: what facts are, and how they are kept, merged, pushed and asked.

From Python, `kg.open("my.kg")` gives a store to look at; see `kg.notebook`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.notebook import Book

__all__ = ["open"]


def open(path: Path | str | None = None) -> "Book":
    """The store in a file, to be looked at; without a file the one that `KG_STORE` or `kg.toml` names.

    Raises `StoreError` when there is none.
    """
    from kg.notebook import Book  # here, so that `import kg` takes no time

    return Book.open(path)
