"""Writers killed in mid-work lose nothing that they kept, and leave no half of anything; nor do two that write at once.

`make crash` does the same two hundred times, and kills the commands too.
"""

import pytest

from tests.tools.crash import kill_often
from tests.tools.crowd import crowd

pytestmark = pytest.mark.slow


def test_killed_writers_lose_nothing_and_what_is_finished_after_them_is_as_if_nobody_had_been_killed() -> None:
    seen = kill_often(rounds=10, seed=1)
    assert seen["rounds"] == 10
    assert seen["kills"] > 10


def test_two_write_and_one_reads_at_once() -> None:
    seen = crowd(writers=2, seconds=3, openings=3)
    assert seen["new stores opened at once"] == 3
    assert seen["articles put"] > 2
    assert seen["readings of the whole"]
