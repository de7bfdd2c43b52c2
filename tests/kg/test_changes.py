"""kg.changes: what is gained, lost and told otherwise between two readings, of one text or of two."""

from dataclasses import replace

import pytest

from kg.changes import Change, changes
from kg.model import Extraction, Modality, Polarity
from tests.factories import (
    BRANDT,
    ESTMARK,
    NORLAND,
    PORT_ALDER,
    TALVIK,
    UNION,
    article,
    days,
    event,
    extraction,
    held,
    relation,
    small_world,
    statement,
)

TEXT = "Mira Talvik visited Estmark. Oskar Brandt of Estmark met her in Port Alder. “It was late,” Brandt said."
TOLD = article(TEXT)
EVERYBODY = [TALVIK, BRANDT, ESTMARK, NORLAND, PORT_ALDER, UNION]
VISIT = event(TOLD, "visited", actors=[TALVIK], targets=[ESTMARK])
MEETING = event(TOLD, "met", actors=[BRANDT, TALVIK])
SAID = statement(TOLD, "It was late,", speaker=BRANDT, cue="said")
OFFICE = relation(TOLD, "Oskar Brandt of Estmark", type="LEADS", source=BRANDT, target=ESTMARK)


def read(*events: object, **fields: object) -> Extraction:
    return extraction(TOLD, EVERYBODY, events, **fields)  # type: ignore[arg-type]


def told(found: tuple[Change, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, what became of it, and which fields: a row of a table."""
    return [(change.kind, change.how.value, change.fields) for change in found]


CHANGED = {
    "type": (
        event(TOLD, "visited", type="SUPPORT", relation=VISIT.relation, actors=[TALVIK], targets=[ESTMARK]),
        "type",
    ),
    "mode": (replace(VISIT, mode="visit"), "mode"),
    "contexts": (replace(VISIT, contexts=("military",)), "contexts"),
    "relation": (replace(VISIT, relation="VISITED"), "relation"),
    "actors": (replace(VISIT, actors=(BRANDT.id,)), "actors"),
    "targets": (replace(VISIT, targets=()), "targets"),
    "polarity": (replace(VISIT, polarity=Polarity.NEGATED), "polarity"),
    "modality": (replace(VISIT, modality=Modality.PLANNED), "modality"),
    "attribution": (replace(VISIT, attributed_to=UNION.id), "attributed_to"),
    "date": (replace(VISIT, date=days("2024-06-19")), "date"),
    "place": (replace(VISIT, place=PORT_ALDER.id), "place"),
}


@pytest.mark.parametrize(("newer", "field"), CHANGED.values(), ids=CHANGED)
def test_an_event_at_the_same_trigger_is_changed(newer: object, field: str) -> None:
    assert told(changes(read(VISIT, MEETING), read(newer, MEETING))) == [("event", "changed", (field,))]


def test_the_same_twice_differs_in_nothing_nor_does_how_it_was_found() -> None:
    assert changes(read(VISIT, MEETING), read(MEETING, replace(VISIT, rule="other", confidence=0.1))) == ()


def test_events_are_gained_and_lost() -> None:
    (gained,) = changes(read(VISIT), read(VISIT, MEETING))
    assert (gained.how, gained.old, gained.new) == ("gained", None, MEETING)
    (lost,) = changes(read(VISIT, MEETING), read(VISIT))
    assert (lost.how, lost.old, lost.new) == ("lost", MEETING, None)


def test_two_events_at_one_trigger_are_told_apart_by_type() -> None:
    other = event(TOLD, "visited", type="AGREE", actors=[TALVIK], targets=[ESTMARK])
    assert told(changes(read(VISIT, other), read(other))) == [("event", "lost", ())]
    assert told(changes(read(VISIT), read(other, replace(VISIT, targets=())))) == [
        ("event", "changed", ("targets",)),
        ("event", "gained", ()),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"statements": [SAID]}, ("statement", "gained", ())),
        ({"statements": [SAID]}, {}, ("statement", "lost", ())),
        ({"statements": [SAID]}, {"statements": [replace(SAID, speaker=None)]}, ("statement", "changed", ("speaker",))),
        ({"statements": [SAID]}, {"statements": [replace(SAID, cue=None, quoted=False)]},
         ("statement", "changed", ("quoted",))),
        ({}, {"relations": [OFFICE]}, ("relation", "gained", ())),
        ({"relations": [OFFICE]}, {"relations": [replace(OFFICE, title="chief")]}, ("relation", "changed", ("title",))),
        ({"relations": [OFFICE]}, {"relations": [replace(OFFICE, target=NORLAND.id)]},
         ("relation", "changed", ("target",))),
        ({"relations": [OFFICE]}, {"relations": [replace(OFFICE, valid=held("2020"))]},
         ("relation", "changed", ("valid",))),
        ({"relations": [OFFICE]}, {"relations": [replace(OFFICE, type="MEMBER_OF")]}, ("relation", "lost", ())),
    ],
)  # fmt: skip
def test_statements_and_relations(old: dict[str, object], new: dict[str, object], expected: tuple[object, ...]) -> None:
    assert told(changes(read(**old), read(**new)))[0] == expected


def test_entities_are_those_of_the_same_id() -> None:
    old = extraction(TOLD, [TALVIK, BRANDT])
    new = extraction(TOLD, [replace(TALVIK, country="EST"), ESTMARK])
    assert told(changes(old, new)) == [
        ("entity", "changed", ("country",)),
        ("entity", "lost", ()),
        ("entity", "gained", ()),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Mira Talvik visited Estmark.", "On Friday Mira Talvik visited Estmark.", []),
        ("Mira Talvik visited Estmark.", "Mira  Talvik\nvisited Estmark.", []),
        ("Mira Talvik visited Estmark.", "It rained. It rained and rained. Mira Talvik visited Estmark, we read.", []),
        ("Mira Talvik visited Estmark.", "Mira Talvik left Estmark.", [("event", "lost", ())]),
    ],
)  # fmt: skip
def test_in_a_corrected_text_the_same_words_are_the_same_event(before: str, after: str, expected: list[object]) -> None:
    old, new = (article(text, id=id) for text, id in ((before, "a1"), (after, "a2")))
    readings = [
        extraction(one, [TALVIK, ESTMARK], [event(one, "visited", actors=[TALVIK], targets=[ESTMARK])])
        if "visited" in one.text
        else extraction(one, [TALVIK, ESTMARK])
        for one in (old, new)
    ]
    assert told(changes(*readings)) == expected


def test_what_is_gained_one_way_is_lost_the_other() -> None:
    first, second, _ = small_world()
    there, back = changes(first, second), changes(second, first)
    assert len(there) == len(back) > 10
    assert [one.new for one in there if one.how == "gained"] == [one.old for one in back if one.how == "lost"]
