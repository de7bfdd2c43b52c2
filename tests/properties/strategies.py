"""Hypothesis as the one who chooses."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from kg.decisions import Decision
from kg.model import Extraction
from tests import synthetic
from tests.synthetic import Choose, T


def choosing(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Choose:
    """Choices that hypothesis makes, remembers, and makes simpler when a test fails."""

    def choose(options: Sequence[T], /) -> T:
        chosen: T = draw(st.sampled_from(options))
        return chosen

    return choose


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """What some article says."""
    return synthetic.extraction(choosing(draw))


@st.composite
def worlds(draw: st.DrawFn) -> list[Extraction]:
    """What some articles say, mostly many of them, each with an id of its own."""
    ids = draw(st.lists(st.sampled_from(synthetic.IDS), min_size=draw(st.sampled_from((5, 0))), unique=True))
    return [synthetic.extraction(choosing(draw), id) for id in ids]


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """What a user may decide."""
    return synthetic.decision(choosing(draw))
