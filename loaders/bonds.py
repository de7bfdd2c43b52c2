"""Find words for lasting bonds: allies, wars, owners, members, parts and seats, each with its two parties.

A *bond* is such a word before anybody is resolved: its parties are still tokens. The words are in
`patterns/relations.toml`. Some words tell of an edge of the time that it lasts: it begins with "joined", and is over
with "left" and "a former member".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from spacy.tokens import Doc, Token

from loaders import grammar
from loaders.words import load_words, word_set

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_ANY = frozenset({"a", "an", "another", "any", "each", "every", "no", "some"})

Edge = Literal["begins", "ends"]


@dataclass(frozen=True, slots=True)
class Bond:
    """The word that states a bond, and the heads of its parties: each of the sources with each of the targets.

    `edge` is the edge of its time that the word tells of, if any.
    """

    type: str
    word: Token
    sources: Sequence[Token]
    targets: Sequence[Token]
    edge: Edge | None = None

    @property
    def is_deed(self) -> bool:
        """Whether a deed tells the bond: "joined", "left"."""
        return self.word.pos_ == "VERB" and self.edge is not None


def find_bonds(doc: Doc) -> Iterator[Bond]:
    """Every bond of a text, by the place of its word."""
    patterns = load_words("relations")
    rows = [(find, row, frozenset[str](row["words"])) for kind, find in _FINDERS.items() for row in patterns[kind]]
    known = frozenset[str]().union(*(words for _, _, words in rows))
    for at, (word, lemma) in enumerate(zip(grammar.words_of(doc), grammar.lemmas_of(doc), strict=True)):
        if forms := known.intersection((lemma.lower(), word)):
            for find, row, words in rows:
                if forms & words:
                    yield from find(doc[at], row)


def _by_noun(noun: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "X is an ally of Y", "X, an ally of Y", "Y's ally X", "the Iraqi city of X"."""
    if noun.pos_ != "NOUN" or _is_unreal(noun):
        return
    targets = [*_after(noun, row["other"]), *(one for one in grammar.children(noun, *_MODIFIERS) if not _is_not(one))]
    if noun.dep_ in {"compound", "nmod"}:  # "the army's media wing X"
        targets += grammar.children(noun.head, "poss", "amod")
    sources = [*_holders(noun), *_after(noun, row.get("holder", ()))]
    yield Bond(row["type"], noun, sources, targets, _edge(noun))
    if row.get("mutual") and noun.dep_ == "attr" and noun.tag_ == "NNS" and not _after(noun, row["other"]):
        for one, other in combinations(sources, 2):  # "Chad and France are allies"
            yield Bond(row["type"], noun, [one], [other], _edge(noun))


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


def _by_verb(verb: Token, row: dict[str, Any]) -> Iterator[Bond]:
    """As in "X joined Y", "X withdrew from Y", "X was expelled from Y"."""
    done = verb.pos_ == "VERB" and grammar.is_past(verb) and not _is_denied(verb) and not _is_supposed(verb)
    if not done or grammar.is_passive(verb) != row.get("passive", False) or _is_only_in(verb):
        return
    subject = grammar.subject(verb)
    if subject is None or any(item.lower_ in _ANY for item in grammar.children(subject, "det")):
        return  # "a state that joined the European Union" is none that was named
    targets = [one for noun in grammar.children(verb, "dobj") for one in _all(noun)]
    if row["prepositions"]:  # "withdrew its troops from the Council" is no leaving
        targets = [] if targets else _after(verb, row["prepositions"])
    yield Bond(row["type"], verb, _all(subject), targets, row["edge"])


_FINDERS = {"nouns": _by_noun, "pairs": _by_pair, "states": _by_state, "compounds": _by_compound, "verbs": _by_verb}


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
    """As in "is no ally", "may become an ally", "a candidate member", "non-member"."""
    if _is_not(noun) or _qualities(noun) & word_set("relations", "unreal", "words"):
        return True
    return noun.dep_ == "attr" and _is_negated(noun.head)


def _is_not(word: Token) -> bool:
    """As "NATO" in "a non-NATO ally of Chad"."""
    return word.i > 1 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ == "non"


def _edge(noun: Token) -> Edge | None:
    """The edge of a bond's time that is told with its noun: "became a member"; "a former member", "is no longer"."""
    if _qualities(noun) & word_set("relations", "over", "words"):
        return "ends"
    if noun.dep_ != "attr":
        return None
    if _is_over(noun.head):
        return "ends"
    return "begins" if noun.head.lemma_ == "become" and grammar.is_past(noun.head) else None


def _qualities(noun: Token) -> set[str]:
    return {item.lower_ for item in grammar.children(noun, "amod", "det", "compound", "advmod", "nmod")}


def _is_over(verb: Token) -> bool:
    """As in "is no longer an ally", "was once part"."""
    words = word_set("relations", "over", "adverbs")
    return any(item.lower_ in words for item in grammar.children(verb, "advmod"))


def _is_supposed(verb: Token) -> bool:
    """As in "if Chad joined"."""
    return any(item.lower_ in {"if", "unless", "whether"} for item in grammar.children(verb, "mark"))


def _is_only_in(verb: Token) -> bool:
    """Whether one takes part in a deed, or leaves a state: "joined the EU in condemning it", "left NATO divided"."""
    if grammar.children(verb, "oprd", "acomp", "xcomp", "ccomp"):
        return True
    if {noun.lemma_ for noun in _after(verb, ["as"])} & word_set("relations", "unreal", "words"):
        return True  # "joined the council as an observer"
    links = [item for item in grammar.children(verb, "prep") if item.lower_ in word_set("relations", "apart", "words")]
    return any(grammar.children(link, "pcomp") or not _is_of_time(link) for link in links)


def _is_of_time(link: Token) -> bool:
    return any(noun.ent_type_ in {"DATE", "TIME"} or noun.like_num for noun in grammar.children(link, "pobj"))


def _is_denied(verb: Token) -> bool:
    """As in "is not allied", "was once part"."""
    return _is_over(verb) or _is_negated(verb)


def _is_negated(verb: Token) -> bool:
    """As in "is not allied", "will be owned", "wants to be a member"."""
    helpers = {item.tag_ for item in grammar.auxiliaries(verb)}
    return bool(grammar.children(verb, "neg")) or bool(helpers & {"MD", "TO"})
