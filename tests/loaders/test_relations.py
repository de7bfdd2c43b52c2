"""Lasting relations that a text states, and those that it does not."""

import pytest

from loaders.pipeline import Extractor
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Peruvian President Ana Ruiz left.", ("Ana Ruiz", "LEADS", "Peru", "president")),
        ("Peru's foreign minister, Ana Ruiz, left.", ("Ana Ruiz", "HOLDS_OFFICE_IN", "Peru", "foreign minister")),
        ("Hezbollah spokesman Omar Nasri left.", ("Omar Nasri", "SPEAKS_FOR", "Hezbollah", "spokesman")),
        ("Former Peruvian President Ana Ruiz left.", ("Ana Ruiz", "OTHER", "Peru", "president")),  # no longer
        ("Ana Ruiz of Amnesty International spoke.", ("Ana Ruiz", "MEMBER_OF", "Amnesty International", None)),
        ("The Peruvian ambassador Ana Ruiz left.", ("Ana Ruiz", "HOLDS_OFFICE_IN", "Peru", "ambassador")),
        ("Peru's finance minister left.", ("Peru's finance minister", "HOLDS_OFFICE_IN", "Peru", "finance minister")),
        ("The Peruvian Coastal Ministry closed.", ("Peruvian Coastal Ministry", "PART_OF", "Peru", None)),
        ("Peruvian special forces left.", ("Peruvian special forces", "PART_OF", "Peru", None)),
        ("Oran, Algeria, is quiet.", ("Oran", "LOCATED_IN", "Algeria", None)),
        ("Amnesty International's Ana Ruiz spoke.", ("Ana Ruiz", "MEMBER_OF", "Amnesty International", None)),
        ("Algeria's Oran is quiet.", ("Oran", "LOCATED_IN", "Algeria", None)),
        ("Ana Ruiz (SPD) spoke.", ("Ana Ruiz", "MEMBER_OF", "Social Democratic Party of Germany", None)),
        ("Ana Ruiz, who heads Hamas, left.", ("Ana Ruiz", "LEADS", "Hamas", None)),
        ("Hamas is led by Ana Ruiz.", ("Ana Ruiz", "LEADS", "Hamas", None)),
        (
            "Ana Ruiz, an expert at Amnesty International, left.",
            ("Ana Ruiz", "MEMBER_OF", "Amnesty International", "expert"),
        ),
        ("NATO member Turkey left.", ("Turkey", "MEMBER_OF", "North Atlantic Treaty Organization", "member")),
        ("Tom Marsh's lawyer, Ana Ruiz, left.", ("Ana Ruiz", "SPEAKS_FOR", "Tom Marsh", "lawyer")),
        # an office of somebody known, and one of a state that the article is about
        ("Prime Minister Justin Trudeau left Canada.", ("Justin Trudeau", "LEADS", "Canada", "prime minister")),
        ("Foreign Minister Ana Ruiz left Peru.", ("Ana Ruiz", "HOLDS_OFFICE_IN", "Peru", "foreign minister")),
    ],
)
def test_a_relation(extractor: Extractor, text: str, relation: tuple[str, str, str, str | None]) -> None:
    assert stage(extractor, text).relations() == {relation}


@pytest.mark.parametrize(
    "text",
    [
        "President Ana Ruiz left.",  # of what is not told
        "Ana Ruiz met Amnesty International.",
        "Ana Ruiz of Lima spoke.",  # a home is no membership
        "Ana Ruiz will lead Hamas.",  # not yet
        "The club's president, Ana Ruiz, left Peru.",  # of something else
        "A Peruvian soldier left.",  # no office
        "The Chechen exile Ana Ruiz left.",
        "The Peruvian reporter Ana Ruiz left.",
        "Ana Ruiz, a Peruvian aid worker, left.",
        "Peruvian goalkeeper Ana Ruiz left.",
        "Peruvian diplomats left.",  # no organ
        "Peruvian and Algerian forces left.",  # no organ of one state
        "Ana Ruiz praised Peru.",
        "The president met the police in Peru.",  # where one meets owns nobody
    ],
)
def test_no_relation(extractor: Extractor, text: str) -> None:
    assert stage(extractor, text).relations() == set()


def test_evidence_is_the_sentence_and_said_twice_is_two_claims(extractor: Extractor) -> None:
    text = "It rained. Peruvian President Ana Ruiz left. Peruvian President Ana Ruiz came back."
    found = stage(extractor, text).found_relations()
    assert [one.evidence.of(text) for one in found] == [
        "Peruvian President Ana Ruiz left.",
        "Peruvian President Ana Ruiz came back.",
    ]
    assert {one.rule for one in found} == {"title"}
