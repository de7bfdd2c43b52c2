"""The exported Cypher script makes the very graph on a real server, whatever an article holds."""

from pathlib import Path
from typing import Any

import pytest

from kg.database import Database
from kg.export import export_graph
from kg.graph import build_graph
from kg.model import Extraction
from kg.ontology import load_ontology
from tests import hostile
from tests.factories import small_world
from tests.kg.test_export import nasty_world

pytestmark = pytest.mark.neo4j


def run_script(database: Database, path: Path) -> None:
    """Run each statement; line feeds within strings are escaped, so one ends where a line ends with a semicolon."""
    for statement in path.read_text("utf-8").split(";\n")[:-1]:
        database.run(statement, {}, write=True)


def nodes(database: Database) -> dict[str, Any]:
    """Labels and properties of every node, by id."""
    rows = database.run("MATCH (n) RETURN n.id, labels(n), properties(n)", {}).rows
    return {id: {"labels": sorted(labels), **properties} for id, labels, properties in rows}


def edges(database: Database) -> dict[str, Any]:
    """Ends, type and properties of every edge, by id."""
    rows = database.run("MATCH (a)-[r]->(b) RETURN r.id, a.id, b.id, type(r), properties(r)", {}).rows
    return {id: (source, target, {"type": type_, **properties}) for id, source, target, type_, properties in rows}


@pytest.mark.parametrize(
    "world", [small_world(), nasty_world(), hostile.world()[28:]], ids=["small", "nasty", "hostile"]
)
def test_the_script_makes_the_graph_and_may_run_again(
    database: Database, tmp_path: Path, world: list[Extraction]
) -> None:
    graph, path = build_graph(world, load_ontology()), tmp_path / "graph.cypher"
    export_graph(graph, world, path)
    for _ in range(2):
        run_script(database, path)
        assert nodes(database) == {id: data | {"labels": sorted(data["labels"])} for id, data in graph.nodes(data=True)}
        assert edges(database) == {
            id: (source, target, data) for source, target, id, data in graph.edges(keys=True, data=True)
        }
