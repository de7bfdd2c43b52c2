"""Who is who and where is where: countries, places, organisations, people with dated offices, and role nouns.

The knowledge is data (`kg/data/gazetteer/*.jsonl`, sources in `kg/data/SOURCES.md`): one record a line, sorted by id,
checked when read. An entry's Wikidata id stands only where a listed source gives it; everything else is kind/slug.
A user's own actors, in a file of the same form, win over ours.
"""

import datetime
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DataError
from kg.ids import digest, entity_id
from kg.model import Kind
from kg.names import normal, slug
from kg.ontology import load_ontology
from kg.resources import data_folder

_ROLES = "roles.jsonl"  # its records are nouns, not somebody
_ABOUT = "about.toml"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_COUNTRY = re.compile(r"[A-Z]{3}")
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_POSSESSIVE = re.compile(r"['’]s?$")
_GENDER = re.compile("male|female")
_WIKIDATA = re.compile(r"Q\d+")

Row = dict[str, Any]
_Made = TypeVar("_Made")


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


_FIELDS = {record: frozenset(field.name for field in fields(record)) for record in (GazetteerEntry, RoleNoun)}


def _index_surfaces(entries: Mapping[str, GazetteerEntry], own: frozenset[str]) -> dict[str, list[tuple[Sense, bool]]]:
    """Normal form → senses, each with whether it is a short acronym."""
    index: defaultdict[str, list[tuple[Sense, bool]]] = defaultdict(list)
    for entry in entries.values():
        for surface, use in entry.surfaces():
            index[normal(surface)].append((Sense(entry, use, entry.id in own), _is_acronym(surface)))
    order = list(Use)
    for senses in index.values():
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


@cache
def load_gazetteer(folder: Path | None = None, own: Path | None = None) -> Gazetteer:
    """The gazetteer in a folder, ours unless another is named, with the records of a user's own file.

    An own record replaces the one of the same id, and comes first for a surface that both list. Raises `DataError`
    naming file and line when a record is no JSON object, lacks or misuses a field, is out of order (in the folder), is
    there twice, or points to an id that no record has.
    """
    folder = folder or data_folder() / "gazetteer"
    paths = _files(folder)
    entries, places = _read_entries([path for path in paths if path.name != _ROLES])
    mine, where = _read_own(own) if own else ({}, {})
    entries, places = entries | mine, places | where
    _check_references(entries, places)
    roles = _read_roles(folder / _ROLES) if (folder / _ROLES).exists() else {}
    return Gazetteer(
        dict(sorted(entries.items())),
        roles,
        maintained=_maintained(folder / _ABOUT),
        fingerprint=gazetteer_fingerprint(folder, own),
        own=frozenset(mine),
    )


def gazetteer_fingerprint(folder: Path | None = None, own: Path | None = None) -> str:
    """Digest of all that `load_gazetteer` would read, without the time that making sense of it takes."""
    paths = _files(folder or data_folder() / "gazetteer")
    return digest([*(path.name + "\n" + _text(path) for path in paths), *([_text(own)] if own else [])])


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise DataError("there is no gazetteer", where=str(folder), hint="it is made of .jsonl files")
    return paths


def _read_entries(paths: list[Path]) -> tuple[dict[str, GazetteerEntry], dict[str, str]]:
    """Entries by id, and where each was read."""
    entries: dict[str, GazetteerEntry] = {}
    places: dict[str, str] = {}
    for path in paths:
        for where, row in _rows(path, "id", GazetteerEntry):
            entry = _checked(where, row, _entry)
            if entry.id in entries:
                raise DataError(f"{entry.id} is there already", where=where, hint=f"see {places[entry.id]}")
            entries[entry.id], places[entry.id] = entry, where
    return entries, places


def _read_own(path: Path) -> tuple[dict[str, GazetteerEntry], dict[str, str]]:
    """Entries of a user's file by id, and where each was read; they need not be sorted, and may be spaced."""
    entries: dict[str, GazetteerEntry] = {}
    places: dict[str, str] = {}
    for where, line in _lines(path):
        if not line.strip():
            continue
        entry = _checked(where, _row(where, line, "id", GazetteerEntry), _own_entry)
        if entry.id in entries:
            raise DataError(f"{entry.id} is there already", where=where, hint=f"see {places[entry.id]}")
        entries[entry.id], places[entry.id] = entry, where
    return entries, places


def _own_entry(row: Row) -> GazetteerEntry:
    """An entry of a user's file, whose id and sector nobody has looked at yet."""
    entry = _entry(row)
    if not (_WIKIDATA.fullmatch(entry.id) or _is_made_of(entry.id, entry.kind)):
        raise ValueError(
            f'the id must be a Wikidata id or such as "{entity_id(entry.kind, entry.name)}", not {entry.id!r}'
        )
    if entry.sector and entry.sector not in load_ontology().sectors:
        raise ValueError(
            f"there is no PLOVER sector {entry.sector}; there are {', '.join(sorted(load_ontology().sectors))}"
        )
    return entry


def _is_made_of(id_: str, kind: Kind) -> bool:
    """Whether an id is kind/slug, so that it can be no article's or event's."""
    start, _, rest = id_.partition("/")
    return start == kind.lower() and rest == slug(rest) != ""


def _read_roles(path: Path) -> dict[str, RoleNoun]:
    return {row["noun"]: _checked(where, row, _role) for where, row in _rows(path, "noun", RoleNoun)}


def _rows(path: Path, key: str, record: type[GazetteerEntry | RoleNoun]) -> Iterator[tuple[str, Row]]:
    """(file:line, record) of each line, in strictly rising order of a key."""
    last = ""
    for where, line in _lines(path):
        row = _row(where, line, key, record)
        if row[key] <= last:
            raise DataError(
                f"{row[key]} comes after {last}", where=where, hint=f'sort the records by "{key}", each once'
            )
        last = row[key]
        yield where, row


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """(file:line, text) of each line."""
    for number, line in enumerate(_text(path).removesuffix("\n").split("\n"), start=1):
        yield f"{path}:{number}", line


def _row(where: str, line: str, key: str, record: type[GazetteerEntry | RoleNoun]) -> Row:
    """The record of a line, which has a key and no field that is not known."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"the line is no JSON: {error}", where=where) from error
    if not isinstance(row, dict) or not isinstance(row.get(key), str) or not row[key]:
        raise DataError(f'the line is no record with a "{key}"', where=where)
    allowed = _FIELDS[record]
    if unknown := sorted(row.keys() - allowed):
        raise DataError(
            f"unknown field {', '.join(unknown)}", where=where, hint=f"known are {', '.join(sorted(allowed))}"
        )
    return row


def _checked(where: str, row: Row, make: Callable[[Row], _Made]) -> _Made:
    try:
        return make(row)
    except KeyError as error:
        raise DataError(f"the record lacks {error}", where=where) from error
    except (TypeError, ValueError) as error:
        raise DataError(str(error), where=where) from error


def _entry(row: Row) -> GazetteerEntry:
    return GazetteerEntry(
        id=row["id"],
        kind=Kind(row["kind"]),
        name=_string(row["name"], "name"),
        aliases=_strings(row, "aliases"),
        demonyms=_strings(row, "demonyms"),
        metonyms=_strings(row, "metonyms"),
        country=_matching(row, "country", _COUNTRY, "an ISO 3166 alpha-3 code"),
        sector=_matching(row, "sector", _COUNTRY, "a PLOVER sector"),
        latitude=_degrees(row, "latitude", 90),
        longitude=_degrees(row, "longitude", 180),
        gender=_matching(row, "gender", _GENDER, "male or female"),
        surname=None if row.get("surname") is None else _string(row["surname"], "surname"),
        famous=_boolean(row, "famous"),
        offices=tuple(office for held in row.get("offices", ()) for office in _offices(held)),
        member_of=_terms(row, "member_of"),
        allied_with=_terms(row, "allied_with"),
        alliance=_boolean(row, "alliance"),
    )


def _terms(row: Row, key: str) -> tuple[Term, ...]:
    """Terms as records; one of which nothing but the other's id is known may be that id alone."""
    rows = row.get(key, [])
    if not isinstance(rows, list):
        raise TypeError(f'"{key}" must be a list, not {rows!r}')
    return tuple(Term(**_times({"of": term} if isinstance(term, str) else term)) for term in rows)


def _times(row: Row) -> dict[str, Any]:
    """The fields of a term: of whom, from when, to when."""
    of, start = _string(row["of"], "of"), _matching(row, "from", _DATE, "a day, month or year")
    end = _matching(row, "to", _DATE, "a day, month or year")
    if start and end and end < start[: len(end)]:
        raise ValueError(f"the term of {row.get('title', of)} ends ({end}) before it begins ({start})")
    return {"of": of, "start": start, "end": end}


def _offices(row: Row) -> Iterator[Office]:
    """The office, and the leadership that goes with it: a chancellor leads, a king of today does not."""
    office = Office(title=_string(row["title"], "title"), role=_string(row["role"], "role"), **_times(row))
    yield office
    if row.get("leads"):
        yield replace(office, role="leader")


def _role(row: Row) -> RoleNoun:
    return RoleNoun(
        noun=row["noun"],
        kind=Kind(row["kind"]),
        sector=_matching(row, "sector", _COUNTRY, "a PLOVER sector"),
        plural=row.get("plural"),
        offices=_strings(row, "offices"),
    )


def _string(value: Any, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'"{key}" must be a text that is not empty, not {value!r}')
    return value


def _strings(row: Row, key: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list):
        raise TypeError(f'"{key}" must be a list of texts, not {values!r}')
    return tuple(_string(value, key) for value in values)


def _boolean(row: Row, key: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise TypeError(f'"{key}" must be true or false, not {value!r}')
    return value


def _matching(row: Row, key: str, pattern: re.Pattern[str], meaning: str) -> str | None:
    value = row.get(key)
    if value is not None and not (isinstance(value, str) and pattern.fullmatch(value)):
        raise ValueError(f'"{key}" must be {meaning}, not {value!r}')
    return value


def _degrees(row: Row, key: str, limit: int) -> float | None:
    value = row.get(key)
    if value is not None and not (isinstance(value, int | float) and abs(value) <= limit):
        raise ValueError(f'"{key}" must be degrees from -{limit} to {limit}, not {value!r}')
    return None if value is None else float(value)


def _check_references(entries: Mapping[str, GazetteerEntry], places: Mapping[str, str]) -> None:
    for entry in entries.values():
        for term in (*entry.member_of, *entry.allied_with, *entry.offices):
            if term.of not in entries:
                raise DataError(f"{entry.id} points to {term.of}, which no record has", where=places[entry.id])


def _maintained(path: Path) -> datetime.date | None:
    if not path.exists():
        return None
    try:
        day = tomllib.loads(_text(path)).get("maintained_until")
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    if not isinstance(day, datetime.date):
        raise DataError("lacks the day maintained_until", where=str(path))
    return day


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # an editor may have put a mark first
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
