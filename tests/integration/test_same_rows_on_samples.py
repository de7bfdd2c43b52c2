"""The same as in the small world, over the gold of the sample articles: hundreds of nodes, the queries' examples."""

import pytest

from kg.engine import Engine
from kg.evaluate.gold import load_gold
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.ontology import load_ontology
from kg.queries import bind, latest_publication, load_queries
from kg.render import to_json
from tests.integration.conftest import holding
from tests.integration.neo4j.server import Server

pytestmark = pytest.mark.neo4j


def test_rows_are_the_same_on_the_sample_articles(neo4j_server: Server) -> None:
    graph = build_graph([gold.extraction for gold in load_gold()], load_ontology())
    index, engine = EntityIndex.from_graph(graph), Engine.load(graph)
    queries = {name: query for name, query in load_queries().items() if query.engine == "both"}
    latest = latest_publication(engine.run)
    given = {name: bind(query, query.example, index.find, lambda: latest) for name, query in queries.items()}
    # Every event: the examples name one as our extraction does, not the gold.
    given |= {name: {"event": ""} for name in ("event-evidence", "articles-for-event")}
    given["low-confidence-events"] |= {"below": 1.1}  # a gold is sure of everything
    here = {name: engine.run(query.text, given[name]) for name, query in queries.items()}
    assert [name for name, rows in here.items() if not rows.rows] == []
    with holding(graph, neo4j_server) as database:
        for name, rows in here.items():
            assert to_json(rows) == to_json(database.run(queries[name].text, given[name])), name
