"""Every group of words in patterns/readings.toml keeps its examples, and other constructions are read as they mean."""

import pytest
from spacy.language import Language

from kg.model import Reading
from loaders.nlp import parse
from loaders.pipeline import Extractor
from loaders.readings import reading_of
from loaders.words import load_words
from tests.loaders.scene import stage

GROUPS = load_words("readings")
OTHER = {"literal": "metonym", "metonym": "literal"}
ROWS = [
    (group, sentence, row["reading"] if key == "examples" else OTHER[row["reading"]])
    for group, row in GROUPS.items()
    for key in ("examples", "counterexamples")
    for sentence in row[key]
]


@pytest.mark.parametrize(("group", "sentence", "expected"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_a_group_keeps_its_examples(nlp: Language, group: str, sentence: str, expected: str) -> None:
    for place in _marked(sentence):
        doc = next(parse(nlp, [sentence.replace("[", "").replace("]", "")]))
        head = next(token for token in doc if token.idx == place)
        assert reading_of(head, seat=True, state=True) == expected


def _marked(sentence: str) -> list[int]:
    """Offsets of the marked names once the brackets are gone."""
    opened = [at for at, char in enumerate(sentence) if char == "["]
    return [at - 2 * number for number, at in enumerate(opened)]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_words_and_examples_of_both_sorts(group: str) -> None:
    row = GROUPS[group]
    assert row["words"]
    assert row["examples"]
    assert row["counterexamples"]
    assert row["reading"] in OTHER


@pytest.mark.parametrize(
    ("text", "name", "reading", "entity"),
    [
        ("Talks with Tehran resumed.", "Tehran", Reading.METONYM, "Iran"),  # whom one talks with
        ("The envoy arrived in Seoul.", "Seoul", Reading.LITERAL, "Seoul"),  # where one arrives
        ("It raised alarms in Seoul, Tokyo, and Washington.", "Washington", Reading.METONYM, "United States"),  # a row
        ("It raised alarms in Seoul, Tokyo, and Washington.", "Tokyo", Reading.METONYM, "Japan"),
        ("Moscow rejected the offer.", "Moscow", Reading.METONYM, "Russia"),  # who acts
        ("Ankara was accused of delay.", "Ankara", Reading.METONYM, "Turkey"),  # a passive subject
        ("The mayor was born in Ankara.", "Ankara", Reading.LITERAL, "Ankara"),
        ("The offer was rejected by Beijing.", "Beijing", Reading.METONYM, "China"),  # a passive agent
        ("Chilean farmers protested.", "Chilean", Reading.DEMONYM, "Chile"),  # an adjective
        ("The Chileans left early.", "Chileans", Reading.DEMONYM, "Chile"),  # a people
        ("Troops entered Damascus at dawn.", "Damascus", Reading.LITERAL, "Damascus"),  # what is entered
        ("Kyiv's troops moved on.", "Kyiv", Reading.METONYM, "Ukraine"),  # a seat of government owns an army
        ("Six states, Peru, Chile and Cuba, signed it.", "Chile", Reading.METONYM, "Chile"),  # renames who acts
        ("They want Lima as the capital.", "Lima", Reading.LITERAL, "Lima"),  # taken as a place
        ("Kyiv's streets were empty.", "Kyiv", Reading.LITERAL, "Kyiv"),  # a city has streets
    ],
)
def test_a_place_is_read_in_its_sentence(
    extractor: Extractor, text: str, name: str, reading: Reading, entity: str
) -> None:
    scene = stage(extractor, text)
    assert (scene.reading(name), scene.who(name)) == (reading, entity)
