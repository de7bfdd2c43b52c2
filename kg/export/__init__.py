"""The graph as a file for other programs, by suffix. The same facts give the same bytes.

.csv            spreadsheets: the events, and beside them `.nodes.csv` and `.edges.csv`
.parquet        data frames and databases: the same three tables, with types
.json           networkx's node-link form
.jsonld         JSON-LD, for triple stores
.graphml        GraphML, for yEd, Cytoscape and networkx
.gexf           GEXF, for Gephi, with dates
.cypher         a script that makes the graph in any Neo4j 5, with `cypher-shell -f`
.plover.jsonl   PLOVER event records, one event a line
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.json_ld import json_ld
from kg.export.node_link import node_link
from kg.export.plover import plover
from kg.export.script import script
from kg.export.table_files import write_csv, write_parquet
from kg.export.tables import tables
from kg.files import replacing
from kg.model import Extraction

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["SUFFIXES", "export_graph"]

Writer = Callable[["nx.MultiDiGraph[str]", Iterable[Extraction]], Iterator[str]]

_TEXTS: dict[str, Writer] = {
    ".json": lambda graph, _: node_link(graph),
    ".jsonld": lambda graph, _: json_ld(graph),
    ".graphml": lambda graph, _: graphml(graph),
    ".gexf": lambda graph, _: gexf(graph),
    ".cypher": lambda graph, _: script(graph),
    ".plover.jsonl": plover,
}
_TABLES = {".csv": write_csv, ".parquet": write_parquet}
SUFFIXES = (*_TABLES, *_TEXTS)


def export_graph(graph: "nx.MultiDiGraph[str]", extractions: Iterable[Extraction], path: Path) -> list[Path]:
    """Write a graph made by `kg.graph` from these extractions, in the form that the suffix names; the files written.

    Older files stay as they were until the new ones are whole. Raises `InputError` for an unknown suffix, and for a
    file that cannot be written.
    """
    suffix = next((suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)), None)
    if suffix is None:
        raise InputError("no export has this suffix", where=str(path), hint=f"name it one of {', '.join(SUFFIXES)}")
    if write := _TABLES.get(suffix):
        return write(tables(graph), path)
    with replacing(path, "file") as file:
        file.writelines(_TEXTS[suffix](graph, extractions))
    return [path]
