"""What the tests of readers share: reading bytes as a file of the user's is read, errors of ours told as skipped."""

import io

from kg.errors import KgError
from loaders.base import Item, Options, Reader, Skipped

PLAIN = Options()


def read_file(reader: Reader, data: bytes, where: str = "a", options: Options = PLAIN) -> list[Item]:
    """What a reader makes of some bytes."""
    items: list[Item] = []
    try:
        for item in reader(io.BytesIO(data), where, options):
            items.append(item)  # noqa: PERF402 - what came before an error counts
    except KgError as error:
        items.append(Skipped(where, error.what))
    return items
