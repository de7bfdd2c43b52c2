"""What is written is what is read back: records, decisions, literals, and a graph in the embedded engine."""

import datetime
import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher import literal
from kg.decisions import Decision, check_agreement, in_force, read_decisions, write_decisions
from kg.engine import Engine
from kg.errors import InputError
from kg.export.script import script
from kg.graph import build_graph
from kg.ids import claim_id, entity_id, is_reserved, relation_claim_id, statement_id
from kg.model import Extraction, Kind, Span
from kg.names import normal, slug
from kg.ontology import load_ontology
from kg.record import from_record, to_record
from kg.render import Rows
from tests.properties.strategies import extractions, worlds

# --- records ----------------------------------------------------------------------------------------------------------


@given(extractions())
def test_a_record_is_the_same_text_each_time(told: Extraction) -> None:
    text = json.dumps(to_record(told))
    again = from_record(json.loads(text), told.article)
    assert again == told
    assert json.dumps(to_record(again)) == text


# --- decisions --------------------------------------------------------------------------------------------------------

ids = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=3)
pairs = st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1])


@st.composite
def agreeing(draw: st.DrawFn) -> list[Decision]:
    """Decisions of which each agrees with those before it."""
    kept: list[Decision] = []
    for pair, same in draw(st.lists(st.tuples(pairs, st.booleans()), max_size=8)):
        try:
            check_agreement([*kept, Decision(*pair, same)])
        except InputError:
            continue
        kept.append(Decision(*pair, same))
    return kept


@given(agreeing(), st.data())
def test_decisions_come_back_from_a_file_in_any_order_of_its_lines(
    tmp_path_factory: pytest.TempPathFactory, decided: list[Decision], data: st.DataObject
) -> None:
    file, lines = tmp_path_factory.mktemp("decisions") / "decisions.jsonl", list(write_decisions(decided))
    file.write_text("".join(data.draw(st.permutations(lines))), encoding="utf-8")
    again = read_decisions(file)
    assert in_force(again) == in_force(decided)
    assert list(write_decisions(again)) == lines


# --- names and ids ----------------------------------------------------------------------------------------------------


@given(st.text())
def test_space_around_a_name_changes_nothing(name: str) -> None:
    assert normal(f" \t{name}\n") == normal(name)
    assert slug(f" {name} ") == slug(name)


article_ids = st.text("a:-/0123 AQsy_", min_size=1, max_size=12) | st.from_regex(
    r"\A[ab]:(says|MEET):[0-9]-[0-9](:[0-9a-f])?\Z"
)
spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(1, 30))


@given(st.lists(article_ids.filter(lambda name: not is_reserved(name)), min_size=1, unique=True), st.data())
def test_no_two_things_share_an_id(articles: list[str], data: st.DataObject) -> None:
    """Whatever an article calls itself, unless that name is kept for other things."""
    made: dict[str, Any] = {id: ("article", id) for id in articles}
    for _ in range(6):
        article, span = data.draw(st.sampled_from(articles)), data.draw(spans)
        type_, who = data.draw(st.sampled_from(["AGREE", "OTHER"])), data.draw(st.sampled_from(["Q1", "person/a"]))
        cue = data.draw(st.none() | spans)
        for key, id in {
            ("event", article, type_, span): claim_id(article, type_, span),
            ("relation", article, type_, span, who): relation_claim_id(article, type_, who, "Q2", span),
            ("statement", article, span, cue.start if cue else None): statement_id(article, span, cue),
            ("entity", who): entity_id(Kind.PERSON, who),
        }.items():
            assert made.setdefault(id, key) == key


# --- Cypher -----------------------------------------------------------------------------------------------------------

numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.text() | st.text("\\\"'`nu0041\b\f\r\n +") | numbers | st.booleans() | st.dates()
EMPTY = Engine.load(nx.MultiDiGraph())


@given(scalars | st.lists(st.text(), max_size=3))
def test_a_literal_is_the_value_that_it_was(value: str | float | datetime.date | list[str]) -> None:
    ((again,),) = EMPTY.run(f"RETURN {literal(value)} AS value", {}).rows
    assert (again, type(again)) == (value, type(value))


@given(worlds())
def test_the_exported_script_makes_the_graph(records: list[Extraction]) -> None:
    graph, engine = build_graph(records, load_ontology()), Engine.load(nx.MultiDiGraph())
    for statement in script(graph):
        engine.run(statement, {}, write=True)
    assert _everything(engine) == _everything(Engine.load(graph))


def _everything(engine: Engine) -> tuple[Rows, Rows]:
    """All nodes and edges; but for titles, which this engine makes of names where there are none."""
    nodes = "MATCH (n) SET n.title = null RETURN n.id AS id, labels(n), properties(n) ORDER BY id"
    edges = "MATCH (a)-[r]->(b) RETURN r.id AS id, a.id, b.id, type(r), properties(r) ORDER BY id"
    return engine.run(nodes, {}, write=True), engine.run(edges, {})
