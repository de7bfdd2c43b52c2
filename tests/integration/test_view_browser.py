"""The page in a real browser: what a reader sees, clicks and types."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect, sync_playwright

from kg.graph import build_graph
from kg.model import Basis, Entity, Kind
from kg.ontology import load_ontology
from kg.view import write_view
from tests import factories
from tests.integration.chromium import FLAGS, SCREENSHOTS, chromium

pytestmark = pytest.mark.browser

DESK, WIDE, PHONE = (1280, 800), (1920, 1080), (390, 844)
HOSTILE = "</script><img src=http://evil.example/x onerror=alert(1)><b>Bold</b>"

# Where an element is drawn on the screen; Cytoscape keeps its graph on the container.
NODE = "id => { const n = graph._cyreg.cy.getElementById(id); return {...n.renderedPosition(), shown: n.visible()}; }"
EDGE = "type => { const e = graph._cyreg.cy.edges(`[label = '${type}']`); return e.renderedMidpoint(); }"
DRAWN = "() => graph._cyreg.cy.elements().filter(e => e.visible()).map(e => e.data('name') || e.data('label')).sort()"
FAINT = "() => graph._cyreg.cy.nodes('.faint').map(n => n.data('name')).sort()"
NAMES = """() => graph._cyreg.cy.nodes(':visible').filter(n => n.numericStyle('text-opacity') > 0).map(n => [
    n.data('name'), n.renderedBoundingBox({includeNodes: false, includeLabels: true, includeOverlays: false})])"""
SILENT = "() => graph._cyreg.cy.nodes(':visible').filter(n => n.numericStyle('text-opacity') === 0).map(n => n.id())"
FILLED = """() => {
    const { w, h } = graph._cyreg.cy.nodes(':visible').renderedBoundingBox({includeLabels: false});
    return w * h / (graph.clientWidth * graph.clientHeight);
}"""


@dataclass
class Opened:
    """A page with what went wrong in it and what it asked the network for."""

    page: Page
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", self.dismiss)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def dismiss(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(build_graph(factories.small_world(), load_ontology()), tmp_path_factory.mktemp("view"))


@pytest.fixture
def opened(browser: Browser, view: Path) -> Iterator[Opened]:
    """The small world's page on a desk; whatever a test does, nothing goes wrong and nothing is fetched."""
    opened = open_page(browser, view)
    yield opened
    assert opened.problems == []
    assert opened.requests == [view.as_uri()]
    opened.page.context.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened.page


def written(graph: "nx.MultiDiGraph[str]", folder: Path) -> Path:
    write_view(graph, folder / "view.html")
    return folder / "view.html"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About as many as in the sample articles: hubs, whoever stands by them, and groups that only meet each other."""
    kinds = [Kind.PERSON, Kind.PERSON, Kind.COUNTRY, Kind.ORGANIZATION, Kind.PLACE]
    endings = ["", " of the Coast", " Brandt-Halvorsen", " Assembly for Fisheries"]
    people = [factories.entity(f"Estmark{i}{endings[i % 4]}", kinds[i % 5]) for i in range(80)]
    groups = [factories.entity(f"{i} marchers", Kind.GROUP) for i in range(20, 34)]
    pairs = [(people[i], people[i * i % (i // 4 + 1)]) for i in range(1, 80)]
    pairs += [(people[i], people[i - 7]) for i in range(8, 36, 2)]
    return written(visits([*pairs, *zip(groups[::2], groups[1::2], strict=True)]), tmp_path_factory.mktemp("crowd"))


def visits(pairs: list[tuple[Entity, Entity]]) -> "nx.MultiDiGraph[str]":
    told = factories.article(" ".join(f"{actor.name} visited {target.name}." for actor, target in pairs))
    events = [
        factories.event(told, "visited", nth=nth, actors=[actor], targets=[target])
        for nth, (actor, target) in enumerate(pairs)
    ]
    entities = {entity.id: entity for pair in pairs for entity in pair}
    return build_graph([factories.extraction(told, list(entities.values()), events)], load_ontology())


def open_page(browser: Browser, view: Path, size: tuple[int, int] = DESK, **options: Any) -> Opened:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    opened = Opened(context.new_page())
    opened.page.goto(view.as_uri())
    expect(opened.page.locator("#counts")).not_to_be_empty()
    return opened


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / name)


def click_in_picture(page: Page, where: dict[str, float]) -> None:
    page.locator("#graph").click(position={"x": where["x"], "y": where["y"]})


def listed(page: Page) -> list[str]:
    return page.locator("#entities li:visible bdi").all_inner_texts()


def panel(page: Page) -> Locator:
    return page.locator("#panel")


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
    threat = panel(page).locator(".event", has_text="Southhaven threatened Estmark")
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
    expect(panel(page).locator(".event", has_text="Not:").locator(".chip")).to_have_text("negated")
    expect(panel(page).locator(".event", has_text="Planned:").locator(".chip")).to_have_text("planned")


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


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("estmark", ["Estmark"]),
        ("  TÁLVIK ", ["Mira Talvik"]),
        ("nna", ["Norland News Agency"]),  # an alias
        ("nor", ["Norland", "Norland News Agency"]),
        ("nobody", []),
    ],
)
def test_search_filters_by_name_and_alias(page: Page, words: str, found: list[str]) -> None:
    everybody = set(listed(page))
    page.locator("#search").fill(words)
    assert listed(page) == found
    assert set(page.evaluate(FAINT)) == everybody - set(found)


def test_filter_by_event_type_takes_relations_and_events_away(page: Page) -> None:
    page.get_by_role("button", name="None", exact=True).click()
    expect(page.locator("#nothing")).to_be_visible()
    page.get_by_label("accuse").check()
    assert page.evaluate(DRAWN) == ["Estmark", "Southhaven", "accused"]
    page.get_by_role("button", name="Estmark, Country").click()
    expect(panel(page).locator(".event h4")).to_have_text(["Estmark accused Southhaven"])
    expect(panel(page)).to_contain_text("4 events hidden by the filter.")


def test_entities_without_a_relation_are_drawn_on_request(page: Page) -> None:
    page.get_by_label("2 unconnected").check()
    assert {"Norland News Agency", "Port Alder"} <= set(page.evaluate(DRAWN))


def test_keyboard_alone_reaches_an_entity_and_its_relation_and_comes_back(page: Page) -> None:
    keys = page.keyboard
    keys.press("/")
    keys.type("land")
    keys.press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Norland, Country, 4 events")
    keys.press("Enter")
    expect(panel(page).locator("h2")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(panel(page).locator("h2")).to_have_text("Estmark signed agreement with Norland")
    keys.press("Escape")
    expect(panel(page).locator("h2")).to_have_text("Latest events")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Norland, Country, 4 events")
    keys.press("Escape")
    assert len(listed(page)) == 8


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
        assert page.evaluate(FILLED) >= 0.6


def test_unnamed_groups_stand_back(browser: Browser, crowd: Path) -> None:
    page = open_page(browser, crowd).page
    assert panel(page).locator(".event").count() == 20
    assert panel(page).locator(".event", has_text="marchers").count() == 0
    page.get_by_role("button", name="20 marchers, Group").click()
    expect(panel(page).locator(".event h4")).to_have_text("20 marchers met with 21 marchers")


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


def test_hostile_names_and_texts_are_only_text(browser: Browser, tmp_path: Path) -> None:
    told = factories.article(
        f"{HOSTILE} visited Estmark.", title=HOSTILE, source=HOSTILE, url="javascript:alert(document.domain)"
    )
    who, estmark = (
        factories.entity(HOSTILE, id="__proto__", aliases=["<svg onload=alert(2)>"]),
        factories.country("Estmark"),
    )
    visit = factories.event(told, "visited", sentence=told.text, actors=[who], targets=[estmark])
    graph = build_graph([factories.extraction(told, [who, estmark], [visit])], load_ontology())
    opened = open_page(browser, written(graph, tmp_path))
    opened.page.locator("#entities button").filter(has_text=HOSTILE).click()
    expect(panel(opened.page).locator("h2")).to_have_text(HOSTILE)
    expect(panel(opened.page).locator("blockquote")).to_have_text(told.text)
    expect(panel(opened.page).locator("cite")).to_have_text(HOSTILE)
    assert opened.page.locator("img, b, #panel a, svg[onload]").count() == 0
    assert opened.problems == []
    assert opened.requests == [(tmp_path / "view.html").as_uri()]


def test_the_policy_stops_scripts_and_requests_that_get_in_all_the_same(browser: Browser, view: Path) -> None:
    opened = open_page(browser, view)
    opened.page.evaluate(
        """() => {
            document.body.insertAdjacentHTML('beforeend', '<img src="http://evil.example/x" onerror="alert(1)">');
            const script = document.createElement('script');
            script.textContent = 'window.broken = true';
            document.body.append(script);
            return fetch('http://evil.example/').catch(() => null);
        }"""
    )
    assert opened.page.evaluate("window.broken") is None
    assert not any(problem.startswith("dialog") for problem in opened.problems)
    assert len([problem for problem in opened.problems if "Content Security Policy" in problem]) >= 3


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, written(nx.MultiDiGraph(), tmp_path))
    expect(opened.page.locator("#nothing")).to_be_visible()
    assert opened.problems == []
