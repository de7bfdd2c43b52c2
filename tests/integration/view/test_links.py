"""The address says what is shown, and leads others to it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.view.opened import DESK, DRAWN, Opened, listed, open_page, panel

pytestmark = pytest.mark.browser


def at(page: Page) -> str:
    return str(page.evaluate("location.hash"))


@pytest.mark.parametrize(
    ("link", "heading", "drawn"),
    [
        ("#show=person%2Foskar-brandt", "Oskar Brandt", 18),
        ("#type=ACCUSE", "Latest events", 3),
        ("#no-type=ACCUSE", "Latest events", 17),
        ("#told=negated&from=2024&to=2024-12", "Latest events", 0),
        ("#from=2024-06-19&to=2024-06-20", "Latest events", 9),
        ("#source=Harbour+Gazette&show=country%2Festmark", "Estmark", 8),
        ("#unconnected=yes", "Latest events", 20),
        ("#show=person%2Fnobody", "Not here", 18),
        ("#type=NO_SUCH_TYPE", "Latest events", 0),
        ("#from=yesterday&nonsense=%ZZ&", "Latest events", 18),
    ],
)
def test_a_link_opens_on_what_it_says(browser: Browser, view: Path, link: str, heading: str, drawn: int) -> None:
    opened = open_page(browser, view, DESK, link)
    expect(panel(opened.page).locator("h2")).to_have_text(heading)
    assert len(opened.page.evaluate(DRAWN)) == drawn
    assert opened.problems == []


def test_the_address_follows_what_is_done(page: Page) -> None:
    page.locator("#search").fill("nor")
    assert at(page) == "#search=nor"
    page.keyboard.press("Enter")
    assert at(page) == "#show=country%2Fnorland&search=nor"
    page.locator("#filter-type summary").click()
    page.locator("[value=ACCUSE]").uncheck()
    assert at(page) == "#show=country%2Fnorland&search=nor&no-type=ACCUSE"
    page.get_by_role("button", name="None: event types").click()
    page.locator("[value=ACCUSE]").check()
    assert at(page) == "#show=country%2Fnorland&search=nor&type=ACCUSE"
    page.keyboard.press("t")
    page.keyboard.press("ArrowRight")
    assert at(page) == "#show=country%2Fnorland&search=nor&from=1999&type=ACCUSE"
    page.get_by_role("button", name="Reset").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert at(page) == ""


def test_back_and_forward_go_through_what_was_chosen_and_filtered(page: Page) -> None:
    heading = panel(page).locator("h2")
    page.get_by_role("button", name="Norland, Country").click()
    panel(page).locator(".relations button").first.click()
    page.locator("#filter-source summary").click()
    page.get_by_label("Harbour Gazette").uncheck()
    everything = listed(page)
    page.go_back()
    expect(page.get_by_label("Harbour Gazette")).to_be_checked()
    expect(heading).to_have_text("Estmark signed agreement with Norland")
    page.go_back()
    expect(heading).to_have_text("Norland")
    page.go_back()
    expect(heading).to_have_text("Latest events")
    for _ in range(3):
        page.go_forward()
    expect(heading).to_have_text("Estmark signed agreement with Norland")
    assert listed(page) == everything


def test_typing_makes_one_step_and_not_one_a_letter(page: Page) -> None:
    page.get_by_role("button", name="Norland, Country").click()
    page.locator("#search").press_sequentially("talvik")
    page.locator("#search").blur()
    page.get_by_role("button", name="Mira Talvik, Person").click()
    for heading, search in (("Norland", "talvik"), ("Norland", ""), ("Latest events", "")):
        page.go_back()
        expect(panel(page).locator("h2")).to_have_text(heading)
        expect(page.locator("#search")).to_have_value(search)


def test_a_handle_that_is_pulled_makes_one_step(page: Page) -> None:
    bars = page.locator("#bars").bounding_box()
    assert bars
    page.mouse.move(bars["x"] + 3, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] / 2, bars["y"] + 20, steps=5)
    page.mouse.up()
    expect(page.locator("#span")).to_have_text("the beginning to 2012")
    page.go_back()
    expect(page.locator("#span")).to_have_text("all days")
    page.go_forward()
    expect(page.locator("#span")).to_have_text("the beginning to 2012")


def test_a_copied_link_shows_others_the_same(browser: Browser, opened: Opened) -> None:
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Norland, Country").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#said")).to_have_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = browser.new_page()
    other.goto(link)
    expect(panel(other).locator("h2")).to_have_text("Norland")
    other.close()


def test_where_a_page_may_not_copy_it_says_where_the_link_is(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("The link is in the address bar")
