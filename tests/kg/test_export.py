"""kg.export: every form is complete, can be read back, and has the same bytes for the same facts."""

import dataclasses
import datetime
import json
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import literal
from kg.errors import InputError
from kg.export import SUFFIXES, export_graph
from kg.graph import build_graph
from kg.model import Entity, Extraction, Kind
from kg.ontology import load_ontology
from tests.factories import NORLAND, article, entity, event, extraction, mention, small_world

# Everything that a careless writer trips over: quotes, backslashes, markup, line ends, characters XML forbids.
NASTY = (
    'It\'s \\u0027 \\\\ \\n "x" <b>&amp;</b> ]]> \x00\b\x0b\f\x1f {a: $b} `c` // d */ ;\r\n\ttab\rend'
    "\u2028 é e\u0301 🚀 \ufffe met"
)


def nasty_world() -> list[Extraction]:
    told = article(NASTY, id="nasty 'id' \\u0027 <&>", title=NASTY, source="S'", url="https://x.example/?a=1&b='2'")
    people = [entity(NASTY, id="Q1", aliases=["a; b", "c"]), entity("", id="Q2", kind=Kind.GROUP)]
    return [extraction(told, people, [event(told, "met", sentence=NASTY, actors=people)], mentions=[])]


def exported(tmp_path: Path, suffix: str, world: list[Extraction]) -> Path:
    path = tmp_path / f"graph{suffix}"
    export_graph(build_graph(world, load_ontology()), world, path)
    return path


@pytest.fixture(params=[small_world, nasty_world, list], ids=["small", "nasty", "empty"])
def world(request: pytest.FixtureRequest) -> list[Extraction]:
    make: Callable[[], list[Extraction]] = request.param
    return make()


def iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def ends_and_type(edge: tuple[str, str, dict[str, Any]]) -> tuple[str, str, str]:
    return edge[0], edge[1], edge[2]["type"]


# --- all forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_order_of_ingest_does_not_show(tmp_path: Path, suffix: str) -> None:
    first = exported(tmp_path, suffix, small_world()).read_bytes()
    assert exported(tmp_path, suffix, small_world()[::-1]).read_bytes() == first
    assert suffix == ".parquet" or (first.endswith(b"\n") and b"\r" not in first)


@settings(max_examples=10, deadline=None)
@given(st.permutations(small_world() + nasty_world()), st.sampled_from(SUFFIXES))
def test_no_order_shows(tmp_path_factory: pytest.TempPathFactory, told: list[Extraction], suffix: str) -> None:
    folder = tmp_path_factory.mktemp("order")
    assert (
        exported(folder, suffix, told).read_bytes()
        == exported(folder, suffix, small_world() + nasty_world()).read_bytes()
    )


@pytest.mark.parametrize("name", ["graph.txt", "graph", "graph.jsonl", "graph.json.gz", "json"])
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"name it one of \.csv, \.parquet, \.json, \.jsonld, \.graphml, \.gexf, "):
        export_graph(nx.MultiDiGraph(), [], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_capital_suffixes_are_known(tmp_path: Path) -> None:
    export_graph(nx.MultiDiGraph(), [], tmp_path / "GRAPH.JSON")
    assert json.loads((tmp_path / "GRAPH.JSON").read_text())["nodes"] == []


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for name in ("nowhere/graph.json", "folder.json"):
        with pytest.raises(InputError, match="the file cannot be written"):
            export_graph(nx.MultiDiGraph(), [], tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.json"]


def test_an_export_that_fails_leaves_the_older_file(tmp_path: Path) -> None:
    before = exported(tmp_path, ".json", small_world()).read_bytes()
    broken: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    broken.add_node("a", labels=["Article"], name=object())
    with pytest.raises(AttributeError):
        export_graph(broken, [], tmp_path / "graph.json")
    assert [file.name for file in tmp_path.iterdir()] == ["graph.json"]
    assert (tmp_path / "graph.json").read_bytes() == before


# --- .json ------------------------------------------------------------------------------------------------------------


def test_node_link_gives_the_graph_back(tmp_path: Path, world: list[Extraction]) -> None:
    data = json.loads(exported(tmp_path, ".json", world).read_text("utf-8"))
    assert list(data) == ["directed", "multigraph", "graph", "nodes", "edges"]
    again = nx.node_link_graph(data, edges="edges")
    graph = build_graph(world, load_ontology())
    assert dict(again.nodes(data=True)) == {
        id: {name: iso(value) for name, value in node.items() if name != "id"} for id, node in graph.nodes(data=True)
    }
    expected = [(s, t, {name: iso(value) for name, value in edge.items()}) for s, t, edge in graph.edges(data=True)]
    assert sorted(again.edges(data=True), key=ends_and_type) == sorted(expected, key=ends_and_type)


def test_node_link_is_sorted_a_line_each(tmp_path: Path) -> None:
    text = exported(tmp_path, ".json", small_world()).read_text("utf-8")
    data = json.loads(text)
    assert [node["id"] for node in data["nodes"]] == sorted(node["id"] for node in data["nodes"])
    triples = [(edge["source"], edge["type"], edge["target"]) for edge in data["edges"]]
    assert triples == sorted(triples)
    assert text.count("\n") == len(data["nodes"]) + len(data["edges"]) + 3


# --- .graphml ---------------------------------------------------------------------------------------------------------


def in_graphml(value: Any) -> Any:
    joined = "; ".join(value) if isinstance(value, list) else iso(value)
    return "".join(c for c in joined if c not in "\x00\b\x0b\f\x1f\ufffe") if isinstance(joined, str) else joined


def test_graphml_is_read_by_networkx(tmp_path: Path, world: list[Extraction]) -> None:
    again = nx.read_graphml(exported(tmp_path, ".graphml", world), force_multigraph=True)
    graph = build_graph(world, load_ontology())
    for id, node in graph.nodes(data=True):
        expected = {name: in_graphml(value) for name, value in node.items()}
        assert again.nodes[id] == {
            name: value for name, value in expected.items() if value != "" or name in again.nodes[id]
        }
    edges = {edge["id"]: (source, target, edge) for source, target, edge in again.edges(data=True)}
    assert len(again) == len(graph)
    assert edges == {
        id: (source, target, {name: in_graphml(value) for name, value in edge.items()})
        for source, target, id, edge in graph.edges(keys=True, data=True)
    }


def test_graphml_keeps_types(tmp_path: Path) -> None:
    again = nx.read_graphml(exported(tmp_path, ".graphml", small_world()))
    assert again.nodes[NORLAND.id]["latitude"] == 61.0
    visited = next(edge for _, _, edge in again.edges(data=True) if edge["type"] == "VISITED")
    assert (visited["reciprocal"], visited["count"], visited["firstDate"]) == (False, 1, "2024-06-19")


# --- .gexf ------------------------------------------------------------------------------------------------------------

GEXF = "{http://gexf.net/1.3}"


def attribute(value: Any) -> Any:
    """A value as an XML attribute gives it back, which networkx reads."""
    joined = in_graphml(value)
    return joined if isinstance(joined, bool | int | float) else str(joined)


def test_gexf_is_read_by_networkx(tmp_path: Path, world: list[Extraction]) -> None:
    again = nx.read_gexf(exported(tmp_path, ".gexf", world))
    graph = build_graph(world, load_ontology())
    assert set(again) == set(graph)
    times = {"start", "end"}
    for id, node in graph.nodes(data=True):
        titles = {"start": "textStart", "end": "textEnd"}
        expected = {titles.get(name, name): attribute(node[name]) for name in node if name not in ("id", "name")}
        read = {name: value for name, value in again.nodes[id].items() if name not in times}
        assert read == expected | {"label": attribute(node["name"])}
    edges = {edge["id"]: (source, target, edge) for source, target, edge in again.edges(data=True)}
    assert set(edges) == {key for *_, key in graph.edges(keys=True)}
    for source, target, edge in graph.edges(data=True):
        read = {name: value for name, value in edges[edge["id"]][2].items() if name not in times | {"label"}}
        assert edges[edge["id"]][:2] == (source, target)
        assert edges[edge["id"]][2]["label"] == edge["type"]
        assert read == {name: attribute(value) for name, value in edge.items() if name != "type"}


def test_gexf_has_the_parts_of_version_1_3_in_its_order(tmp_path: Path, world: list[Extraction]) -> None:
    root = ElementTree.parse(exported(tmp_path, ".gexf", world)).getroot()
    (graph,) = root
    assert (root.tag, root.attrib, graph.tag) == (f"{GEXF}gexf", {"version": "1.3"}, f"{GEXF}graph")
    assert [part.tag.removeprefix(GEXF) for part in graph] == ["attributes", "attributes", "nodes", "edges"]
    of_nodes, of_edges, nodes, edges = graph
    declared = [{one.attrib["id"]: one.attrib["type"] for one in some} for some in (of_nodes, of_edges)]
    assert {type for types in declared for type in types.values()} <= {"string", "long", "double", "boolean"}
    ids = [node.attrib["id"] for node in nodes]
    assert len(set(ids)) == len(ids)
    for part, types in ((nodes, declared[0]), (edges, declared[1])):
        assert {value.attrib["for"] for one in part for values in one for value in values} <= types.keys()
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= set(ids)
    assert {name for edge in edges for name in edge.attrib} <= {
        "id", "source", "target", "label", "kind", "start", "end"
    }  # fmt: skip


def test_gexf_tells_gephi_from_when_to_when(tmp_path: Path) -> None:
    again = nx.read_gexf(exported(tmp_path, ".gexf", small_world()))
    times = {
        data["label"]: (data.get("start"), data.get("end"))
        for data in (*dict(again.nodes(data=True)).values(), *(edge for *_, edge in again.edges(data=True)))
    }
    assert times["Norland"] == (None, None)
    assert times["Mira Talvik visited Estmark (2024-06-19)"] == ("2024-06-19", "2024-06-19")
    assert times["VISITED"] == ("2024-06-19", "2024-06-19")
    assert times["ALLIED_WITH"] == ("2025-03-01", None)


# --- .cypher ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "'plain'"),
        ("it's", r"'it\'s'"),
        ("a\\b", r"'a\\b'"),
        ("a\r\n\tb", r"'a\r\n\tb'"),
        ('"`$;', "'\"`$;'"),
        ("é🚀", "'é🚀'"),
        ("\\u0027", r"'\\' + 'u0027'"),
        ("\\\\u", r"'\\\\' + 'u'"),
        ("\\", r"'\\'"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (-3.5, "-3.5"),
        (datetime.date(2024, 6, 19), "date('2024-06-19')"),
        ([], "[]"),
        ("\x1b[2J\x00\x9b\u202e\u2028", r"'\u001b[2J\u0000\u009b\u202e\u2028'"),
        ("\\\x1b", r"'\\\u001b'"),
        (["a", "b'"], r"['a', 'b\'']"),
        ({"b": 1, "a": ["x"]}, "{a: ['x'], b: 1}"),
    ],
)
def test_literals(value: Any, expected: str) -> None:
    assert literal(value) == expected


@given(st.text())
def test_no_text_ends_its_literal(text: str) -> None:
    """Read as Neo4j reads it: first backslash-u becomes a character, and only then are quotes looked for."""
    written = literal(text)
    assert len(written.splitlines()) == 1
    read = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), written)
    parts = read[1:-1].split("' + '")
    unescaped = [_unescaped(part) for part in parts]
    assert "".join(unescaped) == text


def _unescaped(part: str) -> str:
    plain, rest = "", iter(part)
    for char in rest:
        assert char != "'"
        plain += {"n": "\n", "r": "\r", "t": "\t"}.get(c := next(rest), c) if char == "\\" else char
    return plain


def test_the_script_makes_constraints_first_then_nodes_then_edges(tmp_path: Path) -> None:
    lines = exported(tmp_path, ".cypher", small_world()).read_text("utf-8").splitlines()
    starts = [line.split(" ")[0] for line in lines if line[0] in "CM"]
    assert [start for start, _ in groupby(starts)] == ["CREATE", "MERGE", "MATCH"]
    assert lines[0] == "CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
    assert "MERGE (n:Entity {id: row.id}) SET n:Person, n += row;" in lines
    assert (
        "MATCH (a:Entity {id: row.source}), (b:Entity {id: row.target}) "
        "MERGE (a)-[r:VISITED {id: row.properties.id}]->(b) SET r += row.properties;"
    ) in lines


# --- .plover.jsonl ----------------------------------------------------------------------------------------------------


def plover_records(tmp_path: Path, world: list[Extraction]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(tmp_path, ".plover.jsonl", world).read_text("utf-8").split("\n")[:-1]]


def test_plover_has_an_event_a_line(tmp_path: Path, world: list[Extraction]) -> None:
    records = plover_records(tmp_path, world)
    assert [record["id"] for record in records] == sorted(
        id for id, node in build_graph(world, load_ontology()).nodes(data=True) if node["labels"] == ["Event"]
    )


def test_plover_record(tmp_path: Path) -> None:
    records = plover_records(tmp_path, small_world())
    signed = next(record for record in records if record["event_loc"])
    norland = {
        "code": "NLD",
        "sector": None,
        "entity_text": "Norland",
        "identifier_id": None,
        "identifier_text": "Norland",
    }
    estmark = norland | {"code": "EST", "entity_text": "Estmark", "identifier_text": "Estmark"}
    assert signed == {
        "id": signed["id"],
        "has_event": True,
        "date": "2024-06-20",
        "enddate": "2024-06-20",
        "date_precision": "day",
        "date_basis": "published",
        "actor": [estmark, norland],
        "recipient": [],
        "event": "SUPPORT",
        "mode": None,
        "context": ["diplomatic", "economic"],
        "quad_code": 1,
        "event_scale": 5.0,
        "event_text": "signed",
        "event_loc": {
            "extracted_place": "Port Alder",
            "resolved_place": "Port Alder",
            "lat": 59.4,
            "lon": 24.7,
            "country_code": "EST",
            "resolution": None,
        },
        "polarity": "affirmed",
        "modality": "asserted",
        "attributed_to": [],
        "text": "Norland and Estmark signed a fisheries agreement in Port Alder.",
        "text_info": {"start": 66, "end": 129},
        "cite_info": {
            "citation": "gazette-1",
            "url": "https://gazette.example/1",
            "title": "Talvik crosses the strait",
            "language": "en",
            "publication": "Harbour Gazette",
            "date": "2024-06-20",
        },
    }


def test_plover_says_what_is_denied_planned_or_claimed(tmp_path: Path) -> None:
    found = {
        (record["event"], record["polarity"], record["modality"], len(record["attributed_to"]))
        for record in plover_records(tmp_path, small_world())
    }
    assert {("CONSULT", "negated", "asserted", 0), ("AGREE", "affirmed", "planned", 0)} <= found
    assert {("CONSULT", "affirmed", "asserted", 1), ("THREATEN", "affirmed", "asserted", 1)} <= found


def test_plover_gives_the_words_of_the_sentence_and_wikidata_ids(tmp_path: Path) -> None:
    def told_with(kim: Entity) -> list[Extraction]:
        told = article("Kim left. The leader met nobody, and Kim slept.")
        found = [mention(told, "The leader", kim), mention(told, "Kim", kim), mention(told, "Kim", kim, nth=1)]
        return [extraction(told, [kim], [event(told, "met", actors=[kim])], mentions=found)]

    kim = entity("Kim", id="Q7")
    (record,) = plover_records(tmp_path, told_with(kim))
    assert (record["actor"][0]["entity_text"], record["actor"][0]["identifier_id"]) == ("The leader", "Q7")
    (record,) = plover_records(tmp_path, told_with(dataclasses.replace(kim, id="person/kim")))
    assert record["actor"][0]["identifier_id"] is None
