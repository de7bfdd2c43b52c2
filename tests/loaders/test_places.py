"""Where an event happened."""

from collections.abc import Callable

import pytest

from kg.model import Extraction


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Angela Merkel met Joe Biden in Lima.", "Lima"),
        ("Angela Merkel visited Peru.", "Peru"),
        ("Chile invaded Peru.", "Peru"),
        ("Missiles hit Kharkiv.", "Kharkiv"),
        ("Angela Merkel and Joe Biden talked for two hours in Lima.", "Lima"),
        ("Angela Merkel and Joe Biden met at the Lima summit.", "Lima"),
        ("Chile killed a general of Cuba in an airstrike targeting his house in Lima.", "Lima"),
        ("Angela Merkel rejected the warrant of Chile, telling reporters in Lima that it was void.", "Lima"),
        ("Cuba collaborated with partners in Chile.", None),  # who may have worked elsewhere
        ("Cuba condemned the raid of Peru in Chile.", None),  # where a raid is condemned is another place
    ],
)
def test_where(sentence: str, place: str | None, extract: Callable[..., Extraction]) -> None:
    extraction = extract(sentence)
    names = {entity.id: entity.name for entity in extraction.entities}
    assert names.get(extraction.events[0].place or "") == place


def test_what_one_does_on_a_visit_happens_there(extract: Callable[..., Extraction]) -> None:
    events = extract("Joe Biden visited Peru, signing a treaty with Chile and thanking Cuba.").events
    assert len({event.place for event in events}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fighting in Lima shocked Europe.", ["FOUGHT_WITH in Lima"]),
        ("Oil rose after the Lima bombing.", ["BOMBED in Lima"]),
        ("Oil rose during Yemen's civil war.", ["FOUGHT_WITH in Yemen"]),
        ("Protests in Lima went on.", ["PROTESTED_AGAINST in Lima"]),
        ("The fighting in Lima went on. Nobody saw the shooting.", ["FOUGHT_WITH in Lima", "SHOT in Lima"]),
        ("Nobody claimed the explosion. It rained.", []),  # nobody knows where
        ("The fighting in Lima went on. A shooting came first.", ["FOUGHT_WITH in Lima"]),  # which is another one
        ("The fighting in Lima went on. Peru had nothing to do with the shooting.", ["FOUGHT_WITH in Lima"]),
        ("Joe Biden spoke in Lima about the bombing.", []),  # he was there, and the bombing was not
    ],
)
def test_violence_that_names_nobody_is_where_it_was(
    text: str, expected: list[str], extract: Callable[..., Extraction]
) -> None:
    extraction = extract(text)
    names = {entity.id: entity.name for entity in extraction.entities}
    alone = [event for event in extraction.events if not event.actors and not event.targets]
    assert [f"{event.relation} in {names[event.place or '']}" for event in alone] == expected
