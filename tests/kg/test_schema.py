"""The graph's shape holds together: edges join labels that there are, and what is indexed is a property."""

import re

from kg.schema import DERIVED_PROPERTIES, IN_ARTICLE, LASTING_PROPERTIES, NODES, STRUCTURAL_EDGES

EDGES = (*STRUCTURAL_EDGES.values(), *IN_ARTICLE)


def test_edges_join_labels_that_there_are() -> None:
    assert {label for edge in EDGES for label in (edge.source, edge.target)} == set(NODES)


def test_every_node_has_an_id_and_a_name_and_what_is_indexed() -> None:
    for node in NODES.values():
        assert {"id", "name", *node.indexed} <= node.properties.keys()


def test_names_are_written_as_the_module_says() -> None:
    tables = [DERIVED_PROPERTIES, LASTING_PROPERTIES, *(node.properties for node in NODES.values())]
    tables += [edge.properties for edge in EDGES]
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for table in tables for name in table)
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", edge.type) for edge in EDGES)
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", label) for label in NODES)
