"""The example in the head of every saved query gives rows on the sample articles, as a user reads them."""

import pytest

from kg.engine import Engine
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.model import Article
from kg.ontology import load_ontology
from kg.queries import SavedQuery, bind, latest_publication, load_queries
from kg.resources import data_folder
from loaders.base import Options
from loaders.pipeline import Extractor
from loaders.reading import read_articles

QUERIES = [query for query in load_queries().values() if query.engine == "both"]


@pytest.fixture(scope="module")
def asked() -> tuple[Engine, EntityIndex]:
    """The samples' graph in the embedded engine, and the names in it."""
    samples = data_folder() / "samples" / "articles.jsonl"
    articles = [one for one in read_articles([str(samples)], Options()) if isinstance(one, Article)]
    graph = build_graph(Extractor.load().extract(articles), load_ontology())
    return Engine.load(graph), EntityIndex.from_graph(graph)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_example_gives_rows(query: SavedQuery, asked: tuple[Engine, EntityIndex]) -> None:
    engine, index = asked
    assert engine.run(query.text, bind(query, query.example, index.find, lambda: latest_publication(engine.run))).rows
