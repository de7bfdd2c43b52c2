"""kg.export.json_ld: RDF with the graph's nodes, edges and evidence, as an independent reader of JSON-LD finds it."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pyld import jsonld

from kg.export import export_graph
from kg.export.json_ld import CONTEXT
from kg.graph import build_graph
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.schema import EDGE_PROPERTIES, IN_ARTICLE, NODE_PROPERTIES, NODES, STRUCTURAL_EDGES, Type
from tests.factories import article as make_article
from tests.factories import disputed_world, entity, extraction, small_world
from tests.kg.test_export import nasty_world

NODE = "urn:geopolitical-event-graph:node:"
TERM = "urn:geopolitical-event-graph:term:"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

every_world = pytest.mark.parametrize("make", [small_world, disputed_world, nasty_world, list])


def document(tmp_path: Path, world: list[Extraction]) -> dict[str, Any]:
    path = tmp_path / "graph.jsonld"
    export_graph(build_graph(world, load_ontology()), world, path)
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def expanded(tmp_path: Path, world: list[Extraction]) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in jsonld.expand(document(tmp_path, world))}


def only(node: dict[str, Any], name: str) -> Any:
    (value,) = node[name]
    return value.get("@value", value.get("@id"))


def id_of(iri: str) -> str:
    return unquote(iri.removeprefix("http://www.wikidata.org/entity/").removeprefix(NODE))


@every_world
def test_every_node_and_every_edge_between_entities_is_there(
    tmp_path: Path, make: Callable[[], list[Extraction]]
) -> None:
    graph = build_graph(make(), load_ontology())
    found = expanded(tmp_path, make())
    structural = {*STRUCTURAL_EDGES, IN_ARTICLE[0].type}
    direct = {edge["id"] for *_, edge in graph.edges(data=True) if edge["type"] not in structural}
    assert {id_of(iri) for iri in found} == set(graph) | direct
    for id, node in graph.nodes(data=True):
        iri = next(iri for iri in found if id_of(iri) == id)
        assert only(found[iri], SCHEMA + "name") == node["name"]


@every_world
def test_every_name_is_an_iri_and_links_lead_to_nodes(tmp_path: Path, make: Callable[[], list[Extraction]]) -> None:
    found = expanded(tmp_path, make())
    for node in found.values():
        assert all(name.startswith(("@", SCHEMA, PROV, RDF, TERM)) for name in node)
        links = [value["@id"] for some in node.values() if isinstance(some, list) for value in some if "@id" in value]
        assert [link for link in links if link not in found and not link.startswith(TERM)] == []


def test_the_number_of_links_is_that_of_the_edges(tmp_path: Path) -> None:
    graph = build_graph(disputed_world(), load_ontology())
    rows = document(tmp_path, disputed_world())["@graph"]
    links = Counter(name for row in rows for name, some in row.items() if isinstance(some, list) for one in some
                    if isinstance(one, dict))  # fmt: skip
    assert links.total() == graph.number_of_edges()


def test_a_claim_has_its_sentence_and_where_it_was_read(tmp_path: Path) -> None:
    found = expanded(tmp_path, small_world())
    sentence = "The Norland News Agency (NNA) reported that Talvik met Oskar Brandt."
    claim = next(node for node in found.values() if only_or_none(node, PROV + "value") == sentence)
    assert claim["@type"] == [SCHEMA + "Claim"]
    assert found[only(claim, PROV + "wasQuotedFrom")]["@type"] == [SCHEMA + "NewsArticle"]
    assert only(found[only(claim, PROV + "wasAttributedTo")], SCHEMA + "name") == "Norland News Agency"
    assert found[only(claim, SCHEMA + "about")]["@type"] == [SCHEMA + "Event"]


def test_an_edge_is_a_triple_and_a_statement_that_leads_to_its_events(tmp_path: Path) -> None:
    found = expanded(tmp_path, small_world())
    visited = next(node for node in found.values() if only_or_none(node, RDF + "predicate") == TERM + "VISITED")
    talvik, estmark = only(visited, RDF + "subject"), only(visited, RDF + "object")
    assert found[talvik][TERM + "VISITED"] == [{"@id": estmark}]
    assert found[only(visited, PROV + "wasDerivedFrom")]["@type"] == [SCHEMA + "Event"]
    assert visited[TERM + "firstDate"] == [{"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": "2024-06-19"}]


def only_or_none(node: dict[str, Any], name: str) -> Any:
    return only(node, name) if name in node else None


def test_an_article_mentions_people_and_is_titled_as_news(tmp_path: Path) -> None:
    mentions = [
        quad for quad in jsonld.to_rdf(document(tmp_path, small_world()))["@default"]
        if quad["predicate"]["value"] == SCHEMA + "mentions"
    ]  # fmt: skip
    assert {quad["subject"]["value"] for quad in mentions} == {
        NODE + id for id in ("alder-3", "courier-7", "gazette-1")
    }
    article = expanded(tmp_path, small_world())[NODE + "gazette-1"]
    assert only(article, SCHEMA + "headline") == "Talvik crosses the strait"


def test_wikidata_is_named_by_its_own_address(tmp_path: Path) -> None:
    told = make_article("Kim met nobody.", id="https://paper.example/a b")
    found = expanded(tmp_path, [extraction(told, [entity("Kim", id="Q7")])])
    assert {"http://www.wikidata.org/entity/Q7", NODE + "https%3A%2F%2Fpaper.example%2Fa%20b"} <= found.keys()


def test_the_context_knows_every_date_and_every_link() -> None:
    context = json.loads(CONTEXT.read_text(encoding="utf-8"))
    dates = [name for name, type in (NODE_PROPERTIES | EDGE_PROPERTIES).items() if type is Type.DATE]
    links = [name for name in NODE_PROPERTIES | EDGE_PROPERTIES if name.endswith("Ids")]
    assert [name for name in dates if context[name]["@type"] != "xsd:date"] == []
    assert [name for name in links if context[name]["@type"] != "@id"] == []
    assert [label for label in NODES if label not in (*context, "Entity")] == []
