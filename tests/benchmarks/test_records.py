"""The synthetic records are records, and the same ones each time."""

from kg.graph import build_graph
from kg.ids import is_reserved
from kg.ontology import load_ontology
from kg.record import check, from_record, to_record
from tests.benchmarks.records import make_record, make_records

ONTOLOGY = load_ontology()


def test_they_keep_the_contract_and_are_as_large_as_real_ones() -> None:
    records = list(make_records(60))
    for record in records:
        check(record)
        assert from_record(to_record(record), record.article) == record
        assert not is_reserved(record.article.id)
        assert len(record.article.text.split()) > 250
        assert len(record.entities) > 8
        assert 3 <= len(record.events) <= 6
        assert len(record.statements) == 3
    assert len({record.article.id for record in records}) == 60


def test_a_number_has_one_record_however_many_are_made() -> None:
    assert list(make_records(3, first=40)) == [make_record(number) for number in (40, 41, 42)]
    assert make_record(40) != make_record(40, seed=1)


def test_happenings_are_told_again_and_texts_copied() -> None:
    records = list(make_records(50))
    assert records[9].article.text == records[8].article.text
    assert records[9].article.source != records[8].article.source
    graph = build_graph(records, ONTOLOGY)
    tellings = sum(len(record.events) for record in records)
    events = sum(data["labels"][0] == "Event" for _, data in graph.nodes(data=True))
    assert events < tellings
