"""Find who takes part: from a trigger's grammar to the parties of an event, and whether they are enough for one.

A slot is `subject`, `object`, `owner` (whose the object is: Russia's in "expelled Russian diplomats"), `whole` (the
object itself or its possessor), `clause` (the first outsider in the complement clause), `governor` (what the
governing verb is done to: "visited Chile, signing a treaty"), `harmed` (whom the verb of an attack harms: "the
strikes killed nine") or who attacks ("died in Syrian strikes": `attacker`), `speaker` and `bearer` (who says that
whom must do something), `bidden` (Peru in "suggested that Peru wait"), `aimed` (Iran in "sanctions targeting Iran"),
`accused` (Lee in "convicted Lee on charges of fraud") or a preposition ("with", "on").
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Kind, Statement
from loaders import grammar
from loaders.coreference import People
from loaders.frames import Match
from loaders.noun_slots import AdjectiveSlots, NounSlots
from loaders.phrases import Phrases, first
from loaders.places import Places
from loaders.verb_slots import VerbSlots, carrying, object_tokens
from loaders.words import load_words, word_set

Slot = Callable[[Match, str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """Entity ids of the parties of an event, each once, in order of the text; `grounded` by taking a place for one."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    grounded: bool = False


class Arguments:
    """The parties of the events of one text."""

    def __init__(self, doc: Doc, people: People, statements: Sequence[Statement]) -> None:
        self.phrases, self.figures = Phrases(doc, people), people.figures
        self.verbs = VerbSlots(self.phrases, statements)
        self.nouns, self.adjectives = NounSlots(self.phrases, self.verbs), AdjectiveSlots(self.phrases)
        self.places = Places(self.phrases)

    def parties(self, match: Match) -> Participants:
        """Whoever takes part in an event as far as the words at its trigger say."""
        slot = {"verb": self.verbs.fill, "adjective": self.adjectives.fill, "noun": self.nouns.fill}[match.kind]
        actors = first(slot(match, name) for name in match.frame.actors)
        targets = [entity for entity in self._targets(match, slot, actors) if entity not in actors]
        if match.frame.type in word_set("arguments", "spoken"):
            actors, targets = self._without_audience(actors), self._without_audience(targets)
        if match.frame.reciprocal:
            actors, targets = [*actors, *targets], []
        actors = self._without_places(actors)
        if match.frame.type in word_set("arguments", "placeless"):
            targets = self._without_places(targets)
        if self._is_only_where(match, actors, targets):
            actors = []
        doer, ground = self._sovereign(match, actors, targets), self._ground(match, actors, targets)
        return Participants(
            actors=tuple(dict.fromkeys([*actors, *doer])),
            targets=tuple(dict.fromkeys([*targets, *ground])),
            grounded=bool(doer or ground),
        )

    def is_enough(self, match: Match, parties: Participants) -> bool:
        """Whether some parties make an event: a verb needs one, a noun, which may only be named, both.

        A frame may ask for less ("single") or for two ("reciprocal"); violence needs but a place: "the blast in Lima".
        """
        located = self.happened_at(match) is not None or self._befell_somebody(match, parties)
        return located or self._are_enough(match, parties)

    def _are_enough(self, match: Match, parties: Participants) -> bool:
        actors, targets = parties.actors, parties.targets
        nameless = all(self._is_nobody(entity) for entity in (*actors, *targets))
        if nameless and not self._is_public(match, actors, targets):
            return False  # "The inspector condemned the building": nobody that anybody could look up
        if "bearer" in match.frame.targets and all(self._is_nobody(entity) for entity in targets):
            return False  # "every child should read, Lula said" asks nobody
        if match.frame.relation == "VISITED" and all(self._is_private(entity) for entity in actors):
            return False
        if self._is_misnamed(match, parties):
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
            return bool(actors) or (bool(targets) and _is_suffered(match)) or self._is_done_by_unnamed(match, targets)
        return match.kind == "verb"

    def place_of(self, match: Match, targets: Sequence[str]) -> str | None:
        """Where it happened: the smallest place that is named at it."""
        return self.places.of(match, carrying(match.trigger), targets) or self.happened_at(match)

    def happened_at(self, match: Match) -> str | None:
        """The place that a noun of violence or unrest is called by or followed by, which makes an event by itself."""
        if not self.is_violence(match):
            return None
        troubles = match.trigger.lemma_.lower() in word_set("arguments", "troubles")
        return self.places.named_at(match.trigger, self.nouns.possessor(match) if troubles else [])

    def _befell_somebody(self, match: Match, parties: Participants) -> bool:
        """Whether a verb tells of violence or unrest with a place: "nine tourists were killed in Lima"."""
        violent = match.kind == "verb" and match.frame.type in load_words("arguments")["located"]
        if self._is_misnamed(match, parties) or match.frame.both:
            return False
        party = bool(parties.actors or parties.targets)
        return violent and party and not grammar.is_infinitive(match.trigger) and self.place_of(match, ()) is not None

    def is_violence(self, match: Match) -> bool:
        """Whether a noun tells of violence or unrest even when it names nobody: "the blast"."""
        nouns = load_words("arguments")["located"].get(match.frame.type, ())
        return match.kind == "noun" and match.trigger.lemma_.lower() in nouns

    # --- what the parties may be --------------------------------------------------------------------------------------

    def _targets(self, match: Match, slot: Slot, actors: Sequence[str]) -> list[str]:
        if match.kind == "noun" and self.nouns.is_victims(match):
            return self.nouns.possessor(match)
        for name in match.frame.targets:
            found = self._outsiders(match, actors) if name == "clause" else slot(match, name)
            if name == "bearer":  # "Kenya said it must act" demands nothing of anybody else
                found = [entity for entity in found if not self._own_side(entity, actors)]
            if any(entity not in actors for entity in found):
                return found
        return []

    def _outsiders(self, match: Match, actors: Sequence[str]) -> list[str]:
        """The first entity in the complement that is not of the actor's own side: "vowed to punish Israel"."""
        labels = ("acl", "relcl") if match.kind == "noun" else ("xcomp", "ccomp", "dobj", "attr", "prep", "advcl")
        clauses = grammar.children(match.trigger, *labels)
        tokens = sorted({token.i for clause in clauses for token in _told_in(clause)})
        for at in tokens:
            entity = self.phrases.by_head.get(at)
            if entity and entity not in actors and not self._own_side(entity, actors):
                return self.phrases.entities(self.phrases.doc[at])
        return []

    def _own_side(self, entity: str, actors: Sequence[str]) -> bool:
        """Whether an entity belongs to the country of one of the actors."""
        country = self.figures[entity].entity.country
        return country is not None and country in {self.figures[actor].entity.country for actor in actors}

    def _without_audience(self, entities: Sequence[str]) -> list[str]:
        """The parties without those who are only told things: "she spoke to reporters" is no meeting with them."""
        known = ((entity, self.figures[entity].entity) for entity in entities)
        audience = {id_ for id_, entity in known if entity.kind is Kind.GROUP and entity.sector == "JRN"}
        return [id_ for id_ in entities if id_ not in audience]

    def _without_places(self, entities: Sequence[str]) -> list[str]:
        return [entity for entity in entities if self.figures[entity].entity.kind is not Kind.PLACE]

    def _sovereign(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> list[str]:
        """Whose state does what only a state does, if nobody is named who did it: "was arrested in Chad"."""
        alone = match.frame.mode in word_set("arguments", "sovereign") and not actors
        place = self.place_of(match, ()) if alone and grammar.is_passive(match.trigger) else None
        is_state = place is not None and self.figures[place].entity.kind is Kind.COUNTRY
        return [place] if place and is_state and place not in targets else []

    def _ground(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> list[str]:
        """Where it is done, if nobody is named to whom: "killed nine people in Chad", "sent peacekeepers to Mali"."""
        modes = load_words("arguments")["ground"].get(match.frame.type)
        named = any(not self._is_nobody(entity) for entity in targets)
        if modes is None or match.frame.both or named or len(actors) != 1 or (modes and match.frame.mode not in modes):
            return []
        if match.frame.reciprocal:
            return []  # "fought in Chad" is not to fight Chad
        if not targets and match.kind == "verb" and self._has_thing(match):
            return []  # "attacked a train near Sibi" is done to the train
        place = self.place_of(match, ())
        return [place] if place and place not in actors else []

    def _has_thing(self, match: Match) -> bool:
        """Whether a verb has an object of its own that is nobody, and no part of the trigger."""
        return any(token not in match.words for token in object_tokens(match.trigger))

    # --- whether they are enough --------------------------------------------------------------------------------------

    def _is_only_where(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> bool:
        """Whether a state is no doer but where it happened: "the Iraq war", "the Mexico massacre"."""
        alone = len(actors) == 1 and not targets and self.figures[actors[0]].entity.kind is Kind.COUNTRY
        return alone and match.kind == "noun" and match.trigger.lemma_.lower() in word_set("arguments", "troubles")

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
        figure, ours = self.figures[entity], word_set("arguments", "public_sectors")
        return figure.local and not (figure.entity.country and figure.entity.sector in ours)

    def _is_public(self, match: Match, actors: Sequence[str], targets: Sequence[str]) -> bool:
        """Whether what nameless people do to others is of public interest: "gunmen killed a priest"."""
        sectors = {self.figures[entity].entity.sector for entity in actors}
        harmful = match.frame.type in word_set("arguments", "harmful")
        return harmful and bool(targets) and bool(sectors & word_set("arguments", "public_sectors"))

    def _is_done_by_unnamed(self, match: Match, targets: Sequence[str]) -> bool:
        """Whether somebody suffers what no party does: "missiles hit Kyiv", "the court convicted Lee"."""
        doer = grammar.subject(match.trigger) if match.kind == "verb" else None
        if doer is None or doer.pos_ != "NOUN" or grammar.is_infinitive(match.trigger):
            return False
        harmful = match.frame.type == "ASSAULT" or match.frame.mode in word_set("arguments", "sovereign")
        official = doer.lemma_ in word_set("arguments", "institutions") and match.frame.type not in word_set(
            "arguments", "willing"
        )
        return (harmful or official) and any(not self._is_nobody(entity) for entity in targets)


def _is_suffered(match: Match) -> bool:
    """Whether a target alone makes an event: "nine were killed"; not "decisions that threaten the country".

    A noun says so in its frame: "the arrest of Navalny". Nothing without its doer is "the grain was sold to Chad".
    """
    if match.kind == "noun" and match.frame.suffered:
        return True
    if match.kind != "verb" or match.frame.type in word_set("arguments", "willing"):
        return False
    if "subject" in match.frame.targets:  # "Amini died in custody"
        return True
    return grammar.is_passive(match.trigger) or grammar.subject(match.trigger) is None


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
