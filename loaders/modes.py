"""Tell the mode of an event from words at its trigger: killed *with machetes*, urged *to return to talks*.

A frame says its mode where the trigger alone tells it. Elsewhere words do, by `patterns/modes.toml`: for deeds the
*means*, which are the trigger's modifiers, its subject and what it is done with; for acts of speech the *matter*, which
is what is asked for, refused or threatened. Of several means the most telling counts, of several matters the nearest.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from loaders import grammar
from loaders.frames import Match
from loaders.words import load_words

_MATTER = "dobj nsubjpass xcomp ccomp prep pobj pcomp acl prt acomp attr oprd compound".split()
_DEPTH = 4
_MODIFIERS = ("compound", "amod", "nmod")


def mode_of(match: Match, type_: str) -> str | None:
    """The mode of an event that a frame has found; its type is another one for deeds refused or threatened."""
    frame, row = match.frame, load_words("modes").get(type_, {})
    if type_ != frame.type:
        deeds: Mapping[str, str] = row.get("deeds", {})
        return deeds.get(f"{frame.type} {frame.mode}", deeds.get(frame.type))
    if not row or (frame.mode and frame.mode not in row["refines"]):
        return frame.mode
    return _told(match, type_) or frame.mode


def _told(match: Match, type_: str) -> str | None:
    """The mode that words tell of: by rank of the table for means, by nearness for matters."""
    row, modes = load_words("modes")[type_], _modes(type_)
    told = (mode for token in _TOKENS[row["by"]](match) if (mode := _listed(token, modes)))
    if row["by"] == "means":
        return min(told, key=list(row["words"]).index, default=None)
    clause = grammar.children(_deed(match.trigger), "xcomp", "ccomp") or match.trigger.dep_ == "aux"
    return next(told, row.get("otherwise") if clause else None)


@cache
def _modes(type_: str) -> Mapping[str, str]:
    """Word or pair of words → mode."""
    words: Mapping[str, list[str]] = load_words("modes")[type_]["words"]
    return {word: mode for mode, listed in words.items() for word in listed}


def _listed(token: Token, modes: Mapping[str, str]) -> str | None:
    """The mode of a word, sooner of the pair that it makes with the one before it: "tear gas"."""
    forms = (token.lemma_.lower(), token.lower_)
    before = next((word.lower_ for word in (token.nbor(-at) for at in (1, 2) if token.i >= at) if word.text != "-"), "")
    return next((mode for word in (*(f"{before} {form}" for form in forms), *forms) if (mode := modes.get(word))), None)


# --- means ------------------------------------------------------------------------------------------------------------


def _means(match: Match) -> Iterator[Token]:
    """The trigger's words, the subject of a verb, and what it is done with: "gunmen killed nine in a rocket attack"."""
    yield from (item for word in match.words for item in (word, *grammar.children(word, *_MODIFIERS)))
    subject = grammar.own_subject(match.trigger) if match.kind == "verb" else None
    if subject is not None and not grammar.is_passive(match.trigger):
        yield from _instrument(subject)
    for word in match.words:
        yield from (item for noun in _done_with(word) for item in _instrument(noun))


def _done_with(word: Token) -> Iterator[Token]:
    """As in "with drones", "in a raid", "by gunmen", "by throwing stones", "using a barrage of rockets"."""
    for preposition in grammar.children(word, "prep", "agent", "advcl", "acl"):
        if preposition.lower_ in load_words("modes")["prepositions"]:
            yield from grammar.children(preposition, "pobj", "dobj")
            for deed in grammar.children(preposition, "pcomp"):
                yield from (deed, *grammar.children(deed, "dobj"))


def _instrument(noun: Token) -> Iterator[Token]:
    """A noun, what it is a quantity of, and what a deed is made with: "a volley of shells", "a drone attack"."""
    for one in grammar.conjuncts(noun):
        yield from (one, *grammar.owned_by(one))
        if one.lemma_.lower() in load_words("modes")["deeds"]:
            yield from grammar.children(one, *_MODIFIERS)


# --- matter -----------------------------------------------------------------------------------------------------------


def _matter(match: Match) -> Iterator[Token]:
    """What is asked for, refused or threatened, the nearest words first: "urged [Iran] to *return* to *talks*"."""
    start = _deed(match.trigger)
    yield from (token for token in (start, *match.words) if token != match.trigger)
    queue = deque([(start, 0)])
    while queue:
        token, depth = queue.popleft()
        below = grammar.children(token, *_MATTER) if depth < _DEPTH else []
        yield from below
        queue.extend((child, depth + 1) for child in below)


def _deed(trigger: Token) -> Token:
    """What an auxiliary asks for: "Iran must *free* the sailors"; else the trigger."""
    return trigger.head if trigger.dep_ in grammar.AUXILIARIES else trigger


_TOKENS = {"means": _means, "matter": _matter}
