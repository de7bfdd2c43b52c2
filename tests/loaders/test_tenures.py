"""For how long lasting relations hold, as (type, from, to or "last known …", basis)."""

import datetime

import pytest

from kg.model import Relation
from loaders.pipeline import Extractor
from tests.loaders.scene import stage

DAY = datetime.date(2024, 5, 7)
KNOWN = "last known 2025-06-30"  # the day of the gazetteer, whenever the article was published


def terms(extractor: Extractor, text: str, day: datetime.date | None = DAY) -> list[tuple[str, str, str, str] | None]:
    return [_term(one) for one in stage(extractor, text, day).found_relations()]


def _term(one: Relation) -> tuple[str, str, str, str] | None:
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
