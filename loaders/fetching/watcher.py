"""Reading feeds again and again: only what is new, and without being a burden to their servers."""

import time
from dataclasses import replace

from kg.errors import FetchError, ReadError
from kg.ids import digest
from loaders.fetching.errors import BusyError, UnaskedError
from loaders.fetching.exchange import Answer
from loaders.fetching.memory import Feed, Memory
from loaders.fetching.visitor import Visitor

PAGES = 200  # that are followed for a feed in a round, so that none keeps the others waiting for long
_FIRST, _LONGEST = 300.0, 86_400.0  # seconds that a feed is left alone after its first failure, and after many


class Watcher:
    """Opens feeds and follows their entries for one round; a feed that has not changed since the last gives nothing.

    `memory` is what the rounds before have left, and with `round` over it what this one leaves.
    """

    def __init__(self, visitor: Visitor, memory: Memory) -> None:
        self._visitor, self._memory = visitor, memory
        self.round: Memory = {}
        self._url = ""  # the feed that is being read
        self._pages = 0  # that were followed for it
        self.answered = 0  # feeds that gave something, or said that nothing is new

    def open(self, url: str) -> Answer | None:
        """A feed as it is now; None where nothing is new. Raises `FetchError`."""
        known = self._memory.get(url, Feed())
        self._url, self._pages = url, 0
        if (wait := known.not_before - time.time()) > 0:
            raise FetchError(f"it is left alone for another {wait / 60:.0f} minutes, since it failed or asked for that")
        marks = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        try:
            answer = self._visitor.follow(url, {name: mark for name, mark in marks.items() if mark})
        except UnaskedError:
            raise
        except FetchError as error:
            self.round[url] = replace(
                known, failures=known.failures + 1, not_before=time.time() + _pause(error, known.failures)
            )
            raise
        self.answered += 1
        if answer.status == 304:
            self.round[url] = replace(known, failures=0, not_before=0.0)
            return None
        headers = answer.headers
        self.round[url] = Feed(etag=headers.get("etag"), modified=headers.get("last-modified"))
        return answer

    def knows(self, url: str) -> bool:
        """Whether the page was met before, whatever became of it."""
        known = _mark(url) in self._memory.get(self._url, Feed()).seen or self._visitor.knows(url)
        if known:
            self._see(url)
        return known

    def follow(self, url: str) -> Answer:
        """The page of an entry. Raises `FetchError`; where that need not last, the feed is read whole the next time.

        Raises `ReadError` when the feed names too many for one round.
        """
        if self._pages == PAGES:
            self._read_again()
            raise ReadError(f"it names more than {PAGES} new pages; the others are for the next round")
        self._pages += 1
        try:
            answer = self._visitor.follow(url)
        except FetchError as error:
            if error.lasting:
                self._see(url)
            else:
                self._read_again()
            raise
        self._see(url)
        return answer

    def _read_again(self) -> None:
        """Forget which version of the feed this was, so that its server does not say that nothing has changed."""
        self.round[self._url] = replace(self.round[self._url], etag=None, modified=None)

    def _see(self, url: str) -> None:
        feed = self.round[self._url]
        self.round[self._url] = replace(feed, seen=feed.seen | {_mark(url)})


def _mark(url: str) -> str:
    return digest([url])


def _pause(error: FetchError, failures: int) -> float:
    """For how long a feed is left alone: as its server asks, and twice as long after each failure in a row."""
    asked = (error.seconds or 0.0) if isinstance(error, BusyError) else 0.0
    return float(min(max(asked, _FIRST * 2 ** min(failures, 30)), _LONGEST))
