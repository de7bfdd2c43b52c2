"""Which found entity, event or statement answers to which of the gold: one to one, best first, never by chance."""

from collections import Counter
from collections.abc import Callable, Iterable

from kg.model import Entity, Event, Extraction, Form, Kind, Span, Statement
from kg.names import normal

Fit = tuple[tuple[float, ...], str, str]  # how well, gold, found
TWO_SIDED = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # types whose parties may stand on either side
_ENOUGH = 0.5  # Dice of two contents that are one statement


def pair(fits: Iterable[Fit]) -> dict[str, str]:
    """Gold to found, one to one: the best fit first, ties in the order of their names."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, wanted, found in sorted(fits, key=lambda fit: ([-value for value in fit[0]], fit[1], fit[2])):
        if wanted not in pairs and found not in taken:
            pairs[wanted] = found
            taken.add(found)
    return pairs


# --- entities ---------------------------------------------------------------------------------------------------------


def entity_fits(gold: Extraction, found: Extraction) -> list[Fit]:
    """Every found entity beside every gold entity that it may be, with the strength and the count of shared names."""
    fits: list[Fit] = []
    for entity in found.entities:
        names = _names_in_text(found, entity.id)
        for wanted in gold.entities:
            known = {normal(name) for name in (wanted.name, *wanted.aliases)}
            if strength := _strength(entity, names, wanted, known):
                fits.append(((strength, len(names & known)), wanted.id, entity.id))
    return fits


def stand_for(fits: Iterable[Fit]) -> dict[str, str]:
    """The gold entity that each found entity fits best; two found entities may stand for the same."""
    best: dict[str, str] = {}
    for _, wanted, found in sorted(fits, key=lambda fit: ([-value for value in fit[0]], fit[2], fit[1])):
        best.setdefault(found, wanted)
    return best


def taking_part(found: Extraction) -> set[str]:
    """Ids of the entities that the gold would list: in an event, statement or relation, or mentioned twice."""
    used: set[str | None] = {id for event in found.events for id in (*event.actors, *event.targets)}
    used |= {id for event in found.events for id in (event.attributed_to, event.place)}
    used |= {statement.speaker for statement in found.statements}
    used |= {id for relation in found.relations for id in (relation.source, relation.target)}
    counts = Counter(mention.entity for mention in found.mentions)
    return {id for id in used if id} | {id for id, count in counts.items() if count > 1}


def _names_in_text(found: Extraction, entity: str) -> set[str]:
    text = found.article.text
    return {
        normal(mention.span.of(text))
        for mention in found.mentions
        if mention.entity == entity and mention.form is not Form.PRONOUN
    }


def _strength(entity: Entity, names: set[str], wanted: Entity, known: set[str]) -> int:
    """3: the same name, or two countries with one code; 2: a name of one is another of the other; 1: a mention is."""
    countries = entity.kind is wanted.kind is Kind.COUNTRY and entity.country is not None
    if normal(entity.name) == normal(wanted.name) or (countries and entity.country == wanted.country):
        return 3
    if normal(entity.name) in known or normal(wanted.name) in {normal(alias) for alias in entity.aliases}:
        return 2
    return 1 if names & known else 0


# --- events -----------------------------------------------------------------------------------------------------------


def pair_events(gold: Extraction, found: Extraction, stands: dict[str, str]) -> dict[str, str]:
    """Gold to found events: their triggers overlap, or the types are equal and the found trigger is in the sentence."""
    fits: list[Fit] = []
    for wanted in gold.events:
        for event in found.events:
            touching, same = event.trigger.overlaps(wanted.trigger), event.type == wanted.type
            if touching or (same and event.trigger.overlaps(wanted.evidence)):
                score = 4 * touching + 2 * same + sum(right_parties(event, wanted, stands))
                fits.append(((score,), wanted.id, event.id))
    return pair(fits)


def right_parties(event: Event, wanted: Event, stands: dict[str, str]) -> tuple[bool, bool]:
    """Whether an actor and a target of a found event are right; nothing is asked of a side that the gold leaves empty.

    Where an event has two sides that are alike (they met, they clashed), two parties must be right, on whatever side.
    """
    actors = {stands[id] for id in event.actors if id in stands}
    targets = {stands[id] for id in event.targets if id in stands}
    if wanted.type in TWO_SIDED or (len(wanted.actors) > 1 and not wanted.targets):
        parties = {*wanted.actors, *wanted.targets}
        hits = len((actors | targets) & parties)
        return hits >= min(1, len(parties)), hits >= min(2, len(parties))
    return _meet(actors, wanted.actors), _meet(targets, wanted.targets)


def _meet(found: set[str], wanted: tuple[str, ...]) -> bool:
    return not wanted or bool(found & set(wanted))


# --- statements -------------------------------------------------------------------------------------------------------


def pair_statements(
    gold: Extraction, found: Extraction, speaker: Callable[[str | None], str | None]
) -> list[tuple[Statement, Statement]]:
    """Gold and found statements of one speaker whose contents overlap by half.

    `speaker` gives the gold's key for a found speaker.
    """
    wanted, got = ({f"{at:05}": one for at, one in enumerate(side.statements)} for side in (gold, found))
    fits: list[Fit] = [
        ((alike,), at, number)
        for at, one in wanted.items()
        for number, other in got.items()
        if (alike := dice(one.content, other.content)) >= _ENOUGH and speaker(other.speaker) == one.speaker
    ]
    return [(wanted[at], got[number]) for at, number in pair(fits).items()]


def dice(one: Span, other: Span) -> float:
    """How much two spans share, 0 to 1: twice the shared length over both lengths."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return 2 * shared / (one.end - one.start + other.end - other.start)
