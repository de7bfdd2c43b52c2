"""A table of texts, drawn without rich, whose import and drawing take longer than to ask the graph."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_GAP = "   "  # between columns
_NARROW = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")  # characters that take one column each


def table_lines(
    names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], room: int | None
) -> list[str] | None:
    """The lines of a table whose columns have names; those that are `right` stand at the right of their column.

    A table too wide for the room, in columns of the terminal, has its texts broken between words. None where a word
    would have to be broken. Every text is one line.
    """
    columns = [*zip(names, *rows, strict=True)]
    widths = column_widths(columns, room)
    if widths is None:
        return None
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    head, *body = (_row_lines(row, widths, right) for row in (names, *rows))
    return [*head, rule, *(line for lines in body for line in lines)]


def column_widths(columns: Sequence[Sequence[str]], room: int | None) -> list[int] | None:
    """How wide each column of texts is drawn: the widest give way first. None when a word would have to be broken."""
    widths = [max(map(_width, column)) for column in columns]
    room = sum(widths) if room is None else room - len(_GAP) * (len(columns) - 1)
    if sum(widths) <= room:
        return widths
    least = [max(_width(word) for text in column for word in text.split() or [""]) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        at = max(range(len(widths)), key=lambda number: widths[number] - least[number])
        widths[at] -= 1
    return widths


def _row_lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """The lines of one row: as many as its longest text is broken into."""
    folded = [_folded(text, width) for text, width in zip(row, widths, strict=True)]
    for texts in zip_longest(*folded, fillvalue=""):
        blanks = [" " * (width - _width(text)) for text, width in zip(texts, widths, strict=True)]
        parts = zip(texts, blanks, right, strict=True)
        yield _GAP.join(blank + text if at_right else text + blank for text, blank, at_right in parts).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """The text broken between words, so that no part is wider."""
    if _width(text) <= width:
        return [text]
    first, *others = text.split()
    lines = [first]
    for word in others:
        longer = f"{lines[-1]} {word}"
        if _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str) -> int:
    """How many columns of a terminal a text takes; those of East Asia take two, and marks on letters none."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
