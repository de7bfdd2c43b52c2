"""Words that report what somebody says."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loaders.cues import cue_lemmas, find_tellings
from loaders.words import load_words

Read = Callable[[str], Doc]


def examples() -> list[tuple[str, str]]:
    words = load_words("statements")
    groups = [(row["group"], row["examples"]) for row in words["verbs"]]
    groups += [(name, words[name]["examples"]) for name in ("sources", "nouns", "documents", "showers")]
    return [(group, text) for group, texts in groups for text in texts]


@pytest.mark.parametrize(("group", "text"), examples())
def test_every_example_of_the_word_list_reports_something(read: Read, group: str, text: str) -> None:
    assert find_tellings(read(text)), group


@pytest.mark.parametrize("text", ["The fleet left.", "Nobody said a word.", "You could say so."])
def test_where_nothing_is_reported(read: Read, text: str) -> None:
    assert find_tellings(read(text)) == []


def test_verbs_come_in_groups() -> None:
    assert "say" in cue_lemmas("say")
    assert "think" not in cue_lemmas("say")
    assert cue_lemmas("say") < cue_lemmas()
