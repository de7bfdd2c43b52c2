"""Fetching for a user: what they name at once, and what is only named by that politely and once."""

import time
from collections import Counter
from collections.abc import Callable, Mapping

from kg.errors import FetchError
from loaders.fetching.addresses import parse, without_tracking
from loaders.fetching.errors import BusyError
from loaders.fetching.exchange import Answer
from loaders.fetching.fetcher import Fetcher
from loaders.fetching.robots import Robots

INTERVAL = 1.0  # seconds between two fetches from a host
PATIENCE = 30.0  # seconds that a busy host is waited for; if it wants more, that is for the next run
FAILURES = 3  # in a row, after which a host is left alone


class Visitor:
    """Fetches, and remembers during a run when each host was last asked and how often it failed.

    `known` tells whether the store has the article of a URL; `fetched` is told after each page how many there were.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        known: Callable[[str], bool] = lambda _: False,
        fetched: Callable[[int], None] = lambda _: None,
        interval: float = INTERVAL,
    ) -> None:
        self._fetcher, self._known, self._told, self._interval = fetcher, known, fetched, interval
        self._robots = Robots(fetcher.get)
        self._visited: set[str] = set()
        self._next: dict[str, float] = {}  # host → when it may be asked again, by the monotonic clock
        self._failed = Counter[str]()

    def open(self, url: str) -> Answer:
        """What a URL gives that the user named: fetched at once, and whatever robots may do. Raises `FetchError`."""
        return self._fetcher.get(url)

    def knows(self, url: str) -> bool:
        """Whether the page need not be fetched: it was already, or the store has its article."""
        return url in self._visited or self._known(url) or self._known(without_tracking(url))

    def follow(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What a URL gives that something else names; its host is not hurried, and may forbid it.

        Raises `FetchError`.
        """
        host = _host(url)
        self._visited.add(url)
        self._told(len(self._visited))
        if self._failed[host] >= FAILURES:
            raise FetchError(f"its host has failed {FAILURES} times in a row, and is left alone until the next run")
        try:
            answer = self._patiently(url, headers or {})
        except FetchError as error:
            self._failed[host] += not error.lasting
            raise
        self._failed[host] = 0
        return answer

    def _patiently(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The answer; a host that is busy for a short while is asked once more."""
        try:
            return self._fetcher.get(url, headers=headers, before=self._be_polite)
        except BusyError as error:
            if error.seconds is None or error.seconds > PATIENCE:
                raise
            self._next[_host(url)] = time.monotonic() + error.seconds
            return self._fetcher.get(url, headers=headers, before=self._be_polite)

    def _be_polite(self, url: str) -> None:
        """Wait until a host may be asked. Raises `FetchError` when it should not be."""
        host = _host(url)
        pause = max(self._interval, self._robots.check(url))
        wait = self._next.get(host, 0.0) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._next[host] = time.monotonic() + pause


def _host(url: str) -> str:
    target = parse(url)
    return f"{target.host}:{target.port}"
