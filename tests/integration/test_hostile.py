"""Articles that attack, on a real Neo4j and in a real browser: what they say is kept and shown, and nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Dialog, sync_playwright

from kg.cypher import edge_types
from kg.database import Changes, Database
from kg.graph import build_graph
from kg.ontology import load_ontology
from kg.queries import ParameterType, SavedQuery, bind, latest_publication, load_queries
from kg.schema import NODES
from kg.view import write_view
from tests import hostile
from tests.integration.chromium import FLAGS, chromium
from tests.integration.conftest import holding
from tests.integration.neo4j.server import Server
from tests.integration.test_push import content, expected_content

EVERY = " ".join(hostile.ATTACKS.values())
# Elements that only an attack would have made.
MADE = """[...document.querySelectorAll('*')].filter(
    one => one.matches('iframe, object, embed, link:not([rel="icon"]), base, form[action], body img')
        || one.matches('a[href]:not([href^="https://"], [href^="http://"], [href^="#"])')
        || one.getAttributeNames().some(name => name.startsWith('on'))
).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def graph() -> "nx.MultiDiGraph[str]":
    return build_graph(hostile.world(), load_ontology())


@pytest.fixture(scope="module")
def held(neo4j_server: Server, graph: "nx.MultiDiGraph[str]") -> Iterator[Database]:
    """A database into which the graph was pushed."""
    with holding(graph, neo4j_server) as database:
        yield database


@pytest.mark.neo4j
def test_a_push_makes_the_graph_and_nothing_else(held: Database, graph: "nx.MultiDiGraph[str]") -> None:
    assert content(held) == expected_content(graph)
    counts = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
    assert held.run(counts, {}).rows == ((len(graph), graph.number_of_edges()),)
    labels = {label for (label,) in held.run("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label", {}).rows}
    assert labels <= set(NODES) | {label for node in NODES.values() for label in node.secondary}
    types = {type_ for (type_,) in held.run("MATCH ()-[r]->() RETURN DISTINCT type(r)", {}).rows}
    assert types <= {type_ for _, type_, _ in edge_types(load_ontology())}
    assert held.push(graph, "test").nodes == Changes(unchanged=len(graph))


@pytest.mark.neo4j
@pytest.mark.parametrize("query", load_queries().values(), ids=load_queries())
def test_a_parameter_is_a_value_and_nothing_else(held: Database, query: SavedQuery) -> None:
    """An entity is looked up before a query is run; here whatever was typed gets through."""
    texts = [one.name for one in query.parameters if one.type in (ParameterType.ENTITY, ParameterType.STRING)]
    before = held.seal("test")
    for attack in (EVERY, hostile.ATTACKS["Cypher's quotes"], hostile.ATTACKS["a second statement"]) if texts else ():
        given = dict.fromkeys(texts, f"{attack}.")
        bound = bind(query, query.example | given, lambda name: name, lambda: latest_publication(held.run))
        assert held.run(query.text, bound).columns == query.returns
    assert held.seal("test") == before


@pytest.mark.browser
def test_a_page_shows_it_and_runs_and_fetches_nothing(graph: "nx.MultiDiGraph[str]", tmp_path: Path) -> None:
    path, happened = chromium(), list[str]()

    def dismiss(dialog: Dialog) -> None:
        happened.append(dialog.message)
        dialog.dismiss()

    view = tmp_path / f"{EVERY[-40:].replace('/', '_')}.html".replace("\0", "")
    write_view(graph, view)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page()
        page.on("dialog", dismiss)
        page.on("console", lambda message: happened.append(message.text))
        page.on("pageerror", lambda error: happened.append(str(error)))
        page.on("request", lambda request: happened.append(request.url))
        page.goto(view.as_uri())
        title, buttons = page.title(), page.locator("button:visible")
        for number in range(buttons.count()):
            if buttons.nth(number).is_visible():
                buttons.nth(number).click(force=True)
                assert page.evaluate(MADE) == []
        shown = " ".join(page.evaluate("document.documentElement.textContent").split())
        assert page.title() == title
        browser.close()
    assert happened == [view.as_uri()]
    assert " ".join(hostile.ATTACKS["an element"].split()) in shown
