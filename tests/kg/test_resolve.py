"""kg.resolve: one entity for each id, whatever the order."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity, Kind
from kg.resolve import merge_entities
from tests.factories import article, extraction, small_world


def merged(*tellings: Entity) -> Entity:
    (only,) = merge_entities(
        extraction(article(id=f"a{place}"), [telling]) for place, telling in enumerate(tellings)
    ).values()
    return only


def ann(name: str = "Ann", kind: Kind = Kind.PERSON, **fields: object) -> Entity:
    return Entity(id="Q1", kind=kind, name=name, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([ann()], ann()),
        ([ann("B"), ann("A"), ann("B")], ann("B", aliases=("A",))),
        ([ann("B"), ann("A")], ann("A", aliases=("B",))),
        ([ann(aliases=("Y", "X")), ann(aliases=("Z", "Ann", "X"))], ann(aliases=("X", "Y", "Z"))),
        ([ann(kind=Kind.GROUP), ann(kind=Kind.PERSON), ann(kind=Kind.GROUP)], ann(kind=Kind.GROUP)),
        ([ann(country="USA"), ann(), ann()], ann(country="USA")),
        ([ann(country="USA", sector="MIL"), ann(country="PRK", sector="GOV")], ann(country="PRK", sector="GOV")),
        ([ann(latitude=1.0, longitude=9.0), ann(latitude=2.0, longitude=0.0)], ann(latitude=1.0, longitude=9.0)),
        ([ann(latitude=1.0), ann(longitude=2.0)], ann()),
    ],
)
def test_the_most_frequent_then_the_smallest_wins(tellings: list[Entity], expected: Entity) -> None:
    assert merged(*tellings) == expected


def test_there_is_no_negative_zero() -> None:
    one = merged(ann(latitude=-0.0, longitude=-0.0))
    assert (math.copysign(1, one.latitude or 0.0), math.copysign(1, one.longitude or 0.0)) == (1, 1)


def test_entities_come_in_order_of_id() -> None:
    ids = list(merge_entities(small_world()))
    assert ids == sorted(ids)
    assert len(ids) == 8


def test_nothing_gives_nothing() -> None:
    assert merge_entities([]) == {}


few = st.sampled_from(["Ann", "Bob", "Cyd"])
maybe = st.none() | few
degree = st.none() | st.sampled_from([-0.0, 0.0, 1.0, 2.0])
entities = st.builds(
    Entity,
    id=st.sampled_from(["Q1", "Q2"]),
    kind=st.sampled_from(list(Kind)),
    name=few,
    aliases=st.lists(few).map(tuple),
    country=maybe,
    sector=maybe,
    latitude=degree,
    longitude=degree,
)


@given(st.lists(entities), st.randoms(use_true_random=False))
def test_order_changes_nothing(tellings: list[Entity], random: object) -> None:
    extractions = [extraction(article(id=f"a{place}"), [one], mentions=[]) for place, one in enumerate(tellings)]
    shuffled = list(extractions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert repr(merge_entities(shuffled)) == repr(merge_entities(extractions))
