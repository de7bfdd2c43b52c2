"""Weigh who a personal pronoun may stand for: near ones, subjects and parallel ones, never a fellow argument.

The weights are data (`patterns/pronouns.toml`); this module says what each of them is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.model import Form
from loaders.grammar import clause_verb, first_conjunct, own_subject, rising
from loaders.mentions import Found
from loaders.words import load_words

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_LOOSE = frozenset({"relcl", "acl", "conj", "advcl", "ccomp", "parataxis", "prep"})
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
    weighed = [
        (_weight(pronoun, pronoun.doc[one.mention.head], one), one.mention.head, one.entity)
        for one in candidates
        if _is_possible(pronoun, pronoun.doc[one.mention.head], one.mention)
    ]
    return max(weighed)[2] if weighed else None


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in load_words("pronouns")["weights"].items()}


def _weight(pronoun: Token, head: Token, one: Candidate) -> float:
    """The sum of the weights that hold for a candidate."""
    role, own = _role(head), _role(pronoun)
    holds = {
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
    }
    return sum(weight * holds[name] for name, weight in _weights().items())


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
    """Whether two are arguments of one verb, or joined: "Mary saw her", "Mary and she"."""
    if pronoun.dep_ == "conj" and first_conjunct(pronoun) == first_conjunct(head):
        return True
    return first_conjunct(head).head == first_conjunct(pronoun).head and _role(head) == "subject"


def _is_fronted(pronoun: Token, head: Token) -> bool:
    """Whether a pronoun stands in a clause or phrase before the candidate's own clause: "When she arrived, Mary …"."""
    verb = first_conjunct(head).head
    path = list(rising(pronoun))
    if verb not in path or own_subject(verb) != head:
        return False
    below = path[path.index(verb) - 1]
    return below.dep_ in _FRONTED and below.i < head.i
