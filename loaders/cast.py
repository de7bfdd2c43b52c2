"""Who appears in an article: entities with what coreference needs to know of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.gazetteer import GazetteerEntry, Office
from kg.ids import entity_id
from kg.model import Entity, Kind, Reading
from loaders.mentions import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An entity as one article knows it.

    `roles` are the role nouns it bears here or in the gazetteer ("leader"), `plural` whether "they" fits it, and
    `members` are the entities that a figure such as "the two leaders" stands for; it is no entity of its own then.
    """

    entity: Entity
    gender: str | None = None
    roles: frozenset[str] = frozenset()
    plural: bool = False
    members: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()  # that the gazetteer knows of
    local: bool = False  # means nobody outside of this article: "a court", "the inspector"

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.entity.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention with the entity that it stands for in this place."""

    found: Found
    entity: str
    reading: Reading | None = None


Cast = Mapping[str, Figure]


def known_figure(entry: GazetteerEntry) -> Figure:
    """A gazetteer entry as a figure."""
    titles = {office.title.lower() for office in entry.offices} | {
        office.role for office in entry.offices if office.role
    }
    entity = Entity(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        aliases=tuple(sorted(entry.aliases)),
        country=entry.country,
        sector=entry.sector,
        latitude=entry.latitude,
        longitude=entry.longitude,
    )
    return Figure(
        entity=entity,
        gender=entry.gender,
        roles=frozenset(titles),
        plural=entry.kind is Kind.GROUP,
        offices=entry.offices,
    )


def new_figure(
    kind: Kind, name: str, *, id: str | None = None, country: str | None = None, sector: str | None = None
) -> Figure:
    """A figure that the gazetteer does not know."""
    entity = Entity(id=id or entity_id(kind, name), kind=kind, name=name, country=country, sector=sector)
    return Figure(entity=entity, plural=kind is Kind.GROUP)


def described(
    figure: Figure,
    *,
    country: str | None = None,
    sector: str | None = None,
    gender: str | None = None,
    roles: Iterable[str] = (),
) -> Figure:
    """The figure with what the text adds: it fills gaps and never overrides."""
    entity = figure.entity
    entity = replace(entity, country=entity.country or country, sector=entity.sector or sector)
    return replace(figure, entity=entity, gender=figure.gender or gender, roles=figure.roles | frozenset(roles))


def with_alias(figure: Figure, alias: str) -> Figure:
    """The figure with one more name."""
    if alias == figure.entity.name or alias in figure.entity.aliases:
        return figure
    aliases = tuple(sorted({*figure.entity.aliases, alias}))
    return replace(figure, entity=replace(figure.entity, aliases=aliases))
