"""Whatever somebody writes as a query, its head or its parameters: one clear line at the most, never a traceback."""

import os
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine import Engine
from kg.errors import DataError, ParameterError, QueryError
from kg.graph import build_graph
from kg.ontology import load_ontology
from kg.queries import ParameterType, SavedQuery, bind, load_queries, read_query
from tests.factories import small_world

SAVED = tuple(load_queries().values())
TEXTS = tuple(query.text for query in SAVED)
LINES = tuple({line: None for text in TEXTS for line in text.splitlines()})
WORDS = tuple({word: None for text in TEXTS for word in text.split()})
KEYS = ("description", "param", "returns", "example", "engine")
VALUES = ("a date -- b", "a string = b -- c", "a integer = 1e9 -- b", 'a="b', "a=b c=d", "both", "a, b")
SMALL = Engine.load(build_graph(small_world(), load_ontology()))

place = st.integers(0, 900)
spoilt = st.builds(  # a part of a saved query gives way to something else
    lambda text, start, size, other: text[:start] + other + text[start + size :],
    st.sampled_from(TEXTS),
    place,
    st.integers(0, 40),
    st.sampled_from(WORDS) | st.text(max_size=3),
)
mixed = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
head = st.lists(
    st.sampled_from(LINES)
    | st.builds("// {}: {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES) | st.text(max_size=12))
).map(lambda lines: "\n".join(["// Title", *lines, "RETURN $a AS b"]))
words = st.text() | st.integers().map(str) | st.floats().map(str) | st.dates().map(str)
odd = st.sampled_from(["true", "null", "٣", "1_000", "1e999", "2024-6-1", "-0", " ", "\x00"])


@settings(max_examples=int(os.environ.get("KG_FUZZ", "2000")))
@given(spoilt | head | st.text())
def test_any_file_is_a_query_or_wrong_data(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "query.cypher"
    path.write_text(text, encoding="utf-8", newline="")
    with suppress(DataError):
        read_query(path)


@given(st.sampled_from(SAVED), st.data())
def test_any_words_are_a_parameter_or_wrong(query: SavedQuery, data: st.DataObject) -> None:
    given = {one.name: data.draw(words | odd) for one in query.parameters if data.draw(st.booleans())}
    with suppress(ParameterError):
        bound = bind(query, given, lambda name: name)
        assert all(bound[name] is not None for name in given)
        numbers = [bound[one.name] for one in query.parameters if one.type is ParameterType.INTEGER]
        assert all(number is None or type(number) is int for number in numbers)


@given(spoilt | mixed | st.text())
def test_any_words_are_cypher_or_refused(text: str) -> None:
    before = SMALL.run("MATCH (n) RETURN count(n)", {})
    with suppress(QueryError):
        SMALL.run(text, {"actor": "Q1", "limit": 5, "since": None}, timeout=2)
    assert SMALL.run("MATCH (n) RETURN count(n)", {}) == before
