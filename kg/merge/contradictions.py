"""Claims of one event that contradict each other: by denying it, by its day, or by who did it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.merge.parties import Parties
from kg.merge.rules import Rules
from kg.merge.tellings import Telling
from kg.model import Basis, Event

_MOST = 200  # claims of one event that are compared with each other, those with the smallest ids


def contradictions(tellings: Sequence[Telling], parties: Parties, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Pairs of ids of claims that cannot both be right, each with the smaller id first, in order."""
    events = sorted((telling.event for telling in tellings), key=lambda event: event.id)
    return tuple(_pairs(events[:_MOST], parties, rules))


def _pairs(events: Iterable[Event], parties: Parties, rules: Rules) -> Iterator[tuple[str, str]]:
    for one, other in combinations(events, 2):
        if _are_alike_real(one, other, rules) and (
            one.polarity is not other.polarity
            or _differ_in_days(one, other, rules)
            or _differ_in_actors(one, other, parties)
        ):
            yield one.id, other.id


def _are_alike_real(one: Event, other: Event, rules: Rules) -> bool:
    """Whether two claims speak of what happened, or both of the same plan or wish: a plan does not deny a deed."""
    return one.modality is other.modality or {one.modality, other.modality} <= rules.real


def _differ_in_days(one: Event, other: Event, rules: Rules) -> bool:
    """Whether words of both texts give days, and no day is in both; a visit may be told by each of its days."""
    here, there = one.date, other.date
    if {one.relation, other.relation} <= rules.stays:
        return False
    if here is None or there is None or not (here.basis is there.basis is Basis.TEXT):
        return False
    return here.end < there.start or there.end < here.start


def _differ_in_actors(one: Event, other: Event, parties: Parties) -> bool:
    """Whether the deed is laid to others; who meets is no other because one article leaves somebody out."""
    if not (one.targets and other.targets):
        return False
    match = parties.match(one.actors, other.actors)
    return match is not None and match.differs and not {*one.actors, *other.actors} & {*one.targets, *other.targets}
