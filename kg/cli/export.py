"""`kg export`: write the graph into a file."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.output import tell
from kg.cli.stored import read_store, store_path

EXAMPLE = "kg export graph.graphml"

_KINDS = (
    "Ends in .csv (a spreadsheet of the events, with FILE.nodes.csv and FILE.edges.csv beside it), .parquet (the same "
    "for data frames), .json (networkx), .jsonld (triple stores), .graphml (yEd, Cytoscape), .gexf (Gephi), .cypher "
    "(a script for Neo4j) or .plover.jsonl (PLOVER records)."
)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=_KINDS)]


def command(file: FileArgument, store: StoreOption = None) -> None:
    """Write the graph into a file.

    The suffix says in which format. The same facts always give the same bytes, in whatever order they were read.
    """
    from kg.export import export_graph
    from kg.resolve import with_identity

    stored = read_store(store_path(store))
    told = [with_identity(extraction, stored.identity.canonical) for extraction in stored.extractions]
    written = export_graph(stored.graph, told, file)
    size = f"{len(stored.graph)} nodes and {stored.graph.number_of_edges()} edges"
    tell(f"wrote {', '.join(map(str, written))} from a graph of {size}")
