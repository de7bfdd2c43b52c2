"""What hosts allow robots to fetch: their robots.txt (RFC 9309), asked for once."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.errors import FetchError
from loaders.fetching.errors import LastingError
from loaders.fetching.exchange import Answer
from loaders.fetching.fetcher import PRODUCT

if TYPE_CHECKING:
    from protego import Protego

_SIZE = 500 << 10  # bytes of a robots.txt that count
_SLOWEST = 30.0  # seconds between two fetches; a host that wants more waits for the next run


class Robots:
    """The rules of hosts, as far as they have been asked."""

    def __init__(self, get: Callable[[str], Answer]) -> None:
        self._get = get
        self._rules: dict[str, Protego | None] = {}

    def check(self, url: str) -> float:
        """Seconds that the host wants between two fetches. Raises `LastingError` when it does not want this one."""
        rules = self._of(urljoin(url, "/robots.txt"))
        if rules is None:
            raise FetchError("its robots.txt cannot be fetched, which forbids all for now")
        if not rules.can_fetch(url, PRODUCT):
            raise LastingError("its robots.txt forbids to fetch it")
        return min(rules.crawl_delay(PRODUCT) or 0.0, _SLOWEST)

    def _of(self, place: str) -> "Protego | None":
        """The rules of a host; None while it cannot tell them."""
        from protego import Protego

        if place not in self._rules:
            try:
                self._rules[place] = Protego.parse(self._get(place).body[:_SIZE].decode("utf-8", "replace"))
            except LastingError:  # it has none
                self._rules[place] = Protego.parse("")
            except FetchError:
                self._rules[place] = None
        return self._rules[place]
