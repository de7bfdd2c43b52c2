"""kg.garbage: the collector rests and works again as before, whatever happens."""

import gc

import pytest

from kg.garbage import collector_rests


@pytest.mark.parametrize("raised", [None, ValueError])
def test_the_collector_rests_and_then_works_as_before(raised: type[Exception] | None) -> None:
    before = gc.get_threshold()
    try:
        with collector_rests():
            gc.enable()  # as spaCy does while it reads a model
            assert gc.get_threshold()[0] == 0
            if raised:
                raise raised
    except ValueError:
        assert raised
    assert gc.get_threshold() == before != (0, 0, 0)


def test_within_itself_it_rests_on() -> None:
    with collector_rests():
        with collector_rests():
            pass
        assert gc.get_threshold()[0] == 0
