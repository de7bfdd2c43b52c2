"""kg.graph.media: which outlets speak for a state."""

import tomllib

import pytest

from kg.gazetteer_files import load_gazetteer
from kg.graph import build_graph
from kg.graph.media import state_behind
from kg.model import Kind
from kg.names import normal
from kg.ontology import load_ontology
from kg.resources import data_folder
from tests.factories import article, entity, extraction


@pytest.mark.parametrize(
    ("names", "country", "expected"),
    [
        (["Xinhua"], None, "CHN"),
        (["the tass"], None, "RUS"),
        (["Some outlet", "KCNA"], None, "PRK"),
        (["Iranian state television"], "IRN", "IRN"),
        (["State-run news agency"], "SYR", "SYR"),
        (["Iranian state television"], None, None),  # whose it is, nobody says
        (["Iranian media"], "IRN", None),
        (["State Media Monitor"], "HUN", None),
        (["BBC"], "GBR", None),
        (["Specimen Gazette (invented)"], None, None),
        ([], None, None),
    ],
)
def test_the_state_behind_an_outlet(names: list[str], country: str | None, expected: str | None) -> None:
    assert state_behind(names, country) == expected


def test_the_list_and_the_gazetteer_agree_on_the_state() -> None:
    listed = tomllib.loads((data_folder() / "gazetteer" / "state_media.toml").read_text(encoding="utf-8"))
    states = {normal(name): state for state, names in listed.items() for name in names}
    assert len(states) == sum(map(len, listed.values())), "a name stands there twice"
    known = [entry for entry in load_gazetteer().entries.values() if entry.sector == "JRN"]
    both = [(entry.country, states[normal(entry.name)]) for entry in known if normal(entry.name) in states]
    assert len(both) >= 40
    assert [pair for pair in both if pair[0] != pair[1]] == []
    assert set(listed) <= {entry.country for entry in load_gazetteer().entries.values() if entry.kind is Kind.COUNTRY}


def test_outlets_and_those_who_are_quoted_carry_it() -> None:
    tass = entity("TASS", Kind.ORGANIZATION, country="RUS", sector="JRN")
    namesake = entity("RT", Kind.ORGANIZATION, sector="BUS")  # a firm, not the channel
    told = article("TASS and RT.", source="Xinhua")
    graph = build_graph([extraction(told, [tass, namesake])], load_ontology())
    states = {
        node["name"]: node.get("stateMedia") for _, node in graph.nodes(data=True) if node["labels"][0] != "Article"
    }
    assert states == {"TASS": "RUS", "RT": None, "Xinhua": "CHN"}
