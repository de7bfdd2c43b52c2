"""The events of an actor over time, a row each, so that no label lies on another.

Circles are cooperation and triangles conflict; what is filled was done, what is hollow was said. An event that is known
by the month or year is a line. What is less than told as having happened is grey, and says so.
"""

import datetime
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.ontology import load_ontology
from kg.plot.caption import Caption
from kg.plot.style import CONFLICT, COOPERATION, FAINT, INK, LINE, Room, frame, shown
from kg.render import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = dict[str, Any]

_LOOKS = {  # by quad class: sign, colour, whether it is filled, and what it means
    1: ("o", COOPERATION, False, "cooperation in words"),
    2: ("o", COOPERATION, True, "cooperation in deeds"),
    3: ("^", CONFLICT, False, "conflict in words"),
    4: ("^", CONFLICT, True, "conflict in deeds"),
}
_DAYS = {"week": 6, "month": 29, "season": 90, "year": 364}  # after the first, as exactly as is known
_WRITTEN = {"month": 7, "year": 4}  # letters of an ISO day
_DATE_IN_NAME = re.compile(r" \(\d{4}[^)]*\)$")
_ROW = 0.2  # inches
_LONGEST = 70  # letters of a label: no more than half of the picture


def draw_timeline(rows: Rows, caption: Caption) -> "Figure":
    """The picture of rows of `actor-timeline`, each with a date."""
    events, types = rows.dicts(), load_ontology().types
    figure, axes = frame(caption, Room(9.6, max(len(events), 1) * _ROW + 0.1, left=1.05, above=0.4, below=0.4))
    first, last = _span([day for row in events for day in (row["date"], _end(row))])
    axes.set_xlim(first, last)
    axes.set_ylim(len(events) - 0.25, -0.75)
    for number, row in enumerate(events):
        _draw_event(axes, number, row, types[row["type"]].quad, row["date"] <= first + (last - first) / 2)
    axes.set_yticks(range(len(events)), [_when(row) for row in events], family="DejaVu Sans Mono", size=7.5)
    _tidy(axes)
    _explain(axes)
    return figure


def _draw_event(axes: "Axes", number: int, row: Row, quad: int, early: bool) -> None:
    """One event with its label on the side that has room."""
    marker, colour, filled, _ = _LOOKS[quad]
    note = f" [{row['caveat']}]" if row["caveat"] else ""
    happened = row["caveat"] in (None, "historical")
    colour = colour if happened else FAINT
    axes.axhline(number, color="#f3f3f3", linewidth=0.7, zorder=0)
    axes.plot([row["date"], _end(row)], [number, number], color=colour, linewidth=2, solid_capstyle="butt")
    face = colour if filled else "white"
    axes.plot([row["date"]], [number], marker, color=colour, markerfacecolor=face, markersize=6, clip_on=False)
    axes.annotate(
        shown(_DATE_IN_NAME.sub("", row["event"]), _LONGEST - len(note)) + note,
        (row["date"], number),
        xytext=(8 if early else -8, 0),
        textcoords="offset points",
        ha="left" if early else "right",
        va="center_baseline",
        color=INK if happened else FAINT,
        style="normal" if happened else "italic",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        annotation_clip=False,
    )


def _end(row: Row) -> datetime.date:
    end: datetime.date = row["date"] + datetime.timedelta(days=_DAYS.get(row["datePrecision"], 0))
    return end


def _when(row: Row) -> str:
    """The date as exactly as it is known; an asterisk for a day of publication."""
    written: str = row["date"].isoformat()[: _WRITTEN.get(row["datePrecision"])]
    return written + (" *" if row["dateBasis"] == "published" else "  ")


def _span(days: Iterable[datetime.date]) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the picture, never the same."""
    ordered = sorted(days) or [datetime.date(2000, 1, 1)]
    room = max((ordered[-1] - ordered[0]) / 50, datetime.timedelta(days=3))
    return ordered[0] - room, ordered[-1] + room


def _tidy(axes: "Axes") -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=LINE, linewidth=0.5)
    axes.set_axisbelow(True)


def _explain(axes: "Axes") -> None:
    from matplotlib.lines import Line2D

    signs = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markerfacecolor=colour if filled else "white")
        for marker, colour, filled, _ in _LOOKS.values()
    ]
    words = [words for *_, words in _LOOKS.values()]
    axes.legend(signs, words, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(words), frameon=False, borderpad=0.2)
