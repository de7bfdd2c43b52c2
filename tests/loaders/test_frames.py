"""Every frame finds its examples, with their participants, and leaves its near misses alone."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from kg.model import Article, Event
from kg.ontology import load_ontology
from loaders.frame_files import Frame, check_frame
from loaders.frames import load_frames
from loaders.pipeline import Extractor

FRAMES = load_frames().all
TRIGGERS = ("verbs", "nouns", "adjectives")
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
def test_a_frame_is_in_the_ontology_and_has_enough_examples(frame: Frame) -> None:
    check_frame(frame, load_ontology())
    assert len(frame.examples) >= 3
    assert len(frame.near_misses) >= 2


def test_there_are_many_frames_and_triggers(record_property: Callable[[str, object], None]) -> None:
    verbs, nouns, adjectives = ({words for frame in FRAMES for words in getattr(frame, kind)} for kind in TRIGGERS)
    heads = {words[0] for words in verbs | adjectives} | {words[-1] for words in nouns}
    counts = {"frames": len(FRAMES), "triggers": len(verbs | nouns | adjectives), "lemmas that head them": len(heads)}
    for name, count in counts.items():
        record_property(name, count)
    assert counts["frames"] >= 300
    assert counts["triggers"] >= 4_000
    assert counts["lemmas that head them"] >= 1_500


@pytest.mark.parametrize(
    "sentences",
    [[str(example["text"]) for _, example in EXAMPLES], [sentence for _, sentence in NEAR_MISSES]],
    ids=["examples", "near misses"],
)
def test_no_two_sentences_are_equal_but_for_their_names(sentences: list[str]) -> None:
    shapes = Counter(re.sub(r"\b[A-Z]\w*", "N", sentence) for sentence in sentences)
    assert [shape for shape, count in shapes.items() if count > 1] == []
