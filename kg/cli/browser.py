"""`kg browser`: style, guides, favourites and a perspective for the Neo4j Browser."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from kg.cli.options import StoreOption, UriOption, settings
from kg.cli.output import say
from kg.cli.stored import ontology, read_store

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

EXAMPLE = "kg browser --out browser"

_FOLDER = Path("browser")
_PORT = 8001

OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help=f"Where the files go, else {_FOLDER} (unless served).")
]
ServeOption = Annotated[bool, typer.Option("--serve", help="Serve the files on this machine until Ctrl-C.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, metavar="N", help="Where --serve listens.")]


def command(
    out: OutOption = None,
    serve: ServeOption = False,
    port: PortOption = _PORT,
    uri: UriOption = None,
    store: StoreOption = None,
) -> None:
    """Write what the Neo4j Browser can be given: colours, a guide, saved queries.

    Drop kg.grass and favourites.zip on its window; --serve is for :style and :play.
    """
    from kg.browser import browser_files, loopback_server, write_files
    from kg.queries import load_queries

    given = settings(store=store, uri=uri)
    stored = read_store(Path(given.store.value))
    files = browser_files(stored.graph, stored.find, load_queries().values(), ontology(), port)
    folder = out or (None if serve else _FOLDER)
    if folder:
        write_files(files, folder)
        say(f"wrote {', '.join(files)} into {folder}")
        say("drop kg.grass and favourites.zip on the window of the Neo4j Browser; for :style and :play add --serve")
    if serve:
        serve_until_interrupted(loopback_server(files, port, neo4j=urlsplit(given.neo4j_uri.value).hostname), port)


def serve_until_interrupted(server: "ThreadingHTTPServer", port: int) -> None:
    """Say what to type in the Browser, and answer it until Ctrl-C."""
    from kg.browser import address

    say("type these in the Neo4j Browser; Ctrl-C ends the server\n")
    say(f"  :style {address(port)}/kg.grass\n  :play {address(port)}/guide.html")
    sys.stdout.flush()  # whoever waits for these lines gets no others
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("\nended")
