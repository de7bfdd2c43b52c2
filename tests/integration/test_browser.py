"""The real Neo4j Browser in a headless Chromium: a saved query's text, pasted in, draws nodes and relationships."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, Route, expect, sync_playwright

from kg.database import Database
from kg.lookup import EntityIndex
from kg.queries import Value, bind, load_queries
from tests.integration.chromium import FLAGS, SCREENSHOTS, chromium
from tests.integration.neo4j.server import Server
from tests.integration.test_same_rows import GIVEN

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]

PATIENCE = 60_000  # milliseconds; a cold server on a busy machine is slow


@pytest.fixture(scope="module")
def page(neo4j_server: Server) -> Iterator[Page]:
    """A page that reaches the server and nothing else, and is logged in."""
    path, host = chromium(), urlsplit(neo4j_server.http).hostname

    def only_the_server(route: Route) -> None:
        if urlsplit(route.request.url).hostname == host:
            route.continue_()
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        page.route("**/*", only_the_server)
        log_in(page, neo4j_server)
        yield page
        browser.close()


def log_in(page: Page, server: Server) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.http}/browser/?dbms={quote(server.uri, safe='')}")
    page.get_by_test_id("bolt-scheme-select").select_option("bolt://")
    page.get_by_test_id("username").fill(server.user)
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("You are connected as user")).to_be_visible(timeout=PATIENCE)


def enter(page: Page, text: str) -> Locator:
    """Run a text in the Browser's editor, as a user does who pastes it; gives the frame that answers."""
    page.locator(".monaco-editor textarea").first.focus()
    page.keyboard.insert_text(text)
    page.get_by_test_id("editor-Run").click()
    frame = page.get_by_test_id("frame").first  # the newest comes first
    expect(frame.get_by_test_id("frameCommand")).to_contain_text(text.splitlines()[0], timeout=PATIENCE)
    return frame


def set_parameter(page: Page, name: str, value: Value) -> None:
    frame = enter(page, f":param {name} => {json.dumps(value, ensure_ascii=False, default=str)}")
    expect(frame).to_contain_text("Successfully set your parameters", timeout=PATIENCE)


def is_readable(name: str, drawing: Locator) -> bool:
    """Whether some part of a drawing shows the name, or its beginning: the Browser shortens what does not fit."""
    captions = ["".join(part.locator("text").all_text_contents()) for part in drawing.all()]
    return any("".join(caption.split())[:5] == "".join(name.split())[:5] for caption in captions)


@pytest.mark.parametrize("name", [name for name, query in load_queries().items() if query.engine == "neo4j"])
def test_a_saved_query_draws_nodes_with_names_and_relationships_with_types(
    name: str, page: Page, small_world: "nx.MultiDiGraph[str]", small_world_database: Database
) -> None:
    query = load_queries()[name]
    values = bind(query, GIVEN[name], EntityIndex.from_graph(small_world).find)
    paths = [path for row in small_world_database.run(query.text, values).rows for path in row]
    names = {node["name"] for path in paths for node in path["nodes"]}
    types = {edge["type"] for path in paths for edge in path["edges"]}

    for parameter, value in values.items():
        set_parameter(page, parameter, value)
    frame = enter(page, query.text)
    nodes, arrows = frame.locator("svg g.node"), frame.locator("svg g.relationship")
    expect(nodes).to_have_count(len({node["id"] for path in paths for node in path["nodes"]}), timeout=PATIENCE)
    page.wait_for_timeout(3000)  # the drawing moves until it has settled
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"browser-{name}.png")

    assert all(circle.bounding_box() for circle in nodes.locator("circle.b-outline").all())
    assert arrows.count() >= len({edge["id"] for path in paths for edge in path["edges"]}) > 0
    assert [name for name in names if not is_readable(name, nodes)] == []
    assert [type_ for type_ in types if not is_readable(type_, arrows)] == []
