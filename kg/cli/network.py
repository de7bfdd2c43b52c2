"""What fetches for the commands that read."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.fetching.visitor import Visitor


def make_visitor(
    allow_private: bool, store: Path | None = None, fetched: Callable[[int], None] = lambda _: None
) -> "Visitor":
    """What fetches pages, but not those that a store has; `fetched` is told how many there were after each."""
    from loaders.fetching.fetcher import Fetcher
    from loaders.fetching.visitor import Visitor

    urls = held_urls(store) if store else set()
    return Visitor(Fetcher(allow_private=allow_private), known=urls.__contains__, fetched=fetched)


def held_urls(path: Path) -> set[str]:
    """The URLs of the articles in a store, none where it is not there; ask before it is opened for writing."""
    from kg.store import Store

    if not path.is_file():
        return set()
    with Store.open(path, read_only=True) as store:
        return store.urls()
