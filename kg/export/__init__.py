"""The graph as a file for other programs, by suffix. The same facts give the same bytes.

.json           networkx's node-link form
.graphml        GraphML, for Gephi, yEd, Cytoscape and networkx
.cypher         a script that makes the graph in any Neo4j 5, with `cypher-shell -f`
.plover.jsonl   PLOVER event records, one event a line
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.export.graphml import graphml
from kg.export.node_link import node_link
from kg.export.plover import plover
from kg.export.script import script
from kg.files import replacing
from kg.model import Extraction

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["SUFFIXES", "export_graph"]

Writer = Callable[["nx.MultiDiGraph[str]", Iterable[Extraction]], Iterator[str]]

_WRITERS: dict[str, Writer] = {
    ".json": lambda graph, _: node_link(graph),
    ".graphml": lambda graph, _: graphml(graph),
    ".cypher": lambda graph, _: script(graph),
    ".plover.jsonl": plover,
}
SUFFIXES = tuple(_WRITERS)


def export_graph(graph: "nx.MultiDiGraph[str]", extractions: Iterable[Extraction], path: Path) -> None:
    """Write a graph made by `kg.graph` from these extractions to a file, in the form that its suffix names.

    An older file stays as it was until the new one is whole. Raises `InputError` for an unknown suffix, and for a file
    that cannot be written.
    """
    writer = next((writer for suffix, writer in _WRITERS.items() if path.name.lower().endswith(suffix)), None)
    if writer is None:
        raise InputError("no export has this suffix", where=str(path), hint=f"name it one of {', '.join(SUFFIXES)}")
    with replacing(path, "file") as file:
        file.writelines(writer(graph, extractions))
