"""What is remembered of watched feeds from one run to the next.

Pages that were met are remembered by a digest, so that one which was forgotten is not named here, nor fetched again.
"""

import json
from dataclasses import asdict, dataclass, replace

from kg.errors import DataError

Memory = dict[str, "Feed"]  # what is known of each feed, by URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What is known of a feed.

    `etag` and `modified` are its server's marks of the version that was read, `seen` the digests of the pages that it
    named, `failures` how often in a row it failed, and `not_before` until when it is left alone (seconds since 1970).
    """

    etag: str | None = None
    modified: str | None = None
    seen: frozenset[str] = frozenset()
    failures: int = 0
    not_before: float = 0.0


def to_text(memory: Memory) -> str:
    """The memory as JSON, the same for the same memory."""
    return json.dumps({url: asdict(feed) | {"seen": sorted(feed.seen)} for url, feed in sorted(memory.items())})


def from_text(text: str) -> Memory:
    """The memory that was written. Raises `DataError` when it was written by another version of kg."""
    try:
        return {url: replace(Feed(**feed), seen=frozenset(feed["seen"])) for url, feed in json.loads(text).items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError("what is known of the feeds was written by another version of kg", hint="upgrade kg") from error
