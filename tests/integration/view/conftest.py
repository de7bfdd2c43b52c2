"""A browser, and pages of a small and of a crowded world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.graph import build_graph
from kg.model import Kind
from kg.ontology import load_ontology
from tests import factories
from tests.integration.chromium import FLAGS, chromium
from tests.integration.view.opened import Opened, open_page, visits, written


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
