"""Pictures of a saved query's rows, as PNG or SVG: one module a picture.

Colours are Okabe and Ito's, which the colour-blind tell apart, and never say alone what a shape, a side or a number
says too. The same rows give the same bytes with the same version of matplotlib.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.files import replaced
from kg.plot.caption import Caption
from kg.plot.map import draw_map
from kg.plot.matrix import draw_matrix, most_active
from kg.plot.pair import draw_pair
from kg.plot.style import drawing, shown
from kg.plot.timeline import draw_timeline
from kg.render import Rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "SUFFIXES",
    "Caption",
    "Draw",
    "draw_map",
    "draw_matrix",
    "draw_pair",
    "draw_timeline",
    "most_active",
    "write_plot",
]

Draw = Callable[[Rows, Caption], "Figure"]

SUFFIXES = (".png", ".svg")
_LONGEST = 200  # letters of the title within the file


def write_plot(draw: Draw, rows: Rows, caption: Caption, path: Path) -> None:
    """Draw rows into a file, in the form that its suffix names.

    An older picture stays as it was until the new one is whole. Raises `InputError` for an unknown suffix, and for a
    file that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError("no picture has this suffix", where=str(path), hint=f"name it one of {', '.join(SUFFIXES)}")
    form = path.suffix.lower()[1:]
    undated = {"Date": None} if form == "svg" else {}
    with drawing(), replaced(path, "picture") as file:
        draw(rows, caption).savefig(file, format=form, metadata={"Title": shown(caption.title, _LONGEST)} | undated)
