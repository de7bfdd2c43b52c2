"""Find who fills the slots of a noun or an adjective that tells of an event: "Russia's invasion of Ukraine"."""

from spacy.tokens import Token

from kg.model import Kind
from loaders import grammar
from loaders.frames import Match
from loaders.phrases import Phrases, first
from loaders.verb_slots import VerbSlots, carrying
from loaders.words import word_set


class NounSlots:
    """Who takes part in what nouns of one text tell, also by the verb that carries one: "launched an attack"."""

    def __init__(self, phrases: Phrases, verbs: VerbSlots) -> None:
        self.phrases, self.verbs = phrases, verbs

    def fill(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot (see `loaders.arguments`) of a noun."""
        noun = match.trigger
        if slot == "subject":
            owner = [] if self.is_victims(match) else self.possessor(match)
            named = owner or self.phrases.after("by", [noun]) or self.phrases.after("between", [noun])
            blamed = self.answerable(noun) or self._carrier(noun) or self._accused(noun)
            return named or blamed or self._host_of(match) or self._party_to(match)
        if slot == "object":
            return first(self.phrases.after(name, [noun]) for name in ("of", "against", "on"))
        if slot == "harmed":
            return self._harmed(noun)
        if slot == "accused":
            return self._accused(noun)
        if slot == "aimed":
            return first(self._aimed(clause) for clause in grammar.children(noun, "acl"))
        if slot in ("governor", "owner"):
            return []
        return self.phrases.after(slot, [noun, *carrying(noun)])

    def is_victims(self, match: Match) -> bool:
        """Whether it is done to its possessor: "Navalny's arrest"; not in "Navalny's murder of a guard"."""
        if match.trigger.lemma_.lower() in word_set("arguments", "of_peoples"):
            return not grammar.children(match.trigger, "poss")
        suffered = match.trigger.lemma_.lower() in word_set("arguments", "victims")
        whose = self.possessor(match) if suffered and not grammar.owned_by(match.trigger) else []
        kinds = {self.phrases.figures[entity].entity.kind for entity in whose}
        return bool(kinds) and kinds <= {Kind.PERSON, Kind.GROUP}

    def possessor(self, match: Match) -> list[str]:
        """Whose a noun is, by words before it: "Russia's invasion", "the Russian invasion"."""
        noun = match.trigger
        modifiers = [*grammar.children(noun, "poss"), *grammar.children(noun, "amod", "compound", "nmod")]
        whose = (token for token in modifiers if token not in match.words)
        return first([*self._before_hyphen(token), *self.phrases.entities(token, depth=1)] for token in whose)

    def answerable(self, noun: Token) -> list[str]:
        """Who is said to have done it: "Chad was responsible for the raid", "Chad was behind it", "claimed it"."""
        link, holder = noun.head, noun.head.head
        if noun.dep_ != "pobj" or link.lower_ not in ("for", "behind"):
            return []
        if link.lower_ == "behind":
            return self.phrases.entities(grammar.subject(holder)) if holder.lemma_ == "be" else []
        if holder.lower_ == "responsible":
            return self.phrases.entities(described(holder))
        return self._carrier(noun) if holder.lower_ == "responsibility" else []

    def _harmed(self, attack: Token) -> list[str]:
        """Whom an attack harms by its verb: "the strikes killed nine sailors", "sailors were killed in the strikes".

        "Noria suffered an attack" is done to Noria.
        """
        undergone = [verb for verb in carrying(attack) if verb.lemma_ in word_set("arguments", "undergoing")]
        if undergone:
            return self.verbs.subject(undergone[0])
        phrase = attack.dep_ == "pobj" and attack.head.lower_ in ("in", "by", "during")
        verb = attack.head.head if phrase else attack.head
        if not (phrase or attack.dep_ == "nsubj") or verb.lemma_ not in word_set("arguments", "harming"):
            return []
        if phrase and verb.lemma_ in ("die", "perish"):
            return self.phrases.entities(grammar.subject(verb))
        return self.verbs.object(verb) if grammar.is_passive(verb) == phrase else []

    def _before_hyphen(self, name: Token) -> list[str]:
        """The first of two states: "Turkey-Israel trade"."""
        joined = name.i > 1 and name.nbor(-1).text in ("-", "–") and name.i in self.phrases.by_token
        return self.phrases.each([name.nbor(-2)]) if joined else []

    def _host_of(self, match: Match) -> list[str]:
        """Whose visit or talks a sentence opens with: "During a visit to Oslo, Lee said …"."""
        preposition = match.trigger.head
        opens = match.trigger.dep_ == "pobj" and preposition.lower_ in ("during", "on", "after", "before", "at")
        return self.verbs.subject(preposition.head) if opens and match.frame.type == "CONSULT" else []

    def _accused(self, deed: Token) -> list[str]:
        """Who is said to have done it: "accused Lee of murder", "Lee was convicted of the killings"."""
        deed = grammar.first_conjunct(deed)
        links = ("of", "with", "for", "over", "on")
        verb = deed.head.head if deed.dep_ == "pobj" and deed.head.lower_ in links else deed
        verb = verb.head if verb.dep_ == "dobj" else verb  # "indicted [Lee over charges]"
        return self.verbs.object(verb) if verb.lemma_ in word_set("arguments", "accusing") else []

    def _aimed(self, clause: Token) -> list[str]:
        """Whom a participle says it is for: "sanctions targeting Iran", "an embargo aimed at Chad's trade"."""
        if clause.lemma_ not in word_set("arguments", "aiming"):
            return []
        ends = [verb for link in grammar.children(clause, "prep") for verb in grammar.children(link, "pcomp")]
        goals = [goal for verb in (clause, *ends) for goal in grammar.children(verb, "dobj")]
        return first(self.phrases.party(goal) for goal in goals) or self.phrases.after("at", [clause])

    def _party_to(self, match: Match) -> list[str]:
        """Who acts by what he shares with another: "Chad freed them under a deal with Mali"."""
        link = match.trigger.head
        shared = match.frame.reciprocal and bool(grammar.after(match.trigger, "with"))
        if not shared or match.trigger.dep_ != "pobj" or link.lower_ not in word_set("arguments", "shared_by"):
            return []
        above = link.head.head if link.head.dep_ in ("prep", "prt") else link.head
        return self.verbs.subject(above) if above.pos_ in ("VERB", "AUX") else []

    def _carrier(self, noun: Token) -> list[str]:
        """The subject of the verb that carries the noun; who "suffered an attack" did not attack."""
        doing = (verb for verb in carrying(noun) if verb.lemma_ not in word_set("arguments", "undergoing"))
        return first(self.verbs.subject(verb) for verb in doing)


class AdjectiveSlots:
    """Who takes part in what predicates of one text tell."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases

    def fill(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot of a predicate: "Turkey was critical of Greece"."""
        if slot == "subject":
            return self.phrases.entities(described(match.trigger))
        return self.phrases.after(slot, match.words)


def described(adjective: Token) -> Token | None:
    """Whom a predicate is said of: "Chad is wary of Mali", "Chad, wary of Mali, left", "Chad was angry"."""
    if adjective.dep_ == "amod":
        return adjective.head if adjective.head.i < adjective.i else None
    if adjective.pos_ == "VERB":  # read as a passive, whose subject the parser may hang on the auxiliary
        helper = grammar.child(adjective, "auxpass")
        return grammar.subject(adjective) or (grammar.own_subject(helper) if helper is not None else None)
    return grammar.subject(adjective.head) if adjective.dep_ in ("acomp", "advcl", "ROOT") else None
