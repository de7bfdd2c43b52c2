"""Does a place name stand for the place, or for the state that is governed from it? Decided by the words around it."""

from functools import cache

from spacy.tokens import Token

from kg.model import Reading
from loaders.words import load_words


@cache
def _words() -> dict[str, frozenset[str]]:
    table = load_words("readings")
    return {name: frozenset(row["words"]) for name, row in table.items()}


def reading_of(head: Token) -> Reading:
    """The reading of a place name whose last word is `head`.

    A government acts, is addressed and owns policies; a place is where something is. See `patterns/readings.toml` for
    the words, each group with its example.
    """
    first = head
    while first.dep_ == "conj":  # "alarms in Seoul, Tokyo, and Washington": the first of the row has the preposition
        first = first.head
    words, dep, governor = _words(), first.dep_, first.head
    if dep in ("nsubj", "nsubjpass"):
        return Reading.LITERAL if governor.lemma_ in words["states"] else Reading.METONYM
    if dep == "agent" or (dep == "pobj" and governor.dep_ == "agent"):
        return Reading.METONYM
    if dep in ("dobj", "dative", "obj"):
        return Reading.LITERAL if governor.lemma_ in words["motion_verbs"] else Reading.METONYM
    if dep == "poss":
        return Reading.LITERAL if governor.lemma_ in words["place_nouns"] else Reading.METONYM
    if dep == "pobj":
        return _after_preposition(governor, words)
    return Reading.LITERAL


def _after_preposition(preposition: Token, words: dict[str, frozenset[str]]) -> Reading:
    if preposition.lower_ in words["meeting_prepositions"]:
        return Reading.METONYM
    if preposition.lower_ in words["mixed_prepositions"] and preposition.head.lemma_ in words["addressed"]:
        return Reading.METONYM
    return Reading.LITERAL
