"""Fetching what a URL means: redirects followed, each hop checked like the first, and statuses told in words."""

import datetime
import http
import socket
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import cache

from kg.errors import FetchError
from loaders.fetching.addresses import Resolve, Target, parse, resolve
from loaders.fetching.errors import BusyError, LastingError
from loaders.fetching.exchange import Answer, Limits, ask

PRODUCT = "geopolitical-event-graph"  # by which a server's robots.txt may call us
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 503})
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, */*;q=0.5"


def _nothing(url: str) -> None:
    """What comes before each hop, where nothing does."""


class Fetcher:
    """Fetches URLs. It keeps no cookies, sends no login, and uses no proxy, whatever the environment says."""

    def __init__(
        self, *, allow_private: bool = False, limits: Limits | None = None, lookup: Resolve = socket.getaddrinfo
    ) -> None:
        self._allow_private, self._limits, self._lookup = allow_private, limits or Limits(), lookup

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, before: Callable[[str], None] = _nothing
    ) -> Answer:
        """The answer, with success or "not modified"; `before` is told the URL of each hop and may refuse it.

        Raises `FetchError`.
        """
        target = parse(url)
        deadline = time.monotonic() + self._limits.total
        for _ in range(self._limits.redirects + 1):
            waited = time.monotonic()
            before(target.url)
            deadline += time.monotonic() - waited  # being polite takes nothing from the server's time
            answer = self._ask(target, headers or {}, deadline)
            if answer.status not in _REDIRECTS:
                return _checked(answer)
            target = _next(answer)
        raise LastingError(f"it redirects more than {self._limits.redirects} times")

    def _ask(self, target: Target, headers: Mapping[str, str], deadline: float) -> Answer:
        addresses = resolve(target, allow_private=self._allow_private, lookup=self._lookup)
        own = {"User-Agent": user_agent(), "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        return ask(target, addresses, {**own, **headers}, self._limits, deadline)


@cache
def user_agent() -> str:
    """Who we say that we are: the project's name and version."""
    from importlib.metadata import version

    return f"{PRODUCT}/{version(PRODUCT)}"


def _next(answer: Answer) -> Target:
    place = answer.headers.get("location", "")
    if not place:
        raise LastingError(f"the server answers {answer.status} and does not say where it is")
    try:
        return parse(place, base=answer.url)
    except FetchError as error:
        raise LastingError(f"it redirects to {place[:200]!r}: {error.what}") from error


def _checked(answer: Answer) -> Answer:
    """The answer, if it is one of success. Raises `FetchError`."""
    if 200 <= answer.status < 300 or answer.status == 304:
        return answer
    what = f"the server answers {answer.status}{_meaning(answer.status)}"
    if answer.status in _BUSY:
        raise BusyError(what, seconds=_seconds(answer.headers.get("retry-after", "")))
    raise (LastingError if 400 <= answer.status < 500 else FetchError)(what)


def _meaning(status: int) -> str:
    try:
        return f" ({http.HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return ""


def _seconds(text: str) -> float | None:
    """For how long a server wants to be left alone: a number of seconds, or a date (RFC 9110)."""
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - datetime.datetime.now(datetime.UTC)).total_seconds())
