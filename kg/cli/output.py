"""What the commands print: rows as a table or as data, sentences, and errors.

News text is written by strangers. On its way to a terminal it loses every escape code and control character, so that it
can neither repaint the screen nor pass for something that kg says, and its square brackets are never read as markup.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from kg.render import STEERING, Rows, json_text, to_csv, to_json, to_jsonl

# ECMA-48 control sequences and strings, in their 7-bit and 8-bit forms.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c)")
_CONTROLS = re.compile(rf"[\x00-\x08\x0b-\x1f{STEERING}]")  # line ends and tabs stay


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
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")  # data formats are exact
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
    import textwrap

    width = _columns_of_terminal()
    pieces = textwrap.wrap(
        text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False, tabsize=1
    )
    return "\n".join(pieces) if indent < width // 2 else text


def _print_data(text: str) -> None:
    sys.stdout.write(clean(text) if sys.stdout.isatty() else text)


def _print_table(rows: Rows) -> None:
    if not rows.rows:
        warn("no rows")
        return
    from kg.cli.tables import table_lines

    cells = [[cell(value) for value in row] for row in rows.rows]
    right = [_numeric(column) for column in zip(*rows.rows, strict=True)]
    room = _columns_of_terminal() if sys.stdout.isatty() else None  # a pipe gets a row a line
    lines = table_lines([cell(name) for name in rows.columns], cells, right, room)
    if lines is None:  # a table whose words are broken cannot be read
        print_blocks(rows.dicts())
    else:
        say("\n".join(lines))


def _columns_of_terminal() -> int:
    import shutil  # here, as it imports much and few need it

    return shutil.get_terminal_size().columns


def _numeric(column: Iterable[Any]) -> bool:
    values = [value for value in column if value is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
