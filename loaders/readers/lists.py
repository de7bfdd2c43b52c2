"""Lists of articles in JSON: Event Registry, GDELT's article lists, JSON Feed and the like."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kg.errors import ReadError
from loaders.base import Item, Options, read_whole
from loaders.encodings import decode
from loaders.rows import columns_for, item_of

_LISTS = ("articles", "results", "items", "data", "entries", "documents")  # what a list is called, or is within


def read(stream: BinaryIO, where: str, options: Options) -> Iterator[Item]:
    """Each article of the list that a JSON document is, or holds."""
    rows = _rows(_parse(read_whole(stream)))
    if not rows:
        raise ReadError("no list of articles is in it")
    flat = [_flat(row) for row in rows]
    names = dict.fromkeys(name for row in flat for name in row)
    columns = columns_for(names, options.columns, follow=bool(options.follow))
    for number, row in enumerate(flat, start=1):
        yield item_of(row, f"{where}#{number}", options, columns)


def _parse(data: bytes) -> Any:
    try:
        return json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it nests too deep or holds a huge number"
        raise ReadError(f"it is not JSON ({reason})") from error


def _rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, or of the list that an object has under one of the usual names, two steps deep."""
    for _ in range(3):
        if isinstance(value, list):
            return [row for row in value if isinstance(row, Mapping)]
        if not isinstance(value, Mapping):
            return []
        value = next((value[name] for name in _LISTS if name in value), None)
    return []


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose source is an object, as in `{"source": {"title": "Example Courier"}}`, with the name instead."""
    return {name: _name(value) if isinstance(value, Mapping) else value for name, value in row.items()}


def _name(value: Mapping[str, Any]) -> Any:
    return next((value[name] for name in ("title", "name", "uri", "id") if isinstance(value.get(name), str)), None)
