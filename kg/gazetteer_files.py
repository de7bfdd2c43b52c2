"""Read the lists of the gazetteer (`kg/data/gazetteer/*.jsonl`) and of a user; a wrong record is named by its line."""

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DataError
from kg.gazetteer import Gazetteer, GazetteerEntry, Office, RoleNoun, Term
from kg.ids import digest, entity_id
from kg.model import Kind
from kg.names import slug
from kg.ontology import load_ontology
from kg.resources import data_folder

_ROLES = "roles.jsonl"  # its records are nouns, not somebody
_ABOUT = "about.toml"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_COUNTRY = re.compile(r"[A-Z]{3}")
_GENDER = re.compile("male|female")
_WIKIDATA = re.compile(r"Q\d+")

Row = dict[str, Any]
_Made = TypeVar("_Made")
_FIELDS = {record: frozenset(field.name for field in fields(record)) for record in (GazetteerEntry, RoleNoun)}


@lru_cache(maxsize=2)  # ours, and one with a user's own actors
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
