"""kg.store: what is put comes back, exactly and once; every unusable file gets one clear line."""

import dataclasses
import os
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import store as module
from kg.decisions import Decision
from kg.errors import ArticleError, InputError, NotFoundError, RecordError, StoreError
from kg.model import Extraction
from kg.store import Store
from tests.factories import PUBLISHED, TALVIK, article, event, extraction, small_world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.kg"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def told(text: str = "Mira Talvik left.", **fields: object) -> Extraction:
    return extraction(article(text, **fields), [TALVIK])  # type: ignore[arg-type]


def test_what_was_put_is_read_back_in_order_of_id(path: Path) -> None:
    world = small_world()
    with Store.open(path) as store:
        assert [store.put(one) for one in world] == ["added", "added", "added"]
    with Store.open(path, read_only=True) as store:
        assert list(store.extractions()) == sorted(world, key=lambda one: one.article.id)
        assert list(store.articles()) == [one.article for one in store.extractions()]
        assert store.extraction("gazette-1") == world[0]
        assert store.article("alder-3") == world[2].article


@pytest.mark.parametrize("name", ["my graph.kg", "a#b?c%20d&mode=ro.kg", "été 'x' \"y\".kg"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(name) as store:
        store.put(told())
    with Store.open(tmp_path / name, read_only=True) as store:
        assert store.counts()["articles"] == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_two_writers_take_turns(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        assert one.id == two.id
        assert [one.put(told(id="a1")), two.put(told(id="a2")), one.put(told(id="a2"))] == [
            "added",
            "added",
            "unchanged",
        ]


def test_text_is_kept_exactly(store: Store) -> None:
    text = "\ufeff Zero\x00 width\u200b, a tab\t, 🚀, é and e\u0301,\r\nthen\rthen\u2028end \n"
    store.put(told(text))
    assert store.article("a1").text == text


def test_the_same_again_changes_nothing(store: Store) -> None:
    store.put(told())
    before = store.digest()
    assert store.put(told()) == "unchanged"
    assert (store.digest(), store.counts()["articles"]) == (before, 1)


@pytest.mark.parametrize(
    "newer",
    [
        told("Mira Talvik stayed."),
        told(title="Corrected"),
        told(published=None),
        told(source="Inland Courier"),
        told(url="https://gazette.example/2"),
        told(language=None),
        dataclasses.replace(told(), extractor="a later version"),
        dataclasses.replace(told(), mentions=()),
    ],
    ids=lambda one: one.article.text + str(one.article.title),
)
def test_a_known_id_with_other_contents_is_a_correction(store: Store, newer: Extraction) -> None:
    store.put(told())
    assert store.put(newer) == "replaced"
    assert list(store.extractions()) == [newer]


def test_a_known_url_under_another_id_is_a_correction(store: Store) -> None:
    store.put(told(id="a1", url="https://gazette.example/1"))
    store.put(told(id="a2", url="https://gazette.example/2"))
    assert store.put(told("Mira Talvik stayed.", id="a3", url="https://gazette.example/1")) == "replaced"
    assert [one.id for one in store.articles()] == ["a2", "a3"]


def test_a_correction_may_replace_two(store: Store) -> None:
    store.put(told(id="a1", url="https://gazette.example/1"))
    store.put(told(id="a2"))
    assert store.put(told(id="a2", url="https://gazette.example/1")) == "replaced"
    assert [one.id for one in store.articles()] == ["a2"]


def test_articles_without_a_url_do_not_replace_each_other(store: Store) -> None:
    assert [store.put(told(id=id, url=None)) for id in ("a1", "a2")] == ["added", "added"]


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (article("Mira Talvik left."), True),
        (article("Mira Talvik left.", title="Other"), False),
        (article("Mira Talvik stayed."), False),
        (article("Mira Talvik left.", id="a2"), False),
        (article("Mira Talvik left.", published=PUBLISHED.replace(day=1)), False),
    ],
)
def test_holds_asks_for_exactly_this_article(store: Store, asked: object, held: bool) -> None:
    store.put(told())
    assert store.holds(asked) is held  # type: ignore[arg-type]


def test_holds_can_ask_who_read_it(store: Store) -> None:
    store.put(told())
    assert store.holds(told().article, "test")
    assert not store.holds(told().article, "a later version")


def test_forget_removes_the_article_and_what_it_says(store: Store) -> None:
    world = small_world()
    for one in world[:2]:
        store.put(one)
    without = store.digest()
    store.put(world[2])
    store.forget("alder-3")
    assert store.digest() == without
    assert store.counts()["articles"] == 2


def test_unknown_ids_are_said(store: Store) -> None:
    for ask in (store.article, store.extraction, store.forget):
        with pytest.raises(NotFoundError, match="there is no article 'none'"):
            ask("none")


def test_digest_does_not_depend_on_the_order_of_putting(tmp_path: Path) -> None:
    digests = set()
    for name, world in (("one.kg", small_world()), ("two.kg", small_world()[::-1])):
        with Store.open(tmp_path / name) as store:
            for one in world:
                store.put(one)
            digests.add(store.digest())
    assert len(digests) == 1


def test_id_belongs_to_the_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one.kg") as one, Store.open(tmp_path / "two.kg") as two:
        assert one.id != two.id
        first = one.id
    with Store.open(tmp_path / "one.kg") as again:
        assert again.id == first


def test_counts(store: Store) -> None:
    none = {"articles": 0, "sources": 0, "mentions": 0, "events": 0, "statements": 0, "relations": 0}
    assert store.counts() == none
    world = small_world()
    for one in world:
        store.put(one)
    assert store.counts() == none | {
        "articles": 3,
        "sources": 2,
        "mentions": sum(len(one.mentions) for one in world),
        "events": 9,
        "statements": 2,
        "relations": 4,
    }


@pytest.mark.parametrize("id", ["Q423", "person/jane-doe", "event/00", "source/kcna"])
def test_ids_of_other_nodes_are_refused(store: Store, id: str) -> None:
    with pytest.raises(ArticleError, match="kept for other nodes"):
        store.put(told(id=id))


def test_a_broken_extraction_is_refused_and_nothing_is_kept(store: Store) -> None:
    text = article()
    with pytest.raises(RecordError, match="not declared"):
        store.put(extraction(text, events=[event(text, "visited", actors=["person/nobody"])]))
    assert store.counts()["articles"] == 0


def test_a_transaction_that_fails_leaves_the_older_article(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(told())
    monkeypatch.setattr(module, "_PUT", "INSERT INTO nowhere VALUES (:id)")
    with pytest.raises(StoreError, match="cannot be used"):
        store.put(told("Mira Talvik stayed."))
    assert store.extraction("a1") == told()


# --- files that cannot be used -------------------------------------------------------------------------------------


def filled(path: Path) -> Path:
    with Store.open(path) as store:
        for one in small_world():
            store.put(one)
    return path


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
        "newer.kg": "the store has version 3, and this kg knows only up to 2",
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


# --- decisions -----------------------------------------------------------------------------------------------------

SAME, APART = Decision("person/a", "person/b", True), Decision("person/a", "person/c", False)


def older(path: Path) -> Path:
    """A store of version 1, which had no decisions."""
    filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE decisions")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    return path


def test_decisions_are_kept_in_order_and_undone_from_the_end(path: Path) -> None:
    with Store.open(path) as store:
        assert [store.decide([SAME]), store.decide([SAME]), store.decide([APART, SAME])] == [1, 0, 1]
    with Store.open(path) as store:
        assert store.decisions() == [SAME, APART]
        assert store.undo() == APART
        assert store.decide([Decision("person/a", "person/b", False)]) == 1
        assert store.undo() == Decision("person/a", "person/b", False)
        assert store.undo() == SAME
        with pytest.raises(NotFoundError, match="there is no decision to take back"):
            store.undo()


def test_contradictory_decisions_are_refused_and_none_is_kept(store: Store) -> None:
    store.decide([SAME])
    with pytest.raises(InputError, match="other decisions make"):
        store.decide([Decision("x", "y", True), APART, Decision("person/b", "person/c", True)])
    assert store.decisions() == [SAME]


def test_decisions_survive_forgetting_and_reading_again(store: Store) -> None:
    world = small_world()
    for one in world:
        store.put(one)
    store.decide([SAME])
    store.forget("alder-3")
    store.put(dataclasses.replace(world[0], extractor="a later version"))
    assert store.decisions() == [SAME]


def test_decisions_in_force_count_for_the_digest(store: Store) -> None:
    without = store.digest()
    store.decide([SAME])
    once = store.digest()
    store.decide([Decision(*SAME.pair, False)])
    store.decide([SAME])
    assert store.digest() == once != without
    for _ in range(3):
        store.undo()
    assert store.digest() == without


def test_an_older_store_is_read_without_decisions_and_brought_up_by_a_writer(path: Path) -> None:
    older(path)
    with Store.open(path, read_only=True) as store:
        assert (store.decisions(), len(list(store.extractions()))) == ([], 3)
    with Store.open(path) as store:
        assert store.decide([SAME]) == 1
        digest = store.digest()
    with Store.open(path, read_only=True) as store:
        assert (store.decisions(), store.counts()["articles"], store.digest()) == ([SAME], 3, digest)


def test_a_new_store_and_one_brought_up_have_the_same_tables(path: Path, tmp_path: Path) -> None:
    shapes = []
    for one in (older(path), filled(tmp_path / "new.kg")):
        with Store.open(one) as store:
            shapes.append(list(map(tuple, store._rows("SELECT name, sql FROM sqlite_schema ORDER BY name"))))
    assert shapes[0] == shapes[1]
