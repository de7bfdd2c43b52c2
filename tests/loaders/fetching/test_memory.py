"""What is remembered of feeds."""

import pytest

from kg.errors import DataError
from loaders.fetching.memory import Feed, from_text, to_text

FEED = Feed(
    etag='"1"', modified="Wed, 08 May 2024 07:00:00 GMT", seen=frozenset({"b", "a"}), failures=2, not_before=5.0
)


@pytest.mark.parametrize("memory", [{}, {"https://c.example/feed": FEED, "https://a.example/feed": Feed()}])
def test_what_was_written_is_remembered(memory: dict[str, Feed]) -> None:
    assert from_text(to_text(memory)) == memory
    assert to_text(dict(reversed(memory.items()))) == to_text(memory)


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"other": 1}}', '{"a": {"seen": 7}}', '{"a": {}}'])
def test_what_another_version_wrote_is_told(text: str) -> None:
    with pytest.raises(DataError, match="another version of kg"):
        from_text(text)
