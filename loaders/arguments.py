"""Find who takes part: from a trigger's grammar to the entities in its slots.

A slot is `subject`, `object`, `owner` (whose the object is: Russia's in "expelled Russian diplomats"), `whole` (the
object itself or its possessor), `clause` (the first outsider in the complement clause), `governor` (what the
governing verb is done to: "visited Chile, signing a treaty"), `harmed` (whom the verb of an attack harms: "the
strikes killed nine") or who attacks ("died in Syrian strikes": `attacker`), `speaker` and `bearer` (who says that
whom must do something) or a preposition ("with", "on"). A phrase that is no entity gives the entities inside it: the
target of "criticized U.S. alliances with Japan" is the United States and Japan.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Form, Kind, Statement
from loaders import grammar
from loaders.coreference import People
from loaders.frames import Match
from loaders.places import Places
from loaders.statements import speaker_of
from loaders.words import load_words

_INSIDE = ("poss", "compound", "amod", "nmod", "appos")
_DEPTH = 3

Slot = Callable[[Match, str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """Entity ids of the parties of an event, each once, in order of the text; `grounded` by taking a place for one."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    grounded: bool = False


class Arguments:
    """The mentions of one text, asked by token."""

    def __init__(self, doc: Doc, people: People, statements: Sequence[Statement]) -> None:
        self.doc, self.figures, self.statements = doc, people.figures, statements
        self.by_head: dict[int, str] = {}
        self.by_token: dict[int, str] = {}
        self.mentions = people.mentions
        for mention in reversed(people.mentions):  # of two mentions with one head the outer, which comes first, wins
            self.by_head[mention.found.head] = mention.entity
            if mention.found.form is Form.NAME:
                self.by_token.update(dict.fromkeys(range(mention.found.first, mention.found.last), mention.entity))

    def parties(self, match: Match) -> Participants:
        """Whoever takes part in an event as far as the words at its trigger say."""
        slot = {"verb": self.of_verb, "adjective": self.of_adjective, "noun": self.of_noun}[match.kind]
        actors = self._first(slot(match, name) for name in match.frame.actors)
        targets = [entity for entity in self._targets(match, slot, actors) if entity not in actors]
        if match.frame.type in load_words("arguments")["spoken"]:
            actors, targets = self._without_audience(actors), self._without_audience(targets)
        if match.frame.reciprocal:
            actors, targets = [*actors, *targets], []
        actors = [entity for entity in actors if self.figures[entity].entity.kind is not Kind.PLACE]
        doer, ground = self._sovereign(match, actors, targets), self._ground(match, actors, targets)
        return Participants(
            actors=tuple(dict.fromkeys([*actors, *doer])),
            targets=tuple(dict.fromkeys([*targets, *ground])),
            grounded=bool(doer or ground),
        )

    def _sovereign(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> list[str]:
        """Whose state does what only a state does, if nobody is named who did it: "was arrested in Chad"."""
        alone = match.frame.mode in load_words("arguments")["sovereign"] and not actors and bool(targets)
        place = self.place_of(match, ()) if alone and grammar.is_passive(match.trigger) else None
        is_state = place is not None and self.figures[place].entity.kind is Kind.COUNTRY
        return [place] if place and is_state and place not in targets else []

    def _ground(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> list[str]:
        """Where it is done, if nobody is named to whom: "killed nine people in Chad", "sent peacekeepers to Mali"."""
        modes = load_words("arguments")["ground"].get(match.frame.type)
        named = any(not self._is_nobody(entity) for entity in targets)
        if modes is None or match.frame.both or named or len(actors) != 1 or (modes and match.frame.mode not in modes):
            return []
        if not targets and match.kind == "verb" and self._has_thing(match):
            return []  # "attacked a train near Sibi" is done to the train
        place = self.place_of(match, ())
        return [place] if place and place not in actors else []

    def _has_thing(self, match: Match) -> bool:
        """Whether a verb has an object of its own that is nobody, and no part of the trigger."""
        return any(token not in match.words for token in self._object_tokens(match.trigger))

    def _targets(self, match: Match, slot: Slot, actors: Sequence[str]) -> list[str]:
        if match.kind == "noun" and self._is_victims(match):
            return self._possessor(match)
        for name in match.frame.targets:
            found = self._outsiders(match, actors) if name == "clause" else slot(match, name)
            if name == "bearer":  # "Kenya said it must act" demands nothing of anybody else
                found = [entity for entity in found if not self._own_side(entity, actors)]
            if any(entity not in actors for entity in found):
                return found
        return []

    def _without_audience(self, entities: Sequence[str]) -> list[str]:
        """The parties without those who are only told things: "she spoke to reporters" is no meeting with them."""
        known = ((entity, self.figures[entity].entity) for entity in entities)
        audience = {id_ for id_, entity in known if entity.kind is Kind.GROUP and entity.sector == "JRN"}
        return [id_ for id_ in entities if id_ not in audience]

    @staticmethod
    def _first(found: Iterator[list[str]]) -> list[str]:
        return next((entities for entities in found if entities), [])

    def is_enough(self, match: Match, parties: Participants) -> bool:
        """Whether some parties make an event: a verb needs one, a noun, which may only be named, both.

        A frame may ask for less ("single") or for two ("reciprocal").
        """
        actors, targets = parties.actors, parties.targets
        nameless = all(self._is_nobody(entity) for entity in (*actors, *targets))
        if nameless and not self._is_public(match, actors, targets):
            return False  # "The inspector condemned the building": nobody that anybody could look up
        if match.frame.relation == "VISITED" and all(self._is_private(entity) for entity in actors):
            return False
        if self._is_only_where(match, parties) or self._is_misnamed(match, parties):
            return False
        if match.frame.reciprocal:
            return len(actors) > 1 or any(self.figures[entity].plural for entity in actors)
        if match.frame.targeted and not targets:
            return False
        if (actors and targets) or (len(actors) > 1 and not match.frame.both):
            return True
        if match.frame.both or "speaker" in match.frame.actors:
            return False
        if match.frame.single or not actors:
            return bool(actors) or (bool(targets) and self._is_suffered(match))
        return match.kind == "verb"

    def _is_only_where(self, match: Match, parties: Participants) -> bool:
        """Whether a state is no doer but where it happened: "the Iraq war", "the Mexico massacre"."""
        kinds = {self.figures[entity].entity.kind for entity in parties.actors}
        alone = kinds == {Kind.COUNTRY} and len(parties.actors) == 1 and not parties.targets
        return alone and match.kind == "noun" and match.trigger.lemma_.lower() in load_words("arguments")["troubles"]

    def _is_misnamed(self, match: Match, parties: Participants) -> bool:
        """Whether it is done to the wrong kind: nobody captures a person as he does land, or releases a town."""
        kinds = {self.figures[entity].entity.kind for entity in parties.targets}
        wrong = load_words("arguments")["never"].get(match.frame.relation, ())
        return len(kinds) == 1 and kinds <= set(wrong)

    def _is_private(self, entity: str) -> bool:
        """Whether somebody is a person of no office or state known to the text: "Ms Smith flew to Peru" is no visit."""
        known = self.figures[entity].entity
        return known.kind is Kind.PERSON and known.country is None and known.sector is None

    def _is_nobody(self, entity: str) -> bool:
        """Whether nobody could look somebody up: "a priest"; "lawmakers" of an article about one state are its own."""
        figure, ours = self.figures[entity], load_words("arguments")["public_sectors"]
        return figure.local and not (figure.entity.country and figure.entity.sector in ours)

    def _is_public(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> bool:
        """Whether what nameless people do to others is of public interest: "gunmen killed a priest"."""
        sectors = {self.figures[entity].entity.sector for entity in actors}
        harmful = match.frame.type in load_words("arguments")["harmful"]
        return harmful and bool(targets) and bool(sectors & set(load_words("arguments")["public_sectors"]))

    @staticmethod
    def _is_suffered(match: Match) -> bool:
        """Whether a target alone makes an event: "nine were killed"; not "decisions that threaten the country".

        A noun says so in its frame: "the arrest of Navalny". Nothing without its doer is "the grain was sold to Chad".
        """
        if match.kind == "noun" and match.frame.suffered:
            return True
        if match.kind != "verb" or match.frame.type in load_words("arguments")["willing"]:
            return False
        if "subject" in match.frame.targets:  # "Amini died in custody"
            return True
        return grammar.is_passive(match.trigger) or grammar.subject(match.trigger) is None

    # --- slots of a verb ----------------------------------------------------------------------------------------------

    def of_verb(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot of a verb."""
        verb = match.trigger
        if slot == "subject":
            return self._subject(verb)
        if slot == "object":
            return self._object(verb)
        if slot == "attacker":
            return self._attackers(verb)
        if slot == "speaker":
            speaker = speaker_of(verb.idx, self.statements)
            return [speaker] if speaker else []
        if slot == "bearer":
            return self._bearer(verb)
        if slot == "whole":
            return self._whole(verb)
        if slot == "owner":
            return self._first(self._inside(token, _DEPTH) for token in self._object_tokens(verb))
        if slot == "governor":
            return self._object(grammar.clause_verb(verb.head)) if verb.dep_ in ("advcl", "conj", "pcomp") else []
        objects = [joined for token in self._object_tokens(verb) for joined in grammar.conjuncts(token)]
        return self._after(slot, match.words) or self._after(slot, objects)

    def _bearer(self, verb: Token) -> list[str]:
        """Of whom a clause says that they must, or are to blame; "should Kenya join" is a condition and asks nobody."""
        bearer = grammar.subject(verb.head if verb.dep_ in grammar.AUXILIARIES else verb)
        inverted = bearer is not None and verb.dep_ in grammar.AUXILIARIES and bearer.i > verb.i
        marks = {word.lower_ for word in grammar.children(grammar.clause_verb(verb), "mark")}
        return [] if inverted or marks & {"if", "unless"} else self.entities(bearer)

    def _whole(self, verb: Token) -> list[str]:
        """Who is spoken of: "called Peru's claims baseless", "the vetoes of Peru, which he called rash".

        "Called the talks with Peru useless" says nothing of Peru.
        """
        whole = self._object_tokens(verb)
        owners = [owner for token in whole for owner in grammar.children(token, "poss")]
        owners += [token for noun in whole for token in grammar.owned_by(noun)]
        return self._first(self.entities(token, depth=0) for token in (*whole, *owners))

    def _subject(self, verb: Token) -> list[str]:
        """Who acts; "issued warnings demanding …" is done by who issued them, as a warning is nobody."""
        agent = grammar.passive_agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
        found = self._doers(agent) + self._together_with(agent, verb)
        above = grammar.clause_verb(verb.head)
        if not found and verb.dep_ == "acl" and not (grammar.is_passive(verb) or grammar.is_passive(above)):
            found = self.entities(grammar.subject(above))
        return found or (self._attackers(verb) if grammar.is_passive(verb) else self._issuer(agent))

    def _issuer(self, paper: Token | None) -> list[str]:
        """Whose words a text of nobody's is: "Kenya issued a statement. The statement threatened …"."""
        if paper is None or paper.lemma_.lower() not in load_words("statements")["documents"]["read_on"]:
            return []
        issued = (one for one in reversed(self.doc[: paper.i]) if one.lemma_ == paper.lemma_)
        carriers = (verb for one in issued for verb in self._carrying(one))
        return next((found for verb in carriers if (found := self.entities(grammar.subject(verb)))), [])

    def _attackers(self, verb: Token) -> list[str]:
        """Who kills by an attack: Russia of "killed in Russian strikes"."""
        if verb.lemma_ not in load_words("arguments")["harming"]:
            return []
        prepositions = [word for word in grammar.children(verb, "prep") if word.lower_ == "in"]
        attacks = [noun for word in prepositions for noun in grammar.children(word, "pobj") if _is_attack(noun)]
        whose = [word for noun in attacks for word in grammar.children(noun, "poss", "amod", "compound", "nmod")]
        return self._first(self.entities(token, depth=1) for token in whose)

    def _doers(self, agent: Token | None) -> list[str]:
        """The entities of a subject; of one that is nobody itself only the possessor: "his party's leaflets warned"."""
        owner = grammar.child(agent, "poss") if agent is not None and not self._at(agent) else None
        return self.entities(owner) or self.entities(agent)

    def _together_with(self, agent: Token | None, verb: Token) -> list[str]:
        """Who acts along with somebody: "Chile, along with Peru, condemned …"."""
        done = grammar.is_passive(verb) or grammar.child(verb, "dobj") is not None  # "expelled Lee along with Kim"
        beside = grammar.children(agent, "prep") if agent is not None else []
        beside = [*beside, *(word for word in grammar.children(verb, "prep") if not done or word.i < verb.i)]
        along = [preposition for preposition in beside if preposition.lower_ in ("along", "together", "alongside")]
        inner = [token for first in along for token in (first, *grammar.children(first, "prep"))]
        return [
            entity for token in inner for party in grammar.children(token, "pobj") for entity in self.entities(party)
        ]

    def _object(self, verb: Token) -> list[str]:
        return self._first(self.party(token) for token in self._object_tokens(verb))

    def _object_tokens(self, verb: Token) -> list[Token]:
        """What a verb is done to, in order of preference."""
        if grammar.is_passive(verb):
            subject = grammar.subject(verb)
            return [subject] if subject is not None else []
        found = [grammar.antecedent(token) for token in grammar.children(verb, "dobj", "dative", "oprd")]
        for clause in grammar.children(verb, "ccomp", "xcomp"):  # "urged Iran to stop", "demanded that Iran stop"
            subject = grammar.child(clause, "nsubj", "nsubjpass")
            small = clause.pos_ == "ADJ"  # "held Iran responsible"
            if subject is not None and (small or grammar.is_infinitive(clause) or grammar.is_subjunctive(clause)):
                found.append(subject)
        rest = [child for child in verb.rights if child.dep_ not in ("cc", "conj", "punct", "prt")]
        if not found and not rest:  # "met and thanked Kim": the object stands at the last of the joined verbs
            found = [token for joined in grammar.children(verb, "conj") for token in grammar.children(joined, "dobj")]
        return found

    def _after(self, preposition: str, heads: Sequence[Token]) -> list[str]:
        for head in heads:
            for child in head.children:
                if child.dep_ in ("prep", "agent", "dative") and child.lower_ == preposition:
                    found = self._first(self.party(token) for token in grammar.children(child, "pobj", "pcomp"))
                    if found:
                        return found
            if head.dep_ in ("prep", "prt") and head.lower_ == preposition:
                found = self._first(self.entities(token) for token in grammar.children(head, "pobj"))
                if found:
                    return found
        return []

    def _outsiders(self, match: Match, actors: Sequence[str]) -> list[str]:
        """The first entity in the complement that is not of the actor's own side: "vowed to punish Israel"."""
        labels = ("acl", "relcl") if match.kind == "noun" else ("xcomp", "ccomp", "dobj", "attr", "prep", "advcl")
        clauses = grammar.children(match.trigger, *labels)
        tokens = sorted({token.i for clause in clauses for token in _told_in(clause)})
        for at in tokens:
            entity = self.by_head.get(at)
            if entity and entity not in actors and not self._own_side(entity, actors):
                return self.entities(self.doc[at])
        return []

    def _own_side(self, entity: str, actors: Sequence[str]) -> bool:
        """Whether an entity belongs to the country of one of the actors."""
        country = self.figures[entity].entity.country
        return country is not None and country in {self.figures[actor].entity.country for actor in actors}

    # --- slots of a noun ----------------------------------------------------------------------------------------------

    def of_noun(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot of a noun: "Russia's invasion of Ukraine", "launched an attack on Ukraine"."""
        noun = match.trigger
        if slot == "subject":
            owner = [] if self._is_victims(match) else self._possessor(match)
            found = owner or self._after("by", [noun]) or self._between(noun) or self._carrier(noun)
            return found or self._host_of(match)
        if slot == "object":
            return self._first(self._after(name, [noun]) for name in ("of", "against", "on"))
        if slot == "harmed":
            return self._harmed(noun)
        if slot in ("governor", "owner"):
            return []
        return self._after(slot, [noun, *self._carrying(noun)])

    def _harmed(self, attack: Token) -> list[str]:
        """Whom an attack harms by its verb: "the strikes killed nine sailors", "sailors were killed in the strikes"."""
        phrase = attack.dep_ == "pobj" and attack.head.lower_ in ("in", "by", "during")
        verb = attack.head.head if phrase else attack.head
        if not (phrase or attack.dep_ == "nsubj") or verb.lemma_ not in load_words("arguments")["harming"]:
            return []
        if phrase and verb.lemma_ in ("die", "perish"):
            return self.entities(grammar.subject(verb))
        return self._object(verb) if grammar.is_passive(verb) == phrase else []

    def _is_victims(self, match: Match) -> bool:
        """Whether it is done to its possessor: "Navalny's arrest"; not in "Navalny's murder of a guard"."""
        suffered = match.trigger.lemma_.lower() in load_words("arguments")["victims"]
        whose = self._possessor(match) if suffered and not grammar.owned_by(match.trigger) else []
        return bool(whose) and all(self.figures[entity].entity.kind in (Kind.PERSON, Kind.GROUP) for entity in whose)

    def _possessor(self, match: Match) -> list[str]:
        noun = match.trigger
        modifiers = [*grammar.children(noun, "poss"), *grammar.children(noun, "amod", "compound", "nmod")]
        whose = (token for token in modifiers if token not in match.words)
        return self._first([*self._before_hyphen(token), *self.entities(token, depth=1)] for token in whose)

    def _before_hyphen(self, name: Token) -> list[str]:
        """The first of two states: "Turkey-Israel trade"."""
        joined = name.i > 1 and name.nbor(-1).text in ("-", "–") and name.i in self.by_token
        return self._each([name.nbor(-2)]) if joined else []

    def _between(self, noun: Token) -> list[str]:
        return self._after("between", [noun])

    def _host_of(self, match: Match) -> list[str]:
        """Whose visit or talks a sentence opens with: "During a visit to Oslo, Lee said …"."""
        preposition = match.trigger.head
        opens = match.trigger.dep_ == "pobj" and preposition.lower_ in ("during", "on", "after", "before", "at")
        return self._subject(preposition.head) if opens and match.frame.type == "CONSULT" else []

    def _carrier(self, noun: Token) -> list[str]:
        """The subject of the verb that carries the noun."""
        for verb in self._carrying(noun):
            if found := self._subject(verb):
                return found
        return []

    @staticmethod
    def _carrying(noun: Token) -> list[Token]:
        """The verb that says no more than that an event is: "held talks"; "held talks over the raid" is no raid."""
        head = grammar.first_conjunct(noun)
        if head.dep_ == "pobj" and head.head.head.lemma_ in load_words("arguments")["rows"]:  # "a series of warnings"
            head = head.head.head
        if head.dep_ == "pobj" and head.head.lower_ in load_words("arguments")["about"]:
            return []
        verb = head.head.head if head.dep_ == "pobj" else head.head
        carried = (
            head.dep_ in ("dobj", "pobj", "nsubjpass", "oprd")
            and verb.pos_ == "VERB"
            and verb.lemma_ in load_words("arguments")["light_verbs"]
        )
        return [verb] if carried else []

    # --- slots of an adjective ----------------------------------------------------------------------------------------

    def of_adjective(self, match: Match, slot: str) -> list[str]:
        """The entities in a slot of a predicate: "Turkey was critical of Greece"."""
        if slot == "subject":
            return self.entities(self._described(match.trigger))
        return self._after(slot, match.words)

    @staticmethod
    def _described(adjective: Token) -> Token | None:
        """Whom a predicate is said of: "Chad is wary of Mali", "Chad, wary of Mali, left", "Chad was angry"."""
        if adjective.dep_ == "amod":
            return adjective.head if adjective.head.i < adjective.i else None
        if adjective.pos_ == "VERB":  # read as a passive, whose subject the parser may hang on the auxiliary
            helper = grammar.child(adjective, "auxpass")
            return grammar.subject(adjective) or (grammar.own_subject(helper) if helper is not None else None)
        return grammar.subject(adjective.head) if adjective.dep_ in ("acomp", "advcl", "ROOT") else None

    # --- from a token to entities -------------------------------------------------------------------------------------

    def entities(self, token: Token | None, depth: int = _DEPTH) -> list[str]:
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

    def _here(self, token: Token, depth: int) -> list[str]:
        entity = self.by_head.get(token.i) or self.by_token.get(token.i)
        if entity:
            names = (self._names_of(token) or self._states_of(token)) if token.i not in self.by_token else []
            return names or list(self.figures[entity].members or (entity,))
        return self._inside(token, depth) if depth > 0 and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET") else []

    def _names_of(self, nominal: Token) -> list[str]:
        """The names that follow a nominal and say who is meant: "council members Greece and Panama"."""
        beside = [word for word in grammar.children(nominal, "appos", "advmod") if word.i in self.by_token]
        return [entity for word in beside for entity in self.entities(word)]

    def _states_of(self, nominal: Token) -> list[str]:
        """The states whose a nominal is where it has several: "U.S. and Iraqi officials", "British and EU envoys"."""
        modifiers = grammar.children(nominal, "amod", "compound", "nmod")
        joined = [grammar.conjuncts(word) for word in modifiers if word.i in self.by_token]
        return next((self._each(words) for words in joined if len(self._each(words)) > 1), [])

    def _each(self, words: Sequence[Token]) -> list[str]:
        return [self.by_token[word.i] for word in words if word.i in self.by_token]

    def _inside(self, noun: Token, depth: int) -> list[str]:
        """The entities inside a phrase that is none itself: "talks with Chile", "Cuba's ships", "members of Hamas"."""
        found: list[str] = []
        for child in noun.children:
            if child.dep_ in _INSIDE:
                found += self.entities(child, depth - 1)
            if child.dep_ == "prep" and child.lower_ in load_words("arguments")["inside"]:
                found += [
                    entity for inner in grammar.children(child, "pobj") for entity in self.entities(inner, depth - 1)
                ]
        return found

    def place_of(self, match: Match, targets: Sequence[str]) -> str | None:
        """Where it happened: the smallest place that is named at it."""
        return Places(self.figures, self._at).of(match, self._carrying(match.trigger), targets)

    def _at(self, token: Token) -> list[str]:
        entity = self.by_head.get(token.i) or self.by_token.get(token.i)
        return [entity] if entity else []


def _is_attack(noun: Token) -> bool:
    return noun.lemma_.lower() in load_words("arguments")["taken_up"]["ASSAULT"]


def _told_in(clause: Token) -> Iterator[Token]:
    """The tokens of a clause without asides."""
    if not _is_aside(clause):
        yield clause
        for child in clause.children:
            yield from _told_in(child)


def _is_aside(clause: Token) -> bool:
    """Whether a clause or phrase only says when or why: "called for a vote after Chad had fired missiles"."""
    if clause.dep_ == "advcl":
        marks = {word.lower_ for word in grammar.children(clause, "mark")}
        return grammar.own_subject(clause) is not None and not marks & {"if", "unless"}
    return clause.dep_ == "prep" and clause.lower_ in ("after", "amid", "before", "during", "since", "despite", "until")
