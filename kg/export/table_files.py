"""Tables as files: CSV for spreadsheets, Parquet for data frames and databases.

The file that is named holds the first table, and the others lie beside it: `graph.csv` has the events,
`graph.nodes.csv` and `graph.edges.csv` the rest. All are whole before any takes an older one's place.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.export.tables import Row, Table
from kg.files import replaced
from kg.render import csv_lines
from kg.schema import Type

_BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for letters of an old code page
_BATCH = 10_000  # rows


def write_csv(tables: Sequence[Table], path: Path) -> list[Path]:
    """Write tables as CSV; the files that were written. What a spreadsheet would run as a formula is made text.

    Raises `InputError` when a file cannot be written.
    """
    return _write(tables, path, _csv)


def write_parquet(tables: Sequence[Table], path: Path) -> list[Path]:
    """Write tables as Parquet, with typed columns; the files that were written.

    Raises `InputError` when a file cannot be written or pyarrow is not there.
    """
    try:
        import pyarrow as arrow
    except ImportError as error:
        hint = "pip install 'geopolitical-event-graph[parquet]'"
        raise InputError("pyarrow is needed to write Parquet", where=str(path), hint=hint) from error
    types = {
        Type.STRING: arrow.string(),
        Type.STRINGS: arrow.list_(arrow.string()),
        Type.INTEGER: arrow.int64(),
        Type.FLOAT: arrow.float64(),
        Type.BOOLEAN: arrow.bool_(),
        Type.DATE: arrow.date32(),
    }
    return _write(tables, path, lambda table, file: _parquet(table, file, types))


def _write(tables: Sequence[Table], path: Path, write: Callable[[Table, Path], None]) -> list[Path]:
    first, *others = tables
    files = {path: first} | {path.with_name(f"{path.stem}.{table.name}{path.suffix}"): table for table in others}
    with ExitStack() as whole:
        for file, table in files.items():
            write(table, whole.enter_context(replaced(file, "file")))
    return list(files)


def _csv(table: Table, file: Path) -> None:
    rows = ([row.get(name) for name in table.columns] for row in table.rows)
    with file.open("w", encoding="utf-8", newline="") as target:
        target.write(_BOM)
        target.writelines(csv_lines(table.columns, rows))


def _parquet(table: Table, file: Path, types: dict[Type, Any]) -> None:
    import pyarrow as arrow
    from pyarrow import parquet

    schema = arrow.schema([(name, types[type]) for name, type in table.columns.items()])
    with parquet.ParquetWriter(file, schema) as target:
        for rows in _batches(table.rows):
            target.write_table(arrow.Table.from_pylist(rows, schema))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
