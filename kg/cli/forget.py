"""`kg forget`: remove articles and all that they say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption, StyleOption, settings
from kg.cli.output import Style, print_json, tell, warn
from kg.errors import NotFoundError, ParameterError

if TYPE_CHECKING:
    from kg.store import Store

EXAMPLE = "kg forget article-0123456789abcdef"

ArticlesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ARTICLE", help="Ids or URLs of articles.", show_default=False)
]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="NAME", help="All articles that it published.")]


def command(
    articles: ArticlesArgument = None,
    source: SourceOption = None,
    format: StyleOption = Style.TEXT,
    store: StoreOption = None,
) -> None:
    """Remove articles and all that they say.

    The graph is then as if they had never been read, and neither their history nor a byte of their text stays in the
    store. Decisions about entities stay. All are removed, or none when one is unknown.
    """
    from kg.kept import discard
    from kg.store import Store

    if not articles and source is None:
        raise ParameterError("nothing to forget is named", hint="give ids or URLs, or --source NAME")
    path = Path(settings(store=store).store.value)
    with Store.open(path, create=False) as opened:
        ids = dict.fromkeys([*map(opened.find, articles or ()), *_of_source(opened, source)])
        discard(path)
        scrubbed = opened.forget(*ids)
    discard(path)  # what another program has just made of it
    if format is Style.JSON:
        print_json({"forgotten": list(ids)})
    else:
        for id in ids:
            tell(f"forgot {id}")
    if not scrubbed:
        warn(
            f"note: another program uses {path}; the last bytes leave the file when it is done, or the next one writes"
        )


def _of_source(store: "Store", source: str | None) -> list[str]:
    if source is None:
        return []
    if not (ids := store.ids(source)):
        raise NotFoundError(f"there is no article of {source!r}", where=str(store.path))
    return ids
