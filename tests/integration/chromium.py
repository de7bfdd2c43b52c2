"""The browser of the tests: where it is, how it is started, and where pictures of it go."""

import os
import shutil
from pathlib import Path

from tests.integration.conftest import missing

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """The browser's path; where there is none the test is skipped, or in CI fails."""
    found = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return found or missing("no Chromium: install it, or set KG_CHROMIUM to its path")
