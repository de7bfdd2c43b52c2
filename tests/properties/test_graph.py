"""The graph is a function of the set of records and of the decisions in force: no order shows, and nothing lingers."""

from collections.abc import Iterable, Iterator, Sequence

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Decision
from kg.gazetteer_files import load_gazetteer
from kg.graph import build_graph
from kg.ids import relation_claim_id, statement_id
from kg.merge import Cluster, cluster_claims
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.resolve import candidates, profiles_of, resolve
from tests.properties.strategies import decisions, worlds

some_decisions = st.lists(decisions(), max_size=4, unique_by=lambda one: one.pair)


def graph_of(records: Iterable[Extraction], decided: Sequence[Decision] = ()) -> "nx.MultiDiGraph[str]":
    records = tuple(records)
    identity = resolve(profiles_of(records, load_gazetteer()), decided, load_gazetteer())
    return build_graph(records, load_ontology(), identity.canonical)


def contents(graph: "nx.MultiDiGraph[str]") -> str:
    """Every node and edge with what it holds, in their order, as text that tells 1 from 1.0."""
    return repr((list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))))


def clusters_of(records: Iterable[Extraction]) -> list[Cluster]:
    return sorted(cluster_claims(records, load_ontology()), key=lambda cluster: cluster.id)


@given(worlds(), some_decisions, st.data())
def test_neither_the_order_of_records_nor_of_decisions_shows(
    records: list[Extraction], decided: list[Decision], data: st.DataObject
) -> None:
    moved, otherwise = data.draw(st.permutations(records)), data.draw(st.permutations(decided))
    assert contents(graph_of(moved, otherwise)) == contents(graph_of(records, decided))
    assert candidates(profiles_of(moved, load_gazetteer())) == candidates(profiles_of(records, load_gazetteer()))


@given(worlds(), st.data())
def test_claims_are_gathered_alike_in_any_order(records: list[Extraction], data: st.DataObject) -> None:
    assert repr(clusters_of(data.draw(st.permutations(records)))) == repr(clusters_of(records))


@given(worlds())
def test_a_claim_is_told_by_one_event(records: list[Extraction]) -> None:
    told = [event.id for record in records for event in record.events]
    clusters = clusters_of(records)
    assert sorted(telling.event.id for cluster in clusters for telling in cluster.tellings) == sorted(told)
    assert len({cluster.id for cluster in clusters}) == len(clusters)


@given(worlds())
def test_each_record_is_in_the_graph_whole_and_once(records: list[Extraction]) -> None:
    """The ids of what an article says follow from the article alone, whatever else is there."""
    graph = build_graph(records, load_ontology())
    found = [(data["labels"][0], id) for id, data in graph.nodes(data=True)]
    kinds = ("Article", "Claim", "Statement")
    assert sorted(one for one in found if one[0] in kinds) == sorted(one for r in records for one in _ids(r))


def _ids(record: Extraction) -> Iterator[tuple[str, str]]:
    """Label and id of each node that an article alone makes."""
    article = record.article.id
    yield "Article", article
    yield from (("Claim", event.id) for event in record.events)
    yield from (("Statement", statement_id(article, said.content, said.cue)) for said in record.statements)
    for told in record.relations:
        yield "Claim", relation_claim_id(article, told.type, told.source, told.target, told.evidence)
