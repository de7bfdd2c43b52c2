"""Who takes part, and whether they are enough: sentence → actors, targets, and whether it is an event."""

import pytest

from loaders.arguments import Arguments
from loaders.pipeline import Extractor
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets", "enough"),
    [
        ("Kenya attacked Chad.", "attacked", ["Kenya"], ["Chad"], True),
        ("Kenya and Chad met.", "met", ["Kenya", "Chad"], [], True),
        ("Kenya met.", "met", ["Kenya"], [], False),  # talks need two
        ("Kenya vowed to punish Chad.", "vowed", ["Kenya"], ["Chad"], True),  # who the promise is about
        ("Alexei Navalny was arrested in Russia.", "arrested", ["Russia"], ["Alexei Navalny"], True),  # a state's deed
        ("The raid drew crowds.", "raid", [], [], False),  # a noun alone tells nothing
        ("Missiles hit Kyiv.", "hit", [], ["Kyiv"], True),  # harm is told of whom it befalls
        ("A bomb was found by those who want to hit Kyiv.", "hit", [], ["Kyiv"], False),  # none has befallen
        ("The court outlawed Hezbollah.", "outlawed", [], ["Hezbollah"], True),
        ("The verdict outlawed Hezbollah.", "outlawed", [], ["Hezbollah"], False),
        ("Hundreds were arrested in Venezuela.", "arrested", ["Venezuela"], [], True),
        ("Chad did not live up to an agreement with Kenya.", "agreement", ["Chad", "Kenya"], [], True),
        ("Chad left after an agreement with Kenya.", "agreement", ["Kenya"], [], False),
        ("Two women were shot dead near Lima.", "shot", [], ["Women"], True),  # it is known where
        ("Two women were shot dead.", "shot", [], ["Women"], False),
        (
            "Chileans demonstrated against the accords in Lima.",
            "demonstrated",
            ["Chile"],
            [],
            True,
        ),  # but not against Lima
        ("Kenya will try the jailed banker Alexei Navalny.", "jailed", [], ["Alexei Navalny"], True),
        ("Two opponents begged Kenya to stay out of it.", "begged", ["Opponents"], ["Kenya"], True),
        ("The inspector condemned the building.", "condemned", ["Inspector"], [], False),  # nobody can look him up
    ],
)
def test_who_takes_part(
    extractor: Extractor, text: str, trigger: str, actors: list[str], targets: list[str], enough: bool
) -> None:
    scene, frames = stage(extractor, text), extractor.frames
    arguments = Arguments(scene.doc, scene.people, ())
    match = frames.matches(scene.token(trigger))[0]
    parties = arguments.parties(match)
    assert scene.called(parties.actors) == actors
    assert scene.called(parties.targets) == targets
    assert arguments.is_enough(match, parties) is enough
