"""What all pictures share: colours, settings, and the frame with its words."""

import logging
import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.plot.caption import Caption
from kg.render import STEERING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COOPERATION, CONFLICT, EVEN = "#0072b2", "#d55e00", "#6a51a3"
INK, FAINT, LINE = "#222222", "#696969", "#cccccc"

_SETTINGS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": 8.5,
    "text.parse_math": False,  # in news a dollar is a dollar
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "kg",  # else ids in the file are random
    "savefig.dpi": 160,
}
# What is not to be seen: it would be drawn as a box, turn a line round, or be what no XML may hold.
_UNSEEN = re.compile(rf"[\x00-\x1f{STEERING}\ufffe\uffff]+")
_MARGIN = 0.2  # inches
_SIZES = {"title": 13.0, "counted": 8.5, "source": 7.5}  # points
_WIDTH_OF_A_LETTER = 0.0077  # inches for each point of size, on average and rounded up


@contextmanager
def drawing() -> Iterator[None]:
    """Our settings, whatever the user's are; that no font has a letter is not complained of."""
    import matplotlib

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with matplotlib.rc_context(), warnings.catch_warnings(action="ignore"):
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


@dataclass(frozen=True, slots=True)
class Room:
    """The size of what is drawn between the words, in inches, and the room beside it for what it is labelled with."""

    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    above: float = 0.0
    below: float = 0.0


def frame(caption: Caption, room: Room) -> "tuple[Figure, Axes]":
    """A figure with title, what is counted, and source, and the axes between them; no word runs out of it."""
    from matplotlib.figure import Figure

    width = _MARGIN + room.left + room.width + room.right + _MARGIN
    lines = {name: _wrapped(getattr(caption, name), width - 2 * _MARGIN, size) for name, size in _SIZES.items()}
    tall = {name: (text.count("\n") + 1) * _SIZES[name] / 72 * 1.35 for name, text in lines.items()}
    head, foot = _MARGIN + tall["title"] + tall["counted"] + 0.12, _MARGIN + tall["source"] + 0.08
    height = head + room.above + room.height + room.below + foot
    figure = Figure(figsize=(width, height), facecolor="white")
    left = _MARGIN / width
    figure.text(left, 1 - _MARGIN / height, lines["title"], size=_SIZES["title"], weight="bold", va="top")
    below_title = 1 - (_MARGIN + tall["title"] + 0.05) / height
    figure.text(left, below_title, lines["counted"], size=_SIZES["counted"], color=FAINT, va="top", linespacing=1.35)
    figure.text(left, _MARGIN / height, lines["source"], size=_SIZES["source"], color=FAINT, va="bottom")
    at = ((_MARGIN + room.left) / width, (foot + room.below) / height, room.width / width, room.height / height)
    return figure, figure.add_axes(at)


def shown(text: str, longest: int) -> str:
    """A text on one line without what is not to be seen, cut when it is too long."""
    return textwrap.shorten(_UNSEEN.sub(" ", text), longest, placeholder="…")


def _wrapped(text: str, width: float, size: float) -> str:
    return textwrap.fill(_UNSEEN.sub(" ", text), int(width / (size * _WIDTH_OF_A_LETTER)))
