"""Identity across articles: one entity for each id over all records.

Every record votes once, and ties go to the smallest value, so neither the order of the records nor the clock decides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TypeVar

from kg.model import Entity, Extraction

T = TypeVar("T", bound=str | tuple[float, float])


def merge_entities(extractions: Iterable[Extraction]) -> dict[str, Entity]:
    """One entity for each id, in order of id, from all that the records say of it.

    Name, kind, country, sector and place are the most frequent ones, then the smallest; every other name is an alias.
    """
    tellings: defaultdict[str, list[Entity]] = defaultdict(list)
    for extraction in extractions:
        for entity in extraction.entities:
            tellings[entity.id].append(entity)
    return {id: _merged(tellings[id]) for id in sorted(tellings)}


def _merged(tellings: list[Entity]) -> Entity:
    name = _ranked(one.name for one in tellings)[0]
    names = {each for one in tellings for each in (one.name, *one.aliases)}
    latitude, longitude = _first(map(_position, tellings)) or (None, None)
    return Entity(
        id=tellings[0].id,
        kind=_ranked(one.kind for one in tellings)[0],
        name=name,
        aliases=tuple(sorted(names - {name})),
        country=_first(one.country for one in tellings),
        sector=_first(one.sector for one in tellings),
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
