"""Words for lasting bonds: each example has its parties, each near miss none."""

import pytest

from loaders.pipeline import Extractor
from loaders.words import load_words
from tests.loaders.scene import stage

ROWS = [row for kind in ("nouns", "pairs", "states", "compounds", "verbs") for row in load_words("relations")[kind]]


@pytest.mark.parametrize(
    ("text", "relation"), [(text, (one, row["type"], other)) for row in ROWS for text, one, other in row["examples"]]
)
def test_every_bond_has_its_parties(extractor: Extractor, text: str, relation: tuple[str, str, str]) -> None:
    assert relation in {one[:3] for one in stage(extractor, text).relations()}


@pytest.mark.parametrize(("text", "type_"), [(text, row["type"]) for row in ROWS for text in row["near_misses"]])
def test_a_near_miss_is_no_bond(extractor: Extractor, text: str, type_: str) -> None:
    assert type_ not in {one[1] for one in stage(extractor, text).relations()}
