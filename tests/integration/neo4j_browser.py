"""Driving the real Neo4j Browser (legacy, 5.24) as a user does."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from playwright.sync_api import Locator, Page, Route, expect, sync_playwright

from kg.queries import Value
from tests.integration.chromium import FLAGS, SCREENSHOTS, chromium
from tests.integration.neo4j.server import Server

PATIENCE = 60_000  # milliseconds; a cold server on a busy machine is slow

# The way that a browser tells a page of a file dropped on its window.
_DROP = """({name, content}) => {
  const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const happened = {dataTransfer, bubbles: true, cancelable: true};
  for (const type of ["dragenter", "dragover", "drop"])
    document.querySelector(".filedrop").dispatchEvent(new DragEvent(type, happened));
}"""


@contextmanager
def logged_in(server: Server) -> Iterator[Page]:
    """A page that reaches the server and this machine and nothing else, and is logged in."""
    path, hosts = chromium(), {urlsplit(server.http).hostname, "localhost"}

    def only_ours(route: Route) -> None:
        if urlsplit(route.request.url).hostname in hosts:
            route.continue_()
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        page.route("**/*", only_ours)
        log_in(page, server)
        yield page
        browser.close()


def log_in(page: Page, server: Server) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.http}/browser/?dbms={quote(server.uri, safe='')}")
    page.get_by_test_id("bolt-scheme-select").select_option("bolt://")
    page.get_by_test_id("username").fill(server.user)
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("You are connected as user")).to_be_visible(timeout=PATIENCE)


def enter(page: Page, text: str) -> Locator:
    """Run a text in the Browser's editor, as a user does who pastes it; gives the frame that answers."""
    page.locator(".monaco-editor textarea").first.focus()
    page.keyboard.insert_text(text)
    page.get_by_test_id("editor-Run").click()
    return answer(page, text.splitlines()[0])


def answer(page: Page, command: str) -> Locator:
    """The newest frame, once it is that of a command."""
    frame = page.get_by_test_id("frame").first
    expect(frame.get_by_test_id("frameCommand")).to_contain_text(command, timeout=PATIENCE)
    return frame


def set_parameter(page: Page, name: str, value: Value) -> None:
    frame = enter(page, f":param {name} => {json.dumps(value, ensure_ascii=False, default=str)}")
    expect(frame).to_contain_text("Successfully set your parameters", timeout=PATIENCE)


def drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the window."""
    page.evaluate(_DROP, {"name": name, "content": base64.b64encode(content).decode()})


def take_picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"browser-{name}.png")
