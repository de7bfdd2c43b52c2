"""The page by keyboard alone, for screen readers, and without colour."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.view.opened import DESK, PHONE, listed, open_page, panel

pytestmark = pytest.mark.browser

PAN = "() => graph._cyreg.cy.pan('x')"
ZOOM = "() => graph._cyreg.cy.zoom()"
# Everything that can have the focus, with the name that a screen reader reads.
UNNAMED = """() => {
    const all = [...document.querySelectorAll('button, input, select, summary, a, [tabindex="0"]')];
    const name = one => one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.[0]?.textContent.trim();
    return all.filter(one => !name(one)).map(one => one.outerHTML);
}"""


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


def test_keyboard_alone_opens_a_line_of_a_story_on_its_evidence(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("brandt")
    page.keyboard.press("Enter")
    line = panel(page).locator(".story summary").first
    for _ in range(20):
        page.keyboard.press("Tab")
        if line.evaluate("line => line === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(panel(page).locator("mark")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "place"),
    [("/", "#search"), ("f", "#filter-type summary"), ("t", "#since"), ("g", "#graph"), ("p", "#panel h2")],
)
def test_a_key_leads_to_each_part_and_the_focus_is_seen(page: Page, key: str, place: str) -> None:
    page.keyboard.press(key)
    expect(page.locator(place)).to_be_focused()
    expect(page.locator(place)).to_be_in_viewport()
    outline = page.locator(place).evaluate("one => getComputedStyle(one.closest('.slider') || one).outlineStyle")
    assert outline == ("none" if place == "#panel h2" else "solid")  # the heading is only read


@pytest.mark.parametrize(
    ("key", "measure", "more"),
    [("ArrowLeft", PAN, True), ("ArrowRight", PAN, False), ("+", ZOOM, True), ("-", ZOOM, False)],
)
def test_keys_move_the_picture(page: Page, key: str, measure: str, more: bool) -> None:
    page.keyboard.press("g")
    start = page.evaluate(measure)
    page.keyboard.press(key)
    assert (page.evaluate(measure) > start) is more
    page.keyboard.press("0")
    page.wait_for_function(f"start => Math.abs(({measure})() - start) < 0.01", arg=start)


def test_help_lists_the_keys_and_closes(page: Page) -> None:
    page.keyboard.press("?")
    help = page.get_by_role("dialog", name="Keys and signs")
    expect(help).to_be_visible()
    assert {"/", "f", "t", "g", "c", "r", "?", "Esc"} <= set(help.locator("kbd").all_inner_texts())
    page.keyboard.press("f")  # does nothing while the help is open
    expect(help.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(help).to_be_hidden()


def test_letters_in_the_search_are_letters(page: Page) -> None:
    page.locator("#search").press_sequentially("fc?r+-0")
    expect(page.locator("#search")).to_have_value("fc?r+-0")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_everything_that_can_be_reached_has_a_name(page: Page) -> None:
    page.get_by_role("button", name="Norland, Country").click()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate(UNNAMED) == []


def test_lines_differ_in_more_than_colour(page: Page) -> None:
    lines = page.evaluate(
        """() => graph._cyreg.cy.edges().map(e => [e.data('quad'), e.style('line-style'),
            e.style('target-arrow-shape'), Math.round(e.numericStyle('width') / 0.8 * 10)])"""
    )
    looks = {
        quad: {(style == "dotted", arrow) for other, style, arrow, _ in lines if other == quad} for quad, *_ in lines
    }
    assert looks[1] == {(False, "triangle")}
    assert looks[3] == looks[4] == {(False, "triangle-cross")}
    assert looks[0] == {(True, "vee")}
    widths = {quad: width for quad, *_, width in lines}
    assert widths[4] > 1.5 * widths[3]


def test_nothing_moves_by_itself_where_that_is_not_wanted(browser: Browser, view: Path) -> None:
    page = open_page(browser, view, DESK, reduced_motion="reduce").page
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("[...document.querySelectorAll('*')].every(o => getComputedStyle(o).animationName === 'none')")


def test_on_a_phone_everything_can_be_reached_and_pointed_at(browser: Browser, view: Path) -> None:
    page = open_page(browser, view, PHONE, has_touch=True).page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    for place in ("#search", "#since", "#filter-type summary", "#copy", "#entities button"):
        box = page.locator(place).first.bounding_box()
        assert box
        assert box["height"] >= (16 if place == "#since" else 24), place
    page.locator("#filter-type summary").tap()
    page.locator("label", has=page.locator("[value=ACCUSE]")).tap()
    expect(page.locator("#filtered")).to_have_text(re.compile("8 of 9"))
