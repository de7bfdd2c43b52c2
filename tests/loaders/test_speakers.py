"""The phrase that names a speaker, and the entity in it."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.model import Form, Mention, Span
from loaders.speakers import speaker_entity, speaker_span


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "phrase"),
    [
        ("The envoy of Noria said so.", "envoy", "said", "The envoy of Noria"),
        ("Police arrested the envoy, who said so.", "envoy", "said", "the envoy, who"),
    ],
)
def test_the_phrase_of_a_speaker(read: Callable[[str], Doc], text: str, speaker: str, verb: str, phrase: str) -> None:
    tokens = {token.text: token for token in read(text)}
    assert speaker_span(tokens[speaker], tokens[verb]).of(text) == phrase


@pytest.mark.parametrize(
    ("text", "speaker", "mentioned", "found"),
    [
        ("The spokesman, Mira Talvik, said so.", "spokesman", "Mira Talvik", True),
        ("A statement from the ministry said so.", "statement", "the ministry", True),
        ("A friend of the ministry said so.", "friend", "the ministry", False),
    ],
)
def test_the_entity_of_a_speaker(
    read: Callable[[str], Doc], text: str, speaker: str, mentioned: str, found: bool
) -> None:
    token = next(token for token in read(text) if token.text == speaker)
    start = text.index(mentioned)
    mention = Mention(span=Span(start, start + len(mentioned)), form=Form.NAME, entity="Q1")
    assert speaker_entity(token, [mention]) == ("Q1" if found else None)
