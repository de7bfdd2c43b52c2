"""What is kept beside a store: found as long as nothing has changed of what it was made from, and never in the way."""

from pathlib import Path

import pytest

from kg import kept as module
from kg.kept import Kept, discard, folder_of


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "graph.kg"


def keep(kept: Kept, name: str, text: str) -> None:
    kept.keep(name, lambda path: path.write_text(text, encoding="utf-8"))


def test_what_is_kept_is_found_again(store: Path) -> None:
    keep(Kept.of(store, "digest"), "seal", "words")
    found = Kept.of(store, "digest").find("seal")
    assert found
    assert found.read_text(encoding="utf-8") == "words"
    assert Kept.of(store, "digest").find("engine") is None


def test_another_state_of_the_store_finds_nothing_and_clears_away_what_is_old(store: Path) -> None:
    old, new = Kept.of(store, "old"), Kept.of(store, "new")
    keep(old, "seal", "1")
    assert new.find("seal") is None
    keep(new, "seal", "2")
    keep(new, "engine", "3")
    assert old.find("seal") is None
    assert len(list(folder_of(store).iterdir())) == 2


def test_the_key_follows_the_users_own_files_and_the_program(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "mine.jsonl"
    own.write_text("{}", encoding="utf-8")
    keys = [Kept.of(store, "digest").key, Kept.of(store, "digest", [own]).key]
    own.write_text("{ }", encoding="utf-8")
    keys.append(Kept.of(store, "digest", [tmp_path]).key)  # a folder is all its files
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    keys.append(Kept.of(store, "digest").key)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("file", ["gazetteer/places.jsonl", "ontology/plover.toml", "merging.toml"])
def test_the_key_follows_the_knowledge_that_comes_with_kg(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    path = tmp_path / "data" / file
    path.parent.mkdir(parents=True)
    path.write_text("one", encoding="utf-8")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    before = Kept.of(store, "digest").key
    path.write_text("two", encoding="utf-8")  # as long as before
    assert Kept.of(store, "digest").key != before


def test_a_writer_that_fails_leaves_nothing(store: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError("no room")

    kept = Kept.of(store, "digest")
    kept.keep("seal", fail)
    assert kept.find("seal") is None
    assert list(folder_of(store).iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_kept(store: Path) -> None:
    folder_of(store).write_text("a file in the way", encoding="utf-8")
    kept = Kept.of(store, "digest")
    keep(kept, "seal", "words")
    assert kept.find("seal") is None


def test_discarding_leaves_no_file(store: Path) -> None:
    assert discard(store)
    keep(Kept.of(store, "digest"), "seal", "words")
    assert discard(store)
    assert not folder_of(store).exists()
    folder_of(store).write_text("a file in the way", encoding="utf-8")
    assert not discard(store)
