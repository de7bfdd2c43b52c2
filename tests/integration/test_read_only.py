"""No query changes a real server, whatever stands in it, unless `--write` lets it: typed as a user types it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import READ_ACCESS, Driver, GraphDatabase

from kg.database import Database
from tests.cli.conftest import Result, Run, folder, kg  # noqa: F401 - fixtures
from tests.integration.neo4j.server import Server
from tests.writing import READING, WRITING

pytestmark = pytest.mark.neo4j

HEAD = "// A query of a stranger\n// description: It says that it reads.\n// returns: one\n"


@pytest.fixture(scope="module")
def driver(neo4j_server: Server) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        yield driver


def last_transactions(driver: Driver) -> list[frozenset[str]]:
    """The server's own marks of what changed last: data and schema of the database, and users and databases."""
    marks = []
    for name in (None, "system"):
        with driver.session(database=name, default_access_mode=READ_ACCESS) as session:
            session.run("SHOW DATABASES").consume()
            marks.append(session.last_bookmarks().raw_values)
    return marks


@pytest.fixture
def run_file(kg: Run, folder: Path, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: F811
    """Run the text of a query from a file, on Neo4j."""
    monkeypatch.setenv("KG_NEO4J_URI", neo4j_server.uri)
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)

    def run(text: str, *options: str) -> Result:
        (folder / "stranger.cypher").write_text(HEAD + text, encoding="utf-8")
        return kg("query", "run", "stranger.cypher", "--on", "neo4j", "--format", "json", *options)

    return run


@pytest.mark.parametrize("name", WRITING)
def test_what_does_more_than_read_is_refused_in_one_line(
    run_file: Run, small_world_database: Database, driver: Driver, name: str
) -> None:
    before = last_transactions(driver)
    result = run_file(WRITING[name])
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert last_transactions(driver) == before


@pytest.mark.parametrize("name", READING)
def test_what_only_reads_is_answered(run_file: Run, small_world_database: Database, name: str) -> None:
    result = run_file(READING[name])
    assert (result.status, result.err) == (0, "")


def test_with_leave_a_query_writes(run_file: Run, database: Database) -> None:
    assert run_file("CREATE (n:Note) RETURN 1 AS one", "--write").status == 0
    assert database.run("MATCH (n:Note) RETURN count(n)", {}).rows == ((1,),)
