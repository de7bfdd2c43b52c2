"""Every frame finds its examples, with their participants, and leaves its near misses alone."""

import re

import pytest

from kg.errors import DataError
from kg.model import Article, Event
from kg.ontology import load_ontology
from loaders.frame_files import Frame, check_frame
from loaders.frames import load_frames
from loaders.pipeline import Extractor

FRAMES = load_frames().all
EXAMPLES = [(frame, example) for frame in FRAMES for example in frame.examples]
NEAR_MISSES = [(frame, sentence) for frame in FRAMES for sentence in frame.near_misses]
Told = tuple[Event, tuple[str, ...], tuple[str, ...]]


@pytest.fixture(scope="module")
def told(extractor: Extractor) -> dict[str, list[Told]]:
    """Sentence → its events with the names of their actors and targets."""
    sentences = [example["text"] for _, example in EXAMPLES] + [sentence for _, sentence in NEAR_MISSES]
    articles = [Article(id=f"s{number}", text=sentence) for number, sentence in enumerate(sentences)]
    found = {}
    for extraction in extractor.extract(articles):
        names = {entity.id: entity.name for entity in extraction.entities}
        found[extraction.article.text] = [
            (event, tuple(names[id] for id in event.actors), tuple(names[id] for id in event.targets))
            for event in extraction.events
        ]
    return found


@pytest.mark.parametrize(("frame", "example"), EXAMPLES, ids=[example["text"] for _, example in EXAMPLES])
def test_a_frame_finds_its_example(frame: Frame, example: dict[str, object], told: dict[str, list[Told]]) -> None:
    found = [row for row in told[str(example["text"])] if row[0].rule.startswith(f"{frame.id}/")]
    assert found, f"no event; others: {told[str(example['text'])]}"
    event, actors, targets = found[0]
    assert (event.type, event.relation) == (frame.type, frame.relation)
    assert example.get("actors", list(actors)) == list(actors)
    assert example.get("targets", list(targets)) == list(targets)


@pytest.mark.parametrize(("frame", "sentence"), NEAR_MISSES, ids=[sentence for _, sentence in NEAR_MISSES])
def test_a_frame_leaves_its_near_miss_alone(frame: Frame, sentence: str, told: dict[str, list[Told]]) -> None:
    assert [event.rule for event, _, _ in told[sentence] if event.rule.startswith(f"{frame.id}/")] == []


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_a_frame_is_in_the_ontology_and_has_its_own_examples(frame: Frame) -> None:
    check_frame(frame, load_ontology())
    assert frame.examples
    assert frame.near_misses


def test_no_two_examples_are_equal_but_for_their_names() -> None:
    shapes = [re.sub(r"\b[A-Z]\w*", "N", example["text"]) for _, example in EXAMPLES]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "DANCE"}, "DANCE/VISITED is not in the ontology"),
        ({"relation": "ACCUSED"}, "CONSULT/ACCUSED is not in the ontology"),
        ({"mode": "siege"}, "CONSULT has no mode siege"),
        ({"contexts": ("weather",)}, "unknown context weather"),
    ],
)
def test_a_frame_outside_the_ontology_is_refused(change: dict[str, object], reason: str) -> None:
    values: dict[str, object] = {"id": "visit", "type": "CONSULT", "relation": "VISITED", **change}
    with pytest.raises(DataError, match=reason):
        check_frame(Frame(**values), load_ontology())  # type: ignore[arg-type]
