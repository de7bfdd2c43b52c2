"""Questions in plain English; each example of `kg/data/questions.toml` is one of the rows."""

import datetime
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ask import Asked, ask, load_patterns
from kg.ask.names import read_names
from kg.ask.patterns import Example, Pattern
from kg.ask.times import Time, cut_time
from kg.errors import DataError, QuestionError
from kg.names import normal
from kg.queries import ParameterType, load_queries

PATTERNS = load_patterns()
QUERIES = load_queries()
NAMED = {
    value
    for example in PATTERNS.examples
    for parameter in QUERIES[example.query].parameters
    if parameter.type is ParameterType.ENTITY and (value := example.parameters.get(parameter.name))
} | {"WHO", "US", "Bosnia and Herzegovina", "Guinea-Bissau", "The Hague", "country/norland"}
NAMES = {normal(name): name for name in NAMED}
DEMONYMS = {"Russian": "Russia"}
LATEST = datetime.date(2024, 6, 30)


def find_name(text: str) -> str | None:
    return text if normal(text) in NAMES else DEMONYMS.get(text)


def asked(question: str) -> Asked:
    return ask(question, PATTERNS, QUERIES, find_name, lambda: LATEST)


@pytest.mark.parametrize("example", PATTERNS.examples, ids=lambda example: example.question)
def test_examples(example: Example) -> None:
    found = asked(example.question)
    assert (found.query.name, found.parameters) == (example.query, example.parameters)


def test_every_query_that_gives_rows_can_be_asked() -> None:
    asked_of = {pattern.query for pattern in PATTERNS.patterns}
    assert {name for name, query in QUERIES.items() if query.engine == "both"} == asked_of
    assert asked_of == {example.query for example in PATTERNS.examples}


@pytest.mark.parametrize("pattern", PATTERNS.patterns, ids=lambda pattern: pattern.text)
def test_a_pattern_gives_parameters_that_its_query_has(pattern: Pattern) -> None:
    known = {parameter.name for parameter in QUERIES[pattern.query].parameters}
    assert {*pattern.slots, *pattern.given} <= known
    assert all(list(pattern.slots).count(slot) == 1 for slot in pattern.slots)


@given(st.data())
def test_a_question_of_a_form_has_the_words_that_are_needed(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS.patterns))
    assert pattern.may_be(frozenset(data.draw(st.from_regex(pattern.known, fullmatch=True)).split()))


def test_few_patterns_are_compiled_for_a_question() -> None:
    patterns = load_patterns()
    ask("Who attacked Ukraine in 2022?", patterns, QUERIES, find_name, lambda: LATEST)
    assert sum("known" in vars(pattern) for pattern in patterns.patterns) < len(patterns.patterns) / 10


@pytest.mark.parametrize(
    ("question", "query", "parameters"),
    [
        ("please tell me who attacked ukraine", "acts", {"kind": "ASSAULT", "other": "ukraine"}),
        ("Whom did President Putin attack?", "acts", {"kind": "ASSAULT", "actor": "Putin"}),
        ("Russia's attacks on Ukraine", "acts", {"kind": "ASSAULT", "actor": "Russia", "other": "Ukraine"}),
        ("Russian threats", "acts", {"kind": "THREATEN", "actor": "Russia"}),
        ("top 3 agreements of Russia", "agreements", {"actor": "Russia", "limit": "3"}),
        ("What did the WHO say?", "who-said-what", {"speaker": "WHO"}),
        ("what did us say", "who-said-what", {"speaker": "us"}),
        ("What did Russia do in the last 30 days?", "actor-timeline", {"actor": "Russia", "since": "2024-06-01"}),
        ("Who led Russia before 2000?", "offices", {"body": "Russia", "asOf": "1999-12-31"}),
        ("What did country/norland do?", "actor-timeline", {"actor": "country/norland"}),
        (
            "What did Bosnia and Herzegovina and Ukraine sign?",
            "agreements",
            {"actor": "Bosnia and Herzegovina", "other": "Ukraine"},
        ),
        ("What did Ukraine and Russia build?", None, {}),
        # each attacks by itself, so both directions are asked for
        ("attacks between Russia and Ukraine", "events-between", {"actor": "Russia", "other": "Ukraine"}),
        (
            "What happened between Bosnia and Herzegovina and Ukraine?",
            "events-between",
            {"actor": "Bosnia and Herzegovina", "other": "Ukraine"},
        ),
        # whoever is unknown is passed on, so that the error can name those who are near
        ("Who attacked Atlantis?", "acts", {"kind": "ASSAULT", "other": "atlantis"}),
        ("Did Atlantis attack Ukraine?", "acts", {"kind": "ASSAULT", "actor": "atlantis", "other": "Ukraine"}),
        # nothing in a name can end the quotation in which it is passed on
        ("Who said “'; DROP”?", "who-said-what", {"words": "'; DROP"}),
    ],
)
def test_questions(question: str, query: str | None, parameters: dict[str, str]) -> None:
    if query is None:
        with pytest.raises(QuestionError):
            asked(question)
        return
    found = asked(question)
    assert (found.query.name, found.parameters) == (query, parameters)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "Why is the sky blue?",
            "no pattern of a question fits 'Why is the sky blue?' (unknown here: sky, blue) — ask",
        ),
        ("Who led Russia today?", "no pattern of a question fits 'Who led Russia today?' (unknown here: today)"),
        ("", "no pattern of a question fits ''"),
        ("the", "no pattern of a question fits 'the'"),
        (
            "Who led Russia since 2010?",
            "the query offices takes no time such as 'since 2010' (it has no parameter since)",
        ),
        ("top 5 evidence for event/1", "the query event-evidence shows no top 5"),
    ],
)
def test_what_cannot_be_asked(question: str, message: str) -> None:
    with pytest.raises(QuestionError) as error:
        asked(question)
    assert str(error.value).startswith(message)


def test_days_cannot_be_counted_from_nowhere() -> None:
    with pytest.raises(QuestionError, match="no article has a day from which 'in the last 30 days' could be counted"):
        ask("What did Russia do in the last 30 days?", PATTERNS, QUERIES, find_name, lambda: None)


DAY = datetime.date


@pytest.mark.parametrize(
    ("question", "rest", "time"),
    [
        ("who met in 2024", "who met", Time(first=DAY(2024, 1, 1), last=DAY(2024, 12, 31))),
        ("who met in June 2024", "who met", Time(first=DAY(2024, 6, 1), last=DAY(2024, 6, 30))),
        ("who met in Feb. 2024", "who met", Time(first=DAY(2024, 2, 1), last=DAY(2024, 2, 29))),
        ("who met on 19 June 2024", "who met", Time(first=DAY(2024, 6, 19), last=DAY(2024, 6, 19))),
        ("who met on June 19th, 2024", "who met", Time(first=DAY(2024, 6, 19), last=DAY(2024, 6, 19))),
        ("who met on 2024-06-19", "who met", Time(first=DAY(2024, 6, 19), last=DAY(2024, 6, 19))),
        ("who met in 2024-06", "who met", Time(first=DAY(2024, 6, 1), last=DAY(2024, 6, 30))),
        ("in 2024 who met", "who met", Time(first=DAY(2024, 1, 1), last=DAY(2024, 12, 31))),
        ("who met since 2018", "who met", Time(first=DAY(2018, 1, 1))),
        ("who met from 2018 on", "who met", Time(first=DAY(2018, 1, 1))),
        ("who met after June 2018", "who met", Time(first=DAY(2018, 7, 1))),
        ("who met before 2018", "who met", Time(last=DAY(2017, 12, 31))),
        ("who met until 2018", "who met", Time(last=DAY(2018, 12, 31))),
        ("who met between 2018 and May 2020", "who met", Time(first=DAY(2018, 1, 1), last=DAY(2020, 5, 31))),
        ("who met from 2018 to 2020", "who met", Time(first=DAY(2018, 1, 1), last=DAY(2020, 12, 31))),
        ("who met in the last 30 days", "who met", Time(days=30)),
        ("who met in the past two weeks", "who met", Time(days=14)),
        ("who met last year", "who met", Time(days=365)),
        ("who met recently", "who met", Time(days=30)),
        ("the latest on Ukraine", "the news on Ukraine", Time(days=30)),
        ("latest news", "news", Time(days=30)),
        ("latest threats", "latest threats", None),
        ("who met", "who met", None),
        ("who met on 30 February 2024", "who met on 30 February 2024", None),
        ("resolution 2024-15", "resolution 2024-15", None),
        ("who met Room 2024", "who met Room 2024", None),
    ],
)
def test_times(question: str, rest: str, time: Time | None) -> None:
    assert cut_time(question)[:2] == (rest, time)


@pytest.mark.parametrize(
    ("question", "words", "names"),
    [
        ("who met Putin", ("who", "met", "@0"), ("Putin",)),
        ("Putin's visits", ("@0", "'s", "visits"), ("Putin",)),
        ("who's Putin", ("who", "'s", "@0"), ("Putin",)),
        ("WHO met us", ("@0", "met", "@1"), ("WHO", "us")),
        ("the Hague", ("the", "@0"), ("Hague",)),
        ("Guinea-Bissau", ("@0",), ("Guinea-Bissau",)),
        ("Russian-Ukrainian", ("@0", "ukrainian"), ("Russia",)),
        ('who said "Putin"', ("who", "said", '"Putin"'), ()),
        ("@0 met", ("0", "met"), ()),
    ],
)
def test_names(question: str, words: tuple[str, ...], names: tuple[str, ...]) -> None:
    reading = read_names(question, find_name, PATTERNS.common)
    assert (reading.words, reading.names) == (words, names)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("who (met {actor}", "missing )"),
        ("<whoever> met", "'whoever'"),
        ("who met [him]", "'[' means nothing here"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_named(tmp_path: Path, pattern: str, reason: str) -> None:
    path = tmp_path / "questions.toml"
    question = f"[[questions]]\nquery = 'acts'\npatterns = ['{pattern}']\nexamples = {{}}\n"
    path.write_text(f"openers = []\nfillers = []\ntitles = []\n[words]\n{question}")
    with pytest.raises(DataError) as error:
        assert [pattern.known for pattern in load_patterns(path).patterns]
    assert f"the pattern {pattern!r} cannot be read: {reason}" in str(error.value)


def test_the_command_line_quotes() -> None:
    from kg.cli.query import command_line

    found = asked("Who said “'; rm -rf /”?")
    assert shlex.split(command_line(found.query, found.parameters))[-1] == "words='; rm -rf /"
