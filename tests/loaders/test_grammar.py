from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from kg.model import Span
from loaders import grammar

Read = Callable[[str], Doc]


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Mira Talvik met the envoy.", "met", "Talvik"),
        ("The envoys were expelled by Estmark.", "expelled", "envoys"),
        ("Talvik met the envoy and left the room.", "left", "Talvik"),
        ("Talvik agreed to provide weapons.", "provide", "Talvik"),
        ("Talvik urged Lee to leave the country.", "leave", "Lee"),
        ("Talvik accused Lee of leaking the plan.", "leaking", "Lee"),
        ("The ministry called on Estmark to withdraw its troops.", "withdraw", "Estmark"),
        ("Talvik visited Estmark, signing a treaty.", "signing", "Talvik"),
        ("The minister who accused the envoy has resigned.", "accused", "minister"),
        ("Police arrested a man carrying a bomb.", "carrying", "man"),
        ("A court found Lee guilty of leaking the plan.", "leaking", "Lee"),
        ("Kenya's envoys met the jailed writer Mira Talvik.", "jailed", "Talvik"),
        ("Leave the country now.", "Leave", None),
        ("Denmark is committed to helping Ukraine.", "committed", "Denmark"),
        ("Hungary wants no quarrel, having met the envoy.", "met", "Hungary"),
    ],
)
def test_subject(read: Read, text: str, verb: str, subject: str | None) -> None:
    found = grammar.subject(word(read(text), verb))
    assert (found.text if found is not None else None) == subject


@pytest.mark.parametrize(
    ("text", "first", "joined"),
    [
        ("Russia, China and Iran signed.", "Russia", ["Russia", "China", "Iran"]),
        ("Talvik met Lee and left.", "met", ["met", "left"]),
        ("Talvik met Lee.", "Lee", ["Lee"]),
    ],
)
def test_conjuncts(read: Read, text: str, first: str, joined: list[str]) -> None:
    assert [token.text for token in grammar.conjuncts(word(read(text), first))] == joined


@pytest.mark.parametrize(
    ("text", "pronoun", "noun"),
    [
        ("The minister who left met Lee.", "who", "minister"),
        ("The town suffers from famine next to a plethora of abuses, all of which were listed.", "which", "abuses"),
        ("Germany freed Mira Talvik, a Russian who had killed Lee.", "who", "Talvik"),
        ("Who left?", "Who", "Who"),
    ],
)
def test_antecedent(read: Read, text: str, pronoun: str, noun: str) -> None:
    assert grammar.antecedent(word(read(text), pronoun)).text == noun


def test_first_conjunct(read: Read) -> None:
    doc = read("Russia, China and Iran signed.")
    assert grammar.first_conjunct(word(doc, "Iran")).text == "Russia"
    assert grammar.first_conjunct(word(doc, "signed")).text == "signed"


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("The envoy was killed.", "killed", True),
        ("The envoy killed by militants was popular.", "killed", True),
        ("The envoy was shot and killed.", "killed", True),
        ("They freed the jailed envoy.", "jailed", True),
        ("Militants killed the envoy.", "killed", False),
    ],
)
def test_is_passive(read: Read, text: str, verb: str, passive: bool) -> None:
    assert grammar.is_passive(word(read(text), verb)) is passive


def test_passive_agent(read: Read) -> None:
    agent = grammar.passive_agent(word(read("The envoy was killed by militants."), "killed"))
    assert agent is not None
    assert agent.text == "militants"
    stray = grammar.passive_agent(word(read("A full pardon was granted to Juan Hernandez by Donald Trump."), "granted"))
    assert stray is not None
    assert stray.text == "Trump"
    assert grammar.passive_agent(word(read("The envoy was killed."), "killed")) is None


@pytest.mark.parametrize(
    ("text", "verb", "future"),
    [
        ("Talvik will meet the envoy.", "meet", True),
        ("Talvik is going to meet the envoy.", "meet", True),
        ("Talvik won't meet the envoy.", "meet", True),
        ("Talvik met the envoy.", "met", False),
        ("Talvik wants to meet the envoy.", "meet", False),
    ],
)
def test_is_future(read: Read, text: str, verb: str, future: bool) -> None:
    assert grammar.is_future(word(read(text), verb)) is future


@pytest.mark.parametrize(
    ("text", "verb", "past", "perfect"),
    [
        ("Talvik met the envoy.", "met", True, False),
        ("Talvik had met the envoy before.", "met", True, True),
        ("Talvik has met the envoy.", "met", True, False),
        ("Talvik meets the envoy.", "meets", False, False),
    ],
)
def test_tense(read: Read, text: str, verb: str, past: bool, perfect: bool) -> None:
    token = word(read(text), verb)
    assert (grammar.is_past(token), grammar.is_past_perfect(token)) == (past, perfect)


@pytest.mark.parametrize(
    ("text", "noun", "phrase"),
    [
        ("The head of the agency, who left, met Lee.", "head", "The head of the agency"),
        ("Talvik, the foreign minister, met Lee.", "Talvik", "Talvik"),
        ("The ministers of Estmark and Noria met.", "ministers", "The ministers of Estmark and Noria"),
    ],
)
def test_noun_phrase_span(read: Read, text: str, noun: str, phrase: str) -> None:
    assert grammar.noun_phrase_span(word(read(text), noun)).of(text) == phrase


def test_subtree_span_leaves_outer_commas_out(read: Read) -> None:
    text = "Talvik left , according to police , on Monday."
    doc = read(text)
    assert grammar.subtree_span(word(doc, "according")).of(text) == "according to police"


def test_trimmed_keeps_a_span_that_is_nothing_but_punctuation() -> None:
    assert grammar.trimmed(" , ", 0, 3) == Span(0, 3)


def test_clause_verb(read: Read) -> None:
    doc = read("Talvik said the talks in Noria failed.")
    assert grammar.clause_verb(word(doc, "Noria")).text == "failed"
