"""The real Neo4j Browser in a headless Chromium: a saved query's text, pasted in, draws nodes and relationships."""

from collections.abc import Iterator

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, expect

from kg.database import Database
from kg.lookup import EntityIndex
from kg.queries import bind, load_queries
from tests.integration.neo4j.server import Server
from tests.integration.neo4j_browser import PATIENCE, enter, logged_in, set_parameter, take_picture
from tests.integration.test_same_rows import GIVEN

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]


@pytest.fixture(scope="module")
def page(neo4j_server: Server) -> Iterator[Page]:
    with logged_in(neo4j_server) as page:
        yield page


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
    take_picture(page, name)

    assert all(circle.bounding_box() for circle in nodes.locator("circle.b-outline").all())
    assert arrows.count() >= len({edge["id"] for path in paths for edge in path["edges"]}) > 0
    assert [name for name in names if not is_readable(name, nodes)] == []
    assert [type_ for type_ in types if not is_readable(type_, arrows)] == []
