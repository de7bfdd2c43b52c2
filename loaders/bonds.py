"""Find words for lasting bonds: allies, wars, owners, members, parts and seats, each with its two parties.

A *bond* is such a word before anybody is resolved: its parties are still tokens. The words are in
`patterns/relations.toml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from loaders import grammar
from loaders.words import load_words

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_UNREAL = frozenset({"ex", "erstwhile", "former", "no", "onetime", "once", "possible", "potential", "would"})


@dataclass(frozen=True, slots=True)
class Bond:
    """The word that states a bond, and the heads of its parties: each of the sources with each of the targets."""

    type: str
    word: Token
    sources: Sequence[Token]
    targets: Sequence[Token]


def find_bonds(doc: Doc) -> Iterator[Bond]:
    """Every bond of a text, by the place of its word."""
    patterns = load_words("relations")
    rows = [(find, row, frozenset(row["words"])) for kind, find in _FINDERS.items() for row in patterns[kind]]
    known = frozenset[str]().union(*(words for _, _, words in rows))
    for word in doc:
        if forms := known.intersection((word.lemma_.lower(), word.lower_)):
            for find, row, words in rows:
                if forms & words:
                    yield from find(word, row)


def _by_noun(noun: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "X is an ally of Y", "X, an ally of Y", "Y's ally X", "the Iraqi city of X"."""
    if noun.pos_ == "NOUN" and not _is_unreal(noun):
        targets = [*_after(noun, row["other"]), *grammar.children(noun, *_MODIFIERS)]
        if noun.dep_ in {"compound", "nmod"}:  # "the army's media wing X"
            targets += grammar.children(noun.head, "poss", "amod")
        yield Bond(row["type"], noun, [*_holders(noun), *_after(noun, row.get("holder", ()))], targets)


def _by_pair(noun: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "A's alliance with B", "the war between A and B", "A is at war with B"."""
    before = {item.lower_ for item in grammar.children(noun, *_MODIFIERS)}
    if noun.pos_ != "NOUN" or before & set(row["unlike"]):
        return
    between = _after(noun, ["between"])
    if between:
        yield Bond(row["type"], noun, between[:1], between[1:])
        return
    targets = _after(noun, row["prepositions"])
    at = noun.head if noun.dep_ == "pobj" and noun.head.lower_ == "at" else None
    if at is not None and not _is_denied(grammar.clause_verb(at)):
        targets += _after(at, row["prepositions"]) or _after(at.head, row["prepositions"])
        yield Bond(row["type"], noun, _subjects(at.head), targets)
    yield Bond(row["type"], noun, [one for item in grammar.children(noun, *_MODIFIERS) for one in _all(item)], targets)


def _by_state(word: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "X is allied with Y", "X, owned by Y"."""
    denied = _is_denied(word) or (word.dep_ == "acomp" and _is_denied(word.head))
    if not denied and (word.tag_ in {"VBN", "JJ"} or grammar.is_passive(word)):
        yield Bond(row["type"], word, _subjects(word), _after(word, row["prepositions"]))


def _by_compound(word: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "the London-based group X", "the Turkish-owned ship"; "North Korea's state-run agency" is North Korea's."""
    if word.i < 2 or word.nbor(-1).text != "-" or word.dep_ not in {"amod", "compound", "nmod"}:
        return
    noun, owner = word.head, word.nbor(-2)
    owners = grammar.children(noun, "poss", "amod", "nmod") if owner.lower_ == "state" else [owner]
    yield Bond(row["type"], word, [noun, *_holders(noun)], owners)


_FINDERS = {"nouns": _by_noun, "pairs": _by_pair, "states": _by_state, "compounds": _by_compound}


# --- parties ----------------------------------------------------------------------------------------------------------


def _after(word: Token, prepositions: Sequence[str]) -> list[Token]:
    """The nouns after some prepositions, with all that are joined to them."""
    links = [item for item in grammar.children(word, "prep", "agent") if item.lower_ in prepositions]
    return [one for link in links for noun in grammar.children(link, "pobj") for one in _all(noun)]


def _all(noun: Token) -> list[Token]:
    return grammar.conjuncts(noun)


def _holders(noun: Token) -> list[Token]:
    """Who a noun says something of: the subject of "is", what it stands beside, the name that it introduces."""
    found = [one for item in grammar.children(noun, "appos", "advmod") if item.pos_ == "PROPN" for one in _all(item)]
    first = grammar.first_conjunct(noun)
    if first.dep_ == "attr":
        found += _subjects(first.head)
    if first.dep_ in {"appos", *_MODIFIERS}:
        found += _all(first.head)
    return found


def _subjects(word: Token) -> list[Token]:
    """The subject of a verb or of the copula above a word, or the noun that it modifies, with all that are joined."""
    verb = word.head if word.dep_ in {"acomp", "prep"} and grammar.is_verbal(word.head) else word
    if verb.pos_ == "NOUN" or verb.pos_ == "PROPN":
        return [verb]
    if verb.dep_ in {"acl", "amod"}:
        return [verb.head]
    subject = grammar.subject(verb)
    return _all(subject) if subject is not None else []


# --- what does not hold -----------------------------------------------------------------------------------------------


def _is_unreal(noun: Token) -> bool:
    """As in "a former ally", "is no ally", "may become an ally"."""
    if any(item.lower_ in _UNREAL for item in grammar.children(noun, "amod", "det", "compound", "advmod")):
        return True
    return noun.dep_ == "attr" and _is_denied(noun.head)


def _is_denied(verb: Token) -> bool:
    """As in "is not allied", "will be owned", "was once part", "wants to be a member"."""
    helpers = {item.tag_ for item in grammar.auxiliaries(verb)}
    over = any(item.lower_ in {"once", "longer", "formerly", "previously"} for item in grammar.children(verb, "advmod"))
    return over or bool(grammar.children(verb, "neg")) or bool(helpers & {"MD", "TO"})
