"""`kg explain`: by which words everybody was found, what the rule looks for, and what speaks against a claim."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.evidence import marked
from kg.model import Article, Basis, Entity, Event, Form, Modality, Polarity, Reading, Span
from kg.store import Store
from tests.cli.conftest import Run
from tests.factories import article, country, days, entity, event, extraction, mention

NORLAND, ESTMARK = country("Norland"), country("Estmark")
TALVIK = entity("Mira Talvik")
DAY = days("2024-06-19")


def put(told: Article, *events: Event, mentions: Any = None, others: tuple[Entity, ...] = ()) -> None:
    with Store.open("graph.kg") as opened:
        opened.put(extraction(told, [TALVIK, NORLAND, ESTMARK, *others], events, mentions=mentions))


def explain(kg: Run, claim: str) -> dict[str, Any]:
    (found,) = json.loads(kg("explain", claim, "--format", "json").out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("labelled", "expected"),
    [
        ([], "Ann met Bob."),
        ([("", Span(14, 17))], "Ann >>met<< Bob."),
        (
            [("", Span(14, 17)), ("actor", Span(10, 13)), ("target", Span(18, 21))],
            "[actor: Ann] >>met<< [target: Bob].",
        ),
        ([("", Span(14, 21)), ("target", Span(18, 21))], "Ann >>met [target: Bob]<<."),  # one inside the other
        ([("actor", Span(10, 13)), ("target", Span(10, 13))], "[actor: [target: Ann]] met Bob."),
        ([("actor", Span(10, 13)), ("target", Span(13, 17))], "[actor: Ann][target:  met] Bob."),  # side by side
    ],
)
def test_marks_nest_and_need_no_colour(labelled: list[tuple[str, Span]], expected: str) -> None:
    for some in (labelled, labelled[::-1]):
        found = marked("Ann met Bob.", 10, some)
        assert found.replace("[target: [actor: Ann]]", "[actor: [target: Ann]]") == expected


def test_each_participant_has_the_words_that_mean_it(kg: Run, folder: Path) -> None:
    told = article("Mira Talvik spoke. Then she praised the Estmarkian government.", title="News")
    words = [
        mention(told, "Mira Talvik", TALVIK),
        mention(told, "she", TALVIK, form=Form.PRONOUN),
        mention(told, "Estmarkian", ESTMARK, reading=Reading.DEMONYM),
    ]
    praised = event(told, "praised", type="SUPPORT", actors=[TALVIK], targets=[ESTMARK, NORLAND], date=DAY)
    put(told, praised, mentions=words)
    found = explain(kg, praised.id)
    assert found["marked"] == "Then [actor: she] >>praised<< the [target: Estmarkian] government."
    keys = ("name", "role", "words", "start", "form", "reading", "namedAs", "inSentence")
    assert [tuple(row[key] for key in keys) for row in found["participants"]] == [
        ("Mira Talvik", "actor", "she", 24, "pronoun", None, "Mira Talvik", True),
        ("Estmark", "target", "Estmarkian", 40, "name", "demonym", None, True),
        ("Norland", "target", None, None, None, None, None, False),
    ]
    out = kg("explain", praised.id).out
    assert (
        "actors          Mira Talvik person/mira-talvik: “she”, a pronoun, for “Mira Talvik”, characters 24 to 27\n"
        in out
    )
    assert "targets         Estmark country/estmark: “Estmarkian”, a demonym, characters 40 to 50\n" in out
    assert "                Norland country/norland: no words of the article\n" in out
    assert "against it      no words of the sentence mean Norland\n" in out


def test_of_several_words_the_nearest_to_the_trigger_count_and_else_the_last_before(kg: Run, folder: Path) -> None:
    told = article("Mira Talvik came. Talvik left Norland, and Norland thanked Estmark. Estmark slept.")
    both = [mention(told, "Mira Talvik", TALVIK), mention(told, "Talvik", TALVIK, nth=1)]
    norland = [mention(told, "Norland", NORLAND, nth=nth) for nth in (0, 1)]
    estmark = [mention(told, "Estmark", ESTMARK, nth=nth) for nth in (0, 1)]
    thanked = event(told, "thanked", type="SUPPORT", actors=[NORLAND], targets=[ESTMARK], date=DAY)
    slept = event(told, "slept", type="CONSULT", actors=[TALVIK], date=DAY)
    put(told, thanked, slept, mentions=[*both, *norland, *estmark])
    marked_words = "Talvik left Norland, and [actor: Norland] >>thanked<< [target: Estmark]."
    assert explain(kg, thanked.id)["marked"] == marked_words
    (who,) = explain(kg, slept.id)["participants"]
    assert (who["words"], who["start"], who["inSentence"]) == ("Talvik", 18, False)
    assert "“Talvik”, a name, outside of the sentence, characters 18 to 24\n" in kg("explain", slept.id).out


def test_it_is_said_why_an_id_was_taken_for_another(kg: Run, folder: Path) -> None:
    macron = entity("Emmanuel Macron", id="person/emmanuel-macron")
    first, second = article("Emmanuel Macron spoke."), article("E Macron met Mira Talvik.", id="a2")
    short = entity("E Macron", id="person/e-macron")
    put(first, others=(macron,))
    met = event(second, "met", actors=[short, TALVIK], date=DAY)
    put(second, met, others=(short,))
    assert explain(kg, met.id)["participants"][0]["takenFor"] == []
    kg("review", "--same", "person/e-macron", "person/emmanuel-macron")
    assert explain(kg, met.id)["participants"][0]["takenFor"] == ["decision 1"]
    assert "“E Macron”, a name, taken for it by decision 1, characters 0 to 8\n" in kg("explain", met.id).out


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"date": DAY}, []),
        ({}, []),
        ({"date": DAY, "polarity": Polarity.NEGATED}, ["the text says that it did not happen"]),
        ({"date": DAY, "modality": Modality.PLANNED}, ["the text only tells of a plan"]),
        ({"date": DAY, "modality": Modality.HYPOTHETICAL}, ["the text only supposes it"]),
        ({"date": DAY, "modality": Modality.DEMANDED}, ["the text only says that it was demanded"]),
        ({"date": DAY, "modality": Modality.HISTORICAL}, []),
        ({"date": DAY, "attributed_to": ESTMARK}, ["it stands on the word of Estmark"]),
        (
            {"date": days("2024-06-20", basis=Basis.PUBLISHED)},
            ["no words date it: its day is that of publication"],
        ),
        ({"date": DAY, "confidence": 0.5}, ["the confidence is low: 0.5"]),
    ],
)
def test_what_the_claim_itself_leaves_open(kg: Run, folder: Path, fields: dict[str, Any], reasons: list[str]) -> None:
    told = article("Norland attacked Estmark.")
    put(told, event(told, "attacked", type="ASSAULT", actors=[NORLAND], targets=[ESTMARK], **fields))
    assert [row["reason"] for row in explain(kg, "a1:ASSAULT")["against"]] == reasons
    assert f"against it      {reasons[0] if reasons else 'nothing'}\n" in kg("explain", "a1:ASSAULT").out


HYPOTHETICAL: dict[str, Any] = {"modality": Modality.HYPOTHETICAL}
NEGATED: dict[str, Any] = {"polarity": Polarity.NEGATED}


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        ({}, {}, None),
        ({}, NEGATED, "negated"),
        ({}, HYPOTHETICAL, "hypothetical"),
        ({}, {"modality": Modality.PLANNED}, None),  # that it was planned before says nothing against it
        (NEGATED, {}, "affirmed"),
        (NEGATED, HYPOTHETICAL, None),
        (NEGATED, NEGATED, None),
        ({}, NEGATED | {"actors": [ESTMARK], "targets": [NORLAND]}, "negated"),  # between the same parties
        ({}, NEGATED | {"targets": [TALVIK]}, None),
        ({}, NEGATED | {"type": "COERCE"}, None),
    ],
)
def test_other_claims_that_speak_against_it(
    kg: Run, folder: Path, own: dict[str, Any], other: dict[str, Any], reason: str | None
) -> None:
    common: dict[str, Any] = {"type": "ASSAULT", "actors": [NORLAND], "targets": [ESTMARK], "date": DAY}
    first, second = article("Norland attacked Estmark."), article("Word came of the attack.", id="a2")
    put(first, event(first, "attacked", **common | own))
    put(second, event(second, "attack", **common | other), mentions=[])
    others = [row for row in explain(kg, "a1:ASSAULT")["against"] if row["claim"]]
    told = [{"reason": reason, "claim": "a2:ASSAULT:17-23", "sentence": second.text}] if reason else []
    assert others == told
    if reason:
        assert f"{reason}: “{second.text}” a2:ASSAULT:17-23\n" in kg("explain", "a1:ASSAULT").out


def test_the_rule_says_what_it_looks_for(kg: Run, folder: Path) -> None:
    told = article("Norland attacked Estmark.")
    common: dict[str, Any] = {"type": "ASSAULT", "actors": [NORLAND], "targets": [ESTMARK], "date": DAY}
    put(told, event(told, "attacked", rule="attack/verb", **common))
    means = explain(kg, "a1:ASSAULT")["ruleMeans"]
    assert (means["frame"], means["trigger"], means["actorsBy"], means["type"]) == (
        "attack",
        "verb",
        ["subject"],
        "ASSAULT",
    )
    out = kg("explain", "a1:ASSAULT").out
    assert "type            ASSAULT: harms physically on purpose, or fights\n" in out
    assert "rule            attack/verb, confidence 0.8\n" in out
    assert f"as in           {means['example']}\n" in out


def test_a_rule_that_is_no_frame_is_only_named(kg: Run, store: Path) -> None:
    means = explain(kg, "gazette-1:SUPP")["ruleMeans"]
    assert (means["frame"], means["example"], means["actorsBy"]) == (None, None, [])
    assert "looks for" not in kg("explain", "gazette-1:SUPP").out


def test_a_lasting_relation_has_participants_too(kg: Run, store: Path) -> None:
    found = explain(kg, "gazette-1:LEADS")
    assert found["marked"] == "President [actor: Mira Talvik] of [target: Norland]"
    assert found["ruleMeans"]["type"] is None
    assert found["against"] == []


def test_why_claims_are_of_one_event(kg: Run, folder: Path) -> None:
    common: dict[str, Any] = {"type": "ASSAULT", "actors": [NORLAND], "targets": [ESTMARK], "date": DAY}
    for number in (1, 2):
        told = article("Norland attacked Estmark.", id=f"a{number}")
        put(told, event(told, "attacked", **common))
    first, second = json.loads(kg("explain", "event/", "--format", "json").out)
    assert first["event"] == second["event"]
    assert second["oneEventWith"] == [
        {
            "claim": first["claim"],
            "score": 1.3,
            "features": {"same type": 0.3, "same deed": 0.2, "same parties": 0.5, "same days": 0.3},
        }
    ]
    out = " ".join(kg("explain", "event/").out.split())
    assert "one event with a1:ASSAULT:8-16, 1.3: same type +0.3, same deed +0.2, same parties +0.5, same days" in out
