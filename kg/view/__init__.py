"""The graph as one HTML page that needs nothing else: no network, no server, no other file.

`content` says what the page knows, `html` puts it together, `page/` is the page itself and `vendor/` the libraries that
draw it. The same graph gives the same bytes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import replacing
from kg.view.content import page_content
from kg.view.html import html_page

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["view_page", "write_view"]

_TITLE = "Geopolitical event graph"


def view_page(graph: "nx.MultiDiGraph[str]", *, title: str = _TITLE) -> str:
    """The page of a graph made by `kg.graph`."""
    return html_page(title, page_content(graph))


def write_view(graph: "nx.MultiDiGraph[str]", path: Path, *, title: str = _TITLE) -> None:
    """Write the page of a graph made by `kg.graph`.

    An older page stays as it was until the new one is whole. Raises `InputError` when the file cannot be written.
    """
    page = view_page(graph, title=title)
    with replacing(path, "page", errors="replace") as file:
        file.write(page)
