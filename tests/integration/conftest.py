"""Fixtures of the real Neo4j server: one for a session, and an empty database for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn
from urllib.parse import urlsplit

import networkx as nx
import pytest

from kg.database import Database
from kg.graph import build_graph
from kg.ontology import load_ontology
from tests import factories
from tests.integration.neo4j.server import Server, ServerUnavailableError, running_server


def missing(reason: str) -> NoReturn:
    """Skip, and in CI fail: there a missing server or browser is a broken build."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def connect(server: Server) -> Database:
    return Database.connect(server.uri, server.user, server.password)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that KG_NEO4J_URI names, else one started here; it takes passwords."""
    if uri := os.environ.get("KG_NEO4J_URI"):
        yield _given_server(uri)
        return
    try:
        with running_server(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except ServerUnavailableError as error:
        missing(str(error))


@pytest.fixture
def database(neo4j_server: Server) -> Iterator[Database]:
    """A connection to a database with nothing in it: no node, constraint or index."""
    with holding(nx.MultiDiGraph(), neo4j_server) as database:
        yield database


@pytest.fixture(scope="module")
def small_world() -> "nx.MultiDiGraph[str]":
    """The graph of a few invented articles, with nearly every kind of node and edge."""
    return build_graph(factories.disputed_world(), load_ontology())


@pytest.fixture(scope="module")
def small_world_database(neo4j_server: Server, small_world: "nx.MultiDiGraph[str]") -> Iterator[Database]:
    """A database that holds the graph of the small world; for tests that only read."""
    with holding(small_world, neo4j_server) as database:
        yield database


@contextmanager
def holding(graph: "nx.MultiDiGraph[str]", server: Server) -> Iterator[Database]:
    """A database that holds a graph and nothing else, and is empty afterwards."""
    with connect(server) as database:
        _empty(database)
        database.push(graph, "test")
        yield database
        _empty(database)


def _given_server(uri: str) -> Server:
    http = os.environ.get("KG_NEO4J_HTTP", f"http://{urlsplit(uri).hostname}:7474")
    user, password = os.environ.get("KG_NEO4J_USER", "neo4j"), os.environ.get("KG_NEO4J_PASSWORD", "")
    server = Server(uri, http, user, password)
    with connect(server) as database:
        held = database.run("MATCH (n) RETURN count(n) AS nodes", {}).rows[0][0]
    if held:
        pytest.fail(f"{uri} holds {held} nodes, and the tests would delete them; name an empty server", pytrace=False)
    return server


def _empty(database: Database) -> None:
    database.run("MATCH (n) DETACH DELETE n", {}, write=True)
    for (name,) in database.run("SHOW CONSTRAINTS YIELD name", {}).rows:
        database.run(f"DROP CONSTRAINT `{name}`", {}, write=True)
    for (name,) in database.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name", {}).rows:
        database.run(f"DROP INDEX `{name}`", {}, write=True)
