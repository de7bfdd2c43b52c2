"""MinHash: a row of numbers for each set, of which two sets share about as many as they share members (Broder, 1997).

It gives the numbers of datasketch 2 (its scheme "affine32" with CRC-32), whose import brings all of scipy: half a
second for what is a dozen lines of NumPy.
"""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]


def signatures(sets: Iterable[Iterable[bytes]], size: int, seed: int) -> list[Numbers]:
    """As many numbers as `size` for each set, none of which is empty; the same on every machine."""
    chance = np.random.RandomState(seed)  # NumPy promises that its numbers never change
    factors = chance.randint(0, 2**31, size, dtype=np.uint32) * np.uint32(2) + np.uint32(1)  # odd: none collide
    offsets = chance.randint(0, 2**32, size, dtype=np.uint32)

    hashes = (_mixed(np.fromiter(map(crc32, members), dtype=np.uint32)) for members in sets)
    # Each factor and offset put all hashes there are into an order of their own; the smallest in it is kept.
    return [(some[:, None] * factors + offsets).min(axis=0) for some in hashes]


def _mixed(hashes: Numbers) -> Numbers:
    """The last step of MurmurHash3: hashes that are alike become unlike."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes
