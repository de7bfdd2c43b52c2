"""What the filters, the time slider and the search let through, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.integration.view.opened import DESK, DRAWN, FAINT, listed, open_page, panel, shot

pytestmark = pytest.mark.browser

EVENTS = [
    "Norland, Estmark and Southhaven signed agreement (2025-03)",
    "Planned: Oskar Brandt plans to visit Southhaven (2024-10)",
    "Southhaven threatened Estmark (2024-09-02)",
    "Not: Oskar Brandt visited Norland (2024-08)",
    "Mira Talvik and Oskar Brandt met",
    "Norland and Estmark signed agreement",
    "Mira Talvik visited Estmark (2024-06-19)",
    "Southhaven attacked Norland (1998)",
    "Estmark accused Southhaven",
]
TREATY, PLAN, THREAT, DENIED, MEETING, FISHERIES, VISIT, ATTACK, ACCUSATION = EVENTS


def facet(page: Page, name: str) -> Locator:
    """The boxes of a filter, opened."""
    found = page.locator(f"#filter-{name}")
    found.evaluate("facet => { facet.open = true; }")
    return found


def only(page: Page, name: str, *choices: str) -> None:
    facet(page, name).get_by_role("button", name="None").click()
    for choice in choices:
        facet(page, name).locator("label", has_text=choice).locator("input").check()


def told(page: Page) -> list[str]:
    return panel(page).locator(".event h4").all_inner_texts()


def counts(page: Page, name: str) -> dict[str, str]:
    rows = facet(page, name).locator("label:has(.count)").all_inner_texts()
    return {words.strip(): count.strip() for words, count in (row.split("\n") for row in rows)}


@pytest.mark.parametrize(
    ("name", "choices", "events"),
    [
        ("type", ["accuse", "threaten"], [THREAT, ACCUSATION]),
        ("type", ["verbal cooperation"], [TREATY, PLAN, DENIED, MEETING, FISHERIES, VISIT]),
        ("type", ["material conflict"], [ATTACK]),
        ("type", ["lasting relation"], []),
        ("relation", ["signed agreement with"], [TREATY, FISHERIES]),
        ("told", ["planned", "denied"], [PLAN, DENIED]),
        ("told", ["told as happened"], [TREATY, THREAT, MEETING, FISHERIES, VISIT, ACCUSATION]),
        ("source", ["Harbour Gazette"], [MEETING, FISHERIES, VISIT]),
        ("source", ["no source named"], [TREATY, ATTACK]),
    ],
)
def test_a_filter_leaves_the_events_of_its_choices(
    page: Page, name: str, choices: list[str], events: list[str]
) -> None:
    only(page, name, *choices)
    assert told(page) == events
    expect(page.locator("#filtered")).to_have_text(f"{len(events)} of 9 events")


def test_filters_hold_together_and_reset_ends_them(page: Page) -> None:
    drawn, everybody = page.evaluate(DRAWN), listed(page)
    only(page, "source", "Inland Courier")
    only(page, "type", "verbal conflict")
    assert told(page) == [THREAT, ACCUSATION]
    assert page.evaluate(DRAWN) == ["Estmark", "Southhaven", "accused", "threatened"]
    assert listed(page) == [
        "Estmark",
        "Southhaven",
        "Coastal Union",
    ]  # who has a part in what is left, and on whose word
    expect(page.locator("#filter-source summary")).to_have_text("Sources 1 of 3")
    page.get_by_role("button", name="Reset").click()
    assert (told(page), page.evaluate(DRAWN), listed(page)) == (EVENTS, drawn, everybody)
    expect(page.get_by_role("button", name="Reset")).to_be_hidden()


def test_each_choice_says_how_many_pass_the_other_filters(page: Page) -> None:
    assert counts(page, "source") == {"Inland Courier": "5", "no source named": "4", "Harbour Gazette": "4"}
    only(page, "type", "verbal conflict")
    assert counts(page, "source") == {"no source named": "0", "Inland Courier": "2", "Harbour Gazette": "0"}
    assert counts(page, "type") | {"accuse": "1", "threaten": "1", "consult": "3"} == counts(page, "type")


def test_the_box_of_a_quad_class_follows_its_types(page: Page) -> None:
    box = facet(page, "type").locator("label.quad", has_text="verbal conflict").locator("input")
    facet(page, "type").get_by_label("accuse").uncheck()
    assert box.evaluate("box => box.indeterminate")
    box.check()
    expect(facet(page, "type").get_by_label("accuse")).to_be_checked()


def test_nothing_that_passes_is_said(page: Page) -> None:
    only(page, "told")
    expect(page.locator("#nothing")).to_be_visible()
    expect(panel(page).locator(".nothing")).to_contain_text("No event passes the filters.")


def test_what_the_filters_hide_of_an_entity_is_counted(page: Page) -> None:
    only(page, "type", "accuse")
    page.get_by_role("button", name="Estmark, Country").click()
    assert panel(page).locator(".story .name").all_inner_texts() == [ACCUSATION]
    expect(panel(page)).to_contain_text("4 events hidden by the filters.")


def test_a_relation_counts_the_events_that_pass(page: Page) -> None:
    assert "signed agreement with ×2" in page.evaluate(DRAWN)
    only(page, "source", "Harbour Gazette")
    assert "signed agreement with" in page.evaluate(DRAWN)


@pytest.mark.parametrize(
    ("keys", "said", "events"),
    [
        (["End", "ArrowLeft"], "2024 to the end", EVENTS[:7]),
        (["ArrowRight"], "1999 to the end", EVENTS[:7]),
    ],
)
def test_the_slider_works_by_keyboard(page: Page, keys: list[str], said: str, events: list[str]) -> None:
    page.keyboard.press("t")
    expect(page.get_by_label("From")).to_be_focused()
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#span")).to_have_text(said)
    assert page.get_by_label("From").get_attribute("aria-valuetext") == said[:4]
    assert told(page) == events
    page.get_by_role("button", name="All days").click()
    assert told(page) == EVENTS


def test_a_stretch_of_bars_is_taken_with_the_pointer(page: Page) -> None:
    bars = page.locator("#bars").bounding_box()
    assert bars
    page.mouse.move(bars["x"] + 3, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] / 2, bars["y"] + 20, steps=3)
    page.mouse.up()
    expect(page.locator("#span")).to_have_text("the beginning to 2012")
    assert told(page) == [ATTACK]


def test_what_has_no_date_comes_along_on_request(page: Page) -> None:
    page.keyboard.press("t")
    page.keyboard.press("ArrowRight")
    page.get_by_label("without a date").check()
    assert told(page) == [*EVENTS[:7], ACCUSATION]


@pytest.mark.parametrize(
    ("words", "entities", "events"),
    [
        ("  TÁLVIK ", ["Mira Talvik"], [MEETING, VISIT]),
        ("nna", ["Norland News Agency"], [MEETING]),  # an alias, and a word of a sentence
        ("coast", ["Coastal Union"], [THREAT, ATTACK]),  # of their sentences; a word may be unfinished
        ("fisheries port alder", [], [FISHERIES]),  # words in any order, of its sentence
        ("threaten estmark", [], [THREAT]),
        ("nobody", [], []),
    ],
)
def test_search_finds_entities_and_events(page: Page, words: str, entities: list[str], events: list[str]) -> None:
    everybody = set(listed(page))
    page.locator("#search").fill(words)
    assert listed(page) == entities
    assert page.locator("#events bdi").all_inner_texts() == [event.split(" (")[0] for event in events]
    if entities or not events:
        assert set(page.evaluate(FAINT)) >= everybody - set(entities) - {"Norland News Agency", "Port Alder"}


def test_an_event_found_shows_its_evidence_and_whom_it_ties(page: Page) -> None:
    page.locator("#search").fill("fisheries")
    page.locator("#events button").click()
    expect(panel(page).locator("h2")).to_have_text(FISHERIES)
    expect(panel(page).locator("mark")).to_have_text("signed")
    near = "() => graph._cyreg.cy.elements('.near').map(e => e.data('name') || e.data('label')).sort()"
    assert page.evaluate(near) == ["Estmark", "Norland", "Port Alder", "signed agreement with ×2"]


def test_filters_on_a_desk_and_in_the_dark_can_be_looked_at(browser: Browser, view: Path) -> None:
    page = open_page(browser, view, DESK, color_scheme="dark").page
    only(page, "type", "verbal conflict")
    page.keyboard.press("t")
    page.keyboard.press("ArrowRight")
    shot(page, "view-filters-dark.png")
