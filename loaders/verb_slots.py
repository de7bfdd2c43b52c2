"""Find who fills the slots of a verb: its subject, objects and prepositions, also where they stand elsewhere."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.model import Kind, Statement
from loaders import grammar
from loaders.frames import Match
from loaders.phrases import DEPTH, Phrases, first
from loaders.statements import speaker_of
from loaders.words import load_words, word_set


class VerbSlots:
    """Who takes part in what verbs of one text tell."""

    def __init__(self, phrases: Phrases, statements: Sequence[Statement]) -> None:
        self.phrases, self.statements = phrases, statements

    def fill(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot (see `loaders.arguments`) of a verb."""
        special = {
            "subject": self.subject,
            "object": self.object,
            "attacker": self._attackers,
            "speaker": self._speaker,
            "bearer": self._bearer,
            "bidden": self._bidden,
            "whole": self._whole,
            "sufferer": self._sufferer,
            "owner": self._owner,
            "governor": self._governor,
        }
        if slot in special:
            return special[slot](match.trigger)
        objects = [joined for token in object_tokens(match.trigger) for joined in grammar.conjuncts(token)]
        return self.phrases.after(slot, match.words) or self.phrases.after(slot, objects)

    def subject(self, verb: Token) -> list[str]:
        """Who acts; "issued warnings demanding …" is done by who issued them, as a warning is nobody."""
        agent = grammar.passive_agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
        found = self._doers(agent) + self._together_with(agent, verb)
        above = grammar.clause_verb(verb.head)
        if not found and verb.dep_ == "acl" and not (grammar.is_passive(verb) or grammar.is_passive(above)):
            found = self.phrases.entities(grammar.subject(above))
        return found or (self._attackers(verb) if grammar.is_passive(verb) else self._issuer(agent))

    def object(self, verb: Token) -> list[str]:
        """To whom it is done."""
        return first(self.phrases.party(token) for token in object_tokens(verb))

    def _speaker(self, verb: Token) -> list[str]:
        """Who says what the verb tells."""
        speaker = speaker_of(verb.idx, self.statements)
        return [speaker] if speaker else []

    def _owner(self, verb: Token) -> list[str]:
        """Whose it is to whom it is done: Russia's in "expelled Russian diplomats"."""
        return first(self.phrases.inside(token, DEPTH) for token in object_tokens(verb))

    def _governor(self, verb: Token) -> list[str]:
        """What the governing verb is done to: Chile in "visited Chile, signing a treaty"."""
        return self.object(grammar.clause_verb(verb.head)) if verb.dep_ in ("advcl", "conj", "pcomp") else []

    def _bearer(self, verb: Token) -> list[str]:
        """Of whom a clause says that they must, or are to blame; "should Kenya join" is a condition and asks nobody."""
        bearer = grammar.subject(verb.head if verb.dep_ in grammar.AUXILIARIES else verb)
        inverted = bearer is not None and verb.dep_ in grammar.AUXILIARIES and bearer.i > verb.i
        marks = {word.lower_ for word in grammar.children(grammar.clause_verb(verb), "mark")}
        return [] if inverted or marks & {"if", "unless"} else self.phrases.entities(bearer)

    def _bidden(self, verb: Token) -> list[str]:
        """Who is to do what the verb puts forward: Peru in "suggested that Peru wait", nobody in "suggested a walk"."""
        return first(self.phrases.party(token) for token in bidden_tokens(verb))

    def _whole(self, verb: Token) -> list[str]:
        """Who is spoken of: "called Peru's claims baseless", "the vetoes of Peru, which he called rash".

        "Called the talks with Peru useless" says nothing of Peru.
        """
        whole = object_tokens(verb)
        owners = [owner for token in whole for owner in grammar.children(token, "poss")]
        owners += [token for noun in whole for token in grammar.owned_by(noun)]
        return first(self.phrases.entities(token, depth=0) for token in (*whole, *owners))

    def _sufferer(self, verb: Token) -> list[str]:
        """The state that suffers what a relative clause tells of: "Chad suffers abuses that the envoy documented"."""
        wholes = (whole for token in object_tokens(verb) for whole in (token, *grammar.owned_by(token)))
        nouns = [grammar.antecedent(whole) for whole in wholes]
        above = [grammar.clause_verb(noun.head) for noun in nouns if noun.head != noun]
        suffers = [one for one in above if one != verb and one.lemma_ in word_set("arguments", "undergoing")]
        found = first(self.phrases.entities(grammar.subject(one)) for one in suffers)
        return [id_ for id_ in found if self.phrases.figures[id_].entity.kind is Kind.COUNTRY]

    def _issuer(self, paper: Token | None) -> list[str]:
        """Whose words a text of nobody's is: "Kenya issued a statement. The statement threatened …"."""
        if paper is None or paper.lemma_.lower() not in load_words("statements")["documents"]["read_on"]:
            return []
        issued = (one for one in reversed(paper.doc[: paper.i]) if one.lemma_ == paper.lemma_)
        return first(self.phrases.entities(grammar.subject(verb)) for one in issued for verb in carrying(one))

    def _attackers(self, verb: Token) -> list[str]:
        """Who kills by an attack: Russia of "killed in Russian strikes"."""
        if verb.lemma_ not in word_set("arguments", "harming"):
            return []
        prepositions = [word for word in grammar.children(verb, "prep") if word.lower_ == "in"]
        attacks = [noun for word in prepositions for noun in grammar.children(word, "pobj") if is_attack(noun)]
        whose = [word for noun in attacks for word in grammar.children(noun, "poss", "amod", "compound", "nmod")]
        return first(self.phrases.entities(token, depth=1) for token in whose)

    def _doers(self, agent: Token | None) -> list[str]:
        """The entities of a subject; of one that is nobody itself only the possessor: "his party's leaflets warned"."""
        owner = grammar.child(agent, "poss") if agent is not None and not self.phrases.at(agent) else None
        return self.phrases.entities(owner) or self.phrases.entities(agent)

    def _together_with(self, agent: Token | None, verb: Token) -> list[str]:
        """Who acts along with somebody: "Chile, along with Peru, condemned …"."""
        done = grammar.is_passive(verb) or grammar.child(verb, "dobj") is not None  # "expelled Lee along with Kim"
        beside = grammar.children(agent, "prep") if agent is not None else []
        beside = [*beside, *(word for word in grammar.children(verb, "prep") if not done or word.i < verb.i)]
        along = [preposition for preposition in beside if preposition.lower_ in ("along", "together", "alongside")]
        inner = [token for link in along for token in (link, *grammar.children(link, "prep"))]
        parties = [party for token in inner for party in grammar.children(token, "pobj")]
        return [entity for party in parties for entity in self.phrases.entities(party)]


def object_tokens(verb: Token) -> list[Token]:
    """What a verb is done to, in order of preference."""
    if grammar.is_passive(verb):
        subject = grammar.subject(verb)
        return [subject] if subject is not None else []
    found = [grammar.antecedent(token) for token in grammar.children(verb, "dobj", "dative", "oprd")]
    found += bidden_tokens(verb)
    small = (clause for clause in grammar.children(verb, "ccomp", "xcomp") if clause.pos_ == "ADJ")
    found += [noun for clause in small for noun in grammar.children(clause, "nsubj")]  # "held Iran responsible"
    rest = [child for child in verb.rights if child.dep_ not in ("cc", "conj", "punct", "prt")]
    if not found and not rest:  # "met and thanked Kim": the object stands at the last of the joined verbs
        found = [token for joined in grammar.children(verb, "conj") for token in grammar.children(joined, "dobj")]
    return found


def bidden_tokens(verb: Token) -> list[Token]:
    """Who is to act by what a verb asks: "urged [Iran] to stop", "demanded that [Iran] stop" or "should stop"."""
    clauses = grammar.children(verb, "ccomp", "xcomp")
    asked = (clause for clause in clauses if grammar.is_infinitive(clause) or grammar.is_mandative(clause))
    subjects = (grammar.child(clause, "nsubj", "nsubjpass") for clause in asked)
    return [subject for subject in subjects if subject is not None]


def carrying(noun: Token) -> list[Token]:
    """The verb that says no more than that an event is: "held talks"; "held talks over the raid" is no raid."""
    head = grammar.first_conjunct(noun)
    if head.dep_ == "pobj" and head.head.head.lemma_ in word_set("arguments", "rows"):  # "a series of warnings"
        head = head.head.head
    if head.dep_ == "pobj" and head.head.lower_ in word_set("arguments", "about"):
        return []
    verb = head.head.head if head.dep_ == "pobj" else head.head
    lists = ["light_verbs", "undergoing", *(["owning_up"] if head.lemma_ == "responsibility" else [])]
    light = any(verb.lemma_ in word_set("arguments", name) for name in lists)
    carried = light and verb.pos_ == "VERB" and head.dep_ in ("dobj", "pobj", "nsubjpass", "oprd")
    return [verb] if carried else []


def is_attack(noun: Token) -> bool:
    """Whether a noun may take up an attack: "the raid", "the violence"."""
    return noun.lemma_.lower() in word_set("arguments", "taken_up", "ASSAULT")
