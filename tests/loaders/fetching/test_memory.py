"""What is remembered of feeds."""

from pathlib import Path

import pytest

from kg.errors import InputError
from loaders.fetching.memory import Feed, Memory

FEED = Feed(
    etag='"1"', modified="Wed, 08 May 2024 07:00:00 GMT", seen=frozenset({"b", "a"}), failures=2, not_before=5.0
)


def test_what_was_saved_is_remembered(tmp_path: Path) -> None:
    memory = Memory.beside(tmp_path / "graph.kg")
    assert memory.feeds == {}
    memory.feeds["https://c.example/feed"] = FEED
    memory.save()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.kg-feeds"]
    assert Memory.beside(tmp_path / "graph.kg").feeds == {"https://c.example/feed": FEED}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 2, "feeds": {}}', '{"version": 1}', '{"version": 1, "feeds": {"a": {"other": 1}}}',
     '{"version": 1, "feeds": {"a": {"seen": 7}}}', '{"version": 1, "feeds": []}', '{"version": 1, "feeds": {"a": 1}}'],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / "graph.kg-feeds").write_text(content)
    with pytest.raises(InputError, match="what is known of the feeds cannot be read") as error:
        Memory.beside(tmp_path / "graph.kg")
    assert error.value.hint == "delete it, and every feed is read as if for the first time"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the memory of the feeds cannot be written"):
        Memory(tmp_path / "none" / "graph.kg-feeds").save()
