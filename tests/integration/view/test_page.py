"""The page in a real browser: what a reader sees, clicks and types."""

import itertools
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from kg.graph import build_graph
from kg.model import Basis
from kg.ontology import load_ontology
from tests import factories
from tests.integration.view.opened import (
    DESK,
    DRAWN,
    EDGE,
    FILLED,
    NAMES,
    NODE,
    PHONE,
    SILENT,
    WIDE,
    click_in_picture,
    open_page,
    panel,
    placed,
    shot,
    written,
)

pytestmark = pytest.mark.browser


def test_connected_entities_and_their_relations_are_drawn_with_names(page: Page) -> None:
    assert page.evaluate(DRAWN) == [
        "Coastal Union", "Estmark", "Mira Talvik", "Norland", "Oskar Brandt", "Southhaven",
        "accused", "allied with", "attacked", "leads", "leads", "member of", "met with", "signed agreement with",
        "signed agreement with", "signed agreement with ×2", "threatened", "visited",
    ]  # fmt: skip
    expect(page.locator("#counts")).to_have_text("8 entities · 12 relations · 9 events · 3 articles")


def test_kinds_differ_in_shape_and_not_only_in_colour(page: Page) -> None:
    shapes = page.evaluate("() => graph._cyreg.cy.nodes().map(n => [n.data('kind'), n.style('shape')])")
    assert {tuple(pair) for pair in shapes} == {
        ("Country", "hexagon"), ("Person", "ellipse"), ("Organization", "round-rectangle"), ("Place", "triangle"),
    }  # fmt: skip
    assert page.locator("#signs p").all_inner_texts() == [
        "Country", "Organization", "Person", "Group", "Place", "verbal cooperation", "material cooperation",
        "verbal conflict", "material conflict", "lasting relation", "only on the word of others",
    ]  # fmt: skip


def test_a_click_on_a_node_shows_its_facts_with_evidence(page: Page) -> None:
    click_in_picture(page, page.evaluate(NODE, "country/southhaven"))
    expect(panel(page).locator("h2")).to_have_text("Southhaven")
    line = panel(page).locator(".story li", has_text="Southhaven threatened Estmark")
    line.locator("summary").click()
    threat = line.locator(".event")
    expect(threat.locator("blockquote")).to_have_text(
        "According to the Coastal Union, Southhaven threatened Estmark on Monday."
    )
    expect(threat.locator("mark")).to_have_text("threatened")
    expect(threat.locator("time")).to_have_text("2024-09-02")
    expect(threat.locator("figure .people")).to_have_text("According toCoastal Union")
    expect(threat.locator(".origin")).to_have_text("No visit this summer · Inland Courier · published 2024-09-03")
    expect(threat.locator("a")).to_have_attribute("href", "https://courier.example/7")
    shot(page, "view.png")


def test_what_is_denied_or_planned_says_so(page: Page) -> None:
    page.get_by_role("button", name="Oskar Brandt, Person").click()
    expect(panel(page).locator("summary", has_text="Not:").locator(".chip")).to_have_text("negated")
    expect(panel(page).locator("summary", has_text="Planned:").locator(".chip")).to_have_text("planned")


def test_an_entity_shows_aliases_and_statements(page: Page) -> None:
    page.get_by_role("button", name="Mira Talvik, Person").click()
    expect(panel(page).locator("dl")).to_contain_text("AlsoTalvik")
    expect(panel(page).locator("blockquote.quoted")).to_have_text("The sea feeds both of us,")


def test_a_click_on_an_edge_shows_the_events_behind_it(page: Page) -> None:
    click_in_picture(page, page.evaluate(EDGE, "signed agreement with ×2"))
    expect(panel(page).locator("h2")).to_have_text("Estmark signed agreement with Norland")
    assert panel(page).locator("blockquote").all_inner_texts() == [
        "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025.",
        "Norland and Estmark signed a fisheries agreement in Port Alder.",
    ]


def test_an_edge_of_a_lasting_relation_shows_the_words_that_state_it(page: Page) -> None:
    click_in_picture(page, page.evaluate(EDGE, "member of"))
    expect(panel(page).locator("blockquote")).to_have_text("Norland, a member of the Coastal Union")


def test_entities_without_a_relation_are_drawn_on_request(page: Page) -> None:
    page.get_by_label("2 unconnected").check()
    assert {"Norland News Agency", "Port Alder"} <= set(page.evaluate(DRAWN))


def test_the_picture_is_the_same_every_time(browser: Browser, view: Path) -> None:
    where = "() => graph._cyreg.cy.nodes().map(n => [n.id(), n.position('x'), n.position('y')])"
    assert len({str(open_page(browser, view).page.evaluate(where)) for _ in range(2)}) == 1


@pytest.mark.parametrize(
    ("name", "size", "scheme"), [("view-dark.png", DESK, "dark"), ("view-phone.png", PHONE, "light")]
)
def test_dark_and_narrow_pages_show_the_panel_and_fit(
    browser: Browser, view: Path, name: str, size: tuple[int, int], scheme: str
) -> None:
    opened = open_page(browser, view, size, color_scheme=scheme)
    click_in_picture(opened.page, opened.page.evaluate(NODE, "country/estmark"))
    expect(panel(opened.page).locator("h2")).to_be_in_viewport()
    assert opened.page.evaluate("document.documentElement.scrollWidth") == size[0]
    seen = opened.page.evaluate(NODE, "country/estmark")
    foot = opened.page.locator("#graph").bounding_box()
    sheet = panel(opened.page).bounding_box()
    assert foot
    assert sheet
    assert seen["shown"]
    assert sheet["x"] > foot["x"] or foot["y"] + seen["y"] < sheet["y"]  # not under the panel
    shot(opened.page, name)
    assert opened.problems == []


@pytest.mark.parametrize(("size", "least"), [(DESK, 0.6), (WIDE, 0.9), (PHONE, 0.2)])
def test_a_crowd_fills_the_picture_and_no_name_stands_on_another(
    browser: Browser, crowd: Path, size: tuple[int, int], least: float
) -> None:
    opened = open_page(browser, crowd, size)
    shot(opened.page, f"view-crowd-{size[0]}.png")
    assert opened.page.evaluate(FILLED) >= 0.6
    names = opened.page.evaluate(NAMES)
    assert len(names) >= least * len(opened.page.evaluate("graph._cyreg.cy.nodes(':visible').map(n => n.id())"))
    over = [(a, b) for (a, box), (b, other) in itertools.combinations(names, 2) if overlap(box, other) > 5]
    assert over == []
    assert opened.problems == []


def overlap(a: dict[str, float], b: dict[str, float]) -> float:
    """By how many pixels two boxes would have to be moved apart."""
    return min(min(a[axis + "2"], b[axis + "2"]) - max(a[axis + "1"], b[axis + "1"]) for axis in "xy")


def test_names_come_back_for_a_choice_a_search_a_closer_look_and_under_the_pointer(
    browser: Browser, crowd: Path
) -> None:
    opened = open_page(browser, crowd, PHONE)
    page = opened.page
    silent = page.evaluate(SILENT)
    place = page.evaluate(NODE, silent[0])
    page.locator("#graph").hover(position={"x": place["x"], "y": place["y"]})
    assert silent[0] not in page.evaluate(SILENT)
    page.mouse.move(1, 1)
    page.locator("#search").fill("7")
    assert page.evaluate("graph._cyreg.cy.nodes(':visible').not('.faint').filter('.silent').length") == 0
    page.locator("#search").fill("")
    hub = page.evaluate("graph._cyreg.cy.nodes(':visible').max(n => n.degree()).ele.id()")
    assert hub not in silent
    click_in_picture(page, page.evaluate(NODE, hub))
    assert page.evaluate("graph._cyreg.cy.nodes('.near').length") > 5
    assert page.evaluate("graph._cyreg.cy.nodes('.near').filter('.silent').length") == 0
    page.keyboard.press("Escape")
    assert page.evaluate(SILENT) == silent
    for _ in range(4):
        page.locator("#closer").click()
    page.wait_for_function(
        "count => graph._cyreg.cy.nodes(':visible').filter('.silent').length < count / 2", arg=len(silent)
    )
    assert opened.problems == []


def test_the_picture_fits_anew_when_its_size_changes(browser: Browser, crowd: Path) -> None:
    page = open_page(browser, crowd).page
    for size in (PHONE, WIDE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_function("() => graph._cyreg.cy.width() === graph.clientWidth")
        placed(page)
        assert page.evaluate(FILLED) >= 0.6


def test_unnamed_groups_stand_back(browser: Browser, crowd: Path) -> None:
    page = open_page(browser, crowd).page
    assert panel(page).locator(".event").count() == 12
    assert panel(page).locator(".event", has_text="marchers").count() == 0
    page.get_by_role("button", name="20 marchers, Group").click()
    expect(panel(page).locator(".story .name")).to_have_text("20 marchers met with 21 marchers")


def test_a_day_of_publication_that_stands_for_a_date_is_said_once(browser: Browser, tmp_path: Path) -> None:
    told = factories.article("Mira Talvik visited Estmark.")
    talvik, estmark = factories.entity(), factories.country("Estmark")
    date = factories.days("2024-06-20", basis=Basis.PUBLISHED)
    visit = factories.event(told, "visited", actors=[talvik], targets=[estmark], date=date)
    graph = build_graph([factories.extraction(told, [talvik, estmark], [visit])], load_ontology())
    page = open_page(browser, written(graph, tmp_path)).page
    expect(panel(page).locator(".event time")).to_have_text("published 2024-06-20, no date in the text")
    assert panel(page).inner_text().count("published") == 1


def test_a_change_of_colour_scheme_reaches_the_picture(page: Page) -> None:
    has_colour = "(colour) => graph._cyreg.cy.nodes()[0].style('color') === colour"
    assert page.evaluate(has_colour, "rgb(29,36,48)")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(has_colour, arg="rgb(233,236,241)", timeout=5000)


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, written(nx.MultiDiGraph(), tmp_path))
    expect(opened.page.locator("#nothing")).to_be_visible()
    assert opened.problems == []
