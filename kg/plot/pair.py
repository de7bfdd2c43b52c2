"""Cooperation and conflict of two over time: bars that go up from the middle, and hatched bars that go down."""

from typing import TYPE_CHECKING, Any

from kg.plot.caption import Caption
from kg.plot.style import CONFLICT, COOPERATION, INK, Room, frame
from kg.render import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_MONTHS = 96  # of which each is still wide enough to be seen; of more the bars are years
_LABELS = 16  # periods that are named
_LOOKS: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("cooperation", {"color": COOPERATION}, 1),
    ("conflict", {"color": CONFLICT, "hatch": "////", "edgecolor": "white"}, -1),
)


def draw_pair(rows: Rows, caption: Caption) -> "Figure":
    """The picture of rows of `monthly-balance`."""
    figure, axes = frame(caption, Room(9.6, 3.4, left=0.6, above=0.35, below=0.3))
    counted, months = rows.dicts(), _months([row["month"] for row in rows.dicts()])
    letters = 4 if len(months) > _MOST_MONTHS else 7  # of a day's ISO form
    periods = list(dict.fromkeys(month[:letters] for month in months))
    for name, look, sign in _LOOKS:
        heights = [sum(row[name] for row in counted if row["month"][:letters] == period) for period in periods]
        bars = axes.bar(range(len(periods)), [sign * height for height in heights], 0.8, label=name, **look)
        axes.bar_label(bars, [str(height or "") for height in heights], padding=2, size=7.5)
    _tidy(axes, periods)
    axes.set_ylabel("events a month" if letters == 7 else "events a year")
    return figure


def _months(found: list[str]) -> list[str]:
    """Every month from the first to the last of some, such as 2024-06, those between them too."""
    months = [min(found)] if found else []
    while months and months[-1] < max(found):
        year, month = map(int, months[-1].split("-"))
        months.append(f"{year + month // 12:04}-{month % 12 + 1:02}")
    return months


def _tidy(axes: "Axes", periods: list[str]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.axhline(0, color=INK, linewidth=0.8)
    step = -(-len(periods) // _LABELS) or 1
    axes.set_xticks(range(0, len(periods), step), periods[::step])
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(-0.6, max(len(periods), 8) - 0.4)  # few bars stay bars
    low, high = axes.get_ylim()
    axes.set_ylim(min(low * 1.12, -1), max(high * 1.12, 1))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(_LOOKS), frameon=False, borderpad=0.2)
