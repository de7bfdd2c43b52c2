"""What hosts allow robots to fetch: their robots.txt (RFC 9309), asked for once."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.errors import FetchError
from loaders.fetching.errors import LastingError, UnaskedError
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
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> float:
        """Seconds that the host wants between two fetches. Raises `FetchError` when it does not want this one."""
        rules = self._of(urljoin(url, "/robots.txt"))
        if isinstance(rules, FetchError):
            raise FetchError(f"its robots.txt cannot be fetched, which forbids all for now: {rules.what}")
        if not rules.can_fetch(url, PRODUCT):
            raise LastingError("its robots.txt forbids to fetch it")
        return min(rules.crawl_delay(PRODUCT) or 0.0, _SLOWEST)

    def _of(self, place: str) -> "Protego | FetchError":
        """The rules of a host, or why it cannot tell them; one that says that it has none has none."""
        from protego import Protego

        if place not in self._rules:
            try:
                self._rules[place] = Protego.parse(self._get(place).body[:_SIZE].decode("utf-8", "replace"))
            except UnaskedError:
                raise
            except FetchError as error:
                self._rules[place] = Protego.parse("") if error.lasting else error
        return self._rules[place]
