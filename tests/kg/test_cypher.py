import dataclasses
import datetime
from typing import Any

import networkx as nx
import pytest

from kg import cypher
from kg.errors import DataError
from kg.ontology import load_ontology
from kg.schema import NODES

ONTOLOGY = load_ontology()


def graph_of(*nodes: dict[str, Any], edges: tuple[tuple[str, str, dict[str, Any]], ...] = ()) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node["id"], **node)
    for source, target, data in edges:
        graph.add_edge(source, target, key=data["id"], **data)
    return graph


PERSON = {"id": "person/a", "labels": ["Entity", "Person"], "name": "A"}
COUNTRY = {"id": "Q1", "labels": ["Entity", "Country"], "name": "B"}
VISITED = ("person/a", "Q1", {"type": "VISITED", "id": "e1", "firstDate": datetime.date(2024, 6, 19), "count": 1})


def test_constraints_come_first_one_for_each_label_and_then_the_schemas_indexes() -> None:
    statements = cypher.schema_statements()
    indexed = sum(len(node.indexed) for node in NODES.values())
    assert [text.split()[1] for text in statements] == ["CONSTRAINT"] * len(NODES) + ["INDEX"] * indexed
    assert statements[0] == ("CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE")
    assert "CREATE INDEX kg_event_date IF NOT EXISTS FOR (n:Event) ON (n.date)" in statements


def test_a_new_node_is_made_of_a_row_of_values_in_the_schemas_order() -> None:
    text = cypher.create_nodes(("Entity", "Person"))
    assert text.startswith(
        "UNWIND $rows AS row CREATE (n:Entity:Person {kgStore: $store, kgDigest: row[0], id: row[1], "
    )
    assert text.endswith(f": row[{len(NODES['Entity'].properties)}]}}) RETURN count(n) AS written")


def test_a_changed_node_is_found_by_neo4js_own_id_and_loses_the_labels_it_no_longer_has() -> None:
    first, match, remove, change, last = cypher.update_nodes(("Entity", "Person")).splitlines()
    assert first == "UNWIND $rows AS row"
    assert match == "MATCH (n) WHERE elementId(n) = row[0] AND n.kgStore = $store"
    assert remove == "REMOVE n:Organization:Country:Place:Group"
    assert change.startswith("SET n:Person, n += {kgStore: $store, kgDigest: row[1], id: row[2], ")
    assert last == "RETURN count(n) AS written"


def test_a_node_without_secondary_labels_removes_none() -> None:
    assert "REMOVE" not in cypher.update_nodes(("Claim",))


def test_an_edge_is_made_between_nodes_found_by_base_label_and_id() -> None:
    assert cypher.create_edges(("Event", "HAS_ACTOR", "Entity"), ONTOLOGY).splitlines() == [
        "UNWIND $rows AS row",
        "MATCH (a:Event {id: row[0]})",
        "MATCH (b:Entity {id: row[1]})",
        "CREATE (a)-[r:HAS_ACTOR {kgStore: $store, kgDigest: row[2], id: row[3]}]->(b)",
        "RETURN count(r) AS written",
    ]


def test_a_changed_edge_is_found_by_neo4js_own_id() -> None:
    assert cypher.update_edges(("Event", "HAS_ACTOR", "Entity"), ONTOLOGY).splitlines() == [
        "UNWIND $rows AS row",
        "MATCH ()-[r]->() WHERE elementId(r) = row[0] AND r.kgStore = $store",
        "SET r += {kgStore: $store, kgDigest: row[1], id: row[2]}",
        "RETURN count(r) AS written",
    ]


@pytest.mark.parametrize(
    "labels",
    [(), ("Person",), ("Entity", "Ship"), ("Event", "Person"), ("Entity) DETACH DELETE n //",)],
)
def test_labels_outside_the_schema_are_refused(labels: tuple[str, ...]) -> None:
    for statement in (cypher.create_nodes, cypher.update_nodes):
        with pytest.raises(DataError, match="no node has the labels"):
            statement(labels)


@pytest.mark.parametrize(
    "shape",
    [
        ("Event", "HAS_ACTOR", "Article"),
        ("Entity", "LOVES", "Entity"),
        ("Entity", "VISITED]->() DETACH DELETE a //", "Entity"),
        ("Claim", "PUBLISHED_BY", "Source"),
    ],
)
def test_edges_outside_schema_and_ontology_are_refused(shape: tuple[str, ...]) -> None:
    for statement in (cypher.create_edges, cypher.update_edges):
        with pytest.raises(DataError, match="no edge has the shape"):
            statement(shape, ONTOLOGY)


def test_every_relationship_of_the_ontology_and_every_structural_edge_may_be_written() -> None:
    known = cypher.edge_types(ONTOLOGY)
    types = {type_ for _, type_, _ in known}
    assert types > ONTOLOGY.relations
    assert {("Claim", "IN_ARTICLE", "Article"), ("Statement", "IN_ARTICLE", "Article")} < set(known)


def test_a_relationship_that_cannot_stand_in_a_statement_is_refused() -> None:
    odd = dataclasses.replace(ONTOLOGY, lasting_relations=frozenset({"X]->() DETACH DELETE a //"}))
    with pytest.raises(DataError, match="cannot be a relationship type"):
        cypher.edge_types(odd)


def test_a_node_row_has_its_digest_and_a_value_or_null_for_each_property_of_the_schema() -> None:
    (item,) = cypher.node_items(graph_of(PERSON))
    assert (item.key, item.shape) == (("Entity", "person/a"), ("Entity", "Person"))
    digest, *values = item.new_row(digest=7)
    named = dict(zip(NODES["Entity"].properties, values, strict=True))
    assert (digest, named["id"], named["name"], named["country"]) == (7, "person/a", "A", None)
    assert item.changed_row(digest=7, element="4:x:1") == ["4:x:1", 7, *values]


def test_an_edge_row_names_its_ends() -> None:
    (item,) = cypher.edge_items(graph_of(PERSON, COUNTRY, edges=(VISITED,)), ONTOLOGY)
    assert item.key == ("person/a", "VISITED", "Q1", "e1")
    assert item.shape == ("Entity", "VISITED", "Entity")
    source, target, digest, *values = item.new_row(digest=7)
    names = ("id", *cypher.edge_types(ONTOLOGY)[item.shape].properties)
    named = dict(zip(names, values, strict=True))
    assert (source, target, digest, named["id"]) == ("person/a", "Q1", 7, "e1")
    assert (named["firstDate"], named["lastDate"]) == (datetime.date(2024, 6, 19), None)
    assert item.changed_row(digest=7, element="5:x:1") == ["5:x:1", 7, *values]


@pytest.mark.parametrize(
    "change", [{"name": "Z"}, {"labels": ["Entity", "Group"]}, {"aliases": ["AA"]}, {"id": "person/z"}]
)
def test_the_digest_changes_with_whatever_changes(change: dict[str, Any]) -> None:
    (before,), (after,) = cypher.node_items(graph_of(PERSON)), cypher.node_items(graph_of(PERSON | change))
    assert before.digest() != after.digest()


def test_the_digest_does_not_change_with_the_order_of_properties() -> None:
    turned = dict(reversed(PERSON.items()))
    assert [item.digest() for item in cypher.node_items(graph_of(PERSON))] == [
        item.digest() for item in cypher.node_items(graph_of(turned))
    ]


def test_a_digest_is_a_number_that_every_engine_can_hold() -> None:
    (item,) = cypher.node_items(graph_of(PERSON))
    assert 0 < item.digest() < 2**60


def test_properties_outside_the_schema_are_refused() -> None:
    with pytest.raises(DataError, match=r"person/a: Entity/Person has no property kgStore"):
        list(cypher.node_items(graph_of(PERSON | {"kgStore": "mine"})))
    edge = ("person/a", "Q1", {"type": "VISITED", "id": "e1", "weight": 3})
    with pytest.raises(DataError, match=r"e1: VISITED has no property weight"):
        list(cypher.edge_items(graph_of(PERSON, COUNTRY, edges=(edge,)), ONTOLOGY))


def test_an_edge_of_an_unknown_type_is_refused() -> None:
    edge = ("person/a", "Q1", {"type": "LOVES", "id": "e1"})
    with pytest.raises(DataError, match="no edge has the shape Entity LOVES Entity"):
        list(cypher.edge_items(graph_of(PERSON, COUNTRY, edges=(edge,)), ONTOLOGY))
