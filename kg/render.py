"""Rows that a query returned, and how they become text: JSON, JSON Lines and CSV.

The table on the terminal is drawn by the command line; nothing here needs a terminal library.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

# A spreadsheet takes a cell that begins so for a formula, and a formula can fetch and send (OWASP, "CSV Injection").
_FORMULA = re.compile(r"\s*[-=+@＝＋－＠]|[\t\r\n]")
# What steers a terminal or makes a line read as another (Unicode TR 36), where ASCII ends; for a class of characters.
STEERING = r"\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ESCAPED = re.compile(rf"[{STEERING}\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query returned: the columns in the query's order, and each row's values in that order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """Each row's values by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def json_text(value: Any, **layout: Any) -> str:
    """A value as JSON that reads as it is written: what would steer a terminal or end a line is escaped.

    The values stay the same, letter for letter. `layout` is that of `json.dumps`.
    """
    text = json.dumps(value, ensure_ascii=False, **layout)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def to_json(rows: Rows) -> str:
    """A JSON list of objects; a day is its ISO string, a list stays a list."""
    return json_text(_objects(rows), indent=2) + "\n"


def to_jsonl(rows: Rows) -> str:
    """An object a line, as `to_json` writes them."""
    return "".join(json_text(row) + "\n" for row in _objects(rows))


def to_csv(rows: Rows) -> str:
    """CSV with a header line; the parts of a list are joined by "; ", a missing value is empty.

    A text cell that a spreadsheet would run as a formula gets a leading apostrophe: news text is written by strangers,
    and the file will be opened in a spreadsheet. Numbers are left alone: -5 is no formula, and would become text.
    """
    return "".join(csv_lines(rows.columns, rows.rows))


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """What `to_csv` gives, row by row."""
    for row in chain([columns], rows):
        target = io.StringIO()
        # All text is quoted: the module leaves a lone carriage return bare where lines end in \n, and readers break.
        csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).writerow(map(_cell, row))
        yield target.getvalue()


def _objects(rows: Rows) -> list[dict[str, Any]]:
    return [{column: _plain(value) for column, value in row.items()} for row in rows.dicts()]


def _plain(value: Any) -> Any:
    """The value in JSON's types; the keys of a map are sorted, since engines give them in different orders."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        return plain
    return _guarded(_text(plain))


def _text(plain: Any) -> str:
    if plain is None or isinstance(plain, str):
        return plain or ""
    if isinstance(plain, list):
        return "; ".join(_text(part) for part in plain)
    return json.dumps(plain, ensure_ascii=False)


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
