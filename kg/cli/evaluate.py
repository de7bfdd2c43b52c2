"""`kg eval`: how well this kg reads, measured on the sample articles against gold that was checked by hand."""

from typing import TYPE_CHECKING

import typer

from kg.cli.options import FormatOption, ModelOption, StoreOption, settings
from kg.cli.output import Format, print_rows
from kg.render import Rows

if TYPE_CHECKING:
    from kg.evaluate import Measure

EXAMPLE = "kg eval --format json"


def command(format: FormatOption = Format.TABLE, model: ModelOption = None, store: StoreOption = None) -> None:
    """Measure how well this kg reads.

    It reads the sample articles, compares with gold that was checked by hand, and exits with 1 when a measure is below
    its floor. The floors are set for the language model that comes with kg.
    """
    measures = measure(model=settings(model=model, store=store).model.value or None)
    rows = ((one.name, one.value, one.count, one.floor, "ok" if one.holds else "below its floor") for one in measures)
    print_rows(Rows(("measure", "value", "of", "floor", "state"), tuple(map(_rounded, rows))), format)
    raise typer.Exit(0 if all(one.holds for one in measures) else 1)


def measure(*, model: str | None) -> "tuple[Measure, ...]":
    """Every measure of a reading of the gold's articles, with its floor."""
    from kg.evaluate import evaluate, load_floors, load_gold
    from loaders.pipeline import Extractor

    gold, floors = load_gold(), load_floors()
    found = Extractor.load(model).extract(one.extraction.article for one in gold)
    return evaluate(gold, found, floors)


def _rounded(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(round(value, 3) if isinstance(value, float) else value for value in row)
