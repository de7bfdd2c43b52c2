"""The page in the frame in which a notebook shows it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kg.graph import build_graph
from kg.notebook import Page
from kg.ontology import load_ontology
from kg.view import view_page
from tests import factories

pytestmark = pytest.mark.browser


def test_the_page_works_in_the_frame_of_a_notebook(browser: Browser, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    page_of_ours = Page(view_page(build_graph(factories.small_world(), load_ontology())))
    notebook.write_text(f'<meta charset="utf-8">{page_of_ours._repr_html_()}', encoding="utf-8")
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").fill("Talvik")
    expect(
        frame.get_by_role("option").or_(frame.get_by_role("listitem")).filter(has_text="Mira Talvik").first
    ).to_be_visible()
    assert problems == []
    page.close()
