"""What the commands print: rows as a table or as data, sentences, and errors.

News text is written by strangers. On its way to a terminal it loses every escape code and control character, so that it
can neither repaint the screen nor pass for something that kg says, and its square brackets are never read as markup.
"""

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from kg.render import STEERING, Rows, json_text, to_csv, to_json, to_jsonl

# ECMA-48 control sequences and strings, in their 7-bit and 8-bit forms.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c)")
_CONTROLS = re.compile(rf"[\x00-\x08\x0b-\x1f{STEERING}]")  # line ends and tabs stay

_GAP = 3  # columns between those of a table
_WIDE = 1_000_000  # columns; wider than any row


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Style(StrEnum):
    """How something that is no list of rows is printed."""

    TEXT = "text"
    JSON = "json"


def clean(text: str) -> str:
    """The text without escape codes, control characters and direction overrides; line ends and tabs stay."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def line(text: str) -> str:
    """The clean text in one line, every stretch of white space a single blank."""
    return " ".join(clean(text).split())


def say(text: str = "") -> None:
    """Print text to standard output, cleaned."""
    sys.stdout.write(clean(text) + "\n")


def tell(text: str) -> None:
    """Print one line to standard output, cleaned."""
    say(line(text))


def warn(text: str) -> None:
    """Print one line to standard error, cleaned."""
    sys.stderr.write(line(text) + "\n")


def print_rows(rows: Rows, format: Format) -> None:
    """Print rows; the data formats are exact, except on a terminal, where they are cleaned."""
    match format:
        case Format.TABLE:
            _print_table(rows)
        case Format.JSON:
            _print_data(to_json(rows))
        case Format.JSONL:
            _print_data(to_jsonl(rows))
        case Format.CSV:
            _print_data(to_csv(rows))


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    _print_data(json_text(value, indent=2, default=str) + "\n")


def print_fields(fields: Mapping[str, Any]) -> None:
    """Print names and values, a line each; a list gets a line for each part, and what is empty is left out."""
    shown = {name: value for name, value in fields.items() if value not in (None, "", [], ())}
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        parts = value if isinstance(value, list | tuple) else [value]
        for number, part in enumerate(parts):
            say(_hanging(f"{name if number == 0 else '':{width}}  {cell(part)}".rstrip(), width + 2))


def print_blocks(blocks: Iterable[Mapping[str, Any]]) -> None:
    """Print several groups of names and values, a blank line between them."""
    for number, fields in enumerate(blocks):
        if number:
            say()
        print_fields(fields)


def cell(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(cell(part) for part in value)
    if isinstance(value, dict):
        return line(json.dumps(value, ensure_ascii=False, default=str))
    return line(str(value))


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as "1 article" and "2 articles"; "entity" knows its plural."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _hanging(text: str, indent: int) -> str:
    """On a terminal, the text broken between words, with every further line indented; elsewhere as it is."""
    if not sys.stdout.isatty():
        return text
    width = shutil.get_terminal_size().columns
    pieces = textwrap.wrap(
        text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False, tabsize=1
    )
    return "\n".join(pieces) if indent < width // 2 else text


def _print_data(text: str) -> None:
    sys.stdout.write(clean(text) if sys.stdout.isatty() else text)


def _print_table(rows: Rows) -> None:
    from rich import box
    from rich.table import Table

    if not rows.rows:
        warn("no rows")
        return
    console = _console()
    cells = [[cell(value) for value in row] for row in rows.rows]
    widths = _widths([*zip(rows.columns, *cells, strict=True)], console.width)
    if widths is None:
        _print_blocks(rows)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, column, width in zip(rows.columns, zip(*rows.rows, strict=True), widths, strict=True):
        table.add_column(_plain(name), justify="right" if _numeric(column) else "left", overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(_plain, row))
    console.print(table)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column of texts is drawn: the widest give way first. None when a word would have to be broken."""
    from rich.cells import cell_len

    room -= _GAP * (len(columns) - 1)
    least = [max(cell_len(word) for text in column for word in text.split() or [""]) for column in columns]
    widths = [max(map(cell_len, column)) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        at = max(range(len(widths)), key=lambda number: widths[number] - least[number])
        widths[at] -= 1
    return widths


def _print_blocks(rows: Rows) -> None:
    """Each row as a block of lines, since a table whose words are broken cannot be read."""
    print_blocks(rows.dicts())


def _console() -> Any:
    """A console that draws as wide as the rows need where nobody looks, so that a pipe gets a row a line."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDE
    return Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)


def _plain(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def _numeric(column: Iterable[Any]) -> bool:
    values = [value for value in column if value is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
