"""Weigh who a personal pronoun may stand for: near ones, subjects and parallel ones, never a fellow argument.

The weights are data (`patterns/pronouns.toml`); this module says what each of them is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.model import Form
from loaders.grammar import clause_verb, first_conjunct, is_verbal, own_subject, rising, subject
from loaders.mentions import Found
from loaders.words import load_words

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_LOOSE = frozenset({"relcl", "acl", "conj", "advcl", "ccomp", "parataxis", "prep"})
_ARGUMENTS = frozenset({"to", "at", "for", "by", "on", "about", "of", "from", "against"})
_FRONTED = frozenset({"advcl", "prep", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a pronoun may go back to: its entity, how many sentences before, how often named so far."""

    entity: str
    mention: Found
    distance: int
    count: int


def antecedent(pronoun: Token, candidates: Sequence[Candidate]) -> str | None:
    """The entity of the best candidate for a pronoun; the nearest of equals, none when nobody is left."""
    possible = [one for one in candidates if _is_possible(pronoun, pronoun.doc[one.mention.head], one.mention)]
    nearest = max((one.mention.head for one in possible if one.mention.head < pronoun.i), default=-1)
    weighed = [(_weight(pronoun, one, nearest), one.mention.head, one.entity) for one in possible]
    return max(weighed)[2] if weighed else None


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in load_words("pronouns")["weights"].items()}


def _weight(pronoun: Token, one: Candidate, nearest: int) -> float:
    """The sum of the weights that hold for a candidate; `nearest` is the head of the one right before the pronoun."""
    holds = _features(pronoun, pronoun.doc[one.mention.head], one, one.mention.head == nearest)
    return sum(weight * holds[name] for name, weight in _weights().items())


def _features(pronoun: Token, head: Token, one: Candidate, nearest: bool) -> dict[str, int]:
    """What speaks for or against a candidate, by the names in `patterns/pronouns.toml`."""
    role, own = _role(head), _role(pronoun)
    return {
        "distance": one.distance,
        "subject": role == "subject",
        "object": role == "object",
        "owner": role == "owner",
        "parallel": role == own,
        "pronoun": one.mention.form is Form.PRONOUN,
        "nominal": one.mention.form is Form.NOMINAL,
        "mentions": min(one.count, 4),
        "later": head.i > pronoun.i,
        "main": role == "subject" and clause_verb(head).dep_ == "ROOT",
        "above": _is_above(pronoun, head),
        "nearest": nearest,
    }


def _is_above(pronoun: Token, head: Token) -> bool:
    """Whether a candidate is the subject of a clause that the pronoun is in: "Mary said that she was ill"."""
    verb = first_conjunct(head).head
    return _role(head) == "subject" and verb in rising(pronoun)


def _role(token: Token) -> str:
    dep = first_conjunct(token).dep_
    if dep in _SUBJECTS:
        return "subject"
    if dep in _OBJECTS:
        return "object"
    return "owner" if dep == "poss" else "other"


def _is_possible(pronoun: Token, head: Token, mention: Found) -> bool:
    """Whether grammar allows the pair: not "Mary saw her" for Mary, not "her brother" for the brother."""
    if mention.first <= pronoun.i < mention.last or _contains(head, pronoun):
        return False
    if mention.head > pronoun.i:
        return _is_fronted(pronoun, head)
    if pronoun.dep_ == "poss":
        return not (pronoun.head.i > head.i and head.dep_ == "appos" and head.head == pronoun.head)
    reflexive = pronoun.lower_.endswith("self")
    return reflexive or not _are_fellows(pronoun, head)


def _contains(head: Token, pronoun: Token) -> bool:
    """Whether a pronoun helps to say who the candidate is: "his brother Robert"; not in "Mary, who sold her house"."""
    path = list(rising(pronoun))
    if head not in path:
        return False
    return not any(token.dep_ in _LOOSE for token in path[: path.index(head)])


def _are_fellows(pronoun: Token, head: Token) -> bool:
    """Whether two are arguments of one verb, or joined: "Mary saw her", "Mary and she".

    The subject may be understood ("Mary left, leaving her alone") and a preposition between ("Mary spoke to her").
    """
    if pronoun.dep_ == "conj" and first_conjunct(pronoun) == first_conjunct(head):
        return True
    verb = first_conjunct(pronoun).head
    if verb.dep_ in ("prep", "dative", "agent") and verb.lower_ in _ARGUMENTS:
        verb = verb.head
    if first_conjunct(head).head == verb and _role(head) == "subject":
        return True
    return is_verbal(verb) and _role(pronoun) == "object" and subject(verb) == first_conjunct(head)


def _is_fronted(pronoun: Token, head: Token) -> bool:
    """Whether a pronoun stands in a clause or phrase before the candidate's own clause: "When she arrived, Mary …"."""
    verb = first_conjunct(head).head
    path = list(rising(pronoun))
    if verb not in path or own_subject(verb) != head:
        return False
    below = path[path.index(verb) - 1]
    return below.dep_ in _FRONTED and below.i < head.i
