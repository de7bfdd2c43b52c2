"""Floors: the value of each measure below which a change may not fall, pinned to the gold that they were set for."""

import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path

from kg.errors import DataError
from kg.evaluate.gold import articles_file, gold_files
from kg.evaluate.measures import NAMES, Measure
from kg.resources import data_folder

_HINT = "set the floors again with kg.evaluate.pin_floors, and say why in EVALUATION.md"


def gold_digest(folder: Path) -> str:
    """SHA-256 of the articles and the gold in a data folder, names and bytes."""
    sha = hashlib.sha256()
    for path in [articles_file(folder), *gold_files(folder)]:
        sha.update(path.name.encode() + b"\x00" + hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def load_floors(folder: Path | None = None) -> dict[str, float]:
    """The floor of each measure, from `gold/floors.json` of a data folder (ours unless another is named).

    Raises `DataError` when the gold is no longer the one that the floors were set for, or a floor is for no measure.
    """
    folder = folder or data_folder()
    path = _floors_file(folder)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        digest, floors = content["gold"], {str(name): float(value) for name, value in content["floors"].items()}
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"the floors cannot be read: {error!r}", where=str(path), hint=_HINT) from error
    if digest != gold_digest(folder):
        raise DataError("the gold has changed since the floors were set", where=str(path), hint=_HINT)
    if unknown := floors.keys() - set(NAMES):
        raise DataError(f"no such measure: {', '.join(sorted(unknown))}", where=str(path), hint=_HINT)
    return floors


def check_floors(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that lie below their floor; none when all is well."""
    return tuple(measure for measure in measures if not measure.holds)


def pin_floors(measures: Iterable[Measure], folder: Path | None = None) -> Path:
    """Write the values, rounded down to two decimals, as the floors from now on; the file written."""
    folder = folder or data_folder()
    floors = {measure.name: math.floor(100 * (measure.value or 0) + 1e-9) / 100 for measure in measures}
    path = _floors_file(folder)
    content = {"gold": gold_digest(folder), "floors": floors}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path


def _floors_file(folder: Path) -> Path:
    return folder / "gold" / "floors.json"
