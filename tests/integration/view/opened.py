"""A page opened in a real browser, with what went wrong in it, and questions to what is drawn."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from kg.graph import build_graph
from kg.model import Entity
from kg.ontology import load_ontology
from kg.view import write_view
from tests import factories
from tests.integration.chromium import SCREENSHOTS

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


def open_page(browser: Browser, view: Path, size: tuple[int, int] = DESK, at: str = "", **options: Any) -> Opened:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    opened = Opened(context.new_page())
    opened.page.goto(view.as_uri() + at)
    placed(opened.page)
    return opened


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / name)


def click_in_picture(page: Page, where: dict[str, float]) -> None:
    page.locator("#graph").click(position={"x": where["x"], "y": where["y"]})


def placed(page: Page) -> None:
    """Wait until every entity has its place."""
    expect(page.locator("#stage")).to_have_attribute("aria-busy", "false", timeout=60_000)


def listed(page: Page) -> list[str]:
    return page.locator("#entities li:visible bdi").all_inner_texts()


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def written(graph: "nx.MultiDiGraph[str]", folder: Path) -> Path:
    write_view(graph, folder / "view.html")
    return folder / "view.html"


def visits(pairs: list[tuple[Entity, Entity]]) -> "nx.MultiDiGraph[str]":
    told = factories.article(" ".join(f"{actor.name} visited {target.name}." for actor, target in pairs))
    events = [
        factories.event(told, "visited", nth=nth, actors=[actor], targets=[target])
        for nth, (actor, target) in enumerate(pairs)
    ]
    entities = {entity.id: entity for pair in pairs for entity in pair}
    return build_graph([factories.extraction(told, list(entities.values()), events)], load_ontology())
