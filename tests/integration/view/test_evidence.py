"""What speaks for an event and against it: its sentences, articles, copies, contradictions, and an entity's story."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kg.graph import build_graph
from kg.ontology import load_ontology
from tests import factories
from tests.integration.view.opened import open_page, panel, written

pytestmark = pytest.mark.browser

# Long enough for two articles that share it to be taken for one text.
REPORT = (
    "Mira Talvik visited Estmark. The fishing boats stayed in port while she walked along the quay with the mayor and "
    "asked about the price of nets. Later the two ate smoked herring in a shed behind the customs house, which leaks "
    "when it rains and has done so since the winter of the great ice. Nobody took notes, and the band had gone home."
)


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(build_graph(factories.disputed_world(), load_ontology()), tmp_path_factory.mktemp("disputed"))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A visit in two articles of one text, and in a third of its own words."""
    talvik, estmark = factories.entity(), factories.country("Estmark")
    told = [
        factories.article(REPORT, id="first", title="A visit", source="Harbour Gazette"),
        factories.article(REPORT, id="second", title="Herring", source="Inland Courier"),
        factories.article("Talvik came to see us: Mira Talvik visited Estmark.", id="third", source="Lake Mirror"),
    ]
    day = factories.days("2024-06-19")
    extractions = [
        factories.extraction(
            one, [talvik, estmark], [factories.event(one, "visited", actors=[talvik], targets=[estmark], date=day)]
        )
        for one in told
    ]
    return written(build_graph(extractions, load_ontology()), tmp_path_factory.mktemp("copied"))


def test_copies_are_named_and_sources_counted_without_them(browser: Browser, copied: Path) -> None:
    page = open_page(browser, copied).page
    card = panel(page).locator(".event").first
    expect(card.locator(".told")).to_have_text("told by 3 articles, 2 independent sources")
    origins = card.locator(".origin").all_inner_texts()
    assert len(origins) == 3
    assert [origin for origin in origins if "copy of “A visit”" in origin] == [
        "Herring · Inland Courier · published 2024-06-20 · copy of “A visit”"
    ]


def test_what_one_article_alone_tells_says_so(browser: Browser, view: Path) -> None:
    page = open_page(browser, view).page
    expect(panel(page).locator(".told").first).to_have_text("told by 1 article only")


def test_contradictions_stand_with_both_claims(browser: Browser, disputed: Path) -> None:
    page = open_page(browser, disputed).page
    event = panel(page).locator(".event", has_text="Southhaven threatened Estmark")
    expect(event.locator(".chip")).to_have_text(["disputed"])
    against = event.locator(".against")
    assert against.count() == 2
    expect(against.filter(has_text="Herald of the North")).to_have_count(1)
    expect(against.filter(has_text="Inland Courier")).to_have_count(1)
    against.first.locator("button").click()
    expect(panel(page).locator("h2")).to_have_text("Southhaven threatened Estmark (2024-09-02)")


def test_a_story_goes_from_the_oldest_on_and_each_line_leads_to_its_evidence(browser: Browser, view: Path) -> None:
    page = open_page(browser, view, at="#show=country%2Fsouthhaven").page
    assert panel(page).locator(".year").all_inner_texts() == ["1998", "2024", "2025", "No date"]
    lines = panel(page).locator(".story summary")
    assert lines.locator(".name").all_inner_texts() == [
        "Southhaven attacked Norland historical",
        "Southhaven threatened Estmark",
        "Planned: Oskar Brandt plans to visit Southhaven planned",
        "Norland, Estmark and Southhaven signed agreement",
        "Estmark accused Southhaven",
    ]
    assert lines.locator("time").all_inner_texts() == ["1998", "2024-09-02", "2024-10", "2025-03", ""]
    lines.nth(1).click()
    expect(panel(page).locator(".story blockquote")).to_have_text(
        "According to the Coastal Union, Southhaven threatened Estmark on Monday."
    )
    panel(page).get_by_role("button", name="Show this event alone").click()
    expect(panel(page).locator("dl")).to_contain_text("How it is toldtold as happened")


def test_an_event_says_when_how_and_how_surely_it_is_told(browser: Browser, view: Path) -> None:
    page = open_page(browser, view).page
    panel(page).locator("h4 button", has_text="Not: Oskar Brandt visited Norland").click()
    facts = panel(page).locator("dl")
    for words in ("Typeconsult", "When2024-08", "How it is tolddenied", "Confidence0.8"):
        expect(facts).to_contain_text(words)
    expect(panel(page).locator("p.top .chip")).to_have_text(["negated"])
