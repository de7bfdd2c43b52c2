"""What is remembered of watched feeds from one run to the next, in a file beside the store.

It holds the feeds' URLs and no more: pages that were met are remembered by a digest, so what is forgotten is not named
here, nor fetched again. The file may be deleted; then each feed is read as if for the first time.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kg.errors import InputError
from kg.files import replacing

_VERSION = 1


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


@dataclass(slots=True)
class Memory:
    """What is known of all feeds, by URL."""

    path: Path
    feeds: dict[str, Feed] = field(default_factory=dict)

    @classmethod
    def beside(cls, store: Path) -> "Memory":
        """What was kept beside a store. Raises `InputError` when that cannot be read."""
        path = store.with_name(f"{store.name}-feeds")
        if not path.exists():
            return cls(path)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["version"] != _VERSION:
                raise ValueError
            feeds = {url: replace(Feed(**feed), seen=frozenset(feed["seen"])) for url, feed in content["feeds"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            hint = "delete it, and every feed is read as if for the first time"
            raise InputError("what is known of the feeds cannot be read", where=str(path), hint=hint) from error
        return cls(path, feeds)

    def save(self) -> None:
        """Keep it for the next run. Raises `InputError` when it cannot be written."""
        feeds = {url: asdict(feed) | {"seen": sorted(feed.seen)} for url, feed in sorted(self.feeds.items())}
        with replacing(self.path, "memory of the feeds") as file:
            json.dump({"version": _VERSION, "feeds": feeds}, file, indent=1)
