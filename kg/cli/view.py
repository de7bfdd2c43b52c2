"""`kg view`: the graph as a page to look at."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.output import tell, warn
from kg.cli.stored import read_store, store_path

EXAMPLE = "kg view --out graph.html --open"

OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="The page to write.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in a browser.")]


def command(out: OutOption = Path("graph.html"), open: OpenOption = False, store: StoreOption = None) -> None:
    """Write the graph as an HTML page.

    One file that works offline; a click on an edge shows the sentences behind it.
    """
    from kg.view import write_view

    stored = read_store(store_path(store))
    write_view(stored.graph, out)
    tell(f"wrote {out}: open it in a browser")
    if open:
        import webbrowser

        if not webbrowser.open(out.absolute().as_uri()):
            warn("note: no browser could be started here; open the page yourself")
