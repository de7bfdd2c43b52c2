"""The saved queries as favourites: a zip of `.cypher` files in folders, to be dropped on the Neo4j Browser."""

import io
import zipfile
from collections.abc import Iterable

from kg.browser.statements import Bound

_NEVER = (1980, 1, 1, 0, 0, 0)  # the oldest day that a zip can tell: the same queries make the same bytes
_READABLE = 0o100644 << 16


def favourites(queries: Iterable[Bound]) -> bytes:
    """The zip; a query's folder is its group, and its parameters have the values it is bound to."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for bound in sorted(queries, key=lambda bound: (bound.query.group, bound.query.name)):
            entry = zipfile.ZipInfo(f"{bound.query.group}/{bound.query.name}.cypher", _NEVER)
            entry.create_system, entry.external_attr = 3, _READABLE  # else they tell where it was written
            archive.writestr(entry, bound.favourite.encode("utf-8", "replace"))
    return buffer.getvalue()
