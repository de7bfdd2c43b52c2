"""What fetches for the commands that read."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.fetching.visitor import Visitor


def may_fetch(sources: Sequence[str], follow: bool | None) -> bool:
    """Whether reading some sources may need the network."""
    from loaders.reading import is_url

    return bool(follow) or any(is_url(source) for source in sources)


def make_visitor(
    *, allow_private: bool, held_by: Path | None = None, fetched: Callable[[int], None] = lambda _: None
) -> "Visitor":
    """What fetches pages, but not those that a store holds now; `fetched` is told after each how many there were."""
    from loaders.fetching.fetcher import Fetcher
    from loaders.fetching.visitor import Visitor

    urls = _urls(held_by) if held_by and held_by.is_file() else set()
    return Visitor(Fetcher(allow_private=allow_private), known=urls.__contains__, fetched=fetched)


def _urls(path: Path) -> set[str]:
    """The URLs of the articles in a store, which must not yet be open for writing."""
    from kg.store import Store

    with Store.open(path, read_only=True) as store:
        return store.urls()
