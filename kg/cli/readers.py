"""`kg readers`: the kinds of file that can be read."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.cli.options import FormatOption, StoreOption
from kg.cli.output import Format, print_rows
from kg.render import Rows

if TYPE_CHECKING:
    from loaders.kinds import FileKind

EXAMPLE = "kg readers"

_NETWORK = (  # what is no kind of file
    ("URL", ["http://", "https://"], "what the page there tells, or the pages that a feed there names", ""),
    ("OPML", [".opml"], "feeds, for kg watch", ""),
)
_COLUMNS = ("kind", "suffixes", "tells", "needs")


def command(format: FormatOption = Format.TABLE, store: StoreOption = None) -> None:  # noqa: ARG001 - every command takes it
    """Say what can be read.

    For each kind the suffixes that it is known by, what such a file tells beside its text, and what has to be installed
    for it, if something is. A file is known by its beginning and its suffix; --as KIND overrides both.
    """
    from loaders.kinds import KINDS

    rows = [*((kind.name, [*kind.suffixes], kind.tells, _need(kind)) for kind in KINDS.values()), *_NETWORK]
    print_rows(Rows(_COLUMNS, tuple(rows)), format)


def _need(kind: "FileKind") -> str:
    if kind.extra is None or kind.module is None:
        return ""
    here = " (which is here)" if find_spec(kind.module) else ""
    return f"pip install geopolitical-event-graph[{kind.extra}]{here}"
