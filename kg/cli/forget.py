"""`kg forget`: remove articles and all that they say."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption, settings
from kg.cli.output import say

EXAMPLE = "kg forget article-0123456789abcdef"

IdsArgument = Annotated[list[str], typer.Argument(metavar="ARTICLE", help="Ids of articles.", show_default=False)]


def command(ids: IdsArgument, store: StoreOption = None) -> None:
    """Remove articles and all that they say.

    The graph is then as if they had never been read.
    """
    from kg.store import Store

    with Store.open(Path(settings(store=store).store.value), create=False) as opened:
        for id in ids:
            opened.article(id)  # all must be there before the first goes
        for id in ids:
            opened.forget(id)
            say(f"forgot {id}")
