"""kg.store_file: a store is made, brought up and protected, and every unusable file gets one clear line."""

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from threading import Timer

import pytest

from kg import store_file as module
from kg.decisions import Decision
from kg.errors import NotFoundError, StoreError
from kg.model import Extraction
from kg.store import Store
from tests.factories import article, extraction, filled

ROOT = Path(__file__).parents[2]
SAME = Decision("person/a", "person/b", True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.kg"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def told() -> Extraction:
    return extraction(article())


def sqlite_file(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in ("CREATE TABLE notes (words TEXT)", *statements):
            connection.execute(statement)
    connection.close()
    return path


@pytest.mark.parametrize("read_only", [True, False])
def test_files_of_something_else(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "notes.txt").write_text("Notes of a meeting, longer than any header could ever be, in plain words.")
    (tmp_path / "short").write_text("SQL")
    sqlite_file(tmp_path / "other.db")
    sqlite_file(
        tmp_path / "newer.kg",
        f"PRAGMA application_id={module.APPLICATION_ID}",
        f"PRAGMA user_version={module.VERSION + 1}",
    )
    for name, words in {
        "notes.txt": "this is no store of kg",
        "short": "this is no store of kg",
        "other.db": "this is another program's SQLite file",
        "newer.kg": f"the store has version {module.VERSION + 1}, and this kg knows only up to {module.VERSION}",
        ".": "this is a folder",
        "nowhere/graph.kg": "there is no store here" if read_only else "its folder does not exist",
    }.items():
        before = (tmp_path / name).read_bytes() if (tmp_path / name).is_file() else None
        with pytest.raises(StoreError) as caught:
            Store.open(tmp_path / name, read_only=read_only)
        assert words in str(caught.value)
        assert str(caught.value).startswith(str(tmp_path / name)) or name == "."
        assert "\n" not in str(caught.value)
        assert before is None or (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}])
def test_a_reader_makes_no_store(path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(StoreError, match="there is no store here — ingest something first"):
        Store.open(path, **options)
    assert not path.exists()


def test_an_empty_file_is_a_new_store_to_a_writer_and_none_to_a_reader(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="the store file is empty"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.put(told()) == "added"


def test_two_that_make_a_store_at_once_lose_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other is faster, and leaves first: it must not take the log along in which we go on."""
    connect, others = module._connect, []

    def connect_late(path: Path, read_only: bool) -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        script = f"from kg.store import Store; opened = Store.open({str(path)!r}); print(flush=True); input()"
        others.append(subprocess.Popen([sys.executable, "-c", script], stdin=PIPE, stdout=PIPE, cwd=ROOT))
        assert others[0].stdout
        others[0].stdout.readline()
        return connection

    monkeypatch.setattr(module, "_connect", connect_late)
    with Store.open(path) as store:
        others[0].communicate(b"\n")
        store.put(told())
        counting = f"from kg.store import Store; print(Store.open({str(path)!r}).counts()['articles'])"
        assert subprocess.check_output([sys.executable, "-c", counting], cwd=ROOT) == b"1\n"


def half_made(path: Path) -> Path:
    """A store killed while it was made: its pages are there, and the journal says that before them was nothing."""
    journal = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 1, 0, 512, 4096)
    path.with_name(f"{path.name}-journal").write_bytes(journal.ljust(512, b"\0"))
    return path


def test_a_store_whose_making_was_killed_is_made_anew(path: Path) -> None:
    with pytest.raises(StoreError, match="the store file is empty"):
        Store.open(half_made(filled(path)), read_only=True)
    with Store.open(half_made(filled(path))) as store:
        assert store.put(told()) == "added"


def test_a_cut_store_is_damaged_wherever_it_is_cut(path: Path, tmp_path: Path) -> None:
    whole = filled(path).read_bytes()
    for size in (100, 700, 4096, len(whole) // 2, len(whole) - 4096):
        cut = tmp_path / f"cut-{size}.kg"
        cut.write_bytes(whole[:size])
        for read_only in (True, False):
            with pytest.raises(StoreError, match="damaged or cut short"):
                Store.open(cut, read_only=read_only)
        assert cut.read_bytes() == whole[:size]


def test_damaged_contents_are_said(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET record = x'00ff' WHERE id = 'alder-3'")
    connection.close()
    with Store.open(path) as store, pytest.raises(StoreError, match="alder-3: the store is damaged"):
        list(store.extractions())


def test_overwritten_pages_are_said(path: Path) -> None:
    whole = bytearray(filled(path).read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged or cut short"), Store.open(path) as store:
        list(store.extractions())


def test_another_writer_is_waited_for_and_then_said(store: Store, path: Path) -> None:
    store._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another program is writing"):
        store.put(told())
    with Store.open(path, read_only=True) as reader:  # reading goes on meanwhile
        assert reader.counts()["articles"] == 0
    other.execute("ROLLBACK")
    assert store.put(told()) == "added"
    other.close()


def test_a_program_that_just_makes_the_store_is_waited_for_and_then_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("PRAGMA journal_mode = DELETE")  # as a store begins
    maker.execute("BEGIN IMMEDIATE")
    Timer(0.3, maker.rollback).start()
    with Store.open(path) as store:
        assert store.counts()["articles"] == 3
    maker.execute("PRAGMA journal_mode = DELETE")
    maker.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with pytest.raises(StoreError, match="another program is writing"):
        Store.open(path)
    maker.close()


def test_opening_to_write_waits_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="another program is writing"):
        Store.open(path)
    other.close()


def test_a_reader_cannot_write(path: Path) -> None:
    filled(path)
    with Store.open(path, read_only=True) as reader, pytest.raises(StoreError, match="cannot be opened or written"):
        reader.forget("alder-3")


@pytest.fixture
def protected() -> Iterator[Path]:
    """A store whose file and folder are write-protected, seen by a user without special rights."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder / "graph.kg").chmod(0o444)
        (folder / "closed").mkdir(mode=0o000)
        folder.chmod(0o555)
        special = os.getuid() == 0
        if special:
            os.setresuid(65534, 65534, 0)
        yield folder / "graph.kg"
        if special:
            os.setresuid(0, 0, 0)
        folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="rights are set in Linux's way")
def test_a_write_protected_store_can_be_read(protected: Path) -> None:
    with Store.open(protected, read_only=True) as reader:
        assert len(list(reader.extractions())) == 3
    with pytest.raises(StoreError, match="check the rights"):
        Store.open(protected)
    for name in ("new.kg", "closed/graph.kg"):
        with pytest.raises(StoreError, match="check the rights"):
            Store.open(protected.parent / name)


def test_nothing_is_left_beside_the_file(path: Path) -> None:
    filled(path)
    with Store.open(path, read_only=True) as reader:
        assert reader.counts()["articles"] == 3
    assert [file.name for file in path.parent.iterdir()] == ["graph.kg"]


# --- older stores ------------------------------------------------------------------------------------------------


def older(path: Path, version: int = 1) -> Path:
    """A store of an older version: 1 had no decisions, 2 no history, and 3 no index of what is summed up."""
    filled(path)
    with sqlite3.connect(path) as connection:
        for thing in ("TABLE decisions", "TABLE versions", "INDEX summary")[version - 1 :]:
            connection.execute(f"DROP {thing}")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    return path


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_store_is_read_without_what_it_lacks_and_brought_up_by_a_writer(path: Path, version: int) -> None:
    older(path, version)
    with Store.open(path, read_only=True) as store:
        assert (store.decisions(), store.history("alder-3"), len(list(store.extractions()))) == ([], [], 3)
        with pytest.raises(NotFoundError, match="did you mean alder-3"):
            store.find("alder-4")
    with Store.open(path) as store:
        assert store.decide([SAME]) == 1
        digest = store.digest()
    with Store.open(path, read_only=True) as store:
        assert (store.decisions(), store.counts()["articles"], store.digest()) == ([SAME], 3, digest)


def test_a_new_store_and_those_brought_up_have_the_same_tables(tmp_path: Path) -> None:
    shapes = []
    for one in (*(older(tmp_path / f"{version}.kg", version) for version in (1, 2, 3)), filled(tmp_path / "new.kg")):
        with Store.open(one) as store:
            shapes.append(list(map(tuple, store._rows("SELECT name, sql FROM sqlite_schema ORDER BY name"))))
    assert shapes[0] == shapes[1] == shapes[2] == shapes[3]
