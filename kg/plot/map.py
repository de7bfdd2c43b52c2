"""Events on a map: signs as large as there are events, of a shape for what most of them are, with names beside them."""

from collections.abc import Sequence
from itertools import product
from math import cos, radians, sqrt
from typing import TYPE_CHECKING, Any

from kg.plot.caption import Caption
from kg.plot.outlines import outlines
from kg.plot.style import CONFLICT, COOPERATION, EVEN, INK, LINE, Room, frame, shown
from kg.render import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

Row = dict[str, Any]

_WIDTH = 10.5  # inches
_LOOKS = {
    "more cooperation": ("o", COOPERATION),
    "more conflict": ("^", CONFLICT),
    "as much of both": ("s", EVEN),
}
_WORLD = (-180.0, 180.0, -57.0, 84.0)  # west, east, south and north in degrees; there is no news from the ice
_LEAST, _MOST = 30.0, 220.0  # degrees from side to side: never nearer, and what is wider shows the world
_FLAT, _HIGH = 0.45, 0.6  # of the width
_SMALLEST, _LARGEST = 5.0, 24.0  # points from side to side of a sign
_ONE = 7.0  # points of the sign of one event, unless the largest would be larger than that
_LED, _NAMED = 8, 60  # places whose name may stand afar; and those that are named
_LONGEST = 28  # letters of a name
_FAR = (1, 12, 24, 40, 60)  # points from a sign to its name, where there is room; from afar a line leads there
_SIDES = (  # where a name may stand: how far across and up, and how it is aligned
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.8, 0.8, "left", "bottom"),
    (0.8, -0.8, "left", "top"),
    (-0.8, 0.8, "right", "bottom"),
    (-0.8, -0.8, "right", "top"),
)


def draw_map(rows: Rows, caption: Caption) -> "Figure":
    """The picture of rows of `events-by-place`, each with a latitude and a longitude, the most eventful first."""
    places = rows.dicts()
    west, east, south, north = _window(places)
    height = _WIDTH * (north - south) / (east - west) * _stretch(south, north)
    figure, axes = frame(caption, Room(_WIDTH, height, above=0.35))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color=LINE)
    _draw_land(axes)
    _draw_signs(axes, places)
    _draw_names(axes, places)
    return figure


def _window(places: list[Row]) -> tuple[float, float, float, float]:
    """West, east, south and north of what is shown: the places with room around them, in a shape that fits a page."""
    across, up = [row["longitude"] for row in places], [row["latitude"] for row in places]
    if not places or max(across) - min(across) > _MOST / 1.3:
        return _WORLD
    width = max(_LEAST, 1.3 * (max(across) - min(across)))
    stretch = _stretch(min(up), max(up))
    height = max(1.3 * (max(up) - min(up)), width * _FLAT / stretch)
    width = max(width, height * stretch / _HIGH)
    if width > _MOST:
        return _WORLD
    west = _kept_between((min(across) + max(across) - width) / 2, -180, 180 - width)
    south = _kept_between((min(up) + max(up) - height) / 2, -85, 85 - height)
    return west, west + width, south, south + height


def _kept_between(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _stretch(south: float, north: float) -> float:
    """How much taller a degree is drawn than it is wide, so that what lies in the middle keeps its shape."""
    return 1 / cos(radians((south + north) / 2))


def _draw_land(axes: "Axes") -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    land, borders = outlines()
    coasts = Path.make_compound_path(*(Path(ring, closed=True) for ring in land))  # rings of lakes run the other way
    axes.add_patch(PathPatch(coasts, facecolor="#ececec", edgecolor="#bdbdbd", linewidth=0.5))
    axes.add_collection(LineCollection(borders, color="#bdbdbd", linewidth=0.5))


def _draw_signs(axes: "Axes", places: list[Row]) -> None:
    """The largest first, so that the small ones lie on top."""
    from matplotlib.lines import Line2D

    for row in places:
        marker, colour = _LOOKS[_mostly(row)]
        at = [row["longitude"]], [row["latitude"]]
        size = _size(row, places)
        axes.plot(*at, marker, color=colour, markersize=size, alpha=0.75, markeredgecolor="white", markeredgewidth=0.6)
    signs = [Line2D([], [], linestyle="", marker=marker, color=colour) for marker, colour in _LOOKS.values()]
    axes.legend(signs, [*_LOOKS], loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderpad=0.2)


def _draw_names(axes: "Axes", places: list[Row]) -> None:
    """Names with counts, the most eventful first, each where it covers no other name and no sign; else not at all."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    renderer = FigureCanvasAgg(axes.figure).get_renderer()  # which knows how wide a text is
    taken = [_box(axes, row, _size(row, places)) for row in places]
    for number, row in enumerate(places[:_NAMED]):
        for far, (across, up, *aligned) in product(_FAR if number < _LED else _FAR[:1], _SIDES):
            text = _name(axes, row, far + _size(row, places) / 2, across, up, aligned, line=far > 1)
            text.update_positions(renderer)
            box = Text.get_window_extent(text, renderer)  # the words alone, without the line to them
            if _inside(box, axes.get_window_extent()) and not box.count_overlaps(taken):
                taken.append(box)
                break
            text.remove()


def _name(
    axes: "Axes", row: Row, away: float, across: float, up: float, aligned: Sequence[str], *, line: bool
) -> "Annotation":
    """The name of a place so many points away from it."""
    return axes.annotate(
        f"{shown(row['place'], _LONGEST)} {row['events']}",
        (row["longitude"], row["latitude"]),
        xytext=(across * away, up * away),
        textcoords="offset points",
        ha=aligned[0],
        va=aligned[1],
        size=7.5,
        arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": INK, "shrinkA": 0, "shrinkB": 0} if line else None,
    )


def _inside(box: "Bbox", other: "Bbox") -> bool:
    return bool(other.x0 <= box.x0 and box.x1 <= other.x1 and other.y0 <= box.y0 and box.y1 <= other.y1)


def _box(axes: "Axes", row: Row, size: float) -> "Bbox":
    """The room that a sign takes in the picture."""
    from matplotlib.transforms import Bbox

    x, y = axes.transData.transform((row["longitude"], row["latitude"]))
    half = size / 2 * axes.figure.dpi / 72
    return Bbox([(x - half, y - half), (x + half, y + half)])


def _size(row: Row, places: list[Row]) -> float:
    """Points from side to side: the area grows with the events."""
    most = max(place["events"] for place in places)
    return max(_SMALLEST, min(_ONE, _LARGEST / sqrt(most)) * sqrt(row["events"]))


def _mostly(row: Row) -> str:
    if row["cooperation"] == row["conflict"]:
        return "as much of both"
    return "more cooperation" if row["cooperation"] > row["conflict"] else "more conflict"
