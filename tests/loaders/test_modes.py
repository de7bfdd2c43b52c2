"""Modes: each is reachable, and the words beside a trigger tell it."""

from collections.abc import Callable

import pytest

from kg.model import Extraction
from kg.ontology import load_ontology
from loaders.frames import load_frames
from loaders.words import load_words

TABLE = {type_: row for type_, row in load_words("modes").items() if type_.isupper()}
ROWS = [(type_, *row) for type_, table in TABLE.items() for row in table["examples"]["rows"]]


@pytest.mark.parametrize(("type_", "sentence", "mode"), ROWS, ids=[row[1] for row in ROWS])
def test_words_at_the_trigger_tell_the_mode(
    type_: str, sentence: str, mode: str, extract: Callable[..., Extraction]
) -> None:
    found = [(event.type, event.mode or "") for event in extract(sentence).events]
    assert (type_, mode) in found


def test_the_table_holds_only_modes_of_the_ontology() -> None:
    types = load_ontology().types
    for type_, table in TABLE.items():
        modes = {*table["words"], *table["refines"], *table.get("deeds", {}).values(), table.get("otherwise")}
        assert modes - {None} <= types[type_].modes.keys()


@pytest.mark.parametrize("type_", load_ontology().types)
def test_every_mode_of_a_type_is_reached_by_a_frame_or_by_words(type_: str) -> None:
    frames = {frame.mode for frame in load_frames().all if frame.type == type_}
    words = set(TABLE[type_]["words"]) if type_ in TABLE else set()
    assert load_ontology().types[type_].modes.keys() - frames - words == set()
