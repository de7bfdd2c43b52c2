"""kg.record: what is written is read back, offsets and all, and a broken record is refused."""

import copy
import dataclasses
import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.model import (
    Article,
    Basis,
    Entity,
    Event,
    EventDate,
    Extraction,
    Form,
    Kind,
    Mention,
    Modality,
    Polarity,
    Precision,
    Reading,
    Relation,
    Span,
    Statement,
)
from kg.record import check, from_record, to_record
from tests.factories import (
    BRANDT,
    TALVIK,
    article,
    entity,
    event,
    extraction,
    held,
    mention,
    relation,
    small_world,
    statement,
)

# --- round trip -------------------------------------------------------------------------------------------------------

words = st.text(max_size=8)
maybe_words = st.none() | words
confidence = st.integers(0, 1000).map(lambda number: number / 1000)
day = st.dates()


@st.composite
def spans(draw: st.DrawFn, size: int) -> Span:
    start = draw(st.integers(0, size - 1))
    return Span(start, draw(st.integers(start + 1, size)))


@st.composite
def dates(draw: st.DrawFn) -> EventDate:
    start, end = sorted([draw(day), draw(day)])
    return EventDate(
        start=start, end=end, precision=draw(st.sampled_from(Precision)), basis=draw(st.sampled_from(Basis))
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(min_size=1, max_size=30).filter(str.strip))
    told = Article(
        id=draw(st.text(min_size=1, max_size=8)),
        text=text,
        title=draw(maybe_words),
        published=draw(st.none() | day),
        source=draw(maybe_words),
        url=draw(maybe_words),
        language=draw(maybe_words),
    )
    ids = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    who, span = st.sampled_from(ids), spans(len(text))
    degrees = st.none() | st.floats(-180, 180)
    common = {"rule": words, "confidence": confidence, "evidence": span}
    people = st.builds(tuple, st.lists(who, max_size=3))
    events = st.builds(
        Event,
        id=words,
        type=words,
        mode=maybe_words,
        contexts=st.lists(words, max_size=2).map(tuple),
        relation=words,
        quad=st.integers(1, 4),
        score=st.floats(-10, 10),
        trigger=span,
        actors=people,
        targets=people,
        polarity=st.sampled_from(Polarity),
        modality=st.sampled_from(Modality),
        attributed_to=st.none() | who,
        date=st.none() | dates(),
        place=st.none() | who,
        **common,
    )
    return Extraction(
        article=told,
        mentions=draw(
            st.lists(
                st.builds(
                    Mention,
                    span=span,
                    form=st.sampled_from(Form),
                    entity=who,
                    reading=st.none() | st.sampled_from(Reading),
                ),
                max_size=3,
            ).map(tuple)
        ),
        entities=tuple(
            Entity(
                id=id,
                kind=draw(st.sampled_from(Kind)),
                name=draw(words),
                aliases=tuple(draw(st.lists(words, max_size=2))),
                country=draw(maybe_words),
                sector=draw(maybe_words),
                latitude=draw(degrees),
                longitude=draw(degrees),
            )
            for id in ids
        ),
        events=draw(st.lists(events, max_size=2, unique_by=lambda one: one.id).map(tuple)),
        statements=draw(
            st.lists(
                st.builds(
                    Statement,
                    speaker=st.none() | who,
                    speaker_span=st.none() | span,
                    cue=st.none() | span,
                    content=span,
                    quoted=st.booleans(),
                    **common,
                ),
                max_size=2,
            ).map(tuple)
        ),
        relations=draw(
            st.lists(
                st.builds(
                    Relation,
                    type=words,
                    source=who,
                    target=who,
                    title=maybe_words,
                    valid=st.sampled_from(
                        [None, held("2019", "2021-05"), held("2019-05-14", known="2024-03-31"), held(None, "2020")]
                    ),
                    **common,
                ),
                max_size=2,
            ).map(tuple)
        ),
        extractor=draw(words),
    )


@settings(max_examples=100, deadline=None)
@given(extractions())
def test_what_is_written_is_read_back(told: Extraction) -> None:
    record = json.loads(json.dumps(to_record(told)))
    assert from_record(record, told.article) == told
    assert to_record(from_record(record, told.article)) == record


# --- the form ---------------------------------------------------------------------------------------------------------


def test_a_whole_record() -> None:
    told = article("“Stop,” Mira Talvik said. Mira Talvik leads us.", url="https://gazette.example/1", title="Stop")
    mira = entity("Mira Talvik", aliases=["Talvik"], country="NLD", sector="GOV")
    term = held("2019-05", known="2024-03-31")
    record = to_record(
        extraction(
            told,
            [mira],
            [event(told, "said", type="REQUEST", actors=[mira], confidence=0.123456)],
            [statement(told, "Stop,", speaker=mira, cue="said")],
            [relation(told, "Mira Talvik leads us", type="LEADS", source=mira, target=mira, title="chief", valid=term)],
            [mention(told, "Mira Talvik", mira, reading=Reading.LITERAL)],
        )
    )
    sentence = {"start": 0, "end": 25, "text": "“Stop,” Mira Talvik said."}
    assert json.loads(json.dumps(record)) == {
        "schema": 1,
        "extractor": "test",
        "article": {
            "id": "a1",
            "text_sha256": record["article"]["text_sha256"],
            "title": "Stop",
            "url": "https://gazette.example/1",
            "source": "Harbour Gazette",
            "published": "2024-06-20",
            "language": "en",
        },
        "mentions": [
            {
                "start": 8,
                "end": 19,
                "text": "Mira Talvik",
                "form": "name",
                "reading": "literal",
                "entity": "person/mira-talvik",
            }
        ],
        "entities": [
            {
                "id": "person/mira-talvik",
                "kind": "Person",
                "name": "Mira Talvik",
                "aliases": ["Talvik"],
                "country": "NLD",
                "sector": "GOV",
                "latitude": None,
                "longitude": None,
            }
        ],
        "events": [
            {
                "id": "a1:REQUEST:20-24",
                "type": "REQUEST",
                "mode": None,
                "contexts": [],
                "relation": "DEMANDED_FROM",
                "quad": 3,
                "score": 0,
                "trigger": {"start": 20, "end": 24, "text": "said"},
                "actors": ["person/mira-talvik"],
                "targets": [],
                "polarity": "affirmed",
                "modality": "asserted",
                "attributed_to": None,
                "date": None,
                "place": None,
                "evidence": sentence,
                "rule": "test",
                "confidence": 0.123,
            }
        ],
        "statements": [
            {
                "speaker": "person/mira-talvik",
                "speaker_span": None,
                "cue": {"start": 20, "end": 24, "text": "said"},
                "content": {"start": 1, "end": 6, "text": "Stop,"},
                "quoted": True,
                "evidence": sentence,
                "rule": "test",
                "confidence": 0.8,
            }
        ],
        "relations": [
            {
                "type": "LEADS",
                "source": "person/mira-talvik",
                "target": "person/mira-talvik",
                "title": "chief",
                "valid": {"from": "2019-05", "to": None, "last_known": "2024-03-31", "basis": "gazetteer"},
                "evidence": {"start": 26, "end": 46, "text": "Mira Talvik leads us"},
                "rule": "test",
                "confidence": 0.8,
            }
        ],
    }


def test_dates_are_iso_days() -> None:
    told = small_world()[0]
    assert to_record(told)["events"][0]["date"] == {
        "start": "2024-06-19",
        "end": "2024-06-19",
        "precision": "day",
        "basis": "text",
    }


def test_fields_added_later_do_no_harm() -> None:
    told = small_world()[0]
    record = to_record(told) | {"later": 1}
    record["events"][0]["later"] = [1]
    assert from_record(record, told.article) == told


# --- check ------------------------------------------------------------------------------------------------------------

TEXT = article("Mira Talvik met Oskar Brandt.")
GOOD = extraction(TEXT, [TALVIK, BRANDT], [event(TEXT, "met", actors=[TALVIK, BRANDT])])
FAR = Span(20, 30)
SAID = Statement(speaker=None, cue=None, content=Span(0, 4), quoted=False, evidence=Span(0, 9), rule="", confidence=1)
LEADS = Relation(type="LEADS", source=TALVIK.id, target=BRANDT.id, evidence=Span(0, 9), rule="", confidence=1)


def changed_event(**fields: Any) -> dict[str, Any]:
    return {"events": (dataclasses.replace(GOOD.events[0], **fields),)}


def changed_statement(**fields: Any) -> dict[str, Any]:
    return {"statements": (dataclasses.replace(SAID, **fields),)}


def changed_relation(**fields: Any) -> dict[str, Any]:
    return {"relations": (dataclasses.replace(LEADS, **fields),)}


def test_a_good_extraction_passes() -> None:
    check(dataclasses.replace(GOOD, statements=(SAID,), relations=(LEADS,)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"entities": (TALVIK, BRANDT, TALVIK)}, "an entity is declared twice"),
        ({"entities": (TALVIK,)}, "entities are used but not declared: person/oskar-brandt"),
        (changed_event(actors=("b", "a")), "used but not declared: a, b"),
        (changed_event(targets=("a",)), "used but not declared: a"),
        (changed_event(attributed_to="a"), "used but not declared: a"),
        (changed_event(place="a"), "used but not declared: a"),
        (changed_statement(speaker="a"), "used but not declared: a"),
        (changed_relation(source="a"), "used but not declared: a"),
        (changed_relation(target="a"), "used but not declared: a"),
        ({"mentions": (Mention(span=Span(0, 4), form=Form.NAME, entity="a"),)}, "used but not declared: a"),
        ({"events": GOOD.events * 2}, "two events share an id"),
        ({"mentions": (Mention(span=FAR, form=Form.NAME, entity=TALVIK.id),)}, "a span ends outside the text of 29"),
        (changed_event(trigger=FAR), "a span ends outside"),
        (changed_event(evidence=FAR), "a span ends outside"),
        (changed_statement(content=FAR), "a span ends outside"),
        (changed_statement(cue=FAR), "a span ends outside"),
        (changed_statement(speaker_span=FAR), "a span ends outside"),
        (changed_statement(evidence=FAR), "a span ends outside"),
        (changed_relation(evidence=FAR), "a span ends outside"),
    ],
)
def test_a_broken_extraction_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=f"^a1: .*{words}"):
        check(dataclasses.replace(GOOD, **changes))


# --- records that cannot be read --------------------------------------------------------------------------------------


def test_every_field_but_the_optional_ones_is_needed() -> None:
    told = small_world()[0]
    optional = {"extractor", "reading", "aliases", "country", "sector", "latitude", "longitude", "mode", "contexts"}
    optional |= {"title", "valid", "speaker_span", "rule", "confidence", "evidence", "name", "text"}
    for part in ("mentions", "entities", "events", "statements", "relations"):
        for name in to_record(told)[part][0].keys() - optional:
            record = copy.deepcopy(to_record(told))
            del record[part][0][name]
            with pytest.raises(RecordError, match="gazette-1: the record cannot be read: KeyError"):
                from_record(record, told.article)


@pytest.mark.parametrize("name", ["schema", "article", "mentions", "entities", "events", "statements", "relations"])
def test_every_part_is_needed(name: str) -> None:
    told = small_world()[0]
    record = to_record(told)
    del record[name]
    with pytest.raises(RecordError, match="cannot be read"):
        from_record(record, told.article)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["schema"], 2, "the record has schema 2, not 1"),
        (["article", "text_sha256"], "0", "the record was made from another text"),
        (["events", 0, "polarity"], "maybe", "cannot be read: ValueError"),
        (["events", 0, "modality"], None, "cannot be read: ValueError"),
        (["events", 0, "date", "start"], "19 June", "cannot be read: ValueError"),
        (["events", 0, "date", "end"], "2024-01-01", "cannot end"),
        (["events", 0, "trigger"], {"start": 5, "end": 5}, "a span cannot be 5..5"),
        (["events", 0, "trigger"], None, "cannot be read: TypeError"),
        (["events", 0, "trigger", "end"], "40", "cannot be read: TypeError"),
        (["events", 0, "trigger", "end"], 10_000, "a span ends outside"),
        (["events", 0, "actors"], ["Q0"], "used but not declared: Q0"),
        (["entities", 0, "kind"], "Robot", "cannot be read: ValueError"),
        (["relations", 0, "valid", "from"], "May", "cannot be read: ValueError"),
        (["relations", 0, "valid", "to"], "2001", "cannot end (2001) before it begins"),
        (["mentions"], 3, "cannot be read: TypeError"),
    ],
)
def test_a_bad_value_is_said(path: list[Any], value: Any, words: str) -> None:
    told = small_world()[0]
    record = to_record(told)
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(RecordError) as caught:
        from_record(record, told.article)
    assert words in str(caught.value)


def test_days_may_be_any() -> None:
    told = extraction(article(published=datetime.date.min))
    assert from_record(to_record(told), told.article) == told
