"""Find where an event happened: the place that is named at it, the smallest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.model import Kind
from loaders import grammar
from loaders.cues import cue_lemmas
from loaders.frames import Match
from loaders.phrases import Phrases
from loaders.words import load_words

_SHARED = ("advcl", "conj", "nsubj", "nsubjpass", "pobj", "pcomp")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the events of one text happened, by the places that its phrases name."""

    phrases: Phrases

    def of(self, match: Match, carriers: Sequence[Token], targets: Sequence[str]) -> str | None:
        """The place named with "in" or "near" at the trigger, its carriers, object or clause.

        A visit or invasion happens where it goes, a summit where it is named after. Only a deed's place may stand
        deeper: "killed in an airstrike on his house in Mosul", but not "criticised the raid in Gaza".
        """
        words, trigger = load_words("arguments")["places"], match.trigger
        clause = _clause(trigger)
        objects = [] if match.frame.type in words["afar"] else grammar.children(trigger, "dobj", "pobj")
        heads = [trigger, *carriers, *objects, *clause]
        found = [place for head in heads for place in self._near(head)]
        if match.frame.relation in words["reached"]:
            found += targets
        elif match.frame.type == "ASSAULT" and len(targets) == 1:  # "missiles hit Odesa"
            found += [id_ for id_ in targets if self.phrases.figures[id_].entity.kind is Kind.PLACE]
        visited = [item for verb in clause if verb.lemma_ == "visit" for item in grammar.children(verb, "dobj")]
        found += [place for item in visited for place in self.phrases.at(item)]
        found += self._namesakes(trigger)
        if match.frame.type not in words["speech"]:
            found += [place for head in _below(trigger) for place in self._near(head)]
        doer = grammar.own_subject(trigger)
        if doer is not None and match.frame.type in load_words("arguments")["located"]:
            found += self._near(doer)  # "workers at a mine in Peru struck"
        return self._first(found)

    def named_at(self, noun: Token, whose: Sequence[str]) -> str | None:
        """The place in a noun's own phrase or what it struck: "the blast in Lima", "the Lima bombing", "Chad's war"."""
        verbs = [noun.head] if noun.dep_ in ("nsubj", "agent") and noun.head.pos_ in ("VERB", "AUX") else []
        struck = [item for verb in verbs for item in (verb, *grammar.children(verb, "dobj", "nsubjpass", "attr"))]
        told = noun.dep_ == "compound" and noun.head.lemma_ in load_words("arguments")["places"]["told_by"]
        whole = [noun.head] if told else []  # "sexual assault charges in Oslo"
        near = [place for head in (noun, *struck, *whole) for place in self._near(head)]
        fought = noun.lemma_.lower() in load_words("arguments")["places"]["fought_for"]
        goals = grammar.after(noun, "for", "of") if fought else []
        near += [place for goal in goals for place in self.phrases.at(goal)]
        return self._first([*near, *self._namesakes(noun), *whose])

    def _first(self, found: Sequence[str]) -> str | None:
        located = (id_ for id_ in found if self.phrases.figures[id_].entity.kind in (Kind.PLACE, Kind.COUNTRY))
        return next(located, None)

    def _near(self, head: Token) -> list[str]:
        """The places after "in", "near" and the like, the smallest first: "at the mosque in Jerusalem"."""
        prepositions = load_words("arguments")["places"]["prepositions"]
        links = [item for item in grammar.children(head, "prep") if item.lower_ in prepositions]
        found: list[str] = []
        for noun in (item for link in links for item in grammar.children(link, "pobj")):
            of = [item for link in grammar.children(noun, "prep") if link.lower_ == "of" for item in link.children]
            words = (noun, *grammar.children(noun, "appos"), *of)  # "in the city of Irbil", "in the capital, Oslo"
            named = [place for word in words for place in self.phrases.at(word)]
            part = [place for word in grammar.children(noun, "compound") for place in self.phrases.at(word)]
            found += [*self._near(noun), *(named or part)]  # "in the Anbar desert"
        return found

    def _namesakes(self, trigger: Token) -> list[str]:
        """The town that an event is called by: "the Hanoi summit"; a country there acts: "a U.S. airstrike"."""
        towns = [place for item in grammar.children(trigger, "compound") for place in self.phrases.at(item)]
        return [place for place in towns if self.phrases.figures[place].entity.kind is Kind.PLACE]


def _clause(trigger: Token) -> list[Token]:
    """Verbs whose place is the trigger's too: "visited Oslo, signing …", "rejected it, telling them in Oslo …"."""
    found = [verb for verb in grammar.children(trigger, "advcl") if verb.lemma_ in cue_lemmas("say", "tell")]
    token = trigger
    while token.dep_ in _SHARED and (above := grammar.clause_verb(token.head)) != token:
        found.append(above)
        token = above
    return found


def _below(trigger: Token) -> Iterator[Token]:
    """The nouns and participles of a trigger's clause after it, but none of a clause with a subject of its own.

    Nor those of a party: "worked with partners in Chad" may have been done elsewhere.
    """
    inside = {*load_words("arguments")["places"]["prepositions"], "during", "on"}
    for child in trigger.children:
        of_party = child.dep_ in {"prep", "agent", "dative"} and child.lower_ not in inside and not _is_of_time(child)
        if child.i > trigger.i and grammar.own_subject(child) is None and child.dep_ != "conj" and not of_party:
            yield child
            yield from _below(child)


def _is_of_time(preposition: Token) -> bool:
    """As in "talked for two days in Oslo", "met for the first time in Oslo"."""
    times = load_words("arguments")["places"]["times"]
    return any(noun.lemma_ in times for noun in grammar.children(preposition, "pobj"))
