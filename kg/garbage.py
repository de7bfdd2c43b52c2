"""Python's collector of garbage, which has nothing to find in what is loaded to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_rests() -> Iterator[None]:
    """Let the collector rest while much is loaded, since it would look through all of it again and again in vain.

    It is not disabled: what spaCy reads its models with enables it again.
    """
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        yield
    finally:
        gc.set_threshold(*before)
