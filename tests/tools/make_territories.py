"""Check `territories.jsonl` against `rigour`, and refresh its ids: for development, never run by the program or a test.

`rigour` needs PyICU, which needs ICU's headers and a compiler, so it is no dependency. In an environment that has it:

    pip install rigour && python tests/tools/make_territories.py          # say what differs
    python tests/tools/make_territories.py --write                        # and take rigour's ids, sorted anew

Names, demonyms and metonyms are ours and stay as they are.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "kg" / "data" / "gazetteer" / "territories.jsonl"

# rigour's first id is the realm, or lags behind; it lists the one we take among the territory's other ids.
OURS = {"DNK": "Q35", "NLD": "Q55", "SJM": "Q842829"}


def compare(row: dict[str, Any], territory: Any) -> list[str]:
    """What rigour says otherwise of one record."""
    if territory is None:
        return [f"{row['name']}: rigour knows no {row['country']}"]
    expected = OURS.get(row["country"], territory.qid)
    known = {name.casefold() for name in (row["name"], *row.get("aliases", ()))}
    found = []
    if row["id"] != expected:
        found.append(f"{row['name']}: id is {row['id']}, rigour has {expected}")
    if territory.name.casefold() not in known:
        found.append(f"{row['name']}: rigour's name {territory.name} is no alias")
    return found


def main(write: bool) -> int:
    """Compare every record that has a country code; with `write`, correct the ids."""
    get_territory = import_module("rigour.territories").get_territory
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    problems = []
    for row in rows:
        if "country" in row:
            territory = get_territory(row["country"].lower())
            problems += compare(row, territory)
            row["id"] = OURS.get(row["country"], territory.qid) if territory else row["id"]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems) or "no difference\n")
    if write:
        lines = (json.dumps(row, ensure_ascii=False) for row in sorted(rows, key=lambda row: str(row["id"])))
        FILE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
