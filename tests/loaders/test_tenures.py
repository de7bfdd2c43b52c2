"""For how long lasting relations hold, as (type, from, to or "last known …", basis)."""

import datetime

import pytest

from kg.model import Relation, Validity
from loaders.pipeline import Extractor
from tests.loaders.scene import stage

DAY = datetime.date(2024, 5, 7)
Dated = tuple[str, str | None, str, str]
KNOWN = "last known 2025-06-30"  # the day of the gazetteer, whenever the article was published


def terms(extractor: Extractor, text: str, day: datetime.date | None = DAY) -> list[Dated | None]:
    return [_term(one) for one in stage(extractor, text, day).found_relations()]


def _term(one: Relation) -> Dated | None:
    if one.valid is None:
        return None
    until = one.valid.end or f"last known {one.valid.last_known}"
    return one.type, one.valid.start, until, one.valid.basis


@pytest.mark.parametrize(
    ("text", "day", "term"),
    [
        ("North Korean leader Kim Jong Un left.", DAY, ("LEADS", "2011-12-17", KNOWN)),
        ("North Korean leader Kim Jong Un left.", datetime.date(2031, 1, 1), ("LEADS", "2011-12-17", KNOWN)),
        ("Russian President Vladimir Putin left.", datetime.date(2003, 5, 1), ("LEADS", "1999-12-31", "2008-05-07")),
        ("Russian President Vladimir Putin left.", DAY, ("LEADS", "2012-05-07", KNOWN)),
        # the title says which office: he was president before, and led the state as both
        (
            "Russian Prime Minister Dmitry Medvedev left.",
            datetime.date(2015, 5, 1),
            ("LEADS", "2012-05-08", "2020-01-16"),
        ),
        ("Russian President Dmitry Medvedev left.", DAY, ("LEADS", "2008-05-07", "2012-05-07")),  # old news
        ("U.S. President Barack Obama left.", None, ("LEADS", "2009-01-20", "2017-01-20")),  # he was it only once
        ("U.S. Secretary of State Antony Blinken left.", DAY, ("HOLDS_OFFICE_IN", "2021-01-26", "2025-01-20")),
        ("NATO chief Jens Stoltenberg left.", DAY, ("LEADS", "2014-10-01", "2024-10-01")),
        ("Jens Stoltenberg of NATO spoke.", DAY, ("MEMBER_OF", "2014-10-01", "2024-10-01")),
    ],
)
def test_the_gazetteer_dates_an_office(
    extractor: Extractor, text: str, day: datetime.date | None, term: tuple[str, str, str]
) -> None:
    assert terms(extractor, text, day) == [(*term, "gazetteer")]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Ana Ruiz was president of Peru from 2010 to 2014.", ("LEADS", "2010", "2014")),
        ("Ana Ruiz, the Peruvian president between 2010 and 2014, left.", ("LEADS", "2010", "2014")),
        ("Ana Ruiz has been Peru's president since 2019.", ("LEADS", "2019", "last known 2024-05-07")),
        ("Ana Ruiz has been Peru's president since March 2019.", ("LEADS", "2019-03", "last known 2024-05-07")),
        (
            "Ana Ruiz has been Peru's envoy since 9 March 2019.",
            ("HOLDS_OFFICE_IN", "2019-03-09", "last known 2024-05-07"),
        ),
    ],
)
def test_the_text_dates_what_the_gazetteer_lacks(extractor: Extractor, text: str, term: tuple[str, str, str]) -> None:
    assert terms(extractor, text) == [(*term, "text")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Peruvian President Ana Ruiz left.", DAY),  # nobody knows
        ("Peru's president, Ana Ruiz, was in Oslo in 2019.", DAY),  # that dates the stay
        ("Peru's president, Ana Ruiz, has protested since 2019.", DAY),
        ("Ana Ruiz was president of Peru in 2019.", DAY),  # says nothing of the beginning
        ("Ana Ruiz has been Peru's president since 2019.", None),  # until which day?
        ("Russian President Vladimir Putin left.", None),  # he was it twice
        ("Former Peruvian President Ana Ruiz left.", DAY),
        ("The Peruvian Coastal Ministry closed.", DAY),
    ],
)
def test_a_time_that_is_not_told_is_not_guessed(extractor: Extractor, text: str, day: datetime.date | None) -> None:
    assert set(terms(extractor, text, day)) == {None}


# --- memberships and alliances: who, relation, whom, from, to; "?" is not told ----------------------------------------

SHORT = {
    "North Atlantic Treaty Organization": "NATO",
    "Organization of the Petroleum Exporting Countries": "OPEC",
    "European Union": "EU",
    "Group of Twenty": "G20",
    "Quadrilateral Security Dialogue": "Quad",
    "Commonwealth of Nations": "Commonwealth",
}
NOTHING: list[str] = []

# Written before there was any rule for them.
FIRST = [
    ("Finland joined NATO in 2023.", ["Finland MEMBER_OF NATO: 2023-04-04 to last known 2025-06-30, gazetteer"]),
    (
        "Finland, a NATO member, closed its ports.",
        ["Finland MEMBER_OF NATO: 2023-04-04 to last known 2025-06-30, gazetteer"],
    ),
    ("Qatar left OPEC in 2019.", ["Qatar MEMBER_OF OPEC: 1961 to 2019-01-01, gazetteer"]),
    (
        "Britain, a former member of the European Union, signed.",
        ["United Kingdom MEMBER_OF EU: 1973-01-01 to 2020-01-31, gazetteer"],
    ),
    ("Peru joined the Nordic Council in 2004.", ["Peru MEMBER_OF Nordic Council: 2004 to last known 2024-05-07, text"]),
    (
        "Peru joined the Nordic Council on 9 March 2019.",
        ["Peru MEMBER_OF Nordic Council: 2019-03-09 to last known 2024-05-07, text"],
    ),
    ("Peru left the Nordic Council in 2019.", ["Peru MEMBER_OF Nordic Council: ? to 2019, text"]),
    ("Peru withdrew from the Nordic Council in May 2019.", ["Peru MEMBER_OF Nordic Council: ? to 2019-05, text"]),
    ("Peru was a member of the Nordic Council until 2020.", ["Peru MEMBER_OF Nordic Council: ? to 2020, text"]),
    (
        "Peru was a member of the Nordic Council from 2010 to 2014.",
        ["Peru MEMBER_OF Nordic Council: 2010 to 2014, text"],
    ),
    (
        "Peru has been a member of the Nordic Council since 1995.",
        ["Peru MEMBER_OF Nordic Council: 1995 to last known 2024-05-07, text"],
    ),
    (
        "Peru, a Nordic Council member since 1995, protested.",
        ["Peru MEMBER_OF Nordic Council: 1995 to last known 2024-05-07, text"],
    ),
    (
        "Peru became a member of the Nordic Council in 1995.",
        ["Peru MEMBER_OF Nordic Council: 1995 to last known 2024-05-07, text"],
    ),
    ("Peru, a member of the Nordic Council, protested in 2019.", ["Peru MEMBER_OF Nordic Council: undated"]),
    ("Peru and Chad have been allies since 1953.", ["Peru ALLIED_WITH Chad: 1953 to last known 2024-05-07, text"]),
    ("Peru was an ally of Chad until 2020.", ["Peru ALLIED_WITH Chad: ? to 2020, text"]),
    (
        "Japan, an ally of the United States, closed its ports.",
        ["Japan ALLIED_WITH United States: 1952-04-28 to last known 2025-06-30, gazetteer"],
    ),
    (
        "Poland is a close ally of Germany.",
        ["Poland ALLIED_WITH Germany: 1999-03-12 to last known 2025-06-30, gazetteer"],
    ),
    ("Peru is an ally of Chad.", ["Peru ALLIED_WITH Chad: undated"]),
    ("Peru, a former member of the Nordic Council, protested.", NOTHING),
    ("Peru left the Nordic Council.", NOTHING),  # when it was a member, nobody tells
    ("Serbia, a candidate member of the European Union, protested.", NOTHING),
    ("Peru has applied to join the Nordic Council.", NOTHING),
    ("Peru wants to leave the Nordic Council in 2025.", NOTHING),
    ("Peru will join the Nordic Council in 2025.", NOTHING),
    ("Peru did not join the Nordic Council in 2004.", NOTHING),
    ("Mali was suspended from the African Union in 2021.", NOTHING),
    ("Peru joined the European Union in condemning the raid.", NOTHING),
    ("Peru, an observer member of the Nordic Council, protested.", NOTHING),
    ("Peru left the Nordic Council summit in 2019.", NOTHING),
]

# Written with the rules.
LATER = [
    (
        "Sweden, which joined NATO last year, protested.",
        ["Sweden MEMBER_OF NATO: 2024-03-07 to last known 2025-06-30, gazetteer"],
    ),
    (
        "Britain was a member of the European Union.",
        ["United Kingdom MEMBER_OF EU: 1973-01-01 to 2020-01-31, gazetteer"],
    ),
    ("Indonesia was a member of OPEC from 1962 to 2008.", ["Indonesia MEMBER_OF OPEC: 1962 to 2009-01, gazetteer"]),
    (
        "Russia was expelled from the Council of Europe in March 2022.",
        ["Russia MEMBER_OF Council of Europe: 1996-02-28 to 2022-03-16, gazetteer"],
    ),
    (
        "The African Union joined the G20 in 2023.",
        ["African Union MEMBER_OF G20: 2023-09-09 to last known 2025-06-30, gazetteer"],
    ),
    (
        "Turkey has been a NATO ally since 1952.",
        ["Turkey ALLIED_WITH NATO: 1952-02-18 to last known 2025-06-30, gazetteer"],
    ),
    (
        "South Africa left the Commonwealth in 1961.",
        ["South Africa MEMBER_OF Commonwealth: ? to 1961-05-31, gazetteer"],
    ),
    (
        "South Africa, a member of the Commonwealth, protested.",
        ["South Africa MEMBER_OF Commonwealth: 1994-06-01 to last known 2025-06-30, gazetteer"],
    ),
    ("Japan, a member of the Quad, protested.", ["Japan MEMBER_OF Quad: ? to last known 2025-06-30, gazetteer"]),
    (
        "Peru officially left the Nordic Council at midnight on January 31, 2020.",
        ["Peru MEMBER_OF Nordic Council: ? to 2020-01-31, text"],
    ),
    ("Peru quit the Nordic Council last week.", ["Peru MEMBER_OF Nordic Council: ? to 2024, text"]),  # in April or May
    (
        "Peru joined the Nordic Council on Tuesday.",
        ["Peru MEMBER_OF Nordic Council: 2024-05-07 to last known 2024-05-07, text"],
    ),
    (
        "Pakistan, a major non-NATO ally of the United States, protested.",
        ["Pakistan ALLIED_WITH United States: undated"],
    ),
    ("North Korea, a Russian ally, protested.", ["North Korea ALLIED_WITH Russia: undated"]),  # the treaty came later
    ("Taiwan is an ally of the United States.", ["Taiwan ALLIED_WITH United States: undated"]),  # the treaty is over
    (
        "Ana Ruiz, a member of the Nordic Council from 2010 to 2014, protested.",
        ["Ana Ruiz MEMBER_OF Nordic Council: 2010 to 2014, text"],
    ),
    ("Peru is no longer a member of the Nordic Council.", NOTHING),
    ("Peru will no longer be a member of the Nordic Council in 2026.", NOTHING),
    ("Peru, once an ally of Chad, protested.", NOTHING),
    ("Peru, a non-member of the Nordic Council, protested.", NOTHING),
    ("Serbia is an EU candidate.", NOTHING),
    ("EU candidate member Serbia protested.", NOTHING),
    ("If Peru joined the Nordic Council in 2004, it would pay.", NOTHING),
    ("Russia withdrew its envoys from the Council of Europe in 2022.", NOTHING),
    ("Peru joined the Nordic Council as an observer in 2004.", NOTHING),
    ("Ana Ruiz joined the United Nations in 2004.", NOTHING),
    ("Peru is another Spanish-speaking state which joined the Nordic Council in 2004.", NOTHING),
    ("Peru left Amnesty International in 2019.", NOTHING),
]


@pytest.mark.parametrize(("text", "told"), FIRST + LATER)
def test_for_how_long_states_belong_together(extractor: Extractor, text: str, told: list[str]) -> None:
    assert bonds(extractor, text, DAY) == list(told)


def bonds(extractor: Extractor, text: str, day: datetime.date | None) -> list[str]:
    """The memberships and alliances of a text, in words."""
    scene = stage(extractor, text, day)
    names = {id: figure.entity.name for id, figure in scene.people.figures.items()}
    return [
        f"{_short(names[one.source])} {one.type} {_short(names[one.target])}: {_when(one.valid)}"
        for one in scene.found_relations()
        if one.type in ("MEMBER_OF", "ALLIED_WITH")
    ]


def _when(valid: Validity | None) -> str:
    if valid is None:
        return "undated"
    until = valid.end or f"last known {valid.last_known}"
    return f"{valid.start or '?'} to {until}, {valid.basis}"


def _short(name: str) -> str:
    return SHORT.get(name, name)


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        # what the gazetteer does not know yet: the end by the text, the beginning by the gazetteer
        ("Kenya left the African Union in 2027.", "2027-05-01", ["Kenya MEMBER_OF African Union: 1963 to 2027, text"]),
        ("Hungary is a member of NATO.", "1995-05-01", ["Hungary MEMBER_OF NATO: undated"]),  # too early
        (
            "Britain is a member of the EU.",
            "2016-06-23",
            ["United Kingdom MEMBER_OF EU: 1973-01-01 to 2020-01-31, gazetteer"],
        ),
        ("Britain left the EU.", "2017-03-29", NOTHING),  # so it had not, by then
        ("Britain is a member of the EU.", None, ["United Kingdom MEMBER_OF EU: 1973-01-01 to 2020-01-31, gazetteer"]),
        ("Gabon is a member of OPEC.", None, ["Gabon MEMBER_OF OPEC: undated"]),  # it was twice
        (
            "Peru joined the Nordic Council in 2004.",
            None,
            ["Peru MEMBER_OF Nordic Council: 2004 to last known None, text"],
        ),
        (
            "North Korea, a Russian ally, protested.",
            "2025-05-01",
            ["North Korea ALLIED_WITH Russia: 2024-12-04 to last known 2025-06-30, gazetteer"],
        ),
    ],
)
def test_the_day_of_publication_says_which_term_is_meant(
    extractor: Extractor, text: str, day: str | None, told: list[str]
) -> None:
    assert bonds(extractor, text, datetime.date.fromisoformat(day) if day else None) == told


def test_a_person_held_an_office_until_some_day(extractor: Extractor) -> None:
    assert terms(extractor, "Ana Ruiz was Peru's envoy until May 2014.") == [
        ("HOLDS_OFFICE_IN", None, "2014-05", "text")
    ]
