"""What fetches for the commands that read."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.fetching.visitor import Visitor


def make_visitor(
    allow_private: bool, store: Path | None = None, fetched: Callable[[int], None] = lambda _: None
) -> "Visitor":
    """What fetches pages, but not those that a store has now; `fetched` is told after each how many there were."""
    from loaders.fetching.fetcher import Fetcher
    from loaders.fetching.visitor import Visitor

    urls = _urls(store) if store and store.is_file() else set()
    return Visitor(Fetcher(allow_private=allow_private), known=urls.__contains__, fetched=fetched)


def _urls(path: Path) -> set[str]:
    """The URLs of the articles in a store, which must not yet be open for writing."""
    from kg.store import Store

    with Store.open(path, read_only=True) as store:
        return store.urls()
