"""Who is in a slot of a verb: sentence, verb, slot → names."""

import pytest

from loaders.phrases import Phrases
from loaders.pipeline import Extractor
from loaders.verb_slots import VerbSlots, carrying
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "verb", "slot", "names"),
    [
        ("Kenya attacked Chad.", "attacked", "subject", ["Kenya"]),
        ("Kenya attacked Chad.", "attacked", "object", ["Chad"]),
        ("Chad was attacked by Kenya.", "attacked", "subject", ["Kenya"]),
        ("Chad was attacked by Kenya.", "attacked", "object", ["Chad"]),
        ("Chile, along with Peru, condemned Cuba.", "condemned", "subject", ["Chile", "Peru"]),
        ("Kenya urged Chad to stop.", "urged", "object", ["Chad"]),
        ("Kenya called Chad's claims baseless.", "called", "whole", ["Chad"]),
        ("Kenya visited Chile, signing a treaty.", "signing", "governor", ["Chile"]),
        ("Nine people were killed in Russian strikes.", "killed", "attacker", ["Russia"]),
        ("Kenya suggested that Chad be heard.", "suggested", "bidden", ["Chad"]),
        ("Kenya suggested a visit to Chad.", "suggested", "bidden", []),
        ("Kenya suffers many abuses, all of which have been listed by a court.", "listed", "sufferer", ["Kenya"]),
        ("Kenya lists many abuses, all of which have been suffered by a court.", "suffered", "sufferer", []),
        ("Kenya traded coffee with Chad.", "traded", "with", ["Chad"]),
        ("Kenya said Chad must leave.", "must", "bearer", ["Chad"]),
        ("Kenya said it would help if Chad must leave.", "must", "bearer", []),
    ],
)
def test_a_slot_of_a_verb(extractor: Extractor, text: str, verb: str, slot: str, names: list[str]) -> None:
    scene = stage(extractor, text)
    slots = VerbSlots(Phrases(scene.doc, scene.people), ())
    assert scene.called(slots.fill(scene.match(verb, "verb"), slot)) == names


@pytest.mark.parametrize(
    ("text", "noun", "verbs"),
    [
        ("Kenya held talks.", "talks", ["held"]),
        ("Kenya issued a series of warnings.", "warnings", ["issued"]),
        ("Kenya held talks over the raid.", "raid", []),
        ("Kenya praised the talks.", "talks", []),
    ],
)
def test_the_verb_that_carries_a_noun(extractor: Extractor, text: str, noun: str, verbs: list[str]) -> None:
    assert [verb.text for verb in carrying(stage(extractor, text).token(noun))] == verbs
