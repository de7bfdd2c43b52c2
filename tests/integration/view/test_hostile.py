"""Whatever an article says, it is only text: in names, filters, links and the help of a screen reader."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kg.graph import build_graph
from kg.ontology import load_ontology
from tests import factories
from tests.integration.view.opened import HOSTILE, Opened, open_page, panel, written

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Markup and scripts in every text that an article brings."""
    told = factories.article(
        f"{HOSTILE} visited Estmark.", title=HOSTILE, source=HOSTILE, url="javascript:alert(document.domain)"
    )
    aliases = ["<svg onload=alert(2)>"]
    who, estmark = factories.entity(HOSTILE, id="__proto__", aliases=aliases), factories.country("Estmark")
    visit = factories.event(told, "visited", sentence=told.text, actors=[who], targets=[estmark], type="ASSAULT")
    graph = build_graph([factories.extraction(told, [who, estmark], [visit])], load_ontology())
    return written(graph, tmp_path_factory.mktemp("hostile"))


def is_harmless(opened: Opened, view: Path) -> bool:
    assert opened.page.locator("img, b:not(#filter b, #times b), #panel a, svg[onload]").count() == 0
    assert opened.problems == []
    return opened.requests == [opened.page.url.split("#")[0]] == [view.as_uri()]


def test_names_and_texts(browser: Browser, hostile: Path) -> None:
    opened = open_page(browser, hostile)
    opened.page.locator("#entities button").filter(has_text=HOSTILE).click()
    expect(panel(opened.page).locator("h2")).to_have_text(HOSTILE)
    panel(opened.page).locator(".story summary").click()
    expect(panel(opened.page).locator("blockquote")).to_have_text(f"{HOSTILE} visited Estmark.")
    expect(panel(opened.page).locator("cite")).to_have_text(HOSTILE)
    assert is_harmless(opened, hostile)


def test_filters_and_events_found(browser: Browser, hostile: Path) -> None:
    opened = open_page(browser, hostile)
    opened.page.locator("#filter-source summary").click()
    box = opened.page.locator("#filter-source label", has_text=HOSTILE)
    expect(box.locator("bdi")).to_have_text(HOSTILE)
    box.locator("input").uncheck()
    opened.page.get_by_role("button", name="Reset").click()
    opened.page.locator("#search").fill("<b>bold")
    expect(opened.page.locator("#events bdi")).to_contain_text(HOSTILE)
    assert is_harmless(opened, hostile)


@pytest.mark.parametrize(
    "link",
    [
        "#show=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "#search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "#from=%3Cimg%3E&type=%3Cb%3E&source=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "#show=__proto__&type=__proto__&no-source=constructor",
        "#show=constructor",
    ],
)
def test_links(browser: Browser, hostile: Path, link: str) -> None:
    assert is_harmless(open_page(browser, hostile, at=link), hostile)


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
