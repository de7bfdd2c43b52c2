"""Every saved query gives the same rows on the embedded engine and on a real Neo4j, over the same graph."""

from collections.abc import Callable
from datetime import date

import networkx as nx
import pytest

from kg.database import Database
from kg.engine import Engine
from kg.errors import QueryError
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.ontology import load_ontology
from kg.queries import SavedQuery, bind, latest_publication, load_queries
from kg.render import Rows, to_json
from tests import factories

pytestmark = pytest.mark.neo4j

QUERIES = load_queries()
BOTH = [name for name, query in QUERIES.items() if query.engine == "both"]

# Parameters that give rows in the small world; those of the files give rows on the sample articles.
GIVEN = {
    "accusations": {},
    "actor-timeline": {"actor": "Talvik"},
    "acts": {"other": "Estmark"},
    "agreements": {"since": "2024-01-01"},
    "alliances": {"asOf": "2025-04-01"},
    "allies-and-rivals": {"actor": "Estmark"},
    "articles-for-event": {"event": "Mira Talvik visited"},
    "brokers": {},
    "common-neighbours": {"actor": "Norland", "other": "Southhaven"},
    "contradictions": {"actor": "Estmark"},
    "event-evidence": {"event": "Mira Talvik visited"},
    "events-at-place": {"place": "Estmark"},
    "events-between": {"actor": "Norland", "other": "Estmark"},
    "events-by-place": {},
    "events-between-graph": {"actor": "Norland", "other": "Estmark"},
    "hotspots": {},
    "low-confidence-events": {},
    "mediators": {"actor": "Norland", "other": "Southhaven"},
    "memberships": {},
    "monthly-balance": {"actor": "Estmark", "other": "Southhaven"},
    "most-active-pairs": {"limit": "10"},
    "neighbourhood": {"entity": "Estmark"},
    "neighbourhood-graph": {"entity": "Estmark"},
    "new-since": {"since": "2024-09-01"},
    "offices": {},
    "rising-tension": {"asOf": "2024-07-10", "days": "3"},
    "sanctions-in-force": {},
    "shortest-path": {"from": "Mira Talvik", "to": "Southhaven"},
    "shortest-path-graph": {"from": "Mira Talvik", "to": "Southhaven"},
    "single-source-claims": {"limit": "10"},
    "state-media-against-others": {},
    "statements-about": {"entity": "Tarn"},
    "unfulfilled-threats": {},
    "unresolved-actors": {},
    "visits": {},
    "who-said-what": {"words": "sea"},
}

Ask = Callable[[SavedQuery, Database | Engine], Rows]


@pytest.fixture(scope="module")
def small_world() -> "nx.MultiDiGraph[str]":
    """The invented articles of the other tests, and one for what only saved queries ask."""
    return build_graph(factories.queried_world(), load_ontology())


@pytest.fixture(scope="module")
def engine(small_world: "nx.MultiDiGraph[str]") -> Engine:
    return Engine.load(small_world)


@pytest.fixture(scope="module")
def ask(small_world: "nx.MultiDiGraph[str]") -> Ask:
    index = EntityIndex.from_graph(small_world)

    def asked(query: SavedQuery, where: Database | Engine) -> Rows:
        bound = bind(query, GIVEN[query.name], index.find, lambda: latest_publication(where.run))
        return where.run(query.text, bound)

    return asked


def test_every_saved_query_is_asked_here() -> None:
    assert set(GIVEN) == set(QUERIES)


@pytest.mark.parametrize("name", BOTH)
def test_rows_are_the_same_and_some(name: str, engine: Engine, small_world_database: Database, ask: Ask) -> None:
    query = QUERIES[name]
    there = ask(query, small_world_database)
    assert there.rows
    assert there.columns == query.returns
    assert to_json(ask(query, engine)) == to_json(there)


def test_both_count_from_the_same_latest_publication(engine: Engine, small_world_database: Database) -> None:
    assert latest_publication(engine.run) == latest_publication(small_world_database.run) == date(2024, 9, 4)


@pytest.mark.parametrize("name", [name for name, query in QUERIES.items() if query.engine == "neo4j"])
def test_queries_for_drawing_return_paths_with_nodes_and_edges(
    name: str, small_world_database: Database, ask: Ask
) -> None:
    rows = ask(QUERIES[name], small_world_database)
    assert rows.columns == QUERIES[name].returns
    drawn = [part for row in rows.rows for part in row if isinstance(part, dict) and part.get("edges")]
    assert drawn
    assert all(node["name"] for path in drawn for node in path["nodes"])


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Entity {id: 'x'}) RETURN n.id AS id",
        "MATCH (n:Entity) SET n.name = 'x' RETURN n.id AS id",
        "MATCH (n:Entity) DETACH DELETE n",
        "MERGE (n:Entity {id: 'x'}) RETURN n.id AS id",
    ],
)
def test_neither_engine_writes_without_leave(text: str, engine: Engine, small_world_database: Database) -> None:
    state = "MATCH (n) RETURN count(n) AS nodes, count(DISTINCT n.name) AS names"
    for where in (engine, small_world_database):
        before = where.run(state, {})
        with pytest.raises(QueryError, match="the query would change the graph"):
            where.run(text, {})
        assert where.run(state, {}) == before


# Where kglite once differed from Neo4j, or would without its configuration (see kg.engine).
PROBES = {
    "undirected two hops": "MATCH (a:Country {id: 'country/norland'})--()--(b) RETURN count(b) AS n",
    "undirected two hops, secondary label": "MATCH (a:Person)--()--(b:Country) RETURN count(b) AS n",
    "no edge twice on a named path": "MATCH p = (a:Entity)-[:VISITED*1..3]-(b) RETURN count(p) AS n",
    "exactly two steps": "MATCH (a:Person)-[*2..2]-(b:Person) RETURN a.id AS a, b.id AS b, count(*) AS n ORDER BY a, b",
    "a missing title": "MATCH (n:Article) RETURN n.id AS id, n.title AS title ORDER BY id",
    "dates compared": "MATCH (e:Event) WHERE e.date >= date('2024-06-20') RETURN e.id AS id, e.date AS day ORDER BY id",
    "a month later": "MATCH (e:Event) WHERE e.date + duration('P1M') > date('2024-10-01') RETURN count(e) AS n",
    "lists": "MATCH (n:Entity) WHERE 'Talvik' IN n.aliases RETURN n.id AS id, n.aliases AS aliases ORDER BY id",
    "no value": "MATCH (n:Entity) WHERE n.latitude IS NULL RETURN n.id AS id, n.sector AS sector ORDER BY id",
    "numbers": "MATCH (n:Place) RETURN n.latitude AS a, n.longitude AS b, round(n.latitude) AS c ORDER BY a",
}


@pytest.mark.parametrize("text", PROBES.values(), ids=PROBES)
def test_the_engine_counts_and_compares_as_neo4j_does(
    text: str, engine: Engine, small_world_database: Database
) -> None:
    there = small_world_database.run(text, {})
    assert there.rows
    assert to_json(engine.run(text, {})) == to_json(there)
