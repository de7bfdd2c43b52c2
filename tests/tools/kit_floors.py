"""Compare what the external kit measured with `tests/gold/floors.json`: a change may not lower a floor unnoticed.

    python tests/tools/kit_floors.py build/eval.json          # exit status 1 when a measure has fallen
    python tests/tools/kit_floors.py build/eval.json --pin    # from now on these values are the floors

The arguments are what the kit wrote with `--json`. In the floors a measure is called "task · subset · metric": those
under `at_least` may not fall below their floor, those under `at_most` may not rise above it. A pin rounds to two
decimals, to the side that leaves room, and keeps to the measures that are listed: a line with a 0 adds one.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parents[1] / "gold" / "floors.json"
_SLACK = 1e-9  # 0.29 * 100 is a little less than 29

Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A measure that is worse than its floor; a value of None was not measured at all."""

    name: str
    value: float | None
    floor: float


def read_values(paths: Sequence[Path]) -> dict[str, float]:
    """Each measure's value by "task · subset · metric"; of several files the last one counts."""
    rows = [row for path in paths for row in json.loads(path.read_text(encoding="utf-8"))["measures"]]
    named = {f"{row['task']} · {row['subset']} · {row['metric']}": row["value"] for row in rows}
    return {name: value for name, value in named.items() if value is not None}


def fallen(values: Mapping[str, float], floors: Floors) -> Iterator[Fallen]:
    """The measures that do not hold their floor, in the order of the floors."""
    for side, listed in floors.items():
        for name, floor in listed.items():
            value = values.get(name)
            if value is None or (value > floor if side == "at_most" else value < floor):
                yield Fallen(name, value, floor)


def pinned(values: Mapping[str, float], floors: Floors) -> Floors:
    """The floors at the values of now; what was not measured keeps its floor."""
    return {
        side: {name: _rounded(values[name], side) if name in values else floor for name, floor in listed.items()}
        for side, listed in floors.items()
    }


def _rounded(value: float, side: str) -> float:
    if side == "at_most":
        return math.ceil(100 * value - _SLACK) / 100
    return math.floor(100 * value + _SLACK) / 100


def table(found: Sequence[Fallen]) -> Iterator[str]:
    """What has fallen, a measure a line."""
    width = max(len(one.name) for one in found)
    yield f"{'measure':{width}}  value  floor\n"
    for one in found:
        value = "    -" if one.value is None else f"{one.value:5.3f}"
        yield f"{one.name:{width}}  {value}  {one.floor:5.3f}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or pin; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("results", nargs="+", type=Path, help="what the kit wrote with --json")
    parser.add_argument("--pin", action="store_true", help="make these values the floors")
    parser.add_argument("--floors", type=Path, default=FLOORS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    floors: Floors = json.loads(given.floors.read_text(encoding="utf-8"))
    values = read_values(given.results)
    if given.pin:
        text = json.dumps(pinned(values, floors), ensure_ascii=False, indent=1)
        given.floors.write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(f"pinned {given.floors}: say in EVALUATION.md why, where one is lower than before\n")
        return 0
    found = list(fallen(values, floors))
    count = sum(map(len, floors.values()))
    sys.stdout.write("".join(table(found)) if found else f"all {count} floors of the external kit hold\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
