"""The optional reader: what is believed of a model's answer, and what is not."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.errors import LlmError
from kg.model import Article, Basis, Extraction, Modality, Polarity
from kg.record import from_record, to_record
from loaders.chat import Chat
from loaders.llm import LlmReader, parse_answer
from loaders.pipeline import Extractor
from tests.endpoint import endpoint, says

TEXT = (
    "Norway’s foreign minister Ingrid Solberg arrived in Lima on Tuesday.\n\n"
    "Peru accused Chile of spying\nin the border town. “It was a baseless act,” said Solberg. She will visit Chile."
)
ACCUSED = {
    "evidence": "Peru accused Chile of spying in the border town.",
    "trigger": "accused",
    "type": "ACCUSE",
    "mode": "allege",
    "relation": "ACCUSED",
    "actors": ["Peru"],
    "targets": ["Chile"],
    "contexts": ["intelligence"],
    "attributed_to": None,
}
SAID = {"speaker": "Solberg", "cue": "said", "content": '"It was a baseless act,"'}
HOLDS = {
    "evidence": "Norway's foreign minister Ingrid Solberg arrived in Lima on Tuesday.",
    "type": "HOLDS_OFFICE_IN",
    "source": "foreign minister Ingrid Solberg",
    "target": "Norway",
    "title": "foreign minister",
}


@pytest.fixture
def told(extractor: Extractor) -> Callable[..., tuple[Extraction, dict[str, int]]]:
    """What is believed of some rows, and what is counted as not believed."""

    def of(text: str = TEXT, **rows: Any) -> tuple[Extraction, dict[str, int]]:
        with endpoint(says(rows)) as stub:
            reader = LlmReader.make(Chat(url=stub.url, model="example-1"), extractor.ontology)
            article = Article(id="a", text=text, published=datetime.date(2024, 5, 9))
            (extraction,) = extractor.with_reader(reader).extract([article])
        assert from_record(to_record(extraction), article) == extraction
        return extraction, dict(+reader.dropped)

    return of


Told = Callable[..., tuple[Extraction, dict[str, int]]]


def test_an_event_gets_offsets_entities_and_date_from_us(told: Told) -> None:
    extraction, dropped = told(events=[ACCUSED])
    (event,) = extraction.events
    assert dropped == {}
    assert event.evidence.of(TEXT) == "Peru accused Chile of spying\nin the border town."
    assert event.trigger.of(TEXT) == "accused"
    assert (event.actors, event.targets) == (("Q419",), ("Q298",))
    assert (event.type, event.mode, event.contexts, event.score) == ("ACCUSE", "allege", ("intelligence",), -3.5)
    assert (event.polarity, event.modality) == (Polarity.AFFIRMED, Modality.ASSERTED)
    assert event.date is not None
    assert event.date.basis is Basis.PUBLISHED
    assert (event.rule, event.confidence) == ("llm/accuse", 0.5)


def test_dates_places_and_pronouns_are_resolved_by_the_pipeline(told: Told) -> None:
    visit = {
        "evidence": "Norway's foreign minister Ingrid Solberg arrived in Lima on Tuesday.",
        "trigger": "arrived",
        "type": "CONSULT",
        "mode": "visit",
        "relation": "VISITED",
        "actors": ["She"],
        "targets": ["Peru"],
        "place": "Lima",
    }
    (event,) = told(events=[visit])[0].events
    assert (event.actors, event.targets, event.place) == (("person/ingrid-solberg",), ("Q419",), "place/lima")
    assert event.date is not None
    assert (event.date.start, event.date.basis) == (datetime.date(2024, 5, 7), Basis.TEXT)


def test_what_is_planned_has_the_type_that_plans_have(told: Told) -> None:
    row = {**ACCUSED, "evidence": "She will visit Chile.", "trigger": "visit", "actors": ["She"], "modality": "planned"}
    row |= {"type": "CONSULT", "mode": "visit", "relation": "VISITED"}
    (event,) = told(events=[row])[0].events
    assert (event.type, event.mode, event.relation) == ("AGREE", None, "PLANS_TO_VISIT")


def test_statements_and_relations(told: Told) -> None:
    extraction, dropped = told(statements=[SAID], relations=[HOLDS])
    (statement,), (relation,) = extraction.statements, extraction.relations
    assert (statement.content.of(TEXT), statement.quoted, statement.speaker) == (
        "It was a baseless act",
        True,
        "person/ingrid-solberg",
    )
    assert statement.cue is not None
    assert statement.cue.of(TEXT) == "said"
    assert (relation.type, relation.source, relation.target) == ("HOLDS_OFFICE_IN", "person/ingrid-solberg", "Q20")
    assert (relation.title, relation.rule, dropped) == ("foreign minister", "llm/holds_office_in", {})


NOT_IN_TEXT = "a quote is not in the text"
FOREIGN = "the type is not in the ontology"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"evidence": "Peru accused Chile of theft."}, NOT_IN_TEXT),
        ({"trigger": "denounced"}, NOT_IN_TEXT),
        ({"trigger": "arrived"}, NOT_IN_TEXT),  # it is, but not in the evidence
        ({"trigger": "accuse"}, NOT_IN_TEXT),  # only part of a word
        ({"actors": ["Bolivia"]}, NOT_IN_TEXT),
        ({"attributed_to": "the BBC"}, NOT_IN_TEXT),
        ({"type": "INSULT"}, FOREIGN),
        ({"type": ["ACCUSE"]}, "type is missing or no text"),
        ({"modality": "dreamt"}, "the modality is not in the ontology"),
        ({"modality": 7}, "the modality is not in the ontology"),
        ({"polarity": ["negated"]}, "the polarity is not in the ontology"),
        ({"evidence": None}, "evidence is missing or no text"),
        ({"trigger": {"start": 7}}, "trigger is missing or no text"),
        ({"actors": "Peru"}, "actors is no list of texts"),
        ({"targets": [None]}, "targets is no list of texts"),
        ({"actors": ["the border town"], "targets": []}, "nobody whom the pipeline knows takes part"),
    ],
)
def test_an_event_that_the_text_does_not_bear_out_is_dropped_and_counted(
    told: Told, change: dict[str, Any], reason: str
) -> None:
    extraction, dropped = told(events=[{**ACCUSED, **change}])
    assert extraction.events == ()
    assert dropped[f"events: {reason}"] == 1


@pytest.mark.parametrize(
    ("change", "kept", "reason"),
    [
        ({"mode": "insult"}, ("ACCUSE", None, "ACCUSED"), "modes: not in the ontology"),
        ({"mode": ["allege"]}, ("ACCUSE", None, "ACCUSED"), "modes: not in the ontology"),
        ({"relation": "INSULTED"}, ("ACCUSE", "allege", "ACCUSED"), "relationship types: not in the ontology"),
        ({"relation": "VISITED"}, ("ACCUSE", "allege", "ACCUSED"), "relationship types: not in the ontology"),
        ({"contexts": ["gossip"]}, ("ACCUSE", "allege", "ACCUSED"), "contexts: not in the ontology"),
        ({"targets": ["the border town"]}, ("ACCUSE", "allege", "ACCUSED"), "parties: nobody whom the pipeline knows"),
    ],
)
def test_a_part_outside_the_ontology_is_dropped_and_counted(
    told: Told, change: dict[str, Any], kept: tuple[str, ...], reason: str
) -> None:
    extraction, dropped = told(events=[{**ACCUSED, **change}])
    (event,) = extraction.events
    assert (event.type, event.mode, event.relation) == kept
    assert dropped == {reason: 1}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"statements": [{**SAID, "content": "It was a lie"}]}, f"statements: {NOT_IN_TEXT}"),
        ({"statements": [{**SAID, "speaker": "Herr Weber"}]}, f"statements: {NOT_IN_TEXT}"),
        ({"statements": ["It was a baseless act"]}, "statements: content is missing or no text"),
        ({"relations": [{**HOLDS, "type": "LOVES"}]}, f"relations: {FOREIGN}"),
        ({"relations": [{**HOLDS, "title": "queen"}]}, f"relations: {NOT_IN_TEXT}"),
        ({"relations": [{**HOLDS, "target": "Ingrid Solberg"}]}, "relations: its ends are not two whom"),
    ],
)
def test_so_are_statements_and_relations(told: Told, rows: dict[str, Any], reason: str) -> None:
    extraction, dropped = told(**rows)
    assert (extraction.statements, extraction.relations) == ((), ())
    assert [name for name in dropped if name.startswith(reason)]


@pytest.mark.parametrize("rows", [{}, {"events": None}, {"events": {"type": "ACCUSE"}}, {"events": "none"}])
def test_rows_that_are_no_list_are_none(told: Told, rows: dict[str, Any]) -> None:
    extraction, dropped = told(**rows)
    assert (extraction.events, dropped) == ((), {})
    assert extraction.mentions


def test_nothing_is_told_twice(told: Told) -> None:
    extraction, _ = told(events=[ACCUSED] * 3, statements=[SAID] * 2, relations=[HOLDS] * 2)
    assert [len(facts) for facts in (extraction.events, extraction.statements, extraction.relations)] == [1, 1, 1]


@pytest.mark.parametrize(
    "answer",
    ['{"events": []}', '```json\n{"events": []}\n```', 'Here:\n{"events": []}', '<think>{?}</think>{"events": []}'],
)
def test_an_answer_is_found_among_other_words(answer: str) -> None:
    assert parse_answer(answer) == {"events": []}


@pytest.mark.parametrize("answer", ["", "I cannot do that.", '{"events": [', "[]", '{"a": 1} or {"a": 2}', "{" * 9**5])
def test_an_answer_that_is_no_json(answer: str) -> None:
    with pytest.raises(LlmError, match="the model's answer is no JSON"):
        parse_answer(answer)


def test_a_long_article_is_sent_in_whole_sentences(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.llm.PIECE", 60)
    sentences = [f"Peru praised Chile for the {word} time." for word in ("first", "second", "third")]
    with endpoint(says({})) as stub:
        reader = LlmReader.make(Chat(url=stub.url, model="example-1"), extractor.ontology)
        list(extractor.with_reader(reader).extract([Article(id="a", text=" ".join(sentences))]))
    asked = [one["messages"][1]["content"] for one in stub.asked]
    assert asked == [f"Published: unknown\n\n<article>\n{sentence}\n</article>" for sentence in sentences]


def test_an_article_that_fails_does_not_stop_the_next(extractor: Extractor) -> None:
    failures = []
    with endpoint(says("No."), says({"events": [ACCUSED]})) as stub:
        reader = LlmReader.make(Chat(url=stub.url, model="example-1"), extractor.ontology)
        articles = [Article(id=id, text=TEXT) for id in ("first", "second")]
        read = extractor.with_reader(reader).extract(articles, lambda *failed: failures.append(failed))
        assert [one.article.id for one in read] == ["second"]
    assert [(article.id, str(error)) for article, error in failures] == [("first", "the model's answer is no JSON")]


def test_the_prompt_holds_every_type_mode_context_and_relation(extractor: Extractor) -> None:
    ontology = extractor.ontology
    prompt = LlmReader.make(Chat(url="http://localhost/v1", model="m"), ontology).instructions
    modes = {mode for one in ontology.types.values() for mode in one.modes}
    words = {*ontology.types, *modes, *ontology.contexts, *ontology.relations}
    assert [word for word in words if word not in prompt] == []
    assert "$" not in prompt


def test_the_fingerprint_names_model_and_prompt(extractor: Extractor) -> None:
    reader = LlmReader.make(Chat(url="http://localhost/v1", model="example-1"), extractor.ontology)
    other = replace(reader, instructions="Read.")
    assert reader.name.startswith("llm example-1, prompt ")
    assert other.name != reader.name
