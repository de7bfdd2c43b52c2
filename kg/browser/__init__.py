"""What the Neo4j Browser can be given: a style, a guide, the saved queries as favourites, and a perspective for Bloom.

`look` and `guide` say what is shown, `statements` how a query carries its values; each other module writes one form.
The same graph gives the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.browser.examples import bound_examples
from kg.browser.favourites import favourites
from kg.browser.guide import guide
from kg.browser.guide_adoc import guide_adoc
from kg.browser.guide_html import guide_html
from kg.browser.perspective import perspective
from kg.browser.server import PORT, address, loopback_server
from kg.browser.statements import Bound, deep_link
from kg.browser.style import style
from kg.errors import InputError
from kg.ontology import Ontology
from kg.queries import FindEntity, SavedQuery

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["PORT", "Bound", "address", "browser_files", "deep_link", "loopback_server", "write_files"]


def browser_files(
    graph: "nx.MultiDiGraph[str]",
    find: FindEntity,
    queries: Iterable[SavedQuery],
    ontology: Ontology,
    port: int = PORT,
) -> dict[str, bytes]:
    """The files by name, for a graph made by `kg.graph`.

    `find` gives the id of an entity by name; `port` is where the guide says that the other files are served.
    """
    bound = bound_examples(queries, graph, find)
    slides = guide(graph, bound)
    texts = {
        "kg.grass": style(ontology),
        "guide.html": guide_html(slides, address(port)),
        "guide.adoc": guide_adoc(slides),
        "bloom-perspective.json": json.dumps(perspective(bound, ontology), ensure_ascii=False, indent=1) + "\n",
    }
    files = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    return files | {"favourites.zip": favourites(bound)}


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder, which is made where there is none. Raises `InputError` when that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"the files cannot be written: {error.strerror or error}", where=str(folder)) from error
