"""Connecting to a real server, and asking it."""

import datetime

import pytest

from kg.database import Database
from kg.errors import DatabaseError, QueryError
from kg.render import Rows
from tests.integration.neo4j.server import Server

pytestmark = pytest.mark.neo4j


def refusal(server: Server, *, uri: str | None = None, password: str | None = None, name: str | None = None) -> str:
    with pytest.raises(DatabaseError) as caught:
        Database.connect(uri or server.uri, server.user, server.password if password is None else password, name)
    text = str(caught.value)
    assert server.password not in text
    assert "\n" not in text
    return text


@pytest.mark.parametrize("password", ["not-this-one", ""])
def test_a_wrong_password_is_refused_in_one_line_that_does_not_show_it(neo4j_server: Server, password: str) -> None:
    text = refusal(neo4j_server, password=password)
    assert text == (
        f"{neo4j_server.uri}: Neo4j refuses the user name or the password — set KG_NEO4J_USER and KG_NEO4J_PASSWORD"
    )


def test_an_unknown_database_is_named(neo4j_server: Server) -> None:
    assert refusal(neo4j_server, name="atlantis").startswith(
        f"{neo4j_server.uri}/atlantis: Neo4j has no database of that name"
    )


def test_a_web_port_is_told_from_bolt(neo4j_server: Server) -> None:
    assert "that is a web port" in refusal(neo4j_server, uri=neo4j_server.http.replace("http://", "bolt://"))


def test_a_server_without_tls_is_told_from_one_that_is_down(neo4j_server: Server) -> None:
    assert "it does not answer over TLS" in refusal(neo4j_server, uri=neo4j_server.uri.replace("bolt://", "bolt+s://"))


def test_neither_connection_nor_its_text_shows_the_password(database: Database, neo4j_server: Server) -> None:
    assert repr(database) == f"Database({neo4j_server.uri!r}, name=None)"


def test_a_query_returns_its_columns_and_rows_in_order(database: Database) -> None:
    text = "UNWIND $names AS name RETURN name, size(name) AS length, [name] AS list, {first: left(name, 1)} AS map"
    assert database.run(text, {"names": ["Ada", "Bo"]}) == Rows(
        ("name", "length", "list", "map"), (("Ada", 3, ["Ada"], {"first": "A"}), ("Bo", 2, ["Bo"], {"first": "B"}))
    )


def test_times_and_points_are_pythons_own(database: Database) -> None:
    text = (
        "RETURN $day AS day, [$day] AS days, datetime('2024-06-19T10:00:00Z') AS moment, point({x: 1, y: 2}) AS place"
    )
    day = datetime.date(2024, 6, 19)
    moment = datetime.datetime(2024, 6, 19, 10, tzinfo=datetime.UTC)
    assert database.run(text, {"day": day}).rows == ((day, [day], moment, [1.0, 2.0]),)


def test_nodes_edges_and_paths_are_maps(database: Database) -> None:
    text = (
        "CREATE p = (a:Person:Entity {id: 'a'})-[r:MET {id: 'e', on: date('2024-06-19')}]->(b {id: 'b'}) RETURN a, r, p"
    )
    a, b = {"labels": ["Entity", "Person"], "id": "a"}, {"labels": [], "id": "b"}
    met = {"type": "MET", "source": "a", "target": "b", "id": "e", "on": datetime.date(2024, 6, 19)}
    assert database.run(text, {}, write=True).rows == ((a, met, {"nodes": [a, b], "edges": [met]}),)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Entity) RETURN n",
        "MERGE (n:Entity {id: 'a'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "CREATE CONSTRAINT odd FOR (n:Odd) REQUIRE n.id IS UNIQUE",
        "CALL db.createLabel('Odd')",
    ],
)
def test_a_query_that_writes_is_refused_without_leave(database: Database, text: str) -> None:
    with pytest.raises(QueryError, match="the query would change the graph"):
        database.run(text, {})
    assert database.run("MATCH (n) RETURN count(n) AS nodes", {}).rows == ((0,),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (n RETURN n", "Invalid input 'RETURN'"),
        ("RETURN $actor AS actor", "actor"),
        ("RETURN 1 / 0 AS much", "/ by zero"),
        ("CALL no.such.procedure()", "no.such.procedure"),
    ],
)
def test_a_query_that_cannot_run_is_one_line(database: Database, text: str, expected: str) -> None:
    with pytest.raises(QueryError) as caught:
        database.run(text, {})
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_query_that_takes_too_long_is_stopped(database: Database) -> None:
    text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN max(a * b) AS most"
    with pytest.raises(QueryError, match=r"longer than 0\.5 s"):
        database.run(text, {}, timeout=0.5)
