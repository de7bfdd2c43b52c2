"""Markdown tables of how well each event type is told, from what the external kit saved with `--save-predictions`.

    python tests/tools/type_tables.py ../shared/eval build/predictions

For the pairs of `dyads` a confusion matrix (a row for each type of the gold, a column for each type that we gave,
"none" where no event links the pair the right way) and precision, recall and F1 of each type; the same for the events
of `articles`, where an event is right when type, actor and target are. The kit decides what is paired with what.
"""

import importlib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NONE = "none"
Pair = tuple[str, str]  # the gold's type and ours


@dataclass(frozen=True, slots=True)
class Count:
    """How often a type was right, given by us, and in the gold."""

    right: int
    given: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what we gave that is right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that we gave."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.given + self.gold) if self.given + self.gold else 0.0


def count(pairs: Iterable[Pair]) -> dict[str, Count]:
    """Right, given and gold of each type of the gold or of ours, by name."""
    both = list(pairs)
    right, gold = Counter(one for one, other in both if one == other), Counter(one for one, _ in both)
    given = Counter(other for _, other in both)
    return {name: Count(right[name], given[name], gold[name]) for name in sorted({*gold, *given} - {NONE})}


def confusion(pairs: Iterable[Pair]) -> str:
    """The matrix; a type that was taken for itself is in bold, and a dot stands for never."""
    cells = Counter(pairs)
    rows, columns = sorted({gold for gold, _ in cells}), sorted({given for _, given in cells} - {NONE})
    lines = [["gold ↓ · ours →", *(name.lower() for name in columns), NONE]]
    for row in rows:
        numbers = [(column, cells[row, column]) for column in [*columns, NONE]]
        lines.append([row, *(f"**{times}**" if row == column else str(times or "·") for column, times in numbers)])
    return _table(lines)


def measures(counts: Mapping[str, Count]) -> str:
    """Precision, recall and F1 of each type, the most frequent of the gold first."""
    lines = [["type", "gold", "ours", "precision", "recall", "F1"]]
    for name, one in sorted(counts.items(), key=lambda item: (-item[1].gold, item[0])):
        shares = (f"{share:.2f}" for share in (one.precision, one.recall, one.f1))
        lines.append([name, str(one.gold), str(one.given), *shares])
    return _table(lines)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" + "|---:" * (len(rows[0]) - 1) + "|", *body])


# --- what only the kit knows ------------------------------------------------------------------------------------------


def pairs_of_dyads(kit: Path, predictions: Path) -> list[Pair]:
    """The type of each marked pair and that of the event of ours which links it."""
    items, records, task = _load(kit, "dyads", predictions)
    view, root = importlib.import_module("kit.view").View, importlib.import_module("kit.plover").plv_root
    pairs = []
    for item, record in zip(items, records, strict=True):
        linked = task.linking_events(item["gold"], view(record))
        right_way = linked and linked[0][0]
        pairs.append((item["gold"]["root"], root(linked[0][1]) if right_way else NONE))
    return pairs


def counts_of_articles(kit: Path, predictions: Path) -> dict[str, Count]:
    """Of each type the events with type, actor and target right, ours, and those of the gold."""
    items, records, task = _load(kit, "articles", predictions)
    view = importlib.import_module("kit.view").View
    right: Counter[str] = Counter()
    for item, record in zip(items, records, strict=True):
        gold = task.Gold(item)
        stands_for: dict[str, str] = {}
        for _, _, entity, key in task.agreements(gold, view(record)):
            stands_for.setdefault(entity, key)
        for at, number in task.pair_events(gold, record, stands_for, str).items():
            wanted, event = gold.events[at], record["events"][number]
            if event["type"] == wanted["type"] and all(task.right_parties(event, wanted, stands_for)):
                right[wanted["type"]] += 1
    wanted = Counter(event["type"] for item in items for event in item["gold"]["events"])
    given = Counter(event["type"] for record in records for event in record["events"])
    return {name: Count(right[name], given[name], wanted[name]) for name in sorted({*wanted, *given})}


def _load(kit: Path, name: str, predictions: Path) -> tuple[list[Any], list[Any], Any]:
    """A task's items of the development data, our records for them, and its module."""
    if str(kit) not in sys.path:
        sys.path.insert(0, str(kit))
    data, task = importlib.import_module("kit.data"), importlib.import_module(f"tasks.{name}")
    items = data.load_items(task, kit / "data-dev")
    return items, data.read_jsonl(predictions / f"{name}.dev.jsonl"), task


def main(kit: Path, predictions: Path) -> None:
    """Print all tables."""
    pairs = pairs_of_dyads(kit, predictions)
    tables = [confusion(pairs), measures(count(pairs)), measures(counts_of_articles(kit, predictions))]
    sys.stdout.write("\n\n".join(tables) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
