"""A name that several bear: who is meant is told, and who else may be, by ids that say which."""

from pathlib import Path

import pytest

from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import article, entity, extraction

NOTE = "note: 'Lee' is taken for Q2 here, and may also mean Q1; an id says which\n"


@pytest.fixture
def lees(folder: Path) -> Path:
    path = folder / "graph.kg"
    with Store.open(path) as store:
        some = [entity(f"{name} Lee", id=id, aliases=[name]) for name, id in (("Ann", "Q1"), ("Bob", "Q2"))]
        store.put(extraction(article("Ann met Bob. Bob left."), some))
    return path


@pytest.mark.parametrize(
    "asked",
    [
        ("show", "Lee"),
        ("query", "run", "actor-timeline", "--param", "actor=Lee"),
        ("query", "run", "events-between", "--param", "actor=Lee", "--param", "other=Lee"),
        ("ask", "what did Lee do"),
    ],
    ids=" ".join,
)
def test_the_others_are_told_once(kg: Run, lees: Path, asked: tuple[str, ...]) -> None:
    found = kg(*asked)
    assert found.status == 0
    assert found.err.count(NOTE) == 1
    assert "note" not in found.out


@pytest.mark.parametrize("name", ["Q1", "Bob", "Ann Lee"])
def test_nothing_is_told_of_who_alone_is_called_so(kg: Run, lees: Path, name: str) -> None:
    assert kg("show", name).err == ""
