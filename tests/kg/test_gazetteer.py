import datetime
from collections import defaultdict
from itertools import pairwise

import pytest

from kg.gazetteer import Gazetteer, GazetteerEntry, Office, Use
from kg.gazetteer_files import load_gazetteer
from kg.ids import entity_id
from kg.model import Kind
from kg.names import normal
from kg.ontology import load_ontology
from kg.resources import data_folder

FOLDER = data_folder() / "gazetteer"

# ISO 3166-1 alpha-3 of every state that is a member of the United Nations …
MEMBERS = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF CAN
CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM
GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ
KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ
MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN
SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA
UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""".split()
# … and of other states, disputed and dependent territories (XKX is user-assigned).
OTHERS = """
PSE TWN VAT ESH XKX ABW AIA ALA ASM ATA BMU COK CUW CYM FLK FRO GGY GIB GLP GRL GUF GUM HKG IMN IOT JEY MAC MNP MSR MTQ
MYT NCL NIU PRI PYF REU SHN SJM SXM TCA VGB VIR
""".split()

# Names that mean two things, besides capitals, which stand for the place and for its government.
AMBIGUOUS = {
    "baltic": "the sea; of the states",
    "brussels": "Belgium or the European Union",
    "christian democrats": "parties of several states",
    "congo": "two states",
    "congolese": "two states",
    "georgia": "the country; the American state",
    "green party": "parties of several states",
    "greens": "parties of several states",
    "left party": "parties of two states",
    "new york": "the city; the state",
    "sao tome": "the state; its capital",
    "social democrats": "parties of several states",
    "victoria": "a capital; the Australian state",
    "white house": "the organisation; its government",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def senses(gazetteer: Gazetteer, surface: str) -> list[tuple[str, str]]:
    return [(sense.entry.name, sense.use.value) for sense in gazetteer.lookup(surface)]


def country(gazetteer: Gazetteer, code: str) -> GazetteerEntry:
    return next(entry for entry in gazetteer.entries.values() if entry.country == code and entry.kind is Kind.COUNTRY)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("North Korea", [("North Korea", "name")]),
        ("the U.S.", [("United States", "alias")]),
        ("The US", [("United States", "alias")]),
        ("U.S.'s", [("United States", "alias")]),
        ("us", []),
        ("Us", []),
        ("WHO", [("World Health Organization", "alias")]),
        ("Who", []),
        ("who", []),
        ("Isis", [("Islamic State", "alias")]),
        ("IS", [("Islamic State", "alias")]),
        ("Is", []),
        ("UN", [("United Nations", "alias")]),
        ("U.N.", [("United Nations", "alias")]),
        ("Un", []),
        ("Turkey", [("Turkey", "name")]),
        ("Türkiye's", [("Turkey", "alias")]),
        ("turkey", []),
        ("polish", []),
        ("Polish", [("Poland", "demonym")]),
        ("Russians", [("Russia", "demonym")]),
        ("Georgia", [("Georgia", "name"), ("Georgia (U.S. state)", "alias")]),
        ("Guinea-Bissau", [("Guinea-Bissau", "name")]),
        ("Guinea", [("Guinea", "name")]),
        ("Papua New Guinea", [("Papua New Guinea", "name")]),
        ("Niger", [("Niger", "name")]),
        ("Congo", [("Republic of the Congo", "alias"), ("Democratic Republic of the Congo", "alias")]),
        ("Moscow", [("Moscow", "name"), ("Russia", "metonym")]),
        ("Washington", [("Washington, D.C.", "alias"), ("United States", "metonym")]),
        ("the Kremlin", [("Russia", "metonym")]),
        ("Downing Street", [("United Kingdom", "metonym")]),
        ("White House", [("White House", "name"), ("United States", "metonym")]),
        ("Brussels", [("Brussels", "name"), ("Belgium", "metonym"), ("European Union", "metonym")]),
        ("KCNA", [("Korean Central News Agency", "alias")]),
        ("UN Security Council", [("United Nations Security Council", "alias")]),
        ("U.N. Security Council", [("United Nations Security Council", "alias")]),
        ("Workers' Party", [("Workers' Party of Korea", "alias")]),
        ("Kim Jong-un", [("Kim Jong Un", "name")]),
        ("Kim", []),
        ("Putin", [("Vladimir Putin", "surname")]),
        ("Erdogan", [("Recep Tayyip Erdoğan", "surname")]),
        ("Zelensky", [("Volodymyr Zelenskyy", "alias")]),
        ("Somebody Unheard Of", []),
        ("", []),
    ],
)
def test_lookup(gazetteer: Gazetteer, surface: str, expected: list[tuple[str, str]]) -> None:
    assert senses(gazetteer, surface) == expected


@pytest.mark.parametrize(
    ("code", "role", "day", "expected"),
    [
        ("PRK", "leader", "2024-12-29", ["Kim Jong Un"]),
        ("PRK", "leader", "2005-01-01", ["Kim Jong Il"]),
        ("USA", "head of state", "2018-06-12", ["Donald Trump"]),
        ("USA", "head of state", "2024-06-12", ["Joe Biden"]),
        ("USA", "head of state", "2025-01-20", ["Donald Trump", "Joe Biden"]),
        ("USA", "foreign minister", "2022-03-01", ["Antony Blinken"]),
        ("RUS", "leader", "2024-06-19", ["Vladimir Putin"]),
        ("RUS", "head of state", "2010-01-01", ["Dmitry Medvedev"]),
        ("RUS", "leader", "2010-01-01", ["Vladimir Putin"]),
        ("RUS", "foreign minister", "2014-03-18", ["Sergei Lavrov"]),
        ("GBR", "leader", "2022-10-01", ["Liz Truss"]),
        ("GBR", "head of state", "2022-10-01", ["Charles III"]),
        ("DEU", "head of government", "2021-12-07", ["Angela Merkel"]),
        ("DEU", "head of government", "2021-12-09", ["Olaf Scholz"]),
        ("DEU", "head of state", "2015-01-01", ["Joachim Gauck"]),
        ("FRA", "leader", "2012-05-14", ["Nicolas Sarkozy"]),
        ("CHN", "leader", "2012-12-01", ["Xi Jinping"]),
        ("CHN", "head of state", "2012-12-01", ["Hu Jintao"]),
        ("CHN", "head of government", "2020-01-01", ["Li Keqiang"]),
        ("KOR", "head of state", "2016-01-01", ["Park Geun-hye"]),
        ("JPN", "leader", "2022-07-08", ["Fumio Kishida"]),
        ("UKR", "head of state", "2022-02-24", ["Volodymyr Zelenskyy"]),
        ("IRN", "leader", "2015-07-14", ["Ali Khamenei"]),
        ("IRN", "head of state", "2015-07-14", ["Hassan Rouhani"]),
        ("ISR", "leader", "1995-11-01", ["Yitzhak Rabin"]),
        ("EGY", "leader", "2013-01-01", ["Mohamed Morsi"]),
        ("ZAF", "leader", "1994-05-11", ["Nelson Mandela"]),
        ("CUB", "leader", "1995-01-01", ["Fidel Castro"]),
        ("VAT", "head of state", "2010-01-01", ["Benedict XVI"]),
        ("SYR", "leader", "2024-12-01", ["Bashar al-Assad"]),
        ("MCO", "leader", "2024-01-01", ["Albert II of Monaco"]),
        ("TON", "leader", "2012-01-01", ["Sialeʻataongo Tuʻivakanō"]),
        ("WSM", "leader", "2022-01-01", ["Fiamē Naomi Mataʻafa"]),
        ("DMA", "leader", "2010-01-01", ["Roosevelt Skerrit"]),
        ("NRU", "leader", "2004-01-01", ["René Harris"]),
        ("LIE", "leader", "2000-01-01", ["Hans-Adam II"]),
        ("BGR", "leader", "1999-01-01", ["Ivan Kostov"]),
        ("EST", "leader", "2010-01-01", ["Andrus Ansip"]),
        ("JPN", "defence minister", "2017-01-01", ["Tomomi Inada"]),
        ("IND", "foreign minister", "2013-01-01", ["Salman Khurshid"]),
        ("GBR", "defence minister", "2018-01-01", ["Gavin Williamson"]),
        ("MCO", "foreign minister", "2024-01-01", []),
    ],
)
def test_facts_of_office(gazetteer: Gazetteer, code: str, role: str, day: str, expected: list[str]) -> None:
    holders = gazetteer.holders(country(gazetteer, code).id, role, datetime.date.fromisoformat(day))
    assert [entry.name for entry in holders] == expected


@pytest.mark.parametrize(
    ("start", "end", "day", "covered"),
    [
        ("2011-12-17", None, "2011-12-16", False),
        ("2011-12-17", None, "2011-12-17", True),
        ("2011-12", "2012-03", "2011-12-01", True),
        ("2011-12", "2012-03", "2012-03-31", True),
        ("2011-12", "2012-03", "2012-04-01", False),
        ("2011", "2011", "2011-07-01", True),
        (None, "2011", "2011-07-01", True),
    ],
)
def test_office_covers_the_whole_of_what_is_not_known_exactly(
    start: str | None, end: str | None, day: str, covered: bool
) -> None:
    office = Office(title="President", role="head of state", of="Q1", start=start, end=end)
    assert office.covers(datetime.date.fromisoformat(day)) is covered


def test_nobody_is_taken_for_a_holder_without_a_first_day() -> None:
    office = Office(title="President", role="head of state", of="Q1")
    nobody = GazetteerEntry(id="person/nobody", kind=Kind.PERSON, name="Nobody", offices=(office,))
    assert Gazetteer({nobody.id: nobody}, {}).holders("Q1", "head of state", datetime.date(2011, 7, 1)) == ()


@pytest.mark.parametrize(
    ("id_", "name", "code"),
    [
        ("Q423", "North Korea", "PRK"),
        ("Q30", "United States", "USA"),
        ("Q159", "Russia", "RUS"),
        ("Q865", "Taiwan", "TWN"),
        ("Q1246", "Kosovo", "XKX"),
        ("Q219060", "Palestine", "PSE"),
        ("Q55", "Netherlands", "NLD"),
        ("Q35", "Denmark", "DNK"),
    ],
)
def test_ids_of_countries(gazetteer: Gazetteer, id_: str, name: str, code: str) -> None:
    assert (gazetteer.entries[id_].name, gazetteer.entries[id_].country) == (name, code)


@pytest.mark.parametrize(
    ("noun", "kind", "sector", "plural"),
    [
        ("police", Kind.GROUP, "COP", "police"),
        ("foreign minister", Kind.PERSON, "GOV", None),
        ("lawmaker", Kind.PERSON, "LEG", None),
        ("court", Kind.ORGANIZATION, "JUD", None),
        ("spokesman", Kind.PERSON, "GOV", "spokesmen"),
        ("analyst", Kind.PERSON, "EDU", None),
        ("rebel", Kind.PERSON, "REB", None),
        ("news agency", Kind.ORGANIZATION, "JRN", "news agencies"),
    ],
)
def test_roles(gazetteer: Gazetteer, noun: str, kind: Kind, sector: str, plural: str | None) -> None:
    role = gazetteer.roles[noun]
    assert (role.kind, role.sector, role.plural) == (kind, sector, plural)


def test_every_united_nations_member_is_there_once(gazetteer: Gazetteer) -> None:
    states = [entry.country for entry in gazetteer.entries.values() if entry.kind is Kind.COUNTRY and entry.country]
    assert len(MEMBERS) == 193
    assert sorted(states) == sorted([*MEMBERS, *OTHERS[:5]])


def test_codes_and_sectors_are_known(gazetteer: Gazetteer) -> None:
    codes, sectors = {*MEMBERS, *OTHERS, None}, {*load_ontology().sectors, None}
    assert {entry.country for entry in gazetteer.entries.values()} <= codes
    assert {entry.sector for entry in gazetteer.entries.values()} <= sectors
    assert {role.sector for role in gazetteer.roles.values()} <= sectors


def test_every_state_has_a_demonym_and_a_metonym(gazetteer: Gazetteer) -> None:
    states = [country(gazetteer, code) for code in MEMBERS]
    assert [state.name for state in states if not state.demonyms] == ["Dominica"]  # as the Dominican Republic's
    named_as_their_capital = ["Maldives", "Monaco", "San Marino", "Singapore", "São Tomé and Príncipe"]
    assert sorted(state.name for state in states if not state.metonyms) == named_as_their_capital


def test_ids_are_from_a_source_or_made_from_kind_and_name(gazetteer: Gazetteer) -> None:
    made = [entry for entry in gazetteer.entries.values() if not entry.id.startswith("Q")]
    assert [entry.id for entry in made if entry.id != entity_id(entry.kind, entry.name)] == []
    assert {entry.kind for entry in gazetteer.entries.values() if entry.id.startswith("Q")} <= {
        Kind.COUNTRY,
        Kind.PLACE,
        Kind.ORGANIZATION,
    }


def test_no_surface_means_two_unless_it_is_listed(gazetteer: Gazetteer) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for surface, id_, use in gazetteer.surfaces():
        if use is not Use.METONYM or gazetteer.entries[id_].kind is Kind.ORGANIZATION:
            meant[normal(surface)].add(id_)
    assert {name for name, ids in meant.items() if len(ids) > 1} <= AMBIGUOUS.keys()


def test_metonyms_of_states_name_only_a_place_or_a_seat_besides(gazetteer: Gazetteer) -> None:
    for state in (entry for entry in gazetteer.entries.values() if entry.kind is Kind.COUNTRY):
        for metonym in state.metonyms:
            others = [sense.entry for sense in gazetteer.lookup(metonym) if sense.entry is not state]
            assert all(other.kind is Kind.PLACE or normal(metonym) in AMBIGUOUS for other in others), metonym


def test_no_surface_is_empty_or_repeated(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        surfaces = [surface for surface, _ in entry.surfaces() if surface != entry.surname]
        assert all(normal(surface) for surface in surfaces), entry.id
        assert len(surfaces) == len(set(surfaces)), entry.id


def test_persons_have_gender_and_surname_and_nobody_else_has_an_office(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        assert (entry.kind is Kind.PERSON) == bool(entry.gender and entry.surname), entry.id
        assert entry.kind is Kind.PERSON or not entry.offices, entry.id


def test_offices_start_no_later_than_the_day_after_which_none_is_promised(gazetteer: Gazetteer) -> None:
    assert gazetteer.maintained == datetime.date(2025, 6, 30)
    roles = {office.role for entry in gazetteer.entries.values() for office in entry.offices}
    assert {"leader", "head of state", "head of government", "foreign minister", "defence minister"} <= roles
    meant = {role for noun in gazetteer.roles.values() for role in noun.offices}
    assert meant <= roles


@pytest.mark.parametrize(
    ("name", "day", "count", "member", "stranger"),
    [
        ("EU", "2025-06-30", 27, "HRV", "GBR"),
        ("EU", "2020-01-31", 28, "GBR", "ALB"),  # the last day
        ("EU", "1995-01-01", 15, "FIN", "POL"),
        ("EU", "1980-12-31", 9, "IRL", "GRC"),
        ("NATO", "2025-06-30", 32, "SWE", "AUT"),
        ("NATO", "2023-04-04", 31, "FIN", "SWE"),
        ("NATO", "1990-01-01", 16, "ESP", "POL"),
        ("BRICS", "2025-06-30", 10, "ETH", "ARG"),
        ("BRICS", "2023-12-31", 5, "ZAF", "IRN"),
        ("G7", "2025-06-30", 7, "JPN", "RUS"),
        ("G20", "2025-06-30", 21, "ZAF", "ESP"),
        ("OPEC", "2025-06-30", 12, "COG", "QAT"),
        ("OPEC", "2018-12-31", 15, "QAT", "IDN"),
        ("ASEAN", "2025-06-30", 10, "LAO", "PNG"),
        ("African Union", "2025-06-30", 55, "MAR", "TUR"),
        ("African Union", "2010-01-01", 53, "SDN", "MAR"),
        ("Arab League", "2025-06-30", 22, "COM", "IRN"),
        ("CSTO", "2025-06-30", 6, "TJK", "UZB"),
        ("SCO", "2025-06-30", 10, "BLR", "TKM"),
        ("SCO", "2016-01-01", 6, "UZB", "IND"),
        ("UN", "2025-06-30", 193, "SSD", "XKX"),
        ("UN", "2000-12-31", 189, "SRB", "CHE"),
        ("UN", "2003-01-01", 191, "TLS", "MNE"),
        ("UN Security Council", "2024-06-30", 15, "SVN", "PAK"),
        ("UN Security Council", "2025-06-30", 15, "PAK", "JPN"),
        ("UN Security Council", "2016-06-30", 15, "UKR", "DEU"),
        ("Council of Europe", "2025-06-30", 46, "ARM", "RUS"),
        ("Council of Europe", "2022-03-15", 47, "RUS", "BLR"),
        ("ECOWAS", "2024-12-31", 15, "NER", "MRT"),
        ("OECD", "2025-06-30", 38, "CRI", "BRA"),
        ("APEC", "2025-06-30", 21, "TWN", "IND"),
        ("GCC", "2025-06-30", 6, "OMN", "YEM"),
        ("EAEU", "2025-06-30", 5, "KGZ", "UZB"),
        ("Warsaw Pact", "1989-01-01", 7, None, "ALB"),
    ],
)
def test_members_of_organisations(
    gazetteer: Gazetteer, name: str, day: str, count: int, member: str | None, stranger: str
) -> None:
    organization, date = gazetteer.lookup(name)[0].entry.id, datetime.date.fromisoformat(day)
    codes = [
        entry.country
        for entry in gazetteer.entries.values()
        if any(term.covers(date) for term in gazetteer.memberships(entry.id, organization))
    ]
    assert (len(codes), member in codes, stranger in codes) == (count, True, False)


@pytest.mark.parametrize(
    ("one", "other", "terms"),
    [
        ("USA", "KOR", [("1954-11-17", None)]),  # a treaty of their own, in either order
        ("KOR", "USA", [("1954-11-17", None)]),
        ("TWN", "USA", [("1955", "1979-12-31")]),
        ("FRA", "POL", [("1999-03-12", None)]),  # of one alliance, from when both are
        ("POL", "ROU", [("1955-05-14", "1991-07-01"), ("2004-03-29", None)]),
        ("RUS", "PRK", [("2024-12-04", None)]),
        ("UZB", "RUS", [("2006", "2012")]),
        ("FRA", "RUS", []),
        ("FRA", "JPN", []),  # both allied with a third
    ],
)
def test_alliances(gazetteer: Gazetteer, one: str, other: str, terms: list[tuple[str, str | None]]) -> None:
    found = gazetteer.alliances(country(gazetteer, one).id, country(gazetteer, other).id)
    assert [(term.start, term.end) for term in found] == terms


def test_a_member_of_an_alliance_is_its_ally(gazetteer: Gazetteer) -> None:
    alliance = gazetteer.lookup("NATO")[0].entry.id
    assert [term.start for term in gazetteer.alliances(country(gazetteer, "TUR").id, alliance)] == ["1952-02-18"]
    assert gazetteer.alliances(country(gazetteer, "TUR").id, gazetteer.lookup("G20")[0].entry.id) == ()


def test_terms_of_one_membership_do_not_overlap_and_stand_in_order(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        for of in {term.of for term in entry.member_of}:
            terms = gazetteer.memberships(entry.id, of)
            ends = [(term.end or "9999", later.start or "") for term, later in pairwise(terms)]
            assert all(end < start for end, start in ends), (entry.name, of)


def test_there_is_enough_to_start_with(gazetteer: Gazetteer) -> None:
    count = {kind: sum(entry.kind is kind for entry in gazetteer.entries.values()) for kind in Kind}
    assert count[Kind.ORGANIZATION] >= 600
    assert count[Kind.PERSON] >= 600
    assert len(gazetteer.roles) >= 200
