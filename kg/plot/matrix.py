"""Actors by actors: cooperation above the diagonal, conflict below it, each count written in its field."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.plot.caption import Caption
from kg.plot.style import CONFLICT, COOPERATION, LINE, Room, frame, shown
from kg.render import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FIELD, _LETTER = 0.42, 0.075  # inches of a field, and of a letter of a name
_LEAST = 10  # fields that there is room for, so that few actors leave room for the words
_LONGEST = 26  # letters of a name
_PALE, _DARK = 0.15, 0.85  # how much of the colour the smallest and the largest count have


def draw_matrix(rows: Rows, caption: Caption, actors: Sequence[str]) -> "Figure":
    """The picture of rows of `most-active-pairs`; `actors` are ids, in the order in which they are drawn."""
    pairs = rows.dicts()
    names = {row[f"{side}Id"]: row[side] for row in pairs for side in ("first", "second")}
    labels = [shown(names[actor], _LONGEST) for actor in actors]
    size, long = max(len(actors), _LEAST) * _FIELD, max(map(len, labels), default=0) * _LETTER + 0.15
    figure, axes = frame(caption, Room(size, size, left=long, right=long * 0.65, above=long * 0.85, below=0.05))
    place = {actor: number for number, actor in enumerate(actors)}
    fields = []
    for row in pairs:
        if row["firstId"] in place and row["secondId"] in place:
            low, high = sorted((place[row["firstId"]], place[row["secondId"]]))
            fields += [(low, high, row["cooperation"], COOPERATION), (high, low, row["conflict"], CONFLICT)]
    most = max((count for _, _, count, _ in fields), default=1)
    for line, column, count, colour in fields:
        if count:
            _draw_field(axes, line, column, count, colour, _PALE + (_DARK - _PALE) * count / most)
    _tidy(axes, labels)
    return figure


def most_active(rows: Rows, limit: int) -> list[str]:
    """The ids of those who share most events with others, by rows of `most-active-pairs`."""
    shared: Counter[str] = Counter()
    for row in rows.dicts():
        shared[row["firstId"]] += row["events"]
        shared[row["secondId"]] += row["events"]
    return sorted(shared, key=lambda actor: (-shared[actor], actor))[:limit]


def _draw_field(axes: "Axes", line: int, column: int, count: int, colour: str, depth: float) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((column - 0.5, line - 0.5), 1, 1, facecolor=colour, alpha=depth, edgecolor="none"))
    axes.text(column, line, str(count), ha="center", va="center", color="white" if depth > 0.55 else "black")


def _tidy(axes: "Axes", names: list[str]) -> None:
    from matplotlib.patches import Rectangle

    size = len(names)
    axes.set_xlim(-0.52, max(size, _LEAST) - 0.48)
    axes.set_ylim(max(size, _LEAST) - 0.48, -0.52)
    axes.set_xticks(range(size), names, rotation=50, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(size), names)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    for at in range(size + 1):
        axes.plot([-0.5, size - 0.5], [at - 0.5] * 2, color=LINE, linewidth=0.5)
        axes.plot([at - 0.5] * 2, [-0.5, size - 0.5], color=LINE, linewidth=0.5)
    for at in range(size):
        axes.add_patch(Rectangle((at - 0.5, at - 0.5), 1, 1, facecolor=LINE, edgecolor="none"))
    for spine in axes.spines.values():
        spine.set_visible(False)
