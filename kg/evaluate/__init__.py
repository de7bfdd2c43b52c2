"""How well an extraction agrees with our hand-checked gold: what `kg eval` reports.

`load_gold` reads the gold, `evaluate` measures extractions of its articles against it, and `floors` keeps the values
below which a change may not fall.
"""

from kg.evaluate.floors import check_floors, load_floors, pin_floors
from kg.evaluate.gold import Gold, load_gold
from kg.evaluate.measures import Measure, evaluate

__all__ = ["Gold", "Measure", "check_floors", "evaluate", "load_floors", "load_gold", "pin_floors"]
