"""Who is who and where is where: countries, places, organisations, people with dated offices, and role nouns.

The knowledge is data (`kg/data/gazetteer/*.jsonl`, sources in `kg/data/SOURCES.md`): one record a line, sorted by id,
checked when read. An entry's Wikidata id stands only where a listed source gives it; everything else is kind/slug.
A user's own actors, in a file of the same form, win over ours.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Kind
from kg.names import normal

_ACRONYM = re.compile(r"[A-Z]{2,4}")
_POSSESSIVE = re.compile(r"['’]s?$")


class Use(StrEnum):
    """How a surface names an entry: by which of its lists."""

    NAME = "name"
    ALIAS = "alias"
    SURNAME = "surname"  # of somebody so well known that the surname alone means them
    DEMONYM = "demonym"  # "Russian", "Russians"
    METONYM = "metonym"  # "Moscow", "the Kremlin", for the government


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """For how long somebody belongs to somebody else, or is allied with them.

    `of` is the id of the other. `start` and `end` are ISO days, months or years, inclusive. An `end` of None means that
    it still held, as of `Gazetteer.maintained`, never that it goes on; a `start` of None is not known.
    """

    of: str
    start: str | None = None
    end: str | None = None

    def covers(self, day: datetime.date) -> bool:
        """Whether it may have held on a day: where only a month or year is known, all of it counts."""
        iso = day.isoformat()
        begun = self.start is None or self.start <= iso[: len(self.start)]
        return begun and (self.end is None or iso[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Term):
    """An office that somebody holds or held, of the country or organisation `of`.

    `role` is the comparable sort of office: "head of state", "foreign minister" …, and "leader" for whoever leads in
    fact, whatever the title. Without an `end` the holder is the last known one.
    """

    title: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """Somebody or somewhere that is known before any article is read.

    `country` is an ISO 3166 alpha-3 code (XKX for Kosovo), `sector` a PLOVER sector; latitude and longitude are in
    degrees (WGS 84). `surname` is the part of a person's name that news repeats; `famous` says that it is enough alone.
    Of two allies one lists the other; the members of an organisation that is an `alliance` are all allied.
    """

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    gender: str | None = None
    surname: str | None = None
    famous: bool = False
    offices: tuple[Office, ...] = ()
    member_of: tuple[Term, ...] = ()
    allied_with: tuple[Term, ...] = ()
    alliance: bool = False

    def surfaces(self) -> Iterator[tuple[str, Use]]:
        """Every text that names the entry, and how."""
        yield self.name, Use.NAME
        for alias in self.aliases:
            yield alias, Use.ALIAS
        for demonym in self.demonyms:
            yield demonym, Use.DEMONYM
        for metonym in self.metonyms:
            yield metonym, Use.METONYM
        if self.famous and self.surname:
            yield self.surname, Use.SURNAME


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNoun:
    """A noun that names somebody by what they do: "police" (COP, a group), "foreign minister" (GOV, a person).

    `plural` is given where it is irregular; `offices` are the `Office.role`s that the noun may mean.
    """

    noun: str
    kind: Kind
    sector: str | None = None
    plural: str | None = None
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a surface may mean; `own` says that the user's file lists it."""

    entry: GazetteerEntry
    use: Use
    own: bool = False


def winners(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """The senses that count: the user's own where there are any, else all."""
    senses = tuple(senses)
    return tuple(sense for sense in senses if sense.own) or senses


class Gazetteer:
    """All entries, found by id, by surface and by office."""

    def __init__(
        self,
        entries: Mapping[str, GazetteerEntry],
        roles: Mapping[str, RoleNoun],
        maintained: datetime.date | None = None,
        fingerprint: str = "",
        own: frozenset[str] = frozenset(),
    ) -> None:
        """`own` are the ids of entries that the user's file lists."""
        self.entries, self.roles = entries, roles
        self.maintained, self.fingerprint = maintained, fingerprint
        self._senses = _index_surfaces(entries, own)
        self._offices = _index_offices(entries)

    def lookup(self, surface: str) -> tuple[Sense, ...]:
        """What a surface may mean, the user's own first, then names before other uses; nothing when it is unknown.

        Case, accents and "the" do not count, but a surface without any capital names nobody ("turkey", "us"), and an
        acronym of up to four letters is only found in capitals ("WHO", not "Who").
        """
        if surface.islower():
            return ()
        capitals = _is_capitals(surface)
        found = [sense for sense, acronym in self._senses.get(normal(surface), ()) if capitals or not acronym]
        # One sense for each entry, the first: a name before an alias.
        best = {sense.entry.id: sense for sense in reversed(found)}
        return tuple(sense for sense in found if best[sense.entry.id] is sense)

    def holders(self, of: str, role: str, day: datetime.date) -> tuple[GazetteerEntry, ...]:
        """Who may have held an office of a country or organisation on a day, the latest to take it first.

        More than one when the office is shared, or the day of a change is not known.
        """
        return tuple(self.entries[id_] for office, id_ in self._offices.get((of, role), ()) if office.covers(day))

    def memberships(self, member: str, of: str) -> tuple[Term, ...]:
        """When somebody belonged to an organisation, by their ids; the earliest first."""
        entry = self.entries.get(member)
        return tuple(term for term in (entry.member_of if entry else ()) if term.of == of)

    def alliances(self, one: str, other: str) -> tuple[Term, ...]:
        """When two were allied: by a treaty of their own, else as members of one alliance, or one as the other's."""
        treaties = [*self._treaties(one, other), *self._treaties(other, one)]
        return tuple(sorted(treaties or self._pacts(one, other), key=lambda term: term.start or ""))

    def _treaties(self, one: str, other: str) -> Iterator[Term]:
        entry = self.entries.get(one)
        yield from (term for term in (entry.allied_with if entry else ()) if term.of == other)

    def _pacts(self, one: str, other: str) -> Iterator[Term]:
        entry = self.entries.get(one)
        for term in entry.member_of if entry else ():
            if not self.entries[term.of].alliance:
                continue
            if term.of == other:
                yield term
            yield from filter(None, (_overlap(term, theirs) for theirs in self.memberships(other, term.of)))

    def surfaces(self) -> Iterator[tuple[str, str, Use]]:
        """Every (surface, entry id, use), for a phrase matcher; in order of entry id."""
        for entry in self.entries.values():
            for surface, use in entry.surfaces():
                yield surface, entry.id, use


def _index_surfaces(entries: Mapping[str, GazetteerEntry], own: frozenset[str]) -> dict[str, list[tuple[Sense, bool]]]:
    """Normal form → senses, each with whether it is a short acronym."""
    index: defaultdict[str, list[tuple[Sense, bool]]] = defaultdict(list)
    for entry in entries.values():
        for surface, use in entry.surfaces():
            index[normal(surface)].append((Sense(entry, use, entry.id in own), _is_acronym(surface)))
    order = list(Use)
    for senses in (senses for senses in index.values() if len(senses) > 1):
        senses.sort(key=lambda found: (not found[0].own, order.index(found[0].use), found[0].entry.id))
    return dict(index)


def _index_offices(entries: Mapping[str, GazetteerEntry]) -> dict[tuple[str, str], list[tuple[Office, str]]]:
    index: defaultdict[tuple[str, str], list[tuple[Office, str]]] = defaultdict(list)
    for entry in entries.values():
        for office in entry.offices:
            if office.start:
                index[office.of, office.role].append((office, entry.id))
    for held in index.values():
        held.sort(key=lambda pair: (pair[0].start or "", pair[1]), reverse=True)
    return dict(index)


def _overlap(one: Term, other: Term) -> Term | None:
    """The time that two terms share; None if they share none, or one of them begins at a time that is not known."""
    if one.start is None or other.start is None:
        return None
    start, ends = max(one.start, other.start), [term.end for term in (one, other) if term.end]
    end = min(ends, default=None)
    return Term(of=other.of, start=start, end=end) if end is None or start[: len(end)] <= end else None


def _is_acronym(surface: str) -> bool:
    return _ACRONYM.fullmatch(surface.replace(".", "")) is not None


def _is_capitals(surface: str) -> bool:
    return _POSSESSIVE.sub("", surface).removeprefix("the ").removeprefix("The ").isupper()
