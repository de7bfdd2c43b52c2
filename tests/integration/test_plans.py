"""How Neo4j would answer each saved query: no plan reads every node or edge of a kind where an index can serve."""

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from kg.evaluate.gold import load_gold
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.ontology import load_ontology
from kg.queries import SavedQuery, Value, bind, latest_publication, load_queries
from tests.integration.conftest import holding
from tests.integration.neo4j.server import Server

pytestmark = pytest.mark.neo4j

QUERIES = load_queries()
# Operators that read everything of a label or type; one that reads an index, or a part of it, is none.
FULL_SCANS = (
    "AllNodesScan",
    "ByLabelScan",
    "ByLabelsScan",
    "AllRelationshipsScan",
    "RelationshipTypeScan",
    "RelationshipTypesScan",
)

# Queries that may scan, each with what it reads and why no index can serve.
EVERYTHING = {
    "acts": "every event: who did it, to whom it was done and its kind may each be asked for, or none",
    "alliances": "every alliance and war: one is asked for, or all",
    "articles-for-event": "every event: an index cannot find a beginning of a name in any case of letters",
    "brokers": "every actor: the most active are found by comparing all",
    "event-evidence": "every event: an index cannot find a beginning of a name in any case of letters",
    "events-by-place": "every event: all places are counted",
    "memberships": "every membership: one is asked for, or all",
    "most-active-pairs": "every event: all pairs are compared",
    "offices": "every office: one is asked for, or all",
    "sanctions-in-force": "every lifting: each may have ended what is asked about, and these are few",
    "single-source-claims": "every event: most stand on one source",
    "unresolved-actors": "every actor: an index does not hold what is missing",
    "who-said-what": "every statement: any words may be looked for",
}


@pytest.fixture(scope="module")
def driver(neo4j_server: Server) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        yield driver


@pytest.fixture(scope="module")
def bound(neo4j_server: Server) -> Iterator[dict[str, dict[str, Value]]]:
    """The parameters of the examples, while the server holds the gold of the sample articles with its indexes."""
    graph = build_graph([gold.extraction for gold in load_gold()], load_ontology())
    index = EntityIndex.from_graph(graph)
    with holding(graph, neo4j_server) as database:
        database.run("CALL db.awaitIndexes()", {})
        database.run("CALL db.prepareForReplanning(60)", {})  # plans go by what is counted, which else lags behind
        latest = latest_publication(database.run)
        yield {name: bind(query, query.example, index.find, lambda: latest) for name, query in QUERIES.items()}


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_a_plan_scans_only_where_it_must(query: SavedQuery, driver: Driver, bound: dict[str, dict[str, Value]]) -> None:
    with driver.session() as session:
        plan = session.run(f"EXPLAIN {query.text}", bound[query.name]).consume().plan
    assert plan
    scans = [operator for operator in _operators(plan) if operator.endswith(FULL_SCANS)]
    assert not scans or query.name in EVERYTHING  # of those that may scan, some do not: it depends on what is counted


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)
