"""What `kg browser` makes, in the real Neo4j Browser: served, played, dropped on the window, and opened by a link."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, expect

from kg.browser import Bound, address, browser_files, deep_link, loopback_server
from kg.browser.examples import bound_examples
from kg.browser.look import node_looks
from kg.database import Database
from kg.lookup import EntityIndex
from kg.ontology import load_ontology
from kg.queries import load_queries, read_query
from tests.integration.neo4j.server import Server, free_port
from tests.integration.neo4j_browser import PATIENCE, answer, drop, enter, logged_in, take_picture

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]

QUERIES = load_queries()
DRAWN = "neighbourhood-graph"
HOSTILE = "it's & # % + \\u0027 \\ \" ` */ // ; $x {a}\n&arg=RETURN 1&cmd=play é 🚀"


@pytest.fixture(scope="module")
def shown(small_world: "nx.MultiDiGraph[str]") -> dict[str, Bound]:
    """The saved queries with values for the small world, by name."""
    find = EntityIndex.from_graph(small_world).find
    return {bound.query.name: bound for bound in bound_examples(QUERIES.values(), small_world, find)}


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def files(small_world: "nx.MultiDiGraph[str]", port: int) -> Iterator[dict[str, bytes]]:
    """The files, served."""
    find = EntityIndex.from_graph(small_world).find
    files = browser_files(small_world, find, QUERIES.values(), load_ontology(), port)
    with loopback_server(files, port) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield files
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page(neo4j_server: Server, small_world_database: Database, files: dict[str, bytes]) -> Iterator[Page]:
    with logged_in(neo4j_server) as page:
        yield page


def link_to(bound: Bound, server: Server) -> str:
    where = urlsplit(server.http)
    assert where.port
    return deep_link(bound, where.hostname, where.port)


def expected_colours(statement: str, database: Database) -> Counter[str]:
    """How many nodes of which colour a statement that returns paths should draw."""
    paths = [path for row in database.run(statement, {}).rows for path in row]
    labels = {node["id"]: node["labels"] for path in paths for node in path["nodes"]}
    looks = node_looks()
    return Counter(next(looks[name].colour for name in reversed([*looks]) if name in all) for all in labels.values())


def drawn_colours(frame: Locator, number: int) -> Counter[str]:
    circles = frame.locator("svg g.node circle.b-outline")
    expect(circles).to_have_count(number, timeout=PATIENCE)
    return Counter(str(circle.get_attribute("fill")) for circle in circles.all())


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_statement_with_its_values_in_it_has_the_rows_that_it_has_with_parameters(
    name: str, shown: dict[str, Bound], small_world_database: Database
) -> None:
    bound = shown[name]
    assert small_world_database.run(bound.statement, {}) == small_world_database.run(bound.query.text, bound.values)


@pytest.mark.parametrize("how", ["served", "dropped"])
def test_the_style_colours_what_is_drawn(
    how: str, page: Page, port: int, files: dict[str, bytes], shown: dict[str, Bound], small_world_database: Database
) -> None:
    expect(enter(page, ":style reset")).to_be_visible()
    if how == "served":
        frame = enter(page, f":style {address(port)}/kg.grass")
    else:
        drop(page, "kg.grass", files["kg.grass"])
        frame = answer(page, ":style")
    expect(frame).to_contain_text("node.Country {", timeout=PATIENCE)
    colours = expected_colours(shown[DRAWN].statement, small_world_database)
    frame = enter(page, shown[DRAWN].statement)
    assert drawn_colours(frame, colours.total()) == colours
    assert len(colours) > 1
    page.wait_for_timeout(3000)  # the drawing moves until it has settled
    take_picture(page, f"style-{how}")


def test_the_guide_is_played_and_its_statements_run(page: Page, port: int) -> None:
    guide = enter(page, f":play {address(port)}/guide.html")
    expect(guide.get_by_role("heading", name="The event graph in the Neo4j Browser")).to_be_visible(timeout=PATIENCE)
    take_picture(page, "guide")
    for title in ("Who did what to whom", "First questions", "From an event to its sentences"):
        guide.get_by_test_id("nextSlide").click()
        expect(guide.get_by_role("heading", name=title)).to_be_visible()
    take_picture(page, "guide-evidence")
    guide.locator("pre.runnable:visible i").first.click()
    frame = answer(page, "MATCH path = (e:Event")
    expect(frame.locator("svg g.node").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(3000)
    take_picture(page, "guide-evidence-drawn")


def test_the_guide_sets_parameters_and_then_runs_the_saved_query(
    page: Page, port: int, shown: dict[str, Bound]
) -> None:
    guide = enter(page, f":play {address(port)}/guide.html")
    while not guide.get_by_text(shown[DRAWN].query.title, exact=True).is_visible():
        guide.get_by_test_id("nextSlide").click()
    take_picture(page, "guide-queries")
    heading = guide.get_by_text(shown[DRAWN].query.title, exact=True)
    heading.locator("xpath=following-sibling::pre[1]/i").click()
    frame = answer(page, ":param entity")
    parameters = len(QUERIES[DRAWN].parameters)
    expect(frame.get_by_title("Status: success")).to_have_count(parameters, timeout=PATIENCE)
    guide = page.get_by_test_id("frame").filter(has=page.get_by_test_id("carousel")).first
    heading = guide.get_by_text(shown[DRAWN].query.title, exact=True)
    heading.locator("xpath=following-sibling::pre[2]/i").click()
    frame = answer(page, "MATCH path = (me:Entity {id: $entity})")
    expect(frame.locator("svg g.node").first).to_be_visible(timeout=PATIENCE)


def test_favourites_stand_in_folders_and_run(page: Page, files: dict[str, bytes], shown: dict[str, Bound]) -> None:
    page.get_by_test_id("navigationFavorites").click()
    drop(page, "favourites.zip", files["favourites.zip"])
    groups = {query.group for query in QUERIES.values()}
    for group in groups:
        expect(page.get_by_text(group, exact=True)).to_have_count(1, timeout=PATIENCE)
    page.get_by_text(QUERIES[DRAWN].group, exact=True).click()
    title = page.get_by_test_id(f"scriptTitle-{QUERIES[DRAWN].title}")
    entry = page.get_by_test_id("savedScriptListItem").filter(has=title)
    take_picture(page, "favourites")
    entry.get_by_test_id("savedScriptsButton-Run").click()
    frame = answer(page, QUERIES[DRAWN].title)
    expect(frame.locator("svg g.node").first).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("navigationFavorites").click()


def test_a_link_opens_the_query_in_the_editor_and_it_runs(
    page: Page, shown: dict[str, Bound], neo4j_server: Server, small_world_database: Database
) -> None:
    page.goto(link_to(shown[DRAWN], neo4j_server))
    expect(page.locator(".monaco-editor .view-lines").first).to_contain_text(
        re.compile("Neighbourhood"), timeout=PATIENCE
    )
    take_picture(page, "link")
    page.get_by_test_id("editor-Run").click()
    number = expected_colours(shown[DRAWN].statement, small_world_database).total()
    expect(answer(page, QUERIES[DRAWN].title).locator("svg g.node")).to_have_count(number, timeout=PATIENCE)


def test_nothing_in_a_link_breaks_out_of_its_literal(page: Page, neo4j_server: Server, tmp_path: Path) -> None:
    path = tmp_path / "own.cypher"
    head = "// Sizes\n// description: Sizes.\n// param: x string -- Words\n// returns: size, same\n"
    path.write_text(f"{head}RETURN size($x) AS size, $x = $x AS same, 'one row' AS word", encoding="utf-8")
    bound = Bound(read_query(path), {"x": HOSTILE}, {"x": HOSTILE})
    page.goto(link_to(bound, neo4j_server))
    expect(page.locator(".monaco-editor .view-lines").first).to_contain_text("Sizes", timeout=PATIENCE)
    page.get_by_test_id("editor-Run").click()
    frame = answer(page, "Sizes")
    expect(frame).to_contain_text("one row", timeout=PATIENCE)
    expect(frame.get_by_role("row").last).to_contain_text(f'{len(HOSTILE)}true"one row"')
