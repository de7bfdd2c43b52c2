"""kg.store: what is put comes back, exactly and once; what is corrected has a history, and what is forgotten none."""

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import store as module
from kg import store_file
from kg.decisions import Decision
from kg.errors import ArticleError, InputError, NotFoundError, RecordError, StoreError
from kg.model import Extraction
from kg.record import to_record
from kg.store import Store
from tests.factories import PUBLISHED, TALVIK, article, event, extraction, filled, small_world


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
    ],
    ids=lambda one: one.article.text + str(one.article.title),
)
def test_a_known_id_with_other_contents_is_a_correction(store: Store, newer: Extraction) -> None:
    store.put(told())
    assert store.put(newer) == "replaced"
    assert list(store.extractions()) == [newer]
    assert store.history("a1") == [told()]


@pytest.mark.parametrize(
    "newer", [dataclasses.replace(told(), extractor="later"), dataclasses.replace(told(), mentions=())]
)
def test_the_same_article_read_otherwise_is_no_correction(store: Store, newer: Extraction) -> None:
    store.put(told())
    assert store.put(newer) == "recoded"
    assert (list(store.extractions()), store.history("a1")) == ([newer], [])


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


# Steps of (id, URL, text), the id that is then asked for, and its older texts.
HISTORIES = {
    "none": ([("a", "u", "1.")], "a", []),
    "by id": ([("a", "u", "1."), ("a", "v", "2."), ("a", None, "3.")], "a", ["1.", "2."]),
    "by URL": ([("a", "u", "1."), ("b", "u", "2."), ("c", "u", "3.")], "c", ["1.", "2."]),
    "an older text again is the newest": ([("a", "u", "1."), ("a", "u", "2."), ("a", "u", "1.")], "a", ["2."]),
    "again and again": ([("a", "u", "1."), ("a", "u", "2.")] * 5, "a", ["1."]),
    "only the data": ([("a", "u", "1."), ("a", "v", "1.")], "a", ["1."]),
    "two become one: its own first": (
        [("b", "u", "1."), ("b", "u", "2."), ("a", "v", "3."), ("a", "v", "4."), ("a", "u", "5.")],
        "a",
        ["3.", "4.", "1.", "2."],
    ),
    "two become one: a version that both had comes with the other's": (
        [("b", "u", "1."), ("a", "u", "2."), ("a", "v", "3."), ("b", "u", "1."), ("b", "u", "4."), ("a", "u", "5.")],
        "a",
        ["2.", "3.", "1.", "4."],
    ),
    "two become one of the URL": ([("a", "u", "1."), ("b", "v", "2."), ("c", "u", "3.")], "c", ["1."]),
    "others have their own": ([("a", "u", "1."), ("b", "v", "2."), ("b", "v", "3.")], "a", []),
}


@pytest.mark.parametrize(("steps", "id", "older_texts"), HISTORIES.values(), ids=HISTORIES)
def test_what_is_replaced_is_history(store: Store, steps: list[Any], id: str, older_texts: list[str]) -> None:
    for name, url, text in steps:
        store.put(told(text, id=name, url=url))
    assert [one.article.text for one in store.history(id)] == older_texts
    assert store.extraction(id).article.text == next(text for name, _, text in reversed(steps) if name == id)
    assert sum(len(store.history(one)) for one in store.ids()) + len(store.ids()) == len(set(steps))


def test_history_keeps_data_and_what_was_read_and_changes_no_digest(store: Store, path: Path) -> None:
    first, second, _ = small_world()
    corrected = dataclasses.replace(second, article=dataclasses.replace(second.article, title="Corrected"))
    store.put(first)
    store.put(corrected)
    without = store.digest(), store.counts()
    store.forget("courier-7")
    store.put(second)
    store.put(corrected)
    assert store.history("courier-7") == [second]
    assert (store.digest(), store.counts()) == without
    assert store.corrected() == 1


def test_an_article_is_found_by_id_or_url_and_the_nearest_are_named(store: Store) -> None:
    store.put(told(id="first", url="https://gazette.example/1"))
    store.put(told("Mira Talvik stayed.", id="second", url="https://gazette.example/1"))
    store.put(told(id="https://gazette.example/3"))
    for name, id in (("second", "second"), ("https://gazette.example/1", "second"), ("https://gazette.example/3",) * 2):
        assert store.find(name) == id
    for name, hint in (
        ("first", "it was replaced by second"),
        ("secnd", "did you mean second?"),
        ("xyz", None),
        ("", None),
    ):
        with pytest.raises(NotFoundError) as caught:
            store.find(name)
        assert caught.value.hint == hint


def test_renew_keeps_what_was_made_anew_of_the_same_article_only(store: Store) -> None:
    newer = dataclasses.replace(told(), extractor="later")
    assert not store.renew(newer)
    store.put(told())
    assert store.outdated("later") == ["a1"]
    assert store.renew(newer)
    assert (store.extraction("a1"), store.history("a1"), store.outdated("later")) == (newer, [], [])
    store.put(told("Mira Talvik stayed."))
    assert not store.renew(newer)
    assert store.extraction("a1").article.text == "Mira Talvik stayed."


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


def contents(path: Path) -> bytes:
    """All bytes of the store's files, its log included."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if file.name.startswith(path.name))


def traces(one: Extraction) -> list[bytes]:
    """What an article would leave in a file: pieces of its packed text and record, its id, title and URL."""
    packed = [module._pack(one.article.text), module._pack(json.dumps(to_record(one), separators=(",", ":")))]
    pieces = [blob[start : start + 48] for blob in packed for start in range(64, len(blob) - 48, 512)]
    named = [name.encode() for name in (one.article.id, one.article.title, one.article.url) if name]
    return [*pieces, *named]


@pytest.mark.parametrize("others", [0, 1, 300])
def test_forgetting_leaves_no_byte_of_the_article_nor_of_its_history(path: Path, others: int) -> None:
    def version(number: int) -> Extraction:
        words = " ".join(f"{number}{name}" for name in random.Random(number).sample(range(10**6), 900))
        return told(f"Mira Talvik left. {words}", id="gone", title=f"Title {number}", url=f"https://g.example/{number}")

    versions = [version(number) for number in range(3)]
    with Store.open(path) as store:
        for number in range(others):
            if number % 100 == 50:
                store.put(versions[number // 100])
            store.put(told(f"Mira Talvik met {number}.", id=f"a{number}", url=f"https://a.example/{number}"))
        for one in versions:
            store.put(one)
        assert len(store.history("gone")) == 2
        assert all(traces(one)[0] in contents(path) for one in versions)
        assert store.forget("gone")
        assert not any(trace in contents(path) for one in versions for trace in traces(one))
        assert store.counts()["articles"] == others
    assert not any(trace in contents(path) for one in versions for trace in traces(one))


def test_what_an_older_kg_left_in_the_file_goes_with_the_next_forgetting(path: Path) -> None:
    """Before version 3 nothing was wiped; the texts are so long that they lie outside of the row's own page."""
    one = told(" ".join(map(str, random.Random(1).sample(range(10**6), 3000))), id="gone")
    with Store.open(path) as store:
        store._connection.execute("PRAGMA secure_delete = OFF")
        store.put(one)
        store.put(told(id="a2"))
        store._connection.execute("DELETE FROM articles WHERE id = 'gone'")
        assert traces(one)[0] in contents(path)
        store.forget("a2")
        assert not any(trace in contents(path) for trace in traces(one))


def test_what_is_forgotten_is_in_the_history_of_no_other(store: Store) -> None:
    url = "https://gazette.example/1"
    for one in (told("Mira Talvik stayed.", url=url), told("Mira Talvik slept.", id="a2", url=url), told()):
        store.put(one)
    assert len(store.history("a2")) == 1
    store.forget("a1")
    assert store.history("a2") == []


def test_forgetting_while_another_reads_says_that_bytes_are_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_file, "BUSY_SECONDS", 0.05)
    world = small_world()
    filled(path)
    with Store.open(path, read_only=True) as reader:
        rows = reader.extractions()
        assert next(rows).article.id == "alder-3"
        with Store.open(path) as store:
            assert not store.forget("gazette-1")
            assert store.ids() == ["alder-3", "courier-7"]
        assert next(rows).article.id == "courier-7"
        assert next(rows) == world[0]  # it reads on as it began
        assert next(rows, None) is None
    assert not any(trace in contents(path) for trace in traces(world[0]))


def test_what_a_killed_program_did_not_wipe_is_wiped_by_the_next_that_writes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = told(" ".join(map(str, random.Random(1).sample(range(10**6), 3000))), id="gone")
    with Store.open(path) as store:
        store._connection.execute("PRAGMA secure_delete = OFF")
        store.put(one)
        store.put(told(id="a2"))
        with monkeypatch.context() as killed:
            killed.setattr(Store, "_scrub", lambda _: False)
            assert not store.forget("gone")
    assert traces(one)[0] in contents(path)
    with Store.open(path, read_only=True) as store:
        assert store.ids() == ["a2"]
    with Store.open(path):
        assert not any(trace in contents(path) for trace in traces(one))
    with Store.open(path) as store:
        assert [key for (key,) in store._rows("SELECT key FROM meta")] == ["id"]


def test_several_are_forgotten_or_none(store: Store) -> None:
    for one in small_world():
        store.put(one)
    with pytest.raises(NotFoundError, match="there is no article 'none'"):
        store.forget("alder-3", "none")
    assert store.ids() == ["alder-3", "courier-7", "gazette-1"]
    store.forget("alder-3", "gazette-1")
    assert (store.ids(), store.ids("Inland Courier"), store.ids("Nobody")) == (["courier-7"], ["courier-7"], [])


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


# --- decisions -----------------------------------------------------------------------------------------------------

SAME, APART = Decision("person/a", "person/b", True), Decision("person/a", "person/c", False)


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


def test_what_is_remembered_is_no_part_of_the_contents(store: Store, path: Path) -> None:
    store.put(told(url="https://c.example/1"))
    before = store.digest()
    assert store.recall("feeds") is None
    for text in ("one", "two"):
        store.remember("feeds", text)
        assert store.recall("feeds") == text
    assert store.digest() == before
    store.remember("id", "mine")
    with Store.open(path, read_only=True) as again:
        assert (again.id, again.recall("feeds")) == (store.id, "two")


def test_urls_are_those_of_the_articles_that_have_one(store: Store) -> None:
    store.put(told(id="a", url="https://c.example/1"))
    store.put(told(id="b"))
    assert store.urls() == {"https://c.example/1"}
