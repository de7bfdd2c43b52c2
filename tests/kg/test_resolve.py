"""kg.resolve: what is one entity and what only likely so, whatever the order."""

import datetime
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.decisions import Decision
from kg.gazetteer import Gazetteer, GazetteerEntry, Office, RoleNoun
from kg.graph import build_graph
from kg.model import Entity, Extraction, Kind
from kg.ontology import load_ontology
from kg.resolve import Identity, candidates, merge_entities, profiles_of, resolve, undecided, with_identity
from kg.resolve.features import NAMES, SURROUNDINGS
from kg.resolve.spelling import form, initials, skeleton
from tests.factories import (
    BRANDT,
    NORLAND,
    TALVIK,
    article,
    entity,
    event,
    extraction,
    relation,
    small_world,
    statement,
)


def merged(*tellings: Entity) -> Entity:
    (only,) = merge_entities(
        extraction(article(id=f"a{place}"), [telling]) for place, telling in enumerate(tellings)
    ).values()
    return only


def ann(name: str = "Ann", kind: Kind = Kind.PERSON, **fields: object) -> Entity:
    return Entity(id="Q1", kind=kind, name=name, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([ann()], ann()),
        ([ann("B"), ann("A"), ann("B")], ann("B", aliases=("A",))),
        ([ann("B"), ann("A")], ann("A", aliases=("B",))),
        ([ann(aliases=("Y", "X")), ann(aliases=("Z", "Ann", "X"))], ann(aliases=("X", "Y", "Z"))),
        ([ann(kind=Kind.GROUP), ann(kind=Kind.PERSON), ann(kind=Kind.GROUP)], ann(kind=Kind.GROUP)),
        ([ann(country="USA"), ann(), ann()], ann(country="USA")),
        ([ann(country="USA", sector="MIL"), ann(country="PRK", sector="GOV")], ann(country="PRK", sector="GOV")),
        ([ann(latitude=1.0, longitude=9.0), ann(latitude=2.0, longitude=0.0)], ann(latitude=1.0, longitude=9.0)),
        ([ann(latitude=1.0), ann(longitude=2.0)], ann()),
    ],
)
def test_the_most_frequent_then_the_smallest_wins(tellings: list[Entity], expected: Entity) -> None:
    assert merged(*tellings) == expected


def test_there_is_no_negative_zero() -> None:
    one = merged(ann(latitude=-0.0, longitude=-0.0))
    assert (math.copysign(1, one.latitude or 0.0), math.copysign(1, one.longitude or 0.0)) == (1, 1)


def test_entities_come_in_order_of_id() -> None:
    ids = list(merge_entities(small_world()))
    assert ids == sorted(ids)
    assert len(ids) == 8


def test_nothing_gives_nothing() -> None:
    assert merge_entities([]) == {}


few = st.sampled_from(["Ann", "Bob", "Cyd"])
maybe = st.none() | few
degree = st.none() | st.sampled_from([-0.0, 0.0, 1.0, 2.0])
entities = st.builds(
    Entity,
    id=st.sampled_from(["Q1", "Q2"]),
    kind=st.sampled_from(list(Kind)),
    name=few,
    aliases=st.lists(few).map(tuple),
    country=maybe,
    sector=maybe,
    latitude=degree,
    longitude=degree,
)


@given(st.lists(entities), st.randoms(use_true_random=False))
def test_order_changes_nothing(tellings: list[Entity], random: object) -> None:
    extractions = [extraction(article(id=f"a{place}"), [one], mentions=[]) for place, one in enumerate(tellings)]
    shuffled = list(extractions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert repr(merge_entities(shuffled)) == repr(merge_entities(extractions))


# --- who is one entity ------------------------------------------------------------------------------------------------

NORLAND_LISTED = GazetteerEntry(id="Q900001", kind=Kind.COUNTRY, name="Norland", country="NLD")
OKAFOR_LISTED = GazetteerEntry(
    id="person/grace-okafor",
    kind=Kind.PERSON,
    name="Grace Okafor",
    aliases=("Grace N. Okafor",),
    country="NLD",
    surname="Okafor",
    offices=(Office(title="President", role="head of state", of="Q900001", start="2020-05", end="2024-06-20"),),
)
BODIES = [
    GazetteerEntry(
        id="organization/harbour-guard", kind=Kind.ORGANIZATION, name="Harbour Guard", aliases=("HG", "Guards")
    ),
    GazetteerEntry(id="organization/night-guard", kind=Kind.ORGANIZATION, name="Night Guard", aliases=("Guards",)),
]
GAZETTEER = Gazetteer(
    {entry.id: entry for entry in (NORLAND_LISTED, OKAFOR_LISTED, *BODIES)},
    {"president": RoleNoun(noun="president", kind=Kind.PERSON, offices=("head of state",))},
)
STATE = entity("Norland", Kind.COUNTRY, id="Q900001", country="NLD")


def reading(*entities: Entity) -> list[Extraction]:
    """An article for each entity, which has only this one."""
    return [extraction(article(f"{one.name} slept.", id=f"a{place}"), [one]) for place, one in enumerate(entities)]


def in_office(name: str, title: str = "president", day: str | None = "2021-03-01", id: str = "a0") -> Extraction:
    """An article that gives somebody an office of Norland."""
    published = datetime.date.fromisoformat(day) if day else None
    told = article(f"{name} of Norland slept.", id=id, published=published)
    who = entity(name)
    stated = relation(told, f"{name} of Norland", type="LEADS", source=who, target=STATE, title=title)
    return extraction(told, [who, STATE], relations=[stated])


def identity(
    told: Iterable[Extraction], decisions: Sequence[Decision] = (), gazetteer: Gazetteer | None = GAZETTEER
) -> Identity:
    return resolve(profiles_of(told, gazetteer), decisions, gazetteer)


def united(told: Iterable[Extraction], *decisions: Decision) -> dict[str, str]:
    """The ids that are not their own canonical one."""
    return {id: best for id, best in identity(told, decisions).canonical.items() if id != best}


def body(name: str, **fields: Any) -> Entity:
    return entity(name, Kind.ORGANIZATION, **fields)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # the gazetteer's names
        (reading(entity("Grace N. Okafor")), {"person/grace-n-okafor": "person/grace-okafor"}),
        (reading(body("HG")), {"organization/hg": "organization/harbour-guard"}),
        (reading(body("Hg")), {}),
        (reading(body("Guards")), {}),  # two listed ones are called so
        (reading(entity("Grace N. Okafor", country="EST")), {}),
        (reading(entity("Grace N. Okafor", Kind.ORGANIZATION)), {}),
        # names in the records
        (
            reading(body("Ministry of Defence"), body("Ministry of Defense")),
            {"organization/ministry-of-defense": "organization/ministry-of-defence"},
        ),
        (reading(body("Ministry of Defence", country="NLD"), body("Ministry of Defense", country="EST")), {}),
        (reading(body("Coastal Union", aliases=["CU"]), body("CU")), {}),  # the acronym of one article only
        (reading(entity("Ann Lee", aliases=["Lee"]), entity("Lee")), {}),
        (reading(entity("John Smith"), entity("Jane Smith"), entity("Smith")), {}),
        (reading(entity("Kim Jong Un"), entity("Kim Jong Il"), entity("Kim")), {}),
        (reading(entity("Port Alder", Kind.PLACE), entity("Port Alder", Kind.GROUP)), {}),
        # an office with its holder
        ([in_office("Okafor")], {"person/okafor": "person/grace-okafor"}),
        ([in_office("G. Okafor")], {"person/g-okafor": "person/grace-okafor"}),
        ([in_office("Okafor", day="2024-06-20")], {"person/okafor": "person/grace-okafor"}),
        ([in_office("Okafor", day="2024-06-21")], {}),
        ([in_office("Okafor", day=None)], {}),
        ([in_office("Okafor", title="envoy")], {}),
        ([in_office("Obi")], {}),
        ([in_office("Peter Okafor")], {}),
        ([in_office("Okafor"), *reading(entity("Talvik"))], {"person/okafor": "person/grace-okafor"}),
        ([in_office("Okafor", id="b"), *reading(entity("Okafor"))], {}),  # the other article may mean another Okafor
    ],
)
def test_what_is_united_by_itself(told: list[Extraction], expected: dict[str, str]) -> None:
    assert united(told) == expected


def test_links_say_why() -> None:
    told = [in_office("Okafor"), *reading(entity("Grace N. Okafor"), body("Hidden"), body("Found"))]
    told[1] = extraction(article("Grace N. Okafor slept.", id="a9"), [entity("Grace N. Okafor")])
    found = identity(told, [Decision("organization/found", "organization/hidden", True)])
    assert [(link.left, link.right, link.reason) for link in found.links] == [
        ("organization/found", "organization/hidden", "decision 1"),
        ("person/grace-n-okafor", "person/grace-okafor", "exact alias: the gazetteer lists “Grace N. Okafor”"),
        ("person/okafor", "person/grace-okafor", "dated role: president of Norland on 2021-03-01"),
    ]
    assert found.members["person/grace-okafor"] == ("person/grace-n-okafor", "person/okafor")
    assert [link.left for link in found.reasons("person/okafor")] == ["person/grace-n-okafor", "person/okafor"]


TRIO = reading(entity("Ann"), entity("Bob"), entity("Cyd"), entity("Cyd"))


def same(left: str, right: str) -> Decision:
    return Decision(f"person/{left}", f"person/{right}", True)


def apart(left: str, right: str) -> Decision:
    return Decision(f"person/{left}", f"person/{right}", False)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([same("ann", "bob")], {"person/bob": "person/ann"}),
        ([same("ann", "cyd")], {"person/ann": "person/cyd"}),  # the most mentioned
        ([same("ann", "bob"), same("bob", "cyd")], {"person/ann": "person/cyd", "person/bob": "person/cyd"}),
        ([same("ann", "bob"), apart("ann", "bob")], {}),
        ([apart("ann", "bob"), same("ann", "bob")], {"person/bob": "person/ann"}),
        ([same("ann", "gone"), apart("bob", "gone")], {}),
        ([same("ann", "bob"), same("bob", "cyd"), apart("ann", "cyd")], {}),  # the store refuses such decisions
    ],
)
def test_decisions_are_obeyed(decisions: list[Decision], expected: dict[str, str]) -> None:
    assert united(TRIO, *decisions) == expected


DEFENCE = [body("Ministry of Defence"), body("Ministry of Defense"), body("Staff")]
ONE, OTHER, STAFF = "organization/ministry-of-defence", "organization/ministry-of-defense", "organization/staff"


def test_a_decision_beats_an_exact_rule() -> None:
    assert united(reading(*DEFENCE), Decision(ONE, OTHER, False)) == {}


def test_a_component_that_contradicts_a_decision_falls_back_to_what_was_decided() -> None:
    decisions = [Decision(OTHER, STAFF, True), Decision(ONE, STAFF, False)]
    assert united(reading(*DEFENCE), *decisions) == {STAFF: OTHER}


def test_a_decision_may_unite_what_no_rule_would() -> None:
    told = reading(body("Guard", country="NLD"), entity("Guards", Kind.GROUP, country="EST"))
    assert united(told, Decision("organization/guard", "group/guards", True)) == {"organization/guard": "group/guards"}


@pytest.mark.parametrize("id", ["Q1", "person/grace-okafor"])
def test_a_listed_id_is_the_canonical_one(id: str) -> None:
    told = reading(entity("Zoe", id=id), entity("Ann"), entity("Ann"))
    assert united(told, Decision("person/ann", id, True)) == {"person/ann": id}


some_names = ["Ann Lee", "Ann B. Lee", "Lee", "Harbour Guard", "Harbor Guard", "HG", "Grace N. Okafor", "Okafor"]
some_entities = st.builds(
    entity, st.sampled_from(some_names), st.sampled_from(list(Kind)), country=st.sampled_from([None, "NLD", "EST"])
)
some_ids = st.sampled_from(
    [f"{kind}/{name}" for kind in ("person", "organization") for name in ("ann-lee", "lee", "hg")]
)


@st.composite
def some_decisions(draw: st.DrawFn) -> list[Decision]:
    pairs = draw(st.lists(st.tuples(some_ids, some_ids).filter(lambda pair: pair[0] != pair[1])))
    return [Decision(*pair, draw(st.booleans())) for pair in pairs]


@settings(max_examples=60, deadline=None)
@given(st.lists(some_entities), st.booleans(), some_decisions(), st.randoms(use_true_random=False))
def test_identity_and_candidates_do_not_depend_on_order(
    some: list[Entity], office: bool, decisions: list[Decision], random: Any
) -> None:
    told = [*reading(*some), *([in_office("Okafor", id="z")] if office else [])]
    shuffled = list(told)
    random.shuffle(shuffled)
    one, other = profiles_of(told, GAZETTEER), profiles_of(shuffled, GAZETTEER)
    first, second = resolve(one, decisions, GAZETTEER), resolve(other, decisions, GAZETTEER)
    assert repr(first) == repr(second)
    assert candidates(one) == candidates(other)
    assert set(first.canonical) == set(one)
    assert all(first.of(best) == best for best in first.canonical.values())


# --- records told with canonical ids ----------------------------------------------------------------------------------


def test_a_record_is_told_anew_and_stays_what_it_was() -> None:
    told = article("Talvik met Brandt in Norland. “Yes,” Talvik said. Talvik leads Brandt. Talvik leads Norland.")
    ids = [TALVIK, BRANDT, NORLAND]
    record = extraction(
        told,
        ids,
        [event(told, "met", actors=[TALVIK, BRANDT], targets=[BRANDT], place=NORLAND, attributed_to=BRANDT)],
        [statement(told, "Yes,", speaker=BRANDT), statement(told, "Yes,")],
        [
            relation(told, "Talvik leads Brandt", type="LEADS", source=TALVIK, target=BRANDT),
            relation(told, "Talvik leads Norland", type="LEADS", source=BRANDT, target=NORLAND),
        ],
    )
    before = repr(record)
    new = with_identity(record, {BRANDT.id: TALVIK.id})
    (happened,) = new.events
    assert (happened.id, happened.actors, happened.targets) == (record.events[0].id, (TALVIK.id,), (TALVIK.id,))
    assert (happened.place, happened.attributed_to) == (NORLAND.id, TALVIK.id)
    assert [said.speaker for said in new.statements] == [TALVIK.id, None]
    assert [(each.source, each.target) for each in new.relations] == [(TALVIK.id, NORLAND.id)]
    assert {mention.entity for mention in new.mentions} == {TALVIK.id, NORLAND.id}
    assert [each.id for each in new.entities] == [NORLAND.id, TALVIK.id]
    assert repr(record) == before
    assert with_identity(record, {"Q1": "Q2"}) is record


def test_a_merged_entity_has_all_names_and_a_person_the_full_one() -> None:
    tellings = reading(entity("Okafor"), entity("Okafor"), entity("Grace Okafor", country="NLD"))
    (one,) = merge_entities(tellings, {"person/grace-okafor": "person/okafor"}).values()
    assert one == entity("Grace Okafor", id="person/okafor", aliases=["Okafor"], country="NLD")


def test_the_canonical_telling_counts_before_the_others() -> None:
    tellings = reading(body("Guard", country="NLD"), *[entity("Guards", Kind.GROUP, country="EST")] * 2)
    (one,) = merge_entities(tellings, {"group/guards": "organization/guard"}).values()
    assert (one.name, one.kind, one.country) == ("Guard", Kind.ORGANIZATION, "NLD")


def test_the_graph_has_one_node_where_identity_has_one_entity() -> None:
    world = small_world()
    plain = build_graph(world, load_ontology())
    graph = build_graph(world, load_ontology(), {BRANDT.id: TALVIK.id})
    assert set(plain) - set(graph) >= {BRANDT.id}
    assert {id for id in graph if id.startswith("event/")} == {id for id in plain if id.startswith("event/")}
    assert graph.nodes[TALVIK.id]["aliases"] == ["Brandt", "Oskar Brandt", "Talvik"]
    counts = {article: data["count"] for _, article, data in graph.out_edges(TALVIK.id, data=True) if "count" in data}
    assert (counts["gazette-1"], counts["courier-7"]) == (4, 2)
    ids = {id for id, data in graph.nodes(data=True)}
    assert all(set(data.get("actorIds", [])) <= ids for _, data in graph.nodes(data=True))


# --- likely duplicates ------------------------------------------------------------------------------------------------


def likely(told: Iterable[Extraction], *decisions: Decision) -> list[tuple[str, str, tuple[str, ...]]]:
    told = list(told)
    found = undecided(candidates(profiles_of(told, GAZETTEER)), identity(told, decisions))
    return [(one.left.name, one.right.name, one.reasons) for one in found]


PEOPLE, OTHERS = Kind.PERSON, Kind.ORGANIZATION


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PEOPLE, "Okafor", "Peter Okafor"),
        (PEOPLE, "Mohammed al-Sayed", "Muhammad El Sayyid"),
        (PEOPLE, "Abdullah Karimi", "Abdallah Karimi"),
        (PEOPLE, "Donald J. Drake", "Donald Drake"),
        (PEOPLE, "J. R. Doe", "Jane Doe"),
        (PEOPLE, "Jane Mary Doe", "Jane Doe"),
        (PEOPLE, "Doe Jane Mary", "Jane Mary Doe"),
        (PEOPLE, "Moonjae Park", "Moon-jae Park"),
        (OTHERS, "Bank of Norland", "Norland Bank"),
        (OTHERS, "Coastal Trade Union", "CTU"),
        (OTHERS, "C.T.U.", "Coastal Trade Union"),
        (OTHERS, "Hezbollar", "Hizbollar"),
    ],
)
def test_pairs_that_are_worth_asking_about(kind: Kind, one: str, other: str) -> None:
    ((*names, _),) = likely(reading(entity(one, kind), entity(other, kind)))
    assert set(names) == {one, other}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PEOPLE, "John Smith", "Jane Smith"),
        (PEOPLE, "Kim Jong Un", "Kim Jong Il"),
        (PEOPLE, "Jean Roe", "Joan Roe"),
        (PEOPLE, "Peter Okafor", "Peter Obi"),
        (PEOPLE, "Smith", "Smithson"),
        (OTHERS, "Coastal Union", "Coastal Guard"),
        (OTHERS, "CICPC", "CPAC"),
        (OTHERS, "Milan", "Milenio"),
        (OTHERS, "Who", "World Health Office"),
    ],
)
def test_pairs_that_are_not(kind: Kind, one: str, other: str) -> None:
    assert likely(reading(entity(one, kind), entity(other, kind))) == []


def test_a_group_and_an_organisation_of_one_name_are_asked_about() -> None:
    told = reading(
        entity("Red Hand", Kind.GROUP), entity("Red Hand", Kind.ORGANIZATION), entity("Red Hand", Kind.PLACE)
    )
    assert likely(told) == [("Red Hand", "Red Hand", ("both are called “Red Hand”", "one Group, one Organization"))]


def test_two_listed_ones_are_never_asked_about() -> None:
    assert likely(reading(entity("Ann Lee", id="Q1"), entity("Ann B. Lee", id="Q2"))) == []


def test_who_is_only_described_is_never_asked_about() -> None:
    unnamed = entity("Okafor man", id="person/okafor-man")
    told = extraction(article("The man slept.", id="b"), [unnamed], mentions=[])
    assert likely([told, *reading(entity("Peter Okafor man"))]) == []


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"country": "NLD"}, {"country": "NLD"}, ("both of NLD",)),
        ({"sector": "GOV"}, {"sector": "MIL"}, ("one MIL, one GOV",)),
        ({"sector": "GOV"}, {"sector": "UNK"}, ()),
    ],
)
def test_what_surrounds_a_name_is_said(one: dict[str, str], other: dict[str, str], reasons: tuple[str, ...]) -> None:
    told = reading(entity("Ann Lee", **one), entity("Ann B. Lee", **other))  # type: ignore[arg-type]
    ((_, _, (name, *rest)),) = likely(told)
    assert name == "“Ann B. Lee” and “Ann Lee” differ by initials or middle names"
    assert tuple(rest) == reasons


def test_other_countries_make_it_unlikely() -> None:
    assert likely(reading(entity("Ann Lee", country="NLD"), entity("Ann B. Lee", country="EST"))) == []


def test_one_office_one_partner_and_one_article() -> None:
    ((_, _, reasons),) = likely([in_office("Ann Lee"), in_office("Ann B. Lee", id="a1")])
    assert reasons[1:] == ("both president of Norland", "both with Norland")
    together = extraction(article("Ann Lee saw Ann B. Lee."), [entity("Ann Lee"), entity("Ann B. Lee")])
    ((_, _, reasons),) = likely([together])
    assert reasons[1:] == ("article a1 tells them apart",)


@pytest.mark.parametrize("same", [True, False])
def test_what_is_decided_or_follows_is_not_asked_again(same: bool) -> None:
    told = reading(entity("Ann Lee"), entity("Ann B. Lee"), entity("Lee"))
    first = Decision("person/ann-lee", "person/ann-b-lee", same)
    asked = likely(told, first)
    assert len(likely(told)) == 3
    assert len(asked) == (1 if same else 2)


def test_the_table_is_in_order_of_weight_and_every_feature_is_explained() -> None:
    for table in (NAMES, tuple(reversed(SURROUNDINGS))):
        assert all(feature.compare.__doc__ for feature in table)
    assert [feature.weight for feature in NAMES] == sorted((feature.weight for feature in NAMES), reverse=True)


# --- spelling ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ministry of Defence", "ministry of defense", True),
        ("U.N.", "UN", True),
        ("WHO", "Who", False),
        ("Trade & Labour", "Trade and Labor", True),
        ("Sana’a", "Sanaa", True),
    ],
)
def test_exact_form(one: str, other: str, alike: bool) -> None:
    assert (form(one) == form(other)) is alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("mohammed", "muhammad", True),
        ("youssef", "yusuf", True),
        ("hussein", "husayn", True),
        ("qadhafi", "kadafi", True),
        ("zelensky", "zelenskiy", True),
        ("lavrow", "lavrov", True),
        ("jean", "joan", False),
        ("un", "il", False),
    ],
)
def test_sound(one: str, other: str, alike: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is alike


def test_initials() -> None:
    assert initials("Workers' Party of Korea") == "WPK"
