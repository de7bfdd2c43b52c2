"""The README's commands that need a Neo4j, on a real one."""

from pathlib import Path

import pytest

from kg.database import Database
from tests.integration.neo4j.server import Server
from tests.test_readme import commands, run_all

pytestmark = pytest.mark.neo4j


def test_the_neo4j_tour_works(neo4j_server: Server, database: Database, tmp_path: Path) -> None:
    lines = commands("console neo4j")
    assert "kg push" in lines
    names = ("KG_NEO4J_URI", "KG_NEO4J_USER", "KG_NEO4J_PASSWORD")
    run_all(
        lines, tmp_path, dict(zip(names, (neo4j_server.uri, neo4j_server.user, neo4j_server.password), strict=True))
    )
    ((events,),) = database.run("MATCH (e:Event) RETURN count(e)", {}).rows
    assert events > 0
