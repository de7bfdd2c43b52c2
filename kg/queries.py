"""The saved queries: Cypher files whose head says what they ask for and what they return.

    // Timeline of an actor
    // description: Every event in which the actor takes part, oldest first.
    // param: actor entity -- Name, alias or id of the actor
    // param: since date = null -- Leave out what happened before this day
    // returns: date, event, role
    // example: actor="North Korea"
    // engine: both
    MATCH …

The first line is a bare title, because the Neo4j Browser shows it as the favourite's name. A parameter without a
default is required. A date may be `latest`, as default or given: the day of the latest publication in the graph, since
the clock is never read. `engine: neo4j` marks a query that returns nodes and paths for drawing in the Browser.
"""

import datetime
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from kg.errors import DataError, NotFoundError, ParameterError
from kg.render import Rows
from kg.resources import queries_folder

Value = str | int | float | bool | datetime.date | None
FindEntity = Callable[[str], str]
FindDay = Callable[[], datetime.date | None]
Run = Callable[[str, Mapping[str, Any]], Rows]

LATEST = "latest"
_LATEST_PUBLICATION = "MATCH (article:Article) RETURN max(article.published) AS latest"

_KEYS = ("description", "param", "returns", "example", "engine")
_PARAM = re.compile(r"(?P<name>[A-Za-z]\w*) +(?P<type>\w+)(?: *= *(?P<default>.*?))? +-- +(?P<doc>\S.*)")
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_USED = re.compile(r"\$(\w+)")
_QUIET = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/", re.DOTALL)


class ParameterType(StrEnum):
    """What a parameter's text is read as; an entity is any name or alias, and reaches the query as an id."""

    ENTITY = "entity"
    STRING = "string"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


_PHRASES = {
    ParameterType.ENTITY: "a name, an alias or an id (entity)",
    ParameterType.STRING: "words (string)",
    ParameterType.DATE: "a day as YYYY-MM-DD (date)",
    ParameterType.INTEGER: "a whole number (integer)",
    ParameterType.NUMBER: "a number (number)",
    ParameterType.BOOLEAN: "true or false (boolean)",
}
_SAMPLE = {
    ParameterType.ENTITY: '"North Korea"',
    ParameterType.STRING: '"some words"',
    ParameterType.DATE: "2024-06-19",
    ParameterType.INTEGER: "20",
    ParameterType.NUMBER: "0.5",
    ParameterType.BOOLEAN: "true",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A `$name` of a query; `default` is the head's text, and None where that is null or there is none."""

    name: str
    type: ParameterType
    doc: str
    required: bool = True
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """One file: `name` is its stem, `group` its folder, `example` parameters that give rows on the sample articles."""

    name: str
    group: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: tuple[str, ...]
    example: dict[str, str]
    engine: Literal["both", "neo4j"]
    text: str
    path: Path

    @property
    def signature(self) -> str:
        """Names of the parameters; those in brackets may be left out."""
        return " ".join(one.name if one.required else f"[{one.name}]" for one in self.parameters)

    @property
    def usual_limit(self) -> int | None:
        """How many rows are shown where nobody says how many; None where all are."""
        limit = next((one for one in self.parameters if (one.name, one.type) == ("limit", ParameterType.INTEGER)), None)
        return int(limit.default) if limit and limit.default else None


def load_queries(folder: Path | None = None) -> dict[str, SavedQuery]:
    """The saved queries of a folder and of those inside it, by name; ours unless another folder is named.

    Raises `DataError` naming the file, and the line where there is one, when a head cannot be used.
    """
    folder = folder or queries_folder()
    queries: dict[str, SavedQuery] = {}
    for path in _files(folder):
        query = read_query(path)
        if other := queries.get(query.name):
            what = f"{query.name} is already the name of {other.path}"
            raise DataError(what, where=str(path), hint="rename one of the two")
        queries[query.name] = query
    return dict(sorted(queries.items()))


def find_query(name: str) -> SavedQuery:
    """Our saved query of a name, or the one in a file that ends in .cypher.

    Raises `NotFoundError` with the nearest name, and `DataError` for a file that cannot be used.
    """
    if name.endswith(".cypher"):
        return read_query(Path(name))
    paths = {path.stem: path for path in _files(queries_folder())}
    if name in paths:
        return read_query(paths[name])
    import difflib

    near = difflib.get_close_matches(name, paths, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else "`kg query list` lists them"
    raise NotFoundError(f"there is no query {name!r}", hint=hint)


def read_query(path: Path) -> SavedQuery:
    """The saved query in a file. Raises `DataError` naming file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"the query cannot be read: {reason}", where=str(path)) from error
    head = _Head(path, text)
    query = SavedQuery(
        name=path.stem,
        group=path.parent.name,
        title=head.title(),
        description=head.one("description"),
        parameters=head.parameters(),
        returns=tuple(column.strip() for column in head.one("returns").split(",")),
        example=head.example(),
        engine=head.engine(),
        text=text,
        path=path,
    )
    _check_parameters(query, head)
    return query


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise DataError("there is no such folder of queries", where=str(folder))
    return sorted(folder.rglob("*.cypher"))


def bind(
    query: SavedQuery, given: Mapping[str, str], find_entity: FindEntity, latest: FindDay = lambda: None
) -> dict[str, Value]:
    """The typed value of every parameter of a query, from the texts a user gave.

    `find_entity` gives the id for a name, and `latest` the day of the latest publication. Raises `ParameterError` for a
    parameter that is unknown, missing or ill-typed, and whatever `find_entity` raises for somebody unknown.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            raise _unknown(query, name, names)
    return {
        parameter.name: _bound(query, parameter, given.get(parameter.name), find_entity, latest)
        for parameter in query.parameters
    }


def latest_publication(run: Run) -> datetime.date | None:
    """The day of the latest publication in a graph, asked of what holds it; None where no article has a day."""
    return next((day for (day,) in run(_LATEST_PUBLICATION, {}).rows), None)


def bare(text: str) -> str:
    """Cypher with its strings, quoted names and comments blanked out, every other character in its place."""
    return _QUIET.sub(lambda quiet: re.sub(r"[^\n]", " ", quiet[0]), text)


def place_values(text: str, literals: Mapping[str, str]) -> str:
    """Cypher with literals in place of its parameters, for where none can be sent; strings and comments stay.

    Raises `KeyError` for a parameter without a literal.
    """
    places = [(found.span(), literals[found[1]]) for found in _USED.finditer(bare(text))]
    for (start, end), literal in reversed(places):
        text = text[:start] + literal + text[end:]
    return text


# --- the head ---------------------------------------------------------------------------------------------------------


class _Head:
    """The comment lines at the top of a file, by key, each with its line number."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = list(_head_lines(text))
        self._fields = [(number, *self._field(number, line)) for number, line in self._lines[1:]]

    def title(self) -> str:
        title = self._lines[0][1] if self._lines else ""
        if not title or title.partition(":")[0] in _KEYS:
            raise self.wrong("the first line is not a title", 1, hint="begin with // and what the query shows")
        return title

    def one(self, key: str, default: str | None = None) -> str:
        values = [(number, value) for number, name, value in self._fields if name == key and value]
        if len(values) > 1:
            raise self.wrong(f"there is a second {key}", values[1][0])
        if not values and default is None:
            raise self.wrong(f"the head lacks a line // {key}: …")
        return values[0][1] if values else default or ""

    def engine(self) -> Literal["both", "neo4j"]:
        match self.one("engine", "both"):
            case "both":
                return "both"
            case "neo4j":
                return "neo4j"
        raise self.wrong("engine is neither both nor neo4j", self.line("engine"))

    def parameters(self) -> tuple[Parameter, ...]:
        return tuple(self._parameter(number, value) for number, key, value in self._fields if key == "param")

    def example(self) -> dict[str, str]:
        try:
            words = shlex.split(self.one("example", ""))
        except ValueError as error:
            raise self.wrong(f"the example cannot be read: {error}", self.line("example")) from error
        if lone := next((word for word in words if "=" not in word), None):
            raise self.wrong(f"the example has {lone!r}, which is not name=value", self.line("example"))
        return dict(word.split("=", 1) for word in words)

    def line(self, key: str, begin: str = "") -> int | None:
        return next((number for number, name, value in self._fields if name == key and value.startswith(begin)), None)

    def wrong(self, what: str, number: int | None = None, hint: str | None = None) -> DataError:
        return DataError(what, where=f"{self._path}:{number}" if number else str(self._path), hint=hint)

    def _field(self, number: int, line: str) -> tuple[str, str]:
        key, colon, value = line.partition(":")
        if not colon or key not in _KEYS:
            raise self.wrong(f"{line!r} is no line of a head", number, hint=f"a line begins with {', '.join(_KEYS)}")
        return key, value.strip()

    def _parameter(self, number: int, line: str) -> Parameter:
        found = _PARAM.fullmatch(line)
        if not found:
            raise self.wrong(f"{line!r} declares no parameter", number, hint="name type [= default] -- what it is")
        name, type_, default, doc = found["name"], found["type"], found["default"], found["doc"]
        if type_ not in list(ParameterType):
            types = ", ".join(ParameterType)
            raise self.wrong(f"{name} has the type {type_}, which is none of {types}", number)
        parameter = Parameter(
            name=name,
            type=ParameterType(type_),
            doc=doc,
            required=default is None,
            default=None if default in (None, "null") else default,
        )
        try:
            if parameter.default is not None and not _is_latest(parameter, parameter.default):
                _READERS[parameter.type](parameter.default)
        except ValueError as error:
            raise self.wrong(f"the default {default!r} of {name} is no {type_}", number) from error
        return parameter


def _head_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("//"):
            return
        yield number, line.removeprefix("//").strip()


def _check_parameters(query: SavedQuery, head: _Head) -> None:
    """Declared parameters are those used, each once, and the example could be run."""
    declared = [parameter.name for parameter in query.parameters]
    used = {found[1]: found.start() for found in reversed(list(_USED.finditer(bare(query.text))))}
    for name in declared:
        if declared.count(name) > 1:
            raise head.wrong(f"the parameter {name} is declared twice", head.line("param", name))
        if name not in used:
            line = head.line("param", name)
            raise head.wrong(f"the parameter {name} is declared but not used", line, hint=f"use ${name} or delete this")
    for name, place in used.items():
        if name not in declared:
            hint = f"add // param: {name} TYPE -- what it is"
            raise head.wrong(f"${name} is used but not declared", query.text.count("\n", 0, place) + 1, hint)
    if query.example:
        try:
            bind(query, query.example, lambda name: name)
        except ParameterError as error:
            raise head.wrong(f"the example cannot be run: {error.what}", head.line("example")) from error


# --- values -----------------------------------------------------------------------------------------------------------


def _unknown(query: SavedQuery, name: str, names: list[str]) -> ParameterError:
    import difflib

    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(names) or 'none'}"
    return ParameterError(f"there is no parameter {name}", where=query.name, hint=hint)


def _bound(
    query: SavedQuery, parameter: Parameter, given: str | None, find_entity: FindEntity, latest: FindDay
) -> Value:
    text = parameter.default if given is None else given
    example = f"for example {parameter.name}={_SAMPLE[parameter.type]}"
    if text is None and parameter.required:
        what = f"the parameter {parameter.name} ({parameter.type}: {parameter.doc}) is missing"
        raise ParameterError(what, where=query.name, hint=example)
    if text is None:
        return None
    if _is_latest(parameter, text):
        return latest()
    try:
        value = _READERS[parameter.type](text)
    except ValueError as error:
        what = f"the parameter {parameter.name} takes {_PHRASES[parameter.type]}, not {text!r}"
        raise ParameterError(what, where=query.name, hint=example) from error
    return find_entity(text) if parameter.type is ParameterType.ENTITY else value


def _is_latest(parameter: Parameter, text: str) -> bool:
    return parameter.type is ParameterType.DATE and text == LATEST


def _string(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


def _date(text: str) -> datetime.date:
    if not (day := _DAY.fullmatch(text)):
        raise ValueError(text)
    return datetime.date(*map(int, day.groups()))


def _integer(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**63:  # what both engines can hold
        raise ValueError(text)
    return number


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


_READERS: dict[ParameterType, Callable[[str], Value]] = {
    ParameterType.ENTITY: _string,
    ParameterType.STRING: _string,
    ParameterType.DATE: _date,
    ParameterType.INTEGER: _integer,
    ParameterType.NUMBER: _number,
    ParameterType.BOOLEAN: _boolean,
}
