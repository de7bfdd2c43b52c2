"""Who is in a slot of a noun or an adjective: sentence, trigger, slot → names."""

import pytest

from loaders.noun_slots import AdjectiveSlots, NounSlots
from loaders.phrases import Phrases
from loaders.pipeline import Extractor
from loaders.verb_slots import VerbSlots
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "noun", "slot", "names"),
    [
        ("Russia's invasion of Ukraine failed.", "invasion", "subject", ["Russia"]),
        ("Russia's invasion of Ukraine failed.", "invasion", "object", ["Ukraine"]),
        ("The raid by Kenya failed.", "raid", "subject", ["Kenya"]),
        ("The clash between Kenya and Chad ended.", "clash", "subject", ["Kenya", "Chad"]),
        ("Kenya launched an attack on Chad.", "attack", "subject", ["Kenya"]),
        ("Chad accused Kenya of the murder of a guard.", "murder", "subject", ["Kenya"]),
        ("Chad was convicted on charges of fraud.", "charges", "accused", ["Chad"]),
        ("Kenya accepted responsibility for the attack.", "attack", "subject", ["Kenya"]),
        ("Chad blamed Kenya for the attack.", "attack", "subject", ["Kenya"]),
        ("Chad praised Kenya for the attack.", "attack", "subject", []),
        ("Kenya claimed responsibility for the attack.", "attack", "subject", ["Kenya"]),
        ("Sanctions targeting Chad went on.", "Sanctions", "aimed", ["Chad"]),
        ("Sanctions aimed at ending Chad's trade went on.", "Sanctions", "aimed", ["Chad"]),
        ("Sanctions praised by Chad went on.", "Sanctions", "aimed", []),
        ("Kenya survived an attack by Chad.", "attack", "subject", ["Chad"]),
        ("Kenya survived an attack.", "attack", "harmed", ["Kenya"]),
        ("Kenya suffered an attack.", "attack", "subject", []),
        ("The strikes killed nine people of Chad.", "strikes", "harmed", ["Chadian people"]),
        ("Turkey-Israel trade grew.", "trade", "subject", ["Turkey", "Israel"]),
        ("Kenya ended the attack with Chad.", "attack", "owner", []),
    ],
)
def test_a_slot_of_a_noun(extractor: Extractor, text: str, noun: str, slot: str, names: list[str]) -> None:
    scene = stage(extractor, text)
    phrases = Phrases(scene.doc, scene.people)
    slots = NounSlots(phrases, VerbSlots(phrases, ()))
    assert scene.called(slots.fill(scene.match(noun, "noun"), slot)) == names


@pytest.mark.parametrize(
    ("text", "noun", "holds"),
    [
        ("Alexei Navalny's arrest drew crowds.", "arrest", True),
        ("Alexei Navalny's murder of a guard drew crowds.", "murder", False),
        ("Chad's arrest drew crowds.", "arrest", False),
        ("The Armenian genocide drew crowds.", "genocide", True),
        ("Chad's genocide drew crowds.", "genocide", False),
        ("Alexei Navalny's speech drew crowds.", "speech", False),
    ],
)
def test_whether_it_is_done_to_its_possessor(extractor: Extractor, text: str, noun: str, holds: bool) -> None:
    scene = stage(extractor, text)
    phrases = Phrases(scene.doc, scene.people)
    assert NounSlots(phrases, VerbSlots(phrases, ())).is_victims(scene.match(noun, "noun")) is holds


@pytest.mark.parametrize(
    ("text", "adjective", "slot", "names"),
    [
        ("Turkey was critical of Greece.", "critical", "subject", ["Turkey"]),
        ("Turkey was critical of Greece.", "critical", "of", ["Greece"]),
        ("Turkey, wary of Greece, left.", "wary", "subject", ["Turkey"]),
    ],
)
def test_a_slot_of_an_adjective(extractor: Extractor, text: str, adjective: str, slot: str, names: list[str]) -> None:
    scene = stage(extractor, text)
    slots = AdjectiveSlots(Phrases(scene.doc, scene.people))
    assert scene.called(slots.fill(scene.match(adjective, "adjective"), slot)) == names
