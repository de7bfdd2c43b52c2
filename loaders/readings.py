"""Does a place name stand for the place, or for the state that is governed from it? Decided by the words around it."""

from functools import cache

from spacy.tokens import Token

from kg.model import Reading
from loaders.grammar import after, child, first_conjunct
from loaders.words import load_words


@cache
def _words() -> dict[str, frozenset[str]]:
    table = load_words("readings")
    return {name: frozenset(row["words"]) for name, row in table.items()}


def reading_of(head: Token, *, seat: bool = False, state: bool = False) -> Reading:
    """The reading of a place name whose last word is `head`.

    `seat` says that a government is known to sit there, `state` that the name is a state's and no city's.

    A government acts, is addressed and owns policies; a place is where something is. See `patterns/readings.toml` for
    the words, each group with its example.
    """
    # "alarms in Seoul, Tokyo, and Washington": the first of the row has the preposition
    return Reading.METONYM if _is_government(first_conjunct(head), seat, state) else Reading.LITERAL


def _is_government(name: Token, seat: bool, state: bool) -> bool:
    words, governor = _words(), name.head.lemma_
    match name.dep_:
        case "nsubj":
            return not _tells_of_a_place(name.head)
        case "nsubjpass":
            return governor not in words["passive_places"]
        case "dobj" | "obj":
            return governor not in words["motion_verbs"] and not _is_taken_as_a_place(name.head)
        case "poss":
            return governor in words["policies"] or (seat and governor in words["organs"])
        case "compound" | "nmod":
            return governor in words["dealings"] or (state and name.head.lower_ in words["doings"])
        case "appos":  # "six states, Peru, Chile …, signed it": as the noun that the names tell more of
            apart = name.head.pos_ == "NOUN" and governor not in words["place_nouns"]
            return apart and _is_government(first_conjunct(name.head), seat, state)
        case "pobj":
            return _follows_preposition(name.head)
        case other:
            return other in ("agent", "dative")


def _is_taken_as_a_place(verb: Token) -> bool:
    """Whether a verb's object is said to be a place: "wants Lima as its capital"."""
    return any(noun.lemma_ in _words()["place_nouns"] for noun in after(verb, "as"))


def _tells_of_a_place(verb: Token) -> bool:
    """Whether a verb's subject is a place: "lies", "is a city", "is in the hills", "has a coast"; not "is ready"."""
    words = _words()
    if verb.lemma_ == "have" and (had := child(verb, "dobj")) is not None:
        return had.lemma_ in words["place_nouns"] or had.lemma_ in words["features"]
    if verb.lemma_ not in words["copulas"]:
        return verb.lemma_ in words["states"]
    complement = child(verb, "attr", "acomp")
    return complement is None or complement.lemma_ in words["place_nouns"]


def _follows_preposition(preposition: Token) -> bool:
    """Whether a name after this preposition is a government: "talks with", "a warning to", "unease in"."""
    words, word, before = _words(), preposition.lower_, preposition.head.lemma_
    if preposition.dep_ == "agent":
        return True
    if word in words["meeting_prepositions"]:
        return before not in words["boundaries"] and not (word == "for" and before in words["departures"])
    if word == "of":
        return before in words["policies"] and before not in words["conquests"]
    if word == "in":
        nearest = preposition.doc[
            max(preposition.i - 1, 0)
        ].lemma_  # in "raised alarms in" the verb has the preposition
        return bool(words["felt"] & {before, nearest})
    return word in words["mixed_prepositions"] and before in words["addressed"]
