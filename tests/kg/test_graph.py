"""kg.graph: exactly the schema's names, every fact with its evidence, nothing that depends on order."""

import datetime
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.graph import build_graph
from kg.graph.nodes import event_nodes
from kg.graph.parts import Node
from kg.graph.wording import short
from kg.ids import edge_id, event_id
from kg.merge import Cluster, Telling
from kg.model import Basis, Entity, Event, EventDate, Extraction, Kind, Modality, Polarity, Precision, Validity
from kg.ontology import load_ontology
from kg.schema import DERIVED_PROPERTIES, IN_ARTICLE, LASTING_PROPERTIES, NODES, STRUCTURAL_EDGES, EdgeType, Type
from tests.factories import (
    AGENCY,
    BRANDT,
    ESTMARK,
    NORLAND,
    PORT_ALDER,
    SOUTHHAVEN,
    TALVIK,
    UNION,
    article,
    days,
    entity,
    event,
    extraction,
    held,
    relation,
    small_world,
    statement,
)

EVERYBODY = [TALVIK, BRANDT, NORLAND, ESTMARK, SOUTHHAVEN, PORT_ALDER, AGENCY, UNION]
PYTHON = {
    Type.STRING: str,
    Type.STRINGS: list,
    Type.INTEGER: int,
    Type.FLOAT: float,
    Type.BOOLEAN: bool,
    Type.DATE: datetime.date,
}


@pytest.fixture(scope="module")
def world() -> "nx.MultiDiGraph[str]":
    return build_graph(small_world(), load_ontology())


def graph_of(*events: Event, id: str = "a1", text: str = "They met there.", **fields: Any) -> "nx.MultiDiGraph[str]":
    return build_graph([extraction(article(text, id=id, **fields), EVERYBODY, events, mentions=[])], load_ontology())


def met(**fields: Any) -> Event:
    return event(article("They met there."), "met", **fields)


def edges(graph: "nx.MultiDiGraph[str]", type_: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Properties of the edges of a type, by their ends."""
    return {
        (source, target): {name: value for name, value in data.items() if name not in ("id", "type")}
        for source, target, data in graph.edges(data=True)
        if data["type"] == type_
    }


def nodes(graph: "nx.MultiDiGraph[str]", label: str) -> list[dict[str, Any]]:
    return [data for _, data in graph.nodes(data=True) if data["labels"][0] == label]


# --- the shape --------------------------------------------------------------------------------------------------------


def test_every_node_is_of_the_schema(world: "nx.MultiDiGraph[str]") -> None:
    assert {data["labels"][0] for _, data in world.nodes(data=True)} == set(NODES)
    for key, data in world.nodes(data=True):
        label, *others = data["labels"]
        assert len(others) == (1 if label == "Entity" else 0)
        assert set(others) <= set(NODES[label].secondary)
        assert key == data["id"]
        assert data["name"]
        for name, value in data.items():
            assert name == "labels" or type(value) is PYTHON[NODES[label].properties[name]], (key, name, value)


def test_every_edge_is_of_the_schema(world: "nx.MultiDiGraph[str]") -> None:
    ontology = load_ontology()
    fixed = [*STRUCTURAL_EDGES.values(), *IN_ARTICLE]
    derived = [(name, DERIVED_PROPERTIES) for name in ontology.event_relations]
    lasting = [(name, LASTING_PROPERTIES) for name in ontology.lasting_relations]
    between = [EdgeType(type=n, source="Entity", target="Entity", properties=p) for n, p in [*derived, *lasting]]
    known = {(edge.type, edge.source, edge.target): edge for edge in [*fixed, *between]}
    for source, target, key, data in world.edges(keys=True, data=True):
        ends = (world.nodes[source]["labels"][0], world.nodes[target]["labels"][0])
        assert key == data["id"] == edge_id(source, data["type"], target, data.get("validFromIso"))
        properties = known[(data["type"], *ends)].properties
        for name, value in data.items():
            assert name in ("id", "type") or type(value) is PYTHON[properties[name]], (data, name, value)


def test_nodes_and_edges_stand_in_order(world: "nx.MultiDiGraph[str]") -> None:
    assert list(world) == sorted(world)
    assert world.graph == {}
    triples = [(source, data["type"], target) for source, target, data in world.edges(data=True)]
    assert len(triples) == len(set(triples))


def test_a_claim_of_an_event_has_one_report_and_one_article(world: "nx.MultiDiGraph[str]") -> None:
    for claim in nodes(world, "Claim"):
        leaving = [data["type"] for _, _, data in world.out_edges(claim["id"], data=True)]
        assert leaving.count("IN_ARTICLE") == 1
        assert leaving.count("REPORTS") == (1 if "trigger" in claim else 0)


def test_evidence_is_the_articles_text(world: "nx.MultiDiGraph[str]") -> None:
    texts = {one.article.id: one.article.text for one in small_world()}
    for claim, told_in in edges(world, "IN_ARTICLE"):
        node, text = world.nodes[claim], texts[told_in]
        assert text[node["start"] : node["end"]] == node.get("sentence", node.get("content"))
        if "trigger" in node:
            assert text[node["triggerStart"] : node["triggerEnd"]] == node["trigger"]


def test_nothing_gives_an_empty_graph() -> None:
    assert len(build_graph([], load_ontology())) == 0


# --- nodes ------------------------------------------------------------------------------------------------------------


def test_entity(world: "nx.MultiDiGraph[str]") -> None:
    assert world.nodes[TALVIK.id] == {
        "labels": ["Entity", "Person"],
        "id": "person/mira-talvik",
        "name": "Mira Talvik",
        "aliases": ["Talvik"],
        "country": "NLD",
        "sector": "GOV",
    }
    assert (world.nodes[NORLAND.id]["latitude"], world.nodes[NORLAND.id]["longitude"]) == (61.0, 12.5)


def test_event(world: "nx.MultiDiGraph[str]") -> None:
    claim = "gazette-1:CONSULT:33-40"
    assert world.nodes[event_id([claim])] == {
        "labels": ["Event"],
        "id": event_id([claim]),
        "name": "Mira Talvik visited Estmark (2024-06-19)",
        "type": "CONSULT",
        "mode": "visit",
        "contexts": [],
        "relation": "VISITED",
        "quad": 1,
        "score": 4.0,
        "cameoRoot": "04",
        "polarity": "affirmed",
        "modality": "asserted",
        "date": datetime.date(2024, 6, 19),
        "dateIso": "2024-06-19",
        "dateEnd": datetime.date(2024, 6, 19),
        "datePrecision": "day",
        "dateBasis": "text",
        "firstTold": datetime.date(2024, 6, 20),
        "articleCount": 1,
        "sourceCount": 1,
        "claimCount": 1,
        "contradictionCount": 0,
        "confidence": 0.8,
        "pairs": ["country/estmark person/mira-talvik"],
    }
    assert (event_id([claim]), TALVIK.id) in edges(world, "HAS_ACTOR")
    assert (event_id([claim]), ESTMARK.id) in edges(world, "HAS_TARGET")
    assert list(edges(world, "HELD_AT")) == [(event_id(["gazette-1:SUPPORT:86-92"]), PORT_ALDER.id)]


def test_an_event_without_a_date_has_no_date_properties() -> None:
    (node,) = nodes(graph_of(met()), "Event")
    assert not [name for name in node if name.startswith("date")]


@pytest.mark.parametrize(
    ("fields", "pairs", "places"),
    [
        ({"actors": [TALVIK], "targets": [BRANDT]}, ["person/mira-talvik person/oskar-brandt"], None),
        ({"actors": [TALVIK], "targets": [BRANDT], "modality": Modality.PLANNED}, None, None),
        ({"actors": [UNION], "place": PORT_ALDER}, None, [PORT_ALDER.id]),
        ({"actors": [UNION], "place": PORT_ALDER, "polarity": Polarity.NEGATED}, None, None),
        ({"targets": [NORLAND, UNION], "type": "ASSAULT", "relation": "ATTACKED"}, None, [NORLAND.id]),
        ({"targets": [NORLAND], "type": "ASSAULT", "place": PORT_ALDER, "relation": "ATTACKED"}, None, [PORT_ALDER.id]),
        ({"targets": [NORLAND], "type": "COERCE", "relation": "ARRESTED"}, None, None),
    ],
)
def test_between_whom_and_where_an_event_counts(
    fields: dict[str, Any], pairs: list[str] | None, places: list[str] | None
) -> None:
    (node,) = nodes(graph_of(met(**fields)), "Event")
    assert (node.get("pairs"), node.get("placeIds")) == (pairs, places)


def test_pairs_are_those_of_the_edges(world: "nx.MultiDiGraph[str]") -> None:
    paired = {pair for event in nodes(world, "Event") for pair in event.get("pairs", ())}
    tied = {" ".join(sorted(ends[:2])) for *ends, data in world.edges(data=True) if "eventIds" in data}
    assert paired == tied


def test_attribution_and_speakers(world: "nx.MultiDiGraph[str]") -> None:
    assert set(edges(world, "ATTRIBUTED_TO")) == {
        ("gazette-1:CONSULT:181-184", AGENCY.id),
        ("courier-7:THREATEN:212-222", UNION.id),
    }
    assert set(edges(world, "SAID_BY")) == {("gazette-1:says:200-225:234", TALVIK.id)}


def test_mentions_are_counted(world: "nx.MultiDiGraph[str]") -> None:
    assert edges(world, "MENTIONED_IN")[BRANDT.id, "courier-7"] == {"count": 2}
    assert (TALVIK.id, "courier-7") not in edges(world, "MENTIONED_IN")


def test_sources_with_one_slug_are_one() -> None:
    both = [extraction(article(id=id, source=name)) for id, name in (("a1", "KCNA"), ("a2", "Kcna"))]
    graph = build_graph(both, load_ontology())
    assert [node["name"] for node in nodes(graph, "Source")] == ["KCNA"]
    assert set(edges(graph, "PUBLISHED_BY")) == {("a1", "source/kcna"), ("a2", "source/kcna")}


# One text in two outlets, and a text of another's own: id, outlet, day of publication, text.
COPIES = [
    ("a1", "Gazette", "2024-06-21", "They met there, Norland's news agency reported."),
    ("a2", "Courier", "2024-06-20", "PORT ALDER, June 20 (NNA) - They met there, Norland's news agency reported."),
    ("a3", "Observer", None, "They met there. Neither would say why."),
    ("a4", "Herald", None, "They met there, Norland’s news agency reported."),
]


def told_by(*places: int) -> "nx.MultiDiGraph[str]":
    """The graph of some of the articles, each of which tells of a meeting of Talvik and Brandt."""
    made = []
    for id, source, published, text in (COPIES[place] for place in places):
        day = datetime.date.fromisoformat(published) if published else None
        told = article(text, id=id, source=source, published=day)
        meeting = event(told, "met", actors=[TALVIK], targets=[BRANDT])
        made.append(extraction(told, [TALVIK, BRANDT], [meeting]))
    return build_graph(made, load_ontology())


@pytest.mark.parametrize(
    ("places", "articles", "sources", "copies"),
    [
        ([0], 1, 1, set()),
        ([0, 2], 2, 2, set()),
        ([0, 1], 2, 1, {("a1", "a2")}),
        ([0, 3], 2, 1, {("a4", "a1")}),
        ([0, 1, 2, 3], 4, 2, {("a1", "a2"), ("a4", "a2")}),
    ],
)
def test_copies_of_one_text_are_one_source(
    places: list[int], articles: int, sources: int, copies: set[tuple[str, str]]
) -> None:
    graph = told_by(*places)
    (edge,) = edges(graph, "MET_WITH").values()
    assert (edge["articleCount"], edge["sourceCount"]) == (articles, sources)
    assert set(edges(graph, "COPY_OF")) == copies


@pytest.mark.parametrize(
    ("told", "articles", "sources"),
    [
        ([{}, {}], 2, 2),
        ([{}, {"polarity": Polarity.NEGATED}], 2, 1),  # who denies it does not stand behind it
        ([{}, {"modality": Modality.PLANNED}], 2, 1),  # nor who only says that it is to come
        ([{}, {"modality": Modality.HISTORICAL}], 2, 2),
        ([{"modality": Modality.PLANNED}, {"modality": Modality.PLANNED}], 2, 2),
    ],
)
def test_sources_are_those_that_stand_behind_an_event(told: list[dict[str, Any]], articles: int, sources: int) -> None:
    day, texts = days("2024-06-19"), ("They met there.", "On Wednesday they met.")
    tellings = [
        Telling(article(text, id=f"a{place}", source=f"Outlet {place}"), met_on(day, text, **fields))
        for place, (text, fields) in enumerate(zip(texts, told, strict=True))
    ]
    parts = event_nodes([Cluster(tuple(tellings))], {one.id: one for one in EVERYBODY}, load_ontology(), {})
    (node,) = (part for part in parts if isinstance(part, Node))
    assert (node.properties["articleCount"], node.properties["sourceCount"]) == (articles, sources)
    assert node.properties["claimCount"] == sources


def met_on(day: EventDate, text: str, **fields: Any) -> Event:
    return event(article(text), "met", actors=[TALVIK], targets=[BRANDT], date=day, **fields)


def test_there_is_no_negative_zero_and_no_integer_score() -> None:
    told = article("They met there.")
    zero = entity("Null Isle", Kind.PLACE, latitude=-0.0, longitude=-0.0)
    graph = build_graph([extraction(told, [zero], [event(told, "met", type="REQUEST")])], load_ontology())
    (node,) = nodes(graph, "Event")
    assert repr((graph.nodes[zero.id]["latitude"], node["score"])) == "(0.0, 0.0)"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"actors": [TALVIK], "targets": [ESTMARK], "relation": "VISITED"}, "Mira Talvik visited Estmark"),
        ({"actors": [TALVIK, BRANDT]}, "Mira Talvik and Oskar Brandt met"),
        (
            {"actors": [TALVIK], "targets": [BRANDT], "relation": "HELD_TALKS_WITH"},
            "Mira Talvik held talks with Oskar Brandt",
        ),
        ({"actors": [TALVIK, NORLAND, ESTMARK]}, "Mira Talvik, Norland and Estmark met"),
        ({"actors": EVERYBODY}, "Mira Talvik, Oskar Brandt, Norland and 5 others met"),
        ({"targets": [BRANDT], "type": "COERCE", "relation": "ARRESTED"}, "Somebody arrested Oskar Brandt"),
        ({"actors": [UNION], "polarity": Polarity.NEGATED}, "Not: Coastal Union met"),
        ({"actors": [UNION], "modality": Modality.PLANNED}, "Planned: Coastal Union met"),
        (
            {"actors": [UNION], "polarity": Polarity.NEGATED, "modality": Modality.HYPOTHETICAL},
            "Not, hypothetical: Coastal Union met",
        ),
        ({"actors": [UNION], "modality": Modality.HISTORICAL}, "Coastal Union met"),
        ({"actors": [UNION], "date": days("2024-06-19")}, "Coastal Union met (2024-06-19)"),
        ({"actors": [UNION], "date": days("2024-06-01", "2024-06-30", Precision.MONTH)}, "Coastal Union met (2024-06)"),
        ({"actors": [UNION], "date": days("2024-01-01", "2024-12-31", Precision.YEAR)}, "Coastal Union met (2024)"),
        (
            {"actors": [UNION], "date": days("2024-12-28", "2024-12-29", Precision.RANGE)},
            "Coastal Union met (2024-12-28 to 2024-12-29)",
        ),
        ({"actors": [UNION], "date": days("2024-06-19", basis=Basis.PUBLISHED)}, "Coastal Union met"),
        ({"actors": [UNION], "date": days("2024-06-19", precision=Precision.UNKNOWN)}, "Coastal Union met"),
    ],
)
def test_event_names_can_be_read(fields: dict[str, Any], expected: str) -> None:
    (node,) = nodes(graph_of(met(**fields)), "Event")
    assert node["name"] == expected


def test_statement_names() -> None:
    told = article("“We wait,” Mira Talvik said. It will rain, some said.")
    said = [
        statement(told, "We wait,", speaker=TALVIK, cue="said"),
        statement(told, "It will rain", quoted=False),
    ]
    graph = build_graph([extraction(told, [TALVIK], statements=said)], load_ontology())
    assert sorted(node["name"] for node in nodes(graph, "Statement")) == [
        "Mira Talvik: “We wait”",
        "Somebody: It will rain",
    ]


def test_article_names() -> None:
    graph = build_graph(
        [extraction(article(id="a1", title="A visit")), extraction(article("Word  for\nword.", id="a2"))],
        load_ontology(),
    )
    assert [node["name"] for node in nodes(graph, "Article")] == ["A visit", "Word for word."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three", "One two three"),
        ("One two, three four", "One two…"),
        ("  One\n two ", "One two"),
        ("Unbrokenwordsarelong", "Unbrokenword…"),
    ],
)
def test_short_cuts_after_a_word(text: str, expected: str) -> None:
    assert short(text, 13) == expected
    assert len(short(text, 13)) <= 13


# --- relations --------------------------------------------------------------------------------------------------------


def test_derived_edges_of_the_small_world(world: "nx.MultiDiGraph[str]") -> None:
    assert edges(world, "VISITED") == {  # neither the visit that did not happen nor the planned one
        (TALVIK.id, ESTMARK.id): {
            "eventIds": [event_id(["gazette-1:CONSULT:33-40"])],
            "firstDate": datetime.date(2024, 6, 19),
            "lastDate": datetime.date(2024, 6, 19),
            "count": 1,
            "articleCount": 1,
            "sourceCount": 1,
            "reciprocal": False,
            "attributedOnly": False,
        }
    }
    assert edges(world, "PLANS_TO_VISIT") == {}
    assert edges(world, "ATTACKED")[SOUTHHAVEN.id, NORLAND.id]["lastDate"] == datetime.date(1998, 12, 31)
    assert edges(world, "THREATENED")[SOUTHHAVEN.id, ESTMARK.id]["attributedOnly"] is True


def test_an_agreement_of_several_gives_every_pair_once(world: "nx.MultiDiGraph[str]") -> None:
    signed = edges(world, "SIGNED_AGREEMENT_WITH")
    assert set(signed) == {
        (ESTMARK.id, NORLAND.id),
        (ESTMARK.id, SOUTHHAVEN.id),
        (NORLAND.id, SOUTHHAVEN.id),
    }
    assert signed[ESTMARK.id, NORLAND.id] == {
        "eventIds": sorted([event_id(["gazette-1:SUPPORT:86-92"]), event_id(["alder-3:SUPPORT:32-38"])]),
        "firstDate": datetime.date(2025, 3, 1),  # the first signing is dated only by its day of publication
        "lastDate": datetime.date(2025, 3, 31),
        "count": 2,
        "articleCount": 2,
        "sourceCount": 2,
        "reciprocal": True,
        "attributedOnly": False,
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"actors": [TALVIK], "targets": [BRANDT]}, {(TALVIK.id, BRANDT.id)}),
        (
            {"actors": [TALVIK, BRANDT], "targets": [NORLAND, ESTMARK]},
            {(actor.id, target.id) for actor in (TALVIK, BRANDT) for target in (NORLAND, ESTMARK)},
        ),
        ({"actors": [TALVIK], "targets": [TALVIK]}, set()),
        ({"actors": [TALVIK]}, set()),
        ({"targets": [TALVIK, BRANDT]}, set()),
        ({"actors": [BRANDT, TALVIK]}, {(TALVIK.id, BRANDT.id)}),
        ({"actors": [TALVIK], "targets": [BRANDT], "polarity": Polarity.NEGATED}, set()),
        ({"actors": [TALVIK], "targets": [BRANDT], "modality": Modality.PLANNED}, set()),
        ({"actors": [TALVIK], "targets": [BRANDT], "modality": Modality.HYPOTHETICAL}, set()),
        ({"actors": [TALVIK], "targets": [BRANDT], "modality": Modality.DEMANDED}, set()),
        ({"actors": [TALVIK], "targets": [BRANDT], "modality": Modality.HISTORICAL}, {(TALVIK.id, BRANDT.id)}),
    ],
)
def test_who_gets_a_derived_edge(fields: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert set(edges(graph_of(met(**fields)), "MET_WITH")) == expected


def test_a_relation_outside_the_closed_list_becomes_the_types_own() -> None:
    graph = graph_of(met(actors=[TALVIK], targets=[BRANDT], relation="HAD_LUNCH_WITH"))
    assert set(edges(graph, "MET_WITH")) == {(TALVIK.id, BRANDT.id)}
    assert nodes(graph, "Event")[0]["relation"] == "MET_WITH"


def test_an_unknown_event_type_is_an_error() -> None:
    with pytest.raises(RecordError, match="DANCE is no event type"):
        graph_of(Event(**{name: getattr(met(), name) for name in met().__slots__} | {"type": "DANCE"}))


def test_lasting_relations_keep_their_claims(world: "nx.MultiDiGraph[str]") -> None:
    ((ends, properties),) = edges(world, "MEMBER_OF").items()
    assert ends == (NORLAND.id, UNION.id)
    (claim,) = properties["claimIds"]
    assert properties == {"claimIds": [claim], "articleIds": ["alder-3"]}
    assert world.nodes[claim]["sentence"] == "Norland, a member of the Coastal Union"
    assert (world.nodes[claim]["actorIds"], world.nodes[claim]["targetIds"]) == ([NORLAND.id], [UNION.id])
    assert edges(world, "LEADS")[TALVIK.id, NORLAND.id]["title"] == "President"


MARCH, MAY = datetime.date(2024, 3, 31), datetime.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("valid", "dates"),
    [
        (None, {}),
        (
            held("2019-05-14", known="2024-03-31"),  # no end: known to a day, and no further
            {"validFrom": datetime.date(2019, 5, 14), "validFromIso": "2019-05-14", "lastKnown": MARCH},
        ),
        (
            held("2012", "2016-02"),  # of a year the first day, of a month the last one; and what is known exactly
            {"validFrom": datetime.date(2012, 1, 1), "validFromIso": "2012"}
            | {"validTo": datetime.date(2016, 2, 29), "validToIso": "2016-02"},
        ),
        (
            held(None, "2016"),
            {"validTo": datetime.date(2016, 12, 31), "validToIso": "2016"},
        ),  # since when, nobody tells
        (held(None, known="2024-03-31"), {"lastKnown": MARCH}),
    ],
)
def test_a_lasting_relation_and_its_claim_say_for_how_long(valid: Validity | None, dates: dict[str, object]) -> None:
    graph = build_graph([reign("a1", valid)], load_ontology())
    (edge,) = edges(graph, "LEADS").values()
    basis = {"validBasis": "gazetteer"} if valid else {}
    for told in (edge, graph.nodes[edge["claimIds"][0]]):
        assert {name: told[name] for name in told if name.startswith(("valid", "last"))} == dates | basis


@pytest.mark.parametrize(
    ("told", "terms"),
    [
        ([held("2000", "2004"), held("2000", "2004"), held("2010", known="2024-03-31")], [("2000", 2), ("2010", 1)]),
        ([held("2010", known="2024-03-31"), None], [(None, 1), ("2010", 1)]),  # what is not dated may be another term
        ([], []),
        ([held("2019", text=True), held("2020", text=True)], [("2019", 1), ("2020", 1)]),  # they contradict each other
        ([held("2019", text=True), held("2019-05", text=True)], [("2019-05", 2)]),  # one says it more exactly
        (
            [held("2019", text=True), held("2019-05", text=True), held("2019-07-01", text=True)],
            [("2019", 1), ("2019-05", 1), ("2019-07-01", 1)],  # which of the two the first means is not known
        ),
        ([held(None, "2019", text=True), None], [(None, 1), (None, 1)]),
        ([held(None, "2019", text=True), held(None, "2019-05", text=True)], [(None, 2)]),
    ],
)
def test_each_term_is_an_edge_of_its_own(told: list[Validity | None], terms: list[tuple[str | None, int]]) -> None:
    graph = build_graph([reign(f"a{place}", valid) for place, valid in enumerate(told)], load_ontology())
    leads = [data for _, _, data in graph.edges(data=True) if data["type"] == "LEADS"]
    assert [(data.get("validFromIso"), len(data["claimIds"])) for data in leads] == terms
    assert len({data["id"] for data in leads}) == len(terms)


@pytest.mark.parametrize(
    ("told", "end", "known"),
    [
        ([held("2019", known="2024-05-01", text=True), held("2019", known="2024-03-31", text=True)], None, MAY),
        ([held("2019", known="2024-05-01", text=True), held("2019", "2023", text=True)], "2023", None),
        ([held("2019", known="2024-03-31"), held("2019", "2023", text=True)], None, MARCH),  # the gazetteer counts
        # … but of what came after it is kept it knows nothing
        ([held("2019", known="2024-03-31"), held("2019", "2024-08", text=True)], "2024-08", None),
        ([held("2019", "2024"), held("2019", "2024-08", text=True)], "2024", None),
    ],
)
def test_one_term_of_several_statements(told: list[Validity], end: str | None, known: datetime.date | None) -> None:
    for some in (told, told[::-1]):
        graph = build_graph([reign(f"a{place}", valid) for place, valid in enumerate(some)], load_ontology())
        (edge,) = edges(graph, "LEADS").values()
        assert (edge.get("validToIso"), edge.get("lastKnown")) == (end, known)


def reign(id: str, valid: Validity | None) -> Extraction:
    """An article that says that Talvik leads Norland."""
    told = article("Talvik leads Norland.", id=id)
    stated = relation(told, "Talvik leads Norland", type="LEADS", source=TALVIK, target=NORLAND, valid=valid)
    return extraction(told, [TALVIK, NORLAND], relations=[stated])


def test_lasting_relations_of_several_articles_are_one_edge() -> None:
    def telling(id: str, title: str | None) -> Extraction:
        told = article("Talvik leads Norland.", id=id)
        stated = relation(told, "Talvik leads Norland", type="LEADS", source=TALVIK, target=NORLAND, title=title)
        return extraction(told, [TALVIK, NORLAND], relations=[stated])

    titles = ["Queen", "President", None, "President"]
    graph = build_graph([telling(f"a{place}", title) for place, title in enumerate(titles)], load_ontology())
    (edge,) = edges(graph, "LEADS").values()
    assert edge["title"] == "President"
    assert edge["articleIds"] == ["a0", "a1", "a2", "a3"]
    assert len(edge["claimIds"]) == 4


def test_a_lasting_relation_outside_the_closed_list_becomes_other() -> None:
    told = article("Talvik adores Norland.")
    stated = relation(told, "Talvik adores Norland", type="ADORES", source=TALVIK, target=NORLAND)
    graph = build_graph([extraction(told, [TALVIK, NORLAND], relations=[stated])], load_ontology())
    assert set(edges(graph, "OTHER")) == {(TALVIK.id, NORLAND.id)}


# --- order ------------------------------------------------------------------------------------------------------------

TEXT = "They met there, and met again."
TERMS = [
    held("2019-05", text=True),
    held(None, "2019", text=True),
    held("2019", "2023", text=True),
    held("2019", "2024"),
    held("2019", known="2024-03-31"),
    held("2021"),
]
somebody = st.lists(st.sampled_from(EVERYBODY[:3]), max_size=3, unique=True)


def _dates() -> st.SearchStrategy[EventDate | None]:
    day = st.sampled_from(["2024-06-19", "2024-06-20"])
    return st.none() | st.builds(lambda start, basis: days(start, basis=basis), day, st.sampled_from(list(Basis)))


@st.composite
def extractions(draw: st.DrawFn) -> list[Extraction]:
    made = []
    for id in draw(st.lists(st.sampled_from("abc"), unique=True)):
        told = article(TEXT, id=id, source=draw(st.sampled_from([None, "KCNA", "Kcna"])))
        fields: dict[str, Any] = {"actors": draw(somebody), "targets": draw(somebody), "date": draw(_dates())}
        title, valid = draw(st.sampled_from("XY")), draw(st.sampled_from([None, *TERMS]))
        stated = relation(told, "They met", type="LEADS", source=TALVIK, target=BRANDT, title=title, valid=valid)
        people: list[Entity] = [entity("Mira Talvik", aliases=[id], country=draw(st.sampled_from(["NLD", "EST"])))]
        made.append(extraction(told, [*people, BRANDT, NORLAND], [event(told, "met", **fields)], relations=[stated]))
    return made


def contents(graph: "nx.MultiDiGraph[str]") -> str:
    return repr((list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))))


@settings(max_examples=50, deadline=None)
@given(extractions(), st.randoms(use_true_random=False))
def test_order_changes_nothing(told: list[Extraction], random: Any) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)
    assert contents(build_graph(iter(shuffled), load_ontology())) == contents(build_graph(told, load_ontology()))
