"""Tell whom a phrase means: from a token to the entities at it, joined to it or inside it.

A phrase that is no entity gives the entities inside it: the target of "criticized U.S. alliances with Japan" is the
United States and Japan.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.model import Form, Reading
from loaders import grammar
from loaders.coreference import People
from loaders.words import word_set

DEPTH = 3  # phrases inside phrases that are looked into
_INSIDE = ("poss", "compound", "amod", "nmod", "appos")


class Phrases:
    """The mentions of one text, asked by token; answers are entity ids."""

    def __init__(self, doc: Doc, people: People) -> None:
        self.doc, self.figures = doc, people.figures
        self.by_head: dict[int, str] = {}
        self.by_token: dict[int, str] = {}  # of names alone
        for mention in reversed(people.mentions):  # of two mentions with one head the outer, which comes first, wins
            if mention.reading is Reading.DEMONYM and _is_individual(doc[mention.found.head]):
                continue
            self.by_head[mention.found.head] = mention.entity
            if mention.found.form is Form.NAME:
                self.by_token.update(dict.fromkeys(range(mention.found.first, mention.found.last), mention.entity))

    def at(self, token: Token) -> list[str]:
        """Who is named by a token, or by the phrase that it heads; at most one."""
        entity = self.by_head.get(token.i) or self.by_token.get(token.i)
        if entity is None and token.dep_ == "appos" and _is_individual(token):  # "Lee, a Russian who …"
            return self.at(token.head)
        return [entity] if entity else []

    def entities(self, token: Token | None, depth: int = DEPTH) -> list[str]:
        """The entities that a phrase means, with those joined to it."""
        if token is None:
            return []
        found = [
            entity for joined in grammar.conjuncts(grammar.antecedent(token)) for entity in self._here(joined, depth)
        ]
        return list(dict.fromkeys(found))

    def party(self, token: Token) -> list[str]:
        """The entities of a phrase, else the first name deep inside it: "the charities run by Hafiz Saeed"."""
        if found := self.entities(token):
            return found
        inside = (word for word in token.subtree if word.i in self.by_token and token.pos_ not in ("VERB", "AUX"))
        return next(([self.by_token[word.i]] for word in inside if not grammar.is_told_of(word, token)), [])

    def after(self, preposition: str, heads: Sequence[Token]) -> list[str]:
        """Whom a preposition leads to: "with" at "talks" of "talks with Chile"; the first of the heads that has one."""
        for head in heads:
            for child in head.children:
                if child.dep_ in ("prep", "agent", "dative") and child.lower_ == preposition:
                    found = first(self.party(token) for token in grammar.children(child, "pobj", "pcomp"))
                    if found:
                        return found
            if head.dep_ in ("prep", "prt") and head.lower_ == preposition:
                found = first(self.entities(token) for token in grammar.children(head, "pobj"))
                if found:
                    return found
        return []

    def each(self, words: Sequence[Token]) -> list[str]:
        """Whom the names among some words name, one for each word."""
        return [self.by_token[word.i] for word in words if word.i in self.by_token]

    def inside(self, noun: Token, depth: int) -> list[str]:
        """The entities inside a phrase that is none itself: "talks with Chile", "Cuba's ships", "members of Hamas"."""
        found: list[str] = []
        for child in noun.children:
            if child.dep_ in _INSIDE:
                found += self.entities(child, depth - 1)
            where = found and child.lower_ in ("in", "near", "across")  # "targets of Hamas in Lima" are of Hamas alone
            if child.dep_ == "prep" and not where and child.lower_ in word_set("arguments", "inside"):
                found += [
                    entity for inner in grammar.children(child, "pobj") for entity in self.entities(inner, depth - 1)
                ]
        return found

    def _here(self, token: Token, depth: int) -> list[str]:
        for entity in self.at(token):
            states = self._states_of(token)
            if token.i in self.by_token:  # "U.S. and Iraqi forces" are named by the second state alone
                return states if entity in states else [entity]
            names = self._names_of(token) or states
            return names or list(self.figures[entity].members or (entity,))
        return self.inside(token, depth) if depth > 0 and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET") else []

    def _names_of(self, nominal: Token) -> list[str]:
        """The names that follow a nominal and say who is meant: "council members Greece and Panama"."""
        beside = [word for word in grammar.children(nominal, "appos", "advmod") if word.i in self.by_token]
        return [entity for word in beside for entity in self.entities(word)]

    def _states_of(self, nominal: Token) -> list[str]:
        """The states whose a nominal is where it has several: "U.S. and Iraqi officials", "British and EU envoys"."""
        modifiers = grammar.children(nominal, "amod", "compound", "nmod")
        joined = [grammar.conjuncts(word) for word in modifiers if word.i in self.by_token]
        return next((self.each(words) for words in joined if len(self.each(words)) > 1), [])


def _is_individual(noun: Token) -> bool:
    """As in "a Russian": somebody of a country, who is not that country."""
    return any(word.lower_ in ("a", "an", "another") for word in noun.lefts)


def first(found: Iterable[list[str]]) -> list[str]:
    """The first that is not empty."""
    return next((entities for entities in found if entities), [])
