"""Our gold, and the measures of `kg eval`."""

import dataclasses
import datetime
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError
from kg.evaluate import Gold, Measure, check_floors, evaluate, load_floors, load_gold, pin_floors
from kg.evaluate.floors import gold_digest
from kg.evaluate.measures import NAMES
from kg.model import Basis, Event, EventDate, Extraction, Form, Modality, Polarity, Precision, Span
from kg.resources import data_folder

Row = dict[str, Any]

TEXT = "Freedonia signed a pact with Sylvania on Monday. Freedonia did not attack Osterlich, its president Rufus said."
ARTICLE: Row = {"id": "a", "text": TEXT, "published": "2024-01-03"}
PACT, DENIAL = (
    "Freedonia signed a pact with Sylvania on Monday.",
    "Freedonia did not attack Osterlich, its president Rufus said.",
)


def country(key: str, name: str, code: str) -> Row:
    return {"article": "a", "entity": key, "name": name, "kind": "Country", "country": code, "surface": [name]}


ENTITIES: list[Row] = [
    country("f", "Freedonia", "FRE"),
    country("s", "Sylvania", "SYL"),
    country("o", "Osterlich", "OST"),
    {"article": "a", "entity": "r", "name": "Rufus Firefly", "kind": "Person", "country": "FRE", "surface": ["Rufus"]},
]
SIGNED: Row = {
    "trigger": "signed",
    "type": "SUPPORT",
    "relation": "SIGNED_AGREEMENT_WITH",
    "actors": ["f"],
    "targets": ["s"],
    "date": "2024-01-01",
}
ATTACK: Row = {
    "trigger": "attack",
    "type": "ASSAULT",
    "relation": "ATTACKED",
    "actors": ["f"],
    "targets": ["o"],
    "polarity": "negated",
    "attributed_to": "r",
    "core": False,
}
SAID: Row = {"speaker": "r", "cue": "said", "content": "Freedonia did not attack Osterlich"}
LEADS: Row = {"type": "LEADS", "source": "r", "target": "f", "title": "president"}
SENTENCES: list[Row] = [
    {"article": "a", "sentence": PACT, "events": [SIGNED]},
    {"article": "a", "sentence": DENIAL, "events": [ATTACK], "statements": [SAID], "relations": [LEADS]},
]


def write(folder: Path, rows: Iterable[object], articles: Iterable[Row] = (ARTICLE,)) -> Path:
    files: dict[str, Iterable[object]] = {"samples/articles.jsonl": articles, "gold/samples.jsonl": rows}
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, [*ENTITIES, *SENTENCES])


@pytest.fixture
def small(folder: Path) -> Gold:
    return load_gold(folder)[0]


def values(gold: Sequence[Gold], *extractions: Extraction) -> dict[str, float | None]:
    return {measure.name: measure.value for measure in evaluate(gold, extractions)}


# --- our gold ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ours() -> tuple[Gold, ...]:
    return load_gold()


def test_every_sample_has_gold(ours: tuple[Gold, ...]) -> None:
    assert len(ours) == 23
    assert all(one.extraction.events and one.core for one in ours)


def test_the_gold_covers_what_it_is_to_measure(ours: tuple[Gold, ...]) -> None:
    events = [event for one in ours for event in one.extraction.events]
    assert len({event.type for event in events}) == 16
    assert {event.modality for event in events} == set(Modality)
    assert sum(event.polarity is Polarity.NEGATED for event in events) >= 8
    assert any(statement.quoted for one in ours for statement in one.extraction.statements)


def test_an_oracle_is_right_about_everything(ours: tuple[Gold, ...]) -> None:
    measures = evaluate(ours, [one.extraction for one in ours])
    assert [measure.name for measure in measures] == list(NAMES)
    assert [measure.value for measure in measures] == [1.0] * len(NAMES)
    assert all(measure.count >= 9 for measure in measures)


def test_nothing_found_is_nothing_right(ours: tuple[Gold, ...]) -> None:
    measures = evaluate(ours, [])
    assert not any(measure.value for measure in measures)
    assert {measure.name: measure.count for measure in measures}["core dyad recall"] == sum(
        len(one.core) for one in ours
    )


def test_the_order_of_extractions_changes_nothing(ours: tuple[Gold, ...]) -> None:
    extractions = [dataclasses.replace(one.extraction, events=one.extraction.events[::2]) for one in ours]
    assert evaluate(ours, extractions) == evaluate(ours, extractions[::-1])


def test_floors_are_for_this_gold_and_for_known_measures() -> None:
    assert set(load_floors()) == set(NAMES)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_quotes_become_offsets(small: Gold) -> None:
    signed, attack = small.extraction.events
    assert (signed.trigger, signed.evidence) == (Span(10, 16), Span(0, len(PACT)))
    assert signed.date == EventDate(
        start=datetime.date(2024, 1, 1), end=datetime.date(2024, 1, 1), precision=Precision.DAY
    )
    assert small.core == {signed.id}
    assert attack.polarity is Polarity.NEGATED
    assert [mention.span.start for mention in small.extraction.mentions if mention.entity == "f"] == [0, 49]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"article": "b", "sentence": PACT}, "no sample article has the id 'b'"),
        ({"sentence": PACT}, "the line has no 'article'"),
        ({"article": "a"}, "the line lacks or misuses 'sentence'"),
        ({"article": "a", "sentence": "Sylvania signed."}, "'Sylvania signed.' is there 0 times"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"trigger": "sign"}]}, "'sign' is there 0 times"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"type": "SIGN"}]}, "'SIGN' is no event type"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"mode": "phone"}]}, "SUPPORT has no mode 'phone'"),
        (
            {"article": "a", "sentence": PACT, "events": [SIGNED | {"relation": "MET_WITH"}]},
            "'MET_WITH' is no relationship",
        ),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"actors": ["x"]}]}, "no entity of a has the key 'x'"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"polarity": "no"}]}, "'no' is not a valid Polarity"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"when": "now"}]}, "unknown fields: when"),
        ({"article": "a", "sentence": PACT, "events": [SIGNED | {"date": "2024-01-02/2024-01-01"}]}, "cannot end"),
        (
            {"article": "a", "sentence": DENIAL, "statements": [SAID | {"cue": "Freedonia"}]},
            "'Freedonia' is there 0 times",
        ),
        ({"article": "a", "sentence": DENIAL, "relations": [LEADS | {"type": "RULES"}]}, "'RULES' is no lasting"),
        (country("f", "Freedonia", "FRE"), "the key 'f' is declared twice"),
        (country("x", "Freedonia", "free"), "'free' is no ISO 3166 alpha-3 code"),
        (country("x", "Atlantis", "ATL"), "'Atlantis' is not in the text"),
        (country("x", "Freedonia", "FRE") | {"sector": "KING"}, "'KING' is no PLOVER sector"),
        (country("x", "Freedonia", "FRE") | {"kind": "King"}, "'King' is not a valid Kind"),
        ("not an object", "the line is no JSON object"),
    ],
)
def test_bad_gold_names_file_and_line(tmp_path: Path, row: Row, message: str) -> None:
    write(tmp_path, [*ENTITIES, row])
    with pytest.raises(DataError) as caught:
        load_gold(tmp_path)
    assert message in caught.value.what
    assert caught.value.where == f"{tmp_path / 'gold' / 'samples.jsonl'}:{len(ENTITIES) + 1}"


@pytest.mark.parametrize(
    "article", [ARTICLE | {"text": " "}, ARTICLE | {"published": "Monday"}, ARTICLE | {"words": 3}]
)
def test_a_bad_sample_article_names_file_and_line(tmp_path: Path, article: Row) -> None:
    write(tmp_path, [], [article])
    with pytest.raises(DataError, match=r"articles\.jsonl:1: the article cannot be used"):
        load_gold(tmp_path)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_gold(tmp_path)


# --- measures ---------------------------------------------------------------------------------------------------------


def changed(small: Gold, **fields: Any) -> Extraction:
    """The right extraction with the first event's fields changed."""
    first, *others = small.extraction.events
    return dataclasses.replace(small.extraction, events=(dataclasses.replace(first, **fields), *others))


MONDAY_BY_PUBLICATION = EventDate(
    start=datetime.date(2024, 1, 3), end=datetime.date(2024, 1, 3), precision=Precision.DAY, basis=Basis.PUBLISHED
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"actors": ("o",)}, {"dyad F1": 0.5, "core dyad recall": 0.0, "type in sentence F1": 1.0}),
        ({"actors": ("s",), "targets": ("f",)}, {"dyad F1": 0.5, "relation label": 1.0}),
        ({"actors": ("f", "o")}, {"dyad F1": 1.0}),
        ({"type": "CONSULT"}, {"dyad F1": 0.5, "type in sentence F1": 0.5, "relation label": 1.0}),
        ({"trigger": Span(19, 23)}, {"dyad F1": 1.0}),  # another word of the sentence, but the right type
        ({"trigger": Span(60, 63), "evidence": Span(49, 60)}, {"dyad recall": 0.5, "dyad precision": 0.5}),
        ({"relation": "RATIFIED_AGREEMENT_WITH"}, {"relation label": 0.5, "dyad F1": 1.0}),
        ({"polarity": Polarity.NEGATED}, {"polarity": 0.5, "negated F1": 2 / 3}),
        ({"modality": Modality.PLANNED}, {"modality": 0.5}),
        ({"attributed_to": "r"}, {"attribution": 0.5}),  # invented
        ({"date": None}, {"date": 0.0}),
        ({"date": MONDAY_BY_PUBLICATION}, {"date": 0.0}),
        ({"place": "s"}, {"place": 0.0}),  # invented
    ],
)
def test_a_wrong_event_costs_what_is_wrong(small: Gold, fields: dict[str, Any], expected: dict[str, float]) -> None:
    found = values([small], changed(small, **fields))
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_an_event_too_many_costs_precision_only(small: Gold) -> None:
    extra = dataclasses.replace(small.extraction.events[0], id="extra", trigger=Span(19, 23), type="AID")
    found = values([small], dataclasses.replace(small.extraction, events=(*small.extraction.events, extra)))
    assert found["dyad precision"] == pytest.approx(2 / 3)
    assert found["dyad recall"] == 1.0


def two_sided(small: Gold, actors: tuple[str, ...], targets: tuple[str, ...]) -> Event:
    return dataclasses.replace(small.extraction.events[0], type="CONSULT", actors=actors, targets=targets)


@pytest.mark.parametrize(
    ("actors", "targets", "value"),
    [(("f", "s"), (), 1.0), (("s",), ("f",), 1.0), (("f",), (), 0.0), (("f",), ("o",), 0.0)],
)
def test_two_sided_events_have_parties_on_any_side(
    small: Gold, actors: tuple[str, ...], targets: tuple[str, ...], value: float
) -> None:
    met = Gold(dataclasses.replace(small.extraction, events=(two_sided(small, ("f", "s"), ()),)), frozenset())
    found = dataclasses.replace(small.extraction, events=(two_sided(small, actors, targets),))
    assert values([met], found)["dyad F1"] == value


def renamed(small: Gold, key: str, **fields: Any) -> Extraction:
    """The right extraction with one entity's fields changed."""
    entities = tuple(
        dataclasses.replace(entity, **fields) if entity.id == key else entity for entity in small.extraction.entities
    )
    return dataclasses.replace(small.extraction, entities=entities)


@pytest.mark.parametrize(
    ("key", "fields", "expected"),
    [
        ("r", {"name": "RUFUS FIREFLY"}, 1.0),
        ("r", {"name": "Rufus"}, 1.0),  # a surface of the gold
        ("r", {"name": "Firefly", "aliases": ("Rufus Firefly",)}, 1.0),
        ("r", {"name": "Firefly", "aliases": ()}, 1.0),  # by its mention
        ("f", {"name": "Republic of Freedonia", "aliases": ()}, 1.0),  # by its country code
    ],
)
def test_entities_agree_by_name_alias_code_or_mention(
    small: Gold, key: str, fields: dict[str, Any], expected: float
) -> None:
    assert values([small], renamed(small, key, **fields))["entity F1"] == expected


def test_an_entity_of_another_name_and_mention_is_wrong(small: Gold) -> None:
    found = renamed(small, "r", name="Trentino", aliases=())
    pronouns = tuple(dataclasses.replace(mention, form=Form.PRONOUN) for mention in found.mentions)
    got = values([small], dataclasses.replace(found, mentions=pronouns))
    assert got["entity F1"] == got["surface resolved"] == pytest.approx(0.75)
    assert got["statement F1"] == got["relation F1"] == got["attribution"] == 0.0


def test_an_entity_that_does_nothing_and_is_named_once_is_not_counted(small: Gold) -> None:
    found = dataclasses.replace(small.extraction, events=(), statements=(), relations=())
    assert values([small], found)["entity F1"] == pytest.approx(2 / 5)  # only Freedonia is named twice


@pytest.mark.parametrize(
    ("content", "value"), [(Span(49, 83), 1.0), (Span(66, 83), 1.0), (Span(77, 83), 0.0), (Span(0, 48), 0.0)]
)
def test_a_statement_is_found_when_half_its_content_is(small: Gold, content: Span, value: float) -> None:
    statement = dataclasses.replace(small.extraction.statements[0], content=content)
    found = dataclasses.replace(small.extraction, statements=(statement,))
    assert values([small], found)["statement F1"] == value


@pytest.mark.parametrize(("type_", "value"), [("HOLDS_OFFICE_IN", 1.0), ("MEMBER_OF", 0.0)])
def test_to_lead_is_to_hold_an_office(small: Gold, type_: str, value: float) -> None:
    relation = dataclasses.replace(small.extraction.relations[0], type=type_)
    assert values([small], dataclasses.replace(small.extraction, relations=(relation,)))["relation F1"] == value


def test_an_extraction_of_another_text_is_refused(small: Gold) -> None:
    other = Extraction(article=dataclasses.replace(small.extraction.article, text="Something else."))
    with pytest.raises(DataError, match="a: the extraction is of another text"):
        evaluate([small], [other])


# --- floors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "floor", "holds"),
    [(0.5, 0.5, True), (0.49, 0.5, False), (None, 0.5, False), (None, 0.0, True), (0.1, None, True)],
)
def test_a_measure_holds_at_its_floor_or_above(value: float | None, floor: float | None, holds: bool) -> None:
    measure = Measure("dyad F1", value, 10, floor)
    assert check_floors([measure]) == (() if holds else (measure,))


def test_pinned_floors_hold_and_are_read_again(small: Gold, folder: Path) -> None:
    measures = evaluate([small], [changed(small, polarity=Polarity.NEGATED)])
    pin_floors(measures, folder)
    floors = load_floors(folder)
    assert floors["negated F1"] == 0.66
    assert floors["place"] == 0.0
    assert check_floors(evaluate([small], [changed(small, polarity=Polarity.NEGATED)], floors)) == ()
    assert {measure.name for measure in check_floors(evaluate([small], [], floors))} >= {"entity F1", "date"}


def test_floors_of_another_gold_are_refused(small: Gold, folder: Path) -> None:
    pin_floors(evaluate([small], []), folder)
    write(folder, ENTITIES)
    with pytest.raises(DataError, match="the gold has changed"):
        load_floors(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"gold": 1}', '{"gold": "", "floors": {"dyad F1": "high"}}'])
def test_unreadable_floors_are_refused(folder: Path, content: str) -> None:
    (folder / "gold" / "floors.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="the floors cannot be read"):
        load_floors(folder)


def test_a_floor_for_no_measure_is_refused(folder: Path) -> None:
    content = {"gold": gold_digest(folder), "floors": {"beauty": 0.5}}
    (folder / "gold" / "floors.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="no such measure: beauty"):
        load_floors(folder)


def test_the_digest_is_of_articles_and_gold(folder: Path) -> None:
    before = gold_digest(folder)
    write(folder, [*ENTITIES, *SENTENCES], [ARTICLE | {"title": "A pact"}])
    assert gold_digest(folder) != before != gold_digest(data_folder())
