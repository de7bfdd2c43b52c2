"""The page's text: template, style, scripts and facts in one file that can reach nothing and run nothing else."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "vendor/cytoscape.min.js",
    "vendor/d3-dispatch.min.js",
    "vendor/d3-quadtree.min.js",
    "vendor/d3-timer.min.js",
    "vendor/d3-force.min.js",
    "page/facts.js",
    "page/wording.js",
    "page/filters.js",
    "page/state.js",
    "page/search.js",
    "page/elements.js",
    "page/layout.js",
    "page/crowd.js",
    "page/names.js",
    "page/look.js",
    "page/naming.js",
    "page/drawn.js",
    "page/picture.js",
    "page/cards.js",
    "page/story.js",
    "page/panel.js",
    "page/list.js",
    "page/facets.js",
    "page/times.js",
    "page/address.js",
    "page/keys.js",
    "page/main.js",
)
# Inside a script element these could end it or begin a comment; in JSON their escapes mean the same.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&"})


def html_page(title: str, content: Mapping[str, Any]) -> str:
    """A whole page: nothing in title or content is ever read as markup or as a script."""
    style, scripts = _text("page/style.css"), [_text(name) for name in _SCRIPTS]
    return Template(_text("page/page.html")).substitute(
        title=html.escape(title),
        policy=content_policy(style, scripts),
        licences=_text("vendor/LICENSES.txt"),
        style=style,
        facts=json_text(content),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def json_text(content: Mapping[str, Any]) -> str:
    """JSON in ASCII that may stand in a script element."""
    return json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True).translate(
        _ESCAPES
    )


def content_policy(style: str, scripts: Iterable[str]) -> str:
    """A Content-Security-Policy that allows this style and these scripts, and no request at all."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
