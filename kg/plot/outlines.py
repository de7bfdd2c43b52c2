"""The outlines of land and of states, from Natural Earth by way of `vendor/countries-110m.json` (TopoJSON)."""

import json
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from math import copysign
from pathlib import Path
from typing import Any

Line = list[tuple[float, float]]

_FILE = Path(__file__).parent / "vendor" / "countries-110m.json"


def outlines() -> tuple[list[Line], list[Line]]:
    """Rings around land and around lakes in it, and the borders between states; points are longitude and latitude.

    A line that crosses the 180th meridian is there twice, once for each edge of a map, and runs on beyond it.
    """
    world = json.loads(_FILE.read_text(encoding="utf-8"))
    arcs = [_degrees(arc, world["transform"]) for arc in world["arcs"]]
    coasts = [ring for geometry in world["objects"]["land"]["geometries"] for ring in _rings(geometry)]
    on_coasts = {_forward(arc) for ring in coasts for arc in ring}
    borders = [line for number, line in enumerate(arcs) if number not in on_coasts]
    return [*_unbroken(_joined(ring, arcs) for ring in coasts)], [*_unbroken(borders)]


def _degrees(arc: Iterable[tuple[int, int]], transform: dict[str, Any]) -> Line:
    """An arc's points, of which the file holds only how far each lies from the one before."""
    (x_scale, y_scale), (x, y) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda one, other: (one[0] + other[0], one[1] + other[1]))
    return [(east * x_scale + x, north * y_scale + y) for east, north in steps]


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def _joined(ring: Iterable[int], arcs: list[Line]) -> Line:
    """One line of several arcs; a number below 0 means an arc that is walked backwards."""
    points: Line = []
    for number in ring:
        arc = arcs[_forward(number)]
        points += arc if number >= 0 else arc[::-1]
    return points


def _unbroken(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without leaps from one edge of the map to the other."""
    for line in lines:
        turns = accumulate((round((one - other) / 360) for (one, _), (other, _) in pairwise(line)), initial=0)
        whole = [(east + 360 * turn, north) for (east, north), turn in zip(line, turns, strict=True)]
        yield whole
        farthest = max((east for east, _ in whole), key=abs)
        if abs(farthest) > 180:
            yield [(east - copysign(360, farthest), north) for east, north in whole]


def _forward(number: int) -> int:
    return number if number >= 0 else ~number
