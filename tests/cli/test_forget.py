"""`kg forget`: an article goes with all that it says, by id, URL or source, and the graph is as if it never came."""

import json
from pathlib import Path

import pytest

from kg.kept import folder_of
from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import small_world


def left(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as opened:
        return opened.ids()


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (["alder-3"], ["alder-3"]),
        (["https://courier.example/7"], ["courier-7"]),
        (["courier-7", "https://courier.example/7", "alder-3"], ["courier-7", "alder-3"]),
        (["--source", "Harbour Gazette"], ["gazette-1"]),
        (["alder-3", "--source", "Inland Courier"], ["alder-3", "courier-7"]),
    ],
    ids=" ".join,
)
def test_what_is_named_is_forgotten(kg: Run, store: Path, arguments: list[str], gone: list[str]) -> None:
    result = kg("forget", *arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out == "".join(f"forgot {id}\n" for id in gone)
    assert left(store) == sorted({"alder-3", "courier-7", "gazette-1"} - set(gone))


def test_what_is_forgotten_is_told_as_json(kg: Run, store: Path) -> None:
    assert json.loads(kg("forget", "alder-3", "courier-7", "--format", "json").out) == {
        "forgotten": ["alder-3", "courier-7"]
    }


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["alder-3", "nobody"], "graph.kg: there is no article 'nobody'"),
        (["alder-3", "courier-8"], "graph.kg: there is no article 'courier-8' — did you mean courier-7?"),
        (["--source", "Nobody"], "graph.kg: there is no article of 'Nobody'"),
        ([], "nothing to forget is named — give ids or URLs, or --source NAME"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_all_or_nothing(kg: Run, store: Path, arguments: list[str], error: str) -> None:
    result = kg("forget", *arguments)
    assert (result.status, result.out, result.err) == (1, "", f"error: {error}\n")
    assert len(left(store)) == 3


def test_what_was_made_of_it_and_kept_beside_the_store_goes_too(kg: Run, store: Path) -> None:
    kept = folder_of(store)
    kept.mkdir()
    (kept / "00.graph").write_text("Norland", encoding="utf-8")
    kg("forget", "nobody")
    assert kept.exists()
    assert kg("forget", "alder-3").status == 0
    assert not kept.exists()


def test_the_graph_is_as_one_that_never_had_it(kg: Run, store: Path) -> None:
    kg("forget", "gazette-1")
    first, *others = small_world()
    with Store.open("fresh.kg") as fresh:
        for one in others:
            fresh.put(one)
    for name in ("graph", "fresh"):
        for suffix in ("json", "graphml", "cypher", "plover.jsonl"):
            kg("export", f"{name}.{suffix}", "--store", f"{name}.kg")
    for suffix in ("json", "graphml", "cypher", "plover.jsonl"):
        assert Path(f"graph.{suffix}").read_bytes() == Path(f"fresh.{suffix}").read_bytes()
    assert first.article.id not in Path("graph.json").read_text(encoding="utf-8")
