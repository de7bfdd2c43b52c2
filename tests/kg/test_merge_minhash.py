"""kg.merge.minhash: the share of equal numbers is the share that two sets have in common."""

import pytest

from kg.merge.minhash import signatures

SIZE = 512


def members(begin: int, end: int) -> list[bytes]:
    return [str(number).encode() for number in range(begin, end)]


@pytest.mark.parametrize(("begin", "share"), [(0, 1.0), (250, 0.6), (500, 1 / 3), (900, 1 / 19), (1000, 0.0)])
def test_two_rows_share_as_many_numbers_as_the_sets_share_members(begin: int, share: float) -> None:
    one, other = signatures([members(0, 1000), members(begin, begin + 1000)], SIZE, seed=1)
    assert float((one == other).mean()) == pytest.approx(share, abs=0.07)  # three standard deviations


def test_neither_order_nor_repetition_counts() -> None:
    one, other = signatures([members(0, 50), members(0, 50)[::-1] * 2], SIZE, seed=1)
    assert (one == other).all()


def test_the_numbers_are_those_of_datasketch_on_every_machine() -> None:
    (row,) = signatures([[b"one", b"two", b"three"]], 4, seed=1)
    assert row.tolist() == [17344515, 649880861, 308545523, 1544793553]
