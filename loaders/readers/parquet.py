"""Parquet: an article a row, by the names of its columns."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ArticleError, ReadError
from loaders.base import Item, Options, Skipped, read_whole
from loaders.rows import article_of, columns_for

_BATCH = 64  # rows that are unpacked at once


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """The article of each row; only the columns that are needed are read."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise ReadError("pyarrow is needed for Parquet: pip install geopolitical-event-graph[parquet]") from error

    try:
        file = parquet.ParquetFile(io.BytesIO(read_whole(stream)))
        columns = columns_for(file.schema_arrow.names, options.columns)
        batches = file.iter_batches(batch_size=_BATCH, columns=sorted(set(columns.values())))
        number = 0
        for batch in batches:
            for row in batch.to_pylist():
                number += 1
                try:
                    yield article_of(row, f"{where}#{number}", options, columns)
                except ArticleError as error:
                    yield Skipped(f"{where}#{number}", error.what)
    except (arrow.ArrowException, OSError) as error:
        raise ReadError(f"the Parquet file is damaged ({error})") from error
    if not number:
        raise ReadError("the table has no rows")
