"""kg.merge: one event over articles, whatever their order; what contradicts stays apart, or visible."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import build_graph
from kg.ids import event_id
from kg.merge import Cluster, cluster_claims, reasons
from kg.merge.clusters import tellings_of
from kg.model import Basis, Entity, EventDate, Extraction, Kind, Modality, Polarity, Precision
from kg.ontology import load_ontology
from tests.factories import (
    BRANDT,
    ESTMARK,
    NORLAND,
    PORT_ALDER,
    PUBLISHED,
    TALVIK,
    article,
    country,
    days,
    entity,
    event,
    extraction,
)

Telling = dict[str, Any]

ONTOLOGY = load_ontology()
SORLAND = country("Sorland", code="SOR")
SOREL = entity("Ada Sorel", country="EST", sector="OPP")
CAST = [TALVIK, BRANDT, NORLAND, ESTMARK, SORLAND, SOREL, PORT_ALDER]
MONDAY, TUESDAY = days("2024-06-17"), days("2024-06-18")
JUNE = days("2024-06-01", "2024-06-30", Precision.MONTH)
UNDATED = days(str(PUBLISHED), basis=Basis.PUBLISHED)
PLANNED: Telling = {"modality": Modality.PLANNED}
DENIED: Telling = {"polarity": Polarity.NEGATED}

# What a telling says; each is put into an article of its own.
MET: Telling = {"relation": "MET_WITH", "actors": [TALVIK, BRANDT], "date": MONDAY}
BOMBED: Telling = {"type": "ASSAULT", "relation": "BOMBED", "actors": [NORLAND], "targets": [ESTMARK], "date": MONDAY}
ARRESTED: Telling = {"type": "COERCE", "relation": "ARRESTED", "actors": [ESTMARK], "targets": [SOREL], "date": MONDAY}
KILLED: Telling = {"type": "ASSAULT", "relation": "KILLED", "actors": [ESTMARK], "targets": [SOREL], "date": MONDAY}
VISITED: Telling = {"relation": "VISITED", "mode": "visit", "actors": [TALVIK], "targets": [ESTMARK], "date": MONDAY}
WILL_VISIT: Telling = {
    "type": "AGREE",
    "relation": "PLANS_TO_VISIT",
    "actors": [TALVIK],
    "targets": [ESTMARK],
} | PLANNED


def told(*tellings: Telling, **fields: Any) -> list[Extraction]:
    """An article for each telling; all who may take part are named in it."""
    made = []
    for number, telling in enumerate(tellings):
        names = ", ".join(one.name for one in CAST)
        word = telling["relation"].replace("_", "").lower().ljust(8, "x")[:8]  # no two relations share a word
        one = article(f"It {word}. {names}.", id=f"a{number}", **fields)
        made.append(extraction(one, CAST, [event(one, word, **telling)]))
    return made


def clusters(*tellings: Telling) -> list[Cluster]:
    return cluster_claims(told(*tellings), ONTOLOGY)


def only(*tellings: Telling) -> Cluster:
    (one,) = clusters(*tellings)
    return one


def together(*tellings: Telling) -> list[list[int]]:
    """The numbers of the tellings of each event."""
    found = [[int(one.article.id[1:]) for one in cluster.tellings] for cluster in clusters(*tellings)]
    return sorted(found)


# --- which tellings are one event -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MET, MET),
        (MET, MET | {"date": UNDATED}),
        (MET, MET | {"actors": [BRANDT, TALVIK]}),
        (MET, MET | {"relation": "HOSTED", "mode": "visit", "actors": [BRANDT], "targets": [TALVIK]}),
        (MET, MET | {"actors": [NORLAND, ESTMARK]}),  # the leaders for their states
        (MET, MET | {"date": JUNE}),
        (BOMBED, BOMBED | {"relation": "STRUCK_FROM_AIR"}),
        (BOMBED, BOMBED | {"targets": [PORT_ALDER]}),
        (BOMBED, BOMBED | {"actors": []}),
        (BOMBED, BOMBED | DENIED),
        (ARRESTED, ARRESTED | {"relation": "SEIZED_FROM"}),
        (KILLED, KILLED | {"date": days("2024-05-01", basis=Basis.PUBLISHED)}),  # nobody is killed twice
        (KILLED, KILLED | {"date": TUESDAY}),
        (VISITED, WILL_VISIT | {"date": MONDAY}),
        (VISITED, VISITED | {"date": TUESDAY}),  # its second day
    ],
)
def test_told_by_two_articles(one: Telling, other: Telling) -> None:
    assert together(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MET, MET | {"date": TUESDAY}),  # another day
        (MET, MET | {"actors": [TALVIK, SOREL]}),  # another target
        (MET, VISITED),  # a meeting during a visit
        (VISITED, VISITED | {"date": days("2024-06-24", "2024-06-26", Precision.RANGE)}),  # a second round
        (VISITED, VISITED | {"targets": [SORLAND]}),
        (VISITED, WILL_VISIT),  # a plan that nothing dates
        (VISITED, WILL_VISIT | {"date": JUNE}),
        (BOMBED, BOMBED | {"actors": [ESTMARK], "targets": [NORLAND]}),  # struck back
        (BOMBED, BOMBED | {"modality": Modality.DEMANDED}),
        (ARRESTED, ARRESTED | {"targets": [BRANDT]}),
        (ARRESTED, ARRESTED | {"date": JUNE, "targets": []}),
        (BOMBED, KILLED),
    ],
)
def test_two_events(one: Telling, other: Telling) -> None:
    assert together(one, other) == [[0], [1]]


def test_a_visit_is_no_chain_of_days() -> None:
    days_ = [VISITED | {"date": days(f"2024-06-{day}")} for day in (17, 18, 19, 20)]
    assert all(len(some) <= 2 for some in together(*days_))


def test_no_chain_ties_what_contradicts() -> None:
    """An undated telling is like both of two days; it joins one of them, and they stay two."""
    assert together(MET, MET | {"date": TUESDAY}, MET | {"date": UNDATED}) == [[0], [1, 2]]


def test_what_is_vague_joins_the_only_event_that_it_fits() -> None:
    vague = MET | {"date": JUNE}
    assert together(MET, vague) == [[0, 1]]
    assert together(MET, MET | {"date": TUESDAY}, vague) == [[0], [1], [2]]


STRUCK = "The strike killed nine. Norland had fired six missiles. It blew up the bridge."
DEAD: Telling = {"type": "ASSAULT", "relation": "ATTACKED", "targets": [ESTMARK], "date": UNDATED}
FIRED: Telling = {"type": "ASSAULT", "relation": "FIRED_ON", "actors": [NORLAND], "date": UNDATED}


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        (("strike", DEAD), ("fired", FIRED), 1),  # one says at whom, the other one who
        (("strike", DEAD), ("fired", FIRED | {"modality": Modality.DEMANDED}), 2),
        (("strike", DEAD), ("fired", FIRED | {"type": "ACCUSE", "relation": "CRITICIZED"}), 2),
        (("fired", FIRED), ("blew up", FIRED | {"relation": "BOMBED"}), 2),  # two deeds of one
    ],
)
def test_tellings_of_one_article_complete_each_other(
    first: tuple[str, Telling], second: tuple[str, Telling], number: int
) -> None:
    one = article(STRUCK)
    events = [event(one, trigger, **telling) for trigger, telling in (first, second)]
    assert len(cluster_claims([extraction(one, CAST, events)], ONTOLOGY)) == number


def test_what_completes_each_other_is_one_with_what_another_article_tells() -> None:
    one = article(STRUCK, id="b")
    parts = extraction(one, CAST, [event(one, "strike", **DEAD), event(one, "fired", **FIRED)])
    assert len(cluster_claims([*told(BOMBED | {"date": MONDAY}), parts], ONTOLOGY)) == 1


@pytest.mark.parametrize(("published", "number"), [("2024-06-21", 1), ("2024-06-28", 2), ("2024-07-20", 2)])
def test_without_dates_only_texts_of_some_days_are_one(published: str, number: int) -> None:
    sued: Telling = {"type": "SANCTION", "relation": "EXPELLED_DIPLOMATS_OF", "actors": [NORLAND], "targets": [ESTMARK]}
    undated = sued | {"date": UNDATED}
    _, later = told(sued, sued | {"date": days(published, basis=Basis.PUBLISHED)}, published=days(published).start)
    assert len(cluster_claims([*told(undated), later], ONTOLOGY)) == number


TELLINGS = [
    telling | {"date": date}
    for telling in (MET, BOMBED, KILLED, VISITED, ARRESTED, BOMBED | DENIED, BOMBED | {"actors": []})
    for date in (MONDAY, TUESDAY, JUNE, UNDATED, None)
]


@given(st.lists(st.sampled_from(TELLINGS), max_size=9), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_records_changes_nothing(tellings: list[Telling], random: Any) -> None:
    records = told(*tellings)
    shuffled = list(records)
    random.shuffle(shuffled)
    assert cluster_claims(shuffled, ONTOLOGY) == cluster_claims(records, ONTOLOGY)


@given(st.lists(st.sampled_from(TELLINGS), max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_event_holds_claims_of_two_days(tellings: list[Telling]) -> None:
    for cluster in clusters(*tellings):
        exact = {one.event.date for one in cluster.tellings if one.event.date in (MONDAY, TUESDAY)}
        assert len(exact) < 2 or cluster.typical.relation in ("KILLED", "VISITED")


def test_every_claim_is_in_one_event() -> None:
    records = told(*TELLINGS)
    claims = [one.event.id for cluster in cluster_claims(records, ONTOLOGY) for one in cluster.tellings]
    assert sorted(claims) == sorted(one.event.id for one in tellings_of(records, ONTOLOGY))


# --- what an event of several claims is -------------------------------------------------------------------------------


def test_the_id_is_of_the_smallest_claim() -> None:
    assert only(MET, MET).id == event_id(["a0:CONSULT:3-11"])


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([BOMBED, BOMBED | DENIED], ("affirmed", "asserted")),  # a denial does not undo what somebody asserts
        ([BOMBED | DENIED, BOMBED | DENIED], ("negated", "asserted")),
        ([VISITED, WILL_VISIT | {"date": MONDAY}], ("affirmed", "asserted")),
        ([BOMBED | {"modality": Modality.HISTORICAL}, BOMBED], ("affirmed", "asserted")),
    ],
)
def test_the_most_real_claim_counts(tellings: list[Telling], expected: tuple[str, str]) -> None:
    typical = only(*tellings).typical
    assert (typical.polarity, typical.modality) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([UNDATED, MONDAY], MONDAY),
        ([JUNE, MONDAY], MONDAY),
        ([days("2024-06-17", "2024-06-19", Precision.RANGE), MONDAY], MONDAY),
        ([UNDATED, UNDATED], UNDATED),
    ],
)
def test_the_most_exact_date_counts(dates: Sequence[EventDate], expected: EventDate) -> None:
    assert only(*(MET | {"date": date} for date in dates)).date == expected


def test_of_days_that_differ_the_most_frequent_counts() -> None:
    assert only(KILLED | {"date": MONDAY}, *[KILLED | {"date": TUESDAY}] * 2).date == TUESDAY


def test_the_most_frequent_coding_counts() -> None:
    assert only(BOMBED, *[BOMBED | {"relation": "STRUCK_FROM_AIR"}] * 2).typical.relation == "STRUCK_FROM_AIR"
    assert only(BOMBED, BOMBED | {"relation": "STRUCK_FROM_AIR"}).typical.relation == "BOMBED"


def test_who_is_told_on_both_sides_stands_on_one() -> None:
    hosted = MET | {"relation": "HOSTED", "mode": "visit", "actors": [BRANDT], "targets": [TALVIK]}
    event_ = only(MET, MET, hosted)
    assert (sorted(event_.actors), event_.targets) == ([TALVIK.id, BRANDT.id], [])
    assert event_.pairs == {(TALVIK.id, BRANDT.id)}


def test_a_leader_never_meets_his_state() -> None:
    assert only(MET, MET | {"actors": [NORLAND, ESTMARK]}).pairs == {
        (TALVIK.id, BRANDT.id),
        (ESTMARK.id, NORLAND.id),
    }


def test_what_one_claim_leaves_out_another_gives() -> None:
    event_ = only(BOMBED, BOMBED | {"actors": []})
    assert (event_.actors, event_.targets, event_.pairs) == ([NORLAND.id], [ESTMARK.id], {(NORLAND.id, ESTMARK.id)})


# --- claims that contradict each other --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (BOMBED, BOMBED | DENIED, True),
        (BOMBED, BOMBED, False),
        (KILLED, KILLED | {"date": TUESDAY}, True),
        (KILLED, KILLED | {"date": UNDATED}, False),
        (KILLED | {"attributed_to": BRANDT}, KILLED | {"actors": [NORLAND]}, True),
        (VISITED, WILL_VISIT | {"date": MONDAY}, False),
        (VISITED, VISITED | {"date": TUESDAY}, False),
    ],
)
def test_claims_of_one_event_contradict(one: Telling, other: Telling, contradict: bool) -> None:
    expected = tuple(f"a{number}:{one.get('type', 'CONSULT')}:3-11" for number in (0, 1))
    assert only(one, other).contradictions == ((expected,) if contradict else ())


def test_both_claims_stay_visible() -> None:
    graph = build_graph(told(BOMBED, BOMBED | DENIED | {"attributed_to": BRANDT}), ONTOLOGY)
    edges = {(source, data["type"], target) for source, target, data in graph.edges(data=True)}
    (event_,) = [id for id, node in graph.nodes(data=True) if node["labels"] == ["Event"]]
    assert ("a0:ASSAULT:3-11", "CONTRADICTS", "a1:ASSAULT:3-11") in edges
    assert {("a0:ASSAULT:3-11", "REPORTS", event_), ("a1:ASSAULT:3-11", "REPORTS", event_)} <= edges
    assert ("a1:ASSAULT:3-11", "ATTRIBUTED_TO", BRANDT.id) in edges
    assert graph.nodes[event_]["polarity"] == "affirmed"
    assert graph.nodes["a1:ASSAULT:3-11"]["polarity"] == "negated"


# --- why --------------------------------------------------------------------------------------------------------------


def test_the_reasons_of_a_pair() -> None:
    records = told(MET, MET | {"date": UNDATED})
    one, other = tellings_of(records, ONTOLOGY)
    scored = reasons(one, other, records)
    assert [(feature.name, added) for feature, added in scored.features] == [
        ("same type", 0.3),
        ("same deed", 0.2),
        ("same parties", 0.5),
        ("about the same days", 0.2),
    ]
    assert scored.score == 1.2


def test_an_entity_of_another_kind_is_another() -> None:
    """ "Norland" the newspaper did not bomb Estmark."""
    paper: Entity = entity("Norland Daily", Kind.ORGANIZATION, country="NLD", sector="JRN")
    records = told(BOMBED)
    one = article("Norland Daily bombed it.", id="b")
    other = extraction(one, [paper, ESTMARK], [event(one, "bombed", **BOMBED | {"actors": [paper]})])
    assert len(cluster_claims([*records, other], ONTOLOGY)) == 2
