"""Give events the parties that the text has named before: "the raid killed nine", "rejected the allegation".

News tells one event many times. Where a later telling leaves a party out, the nearest earlier event of its type that
does not contradict it says who that was; where its object takes up what somebody did or said, that one is meant. What
is found so is less sure, and says so by rule and confidence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from kg.model import Modality, Polarity
from loaders import grammar
from loaders.arguments import Arguments, Participants
from loaders.frames import Match
from loaders.modality import modality_of, polarity_of
from loaders.verb_slots import is_attack
from loaders.words import load_words, word_set

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
UTTERED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})  # done by being said to somebody
_TAKE_UP = frozenset({"ACCUSE", "REJECT", "SUPPORT", "CONCEDE", "CONSULT"})  # whose object may be another's deed
_REACH, _FAR_REACH = 3, 10  # sentences back to an earlier attack in other words, and in the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A trigger with the parties found at it; `enough` says that they make an event by themselves.

    `place` is where it happened if only an earlier telling says so.
    """

    match: Match
    parties: Participants
    enough: bool = True
    retold: bool = False
    place: str | None = None

    @property
    def type(self) -> str:
        """The PLOVER type of its frame."""
        return self.match.frame.type


def complete(tellings: Sequence[Telling], arguments: Arguments) -> Iterator[Telling]:
    """The tellings, by position, with parties taken from earlier ones; those that stay without enough are left out."""
    told: list[Telling] = []
    at = {one.match.trigger: one for one in tellings if one.enough}
    for telling in _without_echoes(tellings):
        found = _share(telling, at) or _take_up(telling, told) or _tell_again(telling, told, arguments)
        if not found.enough and arguments.is_violence(telling.match) and _is_definite(telling.match.trigger):
            found = _place_again(telling, [*told, *tellings], arguments)
        if found.enough:
            if polarity_of(found.match.trigger) is Polarity.AFFIRMED:  # not "Noria did not bomb Lima. The attack …"
                told.append(found)
            yield found


def _without_echoes(tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Tellings without those that only spell out what one of their type says: "demanded that Noria must stop"."""
    outer = {one.match.trigger: one for one in tellings if one.enough}
    for telling in tellings:
        clauses = (item for item in grammar.rising(telling.match.trigger) if item.dep_ in ("ccomp", "xcomp", "aux"))
        holders = (outer.get(clause.head) for clause in clauses)
        if not any(holder and holder.type == telling.type and holder.parties.targets for holder in holders):
            yield telling


def _share(telling: Telling, at: Mapping[Token, Telling]) -> Telling | None:
    """As in "Noria criticised Estmark and demanded proof": both are words to Estmark."""
    if telling.type not in UTTERED or telling.parties.targets or not telling.parties.actors:
        return None
    trigger = telling.match.trigger
    beside = [trigger.head] if trigger.dep_ == "conj" else []
    beside += grammar.children(trigger, "conj", "acl")
    for other in (at.get(token) for token in beside):
        if other and other.type in UTTERED and set(other.parties.actors) & set(telling.parties.actors):
            targets = tuple(one for one in other.parties.targets if one not in telling.parties.actors)
            if targets:
                return _retold(telling, Participants(actors=telling.parties.actors, targets=targets))
    return None


def _take_up(telling: Telling, told: Sequence[Telling]) -> Telling | None:
    """As in "Noria rejected the allegation": who alleged it is the target."""
    if telling.type not in _TAKE_UP or telling.parties.targets or not telling.parties.actors:
        return None
    for noun in _deeds(telling.match):
        types = _taken_up().get(noun.lemma_.lower(), frozenset())
        for earlier in reversed(told):
            met = earlier.parties.targets if telling.type == "CONSULT" else ()  # "attended the meeting" with all of it
            doers = tuple(one for one in (*earlier.parties.actors, *met) if one not in telling.parties.actors)
            if earlier.type in types and doers:
                return _retold(telling, Participants(actors=telling.parties.actors, targets=doers))
    return None


def _retold(telling: Telling, parties: Participants) -> Telling:
    """A telling with parties that make an event, some of them from elsewhere."""
    return Telling(match=telling.match, parties=parties, retold=True)


@cache
def _taken_up() -> dict[str, frozenset[str]]:
    """Noun → the PLOVER types of what it takes up; "the decision", "this conduct" may be any deed."""
    words = load_words("arguments")
    table, deeds = words["taken_up"], frozenset(words["deeds"]["types"])
    nouns = {noun for row in table.values() for noun in row}
    named = {noun: frozenset(type_ for type_, row in table.items() if noun in row) for noun in nouns}
    return named | dict.fromkeys(words["deeds"]["nouns"], deeds)


def _deeds(match: Match) -> list[Token]:
    """The objects of a verb that are definite and name nobody: "the call", "this decision", "its offer"."""
    if match.kind == "noun":
        return []
    objects = grammar.children(match.trigger, "dobj", "nsubjpass")
    objects += [noun for prep in grammar.children(match.trigger, "prep") for noun in grammar.children(prep, "pobj")]
    return [noun for noun in objects if _is_definite(noun) or any(item.tag_ == "PRP$" for item in noun.lefts)]


def _is_definite(noun: Token) -> bool:
    """As in "the attack", "this offer", "Tuesday's raid"; a possessor that is no day says whose it is."""
    return any(
        word.lower_ in _DEFINITE or (word.dep_ == "poss" and word.ent_type_ in ("DATE", "TIME")) for word in noun.lefts
    )


def _tell_again(telling: Telling, told: Sequence[Telling], arguments: Arguments) -> Telling:
    """As in "Nine died in the attack": the one told before; "she was killed on Friday": by whom is known."""
    if not _may_be_retold(telling):
        return telling
    same = [earlier for earlier in reversed(told) if earlier.type == telling.type and _may_mean(telling, earlier)]
    same.sort(key=lambda earlier: not _are_alike(earlier, telling))  # "the summit" is rather a summit than a talk
    agreeing = (earlier for earlier in same if _agree(telling.parties, earlier.parties))
    source = next(agreeing, None) or next((earlier for earlier in same if _leads_to(earlier, telling)), None)
    owned_up = telling.match.kind == "noun" and arguments.nouns.answerable(telling.match.trigger)
    if source is None and (owned_up or (telling.match.kind == "noun" and not telling.enough)):
        # "… bombed Lima. The bombing …", "A blast … . Noria was behind the attack"
        alike = (earlier for earlier in same if owned_up or _are_alike(earlier, telling))
        source = next((earlier for earlier in alike if _fit(telling.parties, earlier.parties)), None)
    if source is None:
        return telling
    parties = _joined(telling.parties, source.parties)
    return _retold(telling, parties) if arguments.is_enough(telling.match, parties) else telling


def _place_again(telling: Telling, tellings: Sequence[Telling], arguments: Arguments) -> Telling:
    """A definite noun of violence without enough parties, with the nearest place that violence of its type has.

    As in "A blast shook Lima. The explosion …": whoever took part, it was there.
    """
    noun, same = telling.match.trigger, [other for other in tellings if other.type == telling.type]
    holders = (other for other in tellings if other.enough and other.match.trigger == noun.head)
    if next(holders, None) or _is_disowned(noun):
        return telling  # "condemned the attack" tells of the attack by saying who is condemned
    near = sorted(same, key=lambda other: abs(_sentences_between(other, telling)))
    meant = (other for other in near if other is not telling and _may_mean(telling, other))
    place = next((place for other in meant if (place := _place_of(other, arguments))), None)
    if place is None:
        return telling
    nobody = Participants(actors=(), targets=())
    named = arguments.nouns.possessor(telling.match) or arguments.nouns.answerable(noun)
    parties = telling.parties if named else nobody
    return replace(telling, parties=parties, enough=True, retold=True, place=place)


def _is_disowned(noun: Token) -> bool:
    """As in "had nothing to do with the raid", "denied any role in it": that says who did not do it."""
    link = noun.head.head if noun.dep_ == "pobj" else noun
    denied = link.dep_ == "dobj" and link.head.lemma_ in ("deny", "disclaim", "reject")
    return denied or (link.lemma_ == "do" and noun.head.lower_ == "with")


def _place_of(telling: Telling, arguments: Arguments) -> str | None:
    """Where a telling says that it happened; of what lacks parties only the words right at it say so."""
    if telling.place or not telling.enough:
        return telling.place or arguments.happened_at(telling.match)
    return arguments.place_of(telling.match, telling.parties.targets)


def _may_mean(telling: Telling, earlier: Telling) -> bool:
    """Whether a telling is close enough to an earlier one; an article on violence tells of many attacks.

    "Kiev was shelled. Nine were killed": what a verb tells in other words is the deed of the sentence before.
    """
    between, alike = abs(_sentences_between(earlier, telling)), _are_alike(earlier, telling)
    if telling.match.kind == "verb":
        return between <= (_FAR_REACH if alike else 1)
    if telling.type != "ASSAULT":
        return True
    if between > (_FAR_REACH if alike else _REACH) or not (alike or is_attack(telling.match.trigger)):
        return False
    return modality_of(earlier.match.trigger) in (Modality.ASSERTED, Modality.HISTORICAL)  # not "want to bomb Lima"


def _sentences_between(earlier: Telling, telling: Telling) -> int:
    """How many sentences on a telling is."""
    numbers = grammar.sentence_numbers(telling.match.trigger.doc)
    return numbers[telling.match.trigger.i] - numbers[earlier.match.trigger.i]


def _are_alike(earlier: Telling, telling: Telling) -> bool:
    """Whether two tellings have a word in common: "attacked" and "the attack", "held a summit" and "the summit"."""
    words = {word.lemma_.lower() for word in telling.match.words}
    return any(word.lemma_.lower() in words for word in earlier.match.words)


def _leads_to(earlier: Telling, telling: Telling) -> bool:
    """As in "Commandos stormed the ship. Nine sailors were killed": who struck right before is who killed."""
    before, here = earlier.match.trigger.sent, telling.match.trigger.sent
    near = before.start == here.start or before.end == here.start
    return near and telling.match.kind == "verb" and telling.type == "ASSAULT" and bool(earlier.parties.actors)


def _may_be_retold(telling: Telling) -> bool:
    """A definite noun that lacks a party, or a verb of suffering that lacks who made it: "was killed", "died"."""
    parties, noun = telling.parties, telling.match.trigger
    if telling.match.kind == "noun":
        whole = (parties.actors and parties.targets) or len(parties.actors) > 1
        if _is_anothers(telling) or (noun.lemma_ == "talk" and noun.tag_ == "NN"):
            return False  # "the talk about independence" is no meeting
        return not whole and (_is_definite(telling.match.trigger) or bool(parties.actors))
    suffers = "subject" in telling.match.frame.targets or grammar.is_passive(telling.match.trigger)
    return telling.match.kind == "verb" and suffers and bool(parties.targets) and not parties.actors


def _is_anothers(telling: Telling) -> bool:
    """Whether a noun has an object of its own that nobody can look up: "the arrest of one of his aides"."""
    harmful = telling.type in word_set("arguments", "harmful") and not telling.parties.targets
    return harmful and bool(grammar.owned_by(telling.match.trigger))


def _agree(parties: Participants, earlier: Participants) -> bool:
    """Whether what a telling says itself fits an earlier one: its actors act there, its targets are targets there."""
    actors, targets = set(earlier.actors), set(earlier.targets)
    return (
        (not parties.actors or bool(actors & set(parties.actors)))
        and (not parties.targets or bool(targets & set(parties.targets)))
        and bool(actors and (targets or len(actors) > 1))
    )


def _fit(parties: Participants, earlier: Participants) -> bool:
    """Whether two tellings of which neither names all parties may be of one event: no party that both name differs."""
    pairs = ((parties.actors, earlier.actors), (parties.targets, earlier.targets))
    return all(not here or not there or set(here) & set(there) for here, there in pairs)


def _joined(parties: Participants, earlier: Participants) -> Participants:
    """The parties of both tellings; of those who fought each other the one that was killed did not kill himself."""
    actors = parties.actors or tuple(one for one in earlier.actors if one not in parties.targets)
    return Participants(
        actors=actors, targets=parties.targets or tuple(one for one in earlier.targets if one not in actors)
    )
