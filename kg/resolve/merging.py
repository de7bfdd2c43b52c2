"""One entity for each canonical id over all records, and records told with canonical ids.

Every record votes once, and ties go to the smallest value, so neither the order of the records nor the clock decides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from kg.model import Entity, Event, Extraction, Kind, Relation

T = TypeVar("T", bound=str | tuple[float, float])

NOBODY_ELSE: Mapping[str, str] = MappingProxyType({})  # the identity in which every id is its own


def merge_entities(extractions: Iterable[Extraction], identity: Mapping[str, str] = NOBODY_ELSE) -> dict[str, Entity]:
    """One entity for each canonical id, in order of id, from all that the records say of it.

    Name, kind, country, sector and place are the most frequent ones, then the smallest; every other name is an alias.
    Where several ids mean one entity, what is said of the canonical one counts before what is said of the others, but
    a person's full name before a surname.
    """
    tellings: defaultdict[str, list[Entity]] = defaultdict(list)
    for extraction in extractions:
        for entity in extraction.entities:
            tellings[identity.get(entity.id, entity.id)].append(entity)
    return {id: _merged(id, tellings[id]) for id in sorted(tellings)}


def with_identity(extraction: Extraction, identity: Mapping[str, str]) -> Extraction:
    """The extraction told with canonical ids: a new value, since the record stays what it was.

    A relation between two ids of one entity is left out.
    """
    if all(identity.get(entity.id, entity.id) == entity.id for entity in extraction.entities):
        return extraction

    def of(id: str) -> str:
        return identity.get(id, id)

    return replace(
        extraction,
        mentions=tuple(replace(mention, entity=of(mention.entity)) for mention in extraction.mentions),
        entities=tuple(merge_entities([extraction], identity).values()),
        events=tuple(_event(event, identity) for event in extraction.events),
        statements=tuple(replace(told, speaker=told.speaker and of(told.speaker)) for told in extraction.statements),
        relations=tuple(_relation(told, identity) for told in extraction.relations if not _inward(told, identity)),
    )


def _event(event: Event, identity: Mapping[str, str]) -> Event:
    return replace(
        event,
        actors=tuple(dict.fromkeys(identity.get(id, id) for id in event.actors)),
        targets=tuple(dict.fromkeys(identity.get(id, id) for id in event.targets)),
        place=event.place and identity.get(event.place, event.place),
        attributed_to=event.attributed_to and identity.get(event.attributed_to, event.attributed_to),
    )


def _relation(relation: Relation, identity: Mapping[str, str]) -> Relation:
    source, target = relation.source, relation.target
    return replace(relation, source=identity.get(source, source), target=identity.get(target, target))


def _inward(relation: Relation, identity: Mapping[str, str]) -> bool:
    """Whether the two ends of a relation, which the record tells apart, are one entity."""
    ends = {identity.get(id, id) for id in (relation.source, relation.target)}
    return len(ends) == 1 and relation.source != relation.target


def _merged(id: str, tellings: list[Entity]) -> Entity:
    own = [one for one in tellings if one.id == id] or tellings
    kind = _ranked(one.kind for one in own)[0]
    called = [one.name for one in own]
    if kind is Kind.PERSON and not any(" " in name for name in called):
        called = [one.name for one in tellings if " " in one.name] or called
    name = _ranked(called)[0]
    names = {each for one in tellings for each in (one.name, *one.aliases)}
    latitude, longitude = _first(map(_position, own)) or _first(map(_position, tellings)) or (None, None)
    return Entity(
        id=id,
        kind=kind,
        name=name,
        aliases=tuple(sorted(names - {name})),
        country=_first(one.country for one in own) or _first(one.country for one in tellings),
        sector=_first(one.sector for one in own) or _first(one.sector for one in tellings),
        latitude=latitude,
        longitude=longitude,
    )


def _position(entity: Entity) -> tuple[float, float] | None:
    """Latitude and longitude, which only mean something together; adding 0.0 turns -0.0 into 0.0."""
    if entity.latitude is None or entity.longitude is None:
        return None
    return entity.latitude + 0.0, entity.longitude + 0.0


def _first(values: Iterable[T | None]) -> T | None:
    return next(iter(_ranked(value for value in values if value is not None)), None)


def _ranked(values: Iterable[T]) -> list[T]:
    """The values, the most frequent first, then the smallest."""
    counts = Counter(values)
    return sorted(counts, key=lambda value: (-counts[value], value))
