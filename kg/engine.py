"""Cypher without a server: the graph in an embedded engine, asked with the queries that Neo4j is asked with.

The only importer of kglite. Three of its ways would silently give other rows than Neo4j, and are switched off for
every query: its virtual `title` and `type` keys, an optimiser pass under which some undirected two-hop counts are 0,
and two under which a comparison on a node found by its id is forgotten beside another condition. One stays: `n.type`
of a node without a `type` is its label.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import QueryError
from kg.queries import bare
from kg.render import Rows

if TYPE_CHECKING:
    import kglite
    import networkx as nx

_FAULTY_PASSES = ["fuse_match_return_aggregate", "push_where_into_match.1", "push_where_into_match.2"]
_AS_NEO4J: dict[str, Any] = {"hide_structural_keys": True, "disabled_passes": _FAULTY_PASSES}
_BATCH = 10_000
# The engine answers a missing `title` with the name, unless the missing title is written down.
_NO_TITLE = {"title": None}
_LIMIT = re.compile(r"\bLIMIT\s+(\$(\w+))", re.IGNORECASE)
_LOAD_CSV = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)


class Engine:
    """A copy of the graph that answers Cypher; what a query writes lasts as long as the object."""

    def __init__(self, graph: "kglite.KnowledgeGraph") -> None:
        self._graph = graph

    @classmethod
    def load(cls, graph: "nx.MultiDiGraph[str]") -> Self:
        """The engine with every node and edge of a graph built by `kg.graph`."""
        import kglite  # here, so that listing the saved queries does not load the engine

        kglite.set_query_warning_policy("silent")  # else it prints on standard error, which is the command line's
        engine = cls(kglite.KnowledgeGraph())
        for statement, rows in _statements(graph):
            engine.run(statement, {"rows": rows}, write=True, timeout=0)
        return engine

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """The engine that was saved in a file, or None where this version of kglite cannot make it of the file."""
        import kglite

        kglite.set_query_warning_policy("silent")
        try:
            return cls(kglite.load(str(path)))
        except (kglite.KgError, OSError, ValueError, RuntimeError):
            return None

    def save(self, path: Path) -> None:
        """Write a file from which `open` makes the same engine."""
        with warnings.catch_warnings(action="ignore"):  # what it says of memory maps is for none of our users
            self._graph.save(str(path))

    def run(self, text: str, parameters: Mapping[str, Any], *, write: bool = False, timeout: float = 30.0) -> Rows:
        """The rows of a query; a DATE is a `datetime.date`. `timeout` is in seconds, and 0 waits for ever.

        Raises `QueryError` when the query is refused, writes without leave, reads a file, or takes too long.
        """
        import kglite

        _check(text)
        self._graph.read_only(not write)
        try:
            text = _with_limits(text, parameters)
            result = self._graph.cypher(text, params=dict(parameters), timeout_ms=round(timeout * 1000), **_AS_NEO4J)
        except kglite.ReadOnlyError as error:
            raise QueryError(
                "the query would change the graph", hint="queries only read, unless told to write"
            ) from error
        except kglite.CypherTimeoutError as error:
            hint = "bound its paths, or ask about fewer nodes"
            raise QueryError(f"the query took longer than {timeout:g} s and was stopped", hint=hint) from error
        except (kglite.KgError, ValueError, TypeError, OverflowError) as error:
            first_line = str(error).partition("\n")[0]  # the rest shows the query again
            raise QueryError(f"the query cannot be run: {first_line}") from error
        if isinstance(result, str):
            raise QueryError("the query formats its own rows", hint="leave out FORMAT CSV")
        columns = tuple(result.columns)
        return Rows(columns, tuple(tuple(row[column] for column in columns) for row in result.to_dicts()))


def _check(text: str) -> None:
    """Refuse what the engine would do and Neo4j would not: several statements at once, and reading any local file."""
    code = bare(text)
    if ";" in code.rstrip().removesuffix(";"):
        raise QueryError("there is more than one statement", hint="run them one at a time")
    if _LOAD_CSV.search(code):
        raise QueryError("a query cannot read files", hint="leave out LOAD CSV")


def _with_limits(text: str, parameters: Mapping[str, Any]) -> str:
    """The query with numbers for the parameters after LIMIT: only then does the engine not sort all to keep a few."""
    for limit in reversed(list(_LIMIT.finditer(bare(text)))):
        number = parameters.get(limit[2])
        if type(number) is int and number >= 0:
            text = f"{text[: limit.start(1)]}{number}{text[limit.end(1) :]}"
    return text


def _statements(graph: "nx.MultiDiGraph[str]") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What creates the graph: nodes by their labels, then edges by type and base labels, in batches.

    Labels and types come from the schema and the ontology, never from an article, so they may stand in the text.
    """
    for labels, rows in _nodes(graph).items():
        for batch in _batches(rows):
            yield f"UNWIND $rows AS row CREATE (n{''.join(map(_label, labels))}) SET n = row", batch
    for (source, type_, target), rows in _edges(graph).items():
        text = (
            f"UNWIND $rows AS row MATCH (a{_label(source)} {{id: row.source}}), (b{_label(target)} {{id: row.target}}) "
            f"CREATE (a)-[r{_label(type_)}]->(b) SET r = row.properties"
        )
        for batch in _batches(rows):
            yield text, batch


def _label(name: str) -> str:
    return ":`" + name.replace("`", "``") + "`"


def _nodes(graph: "nx.MultiDiGraph[str]") -> dict[tuple[str, ...], list[dict[str, Any]]]:
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for id_, data in graph.nodes(data=True):
        properties = {key: value for key, value in data.items() if key != "labels"}
        rows[tuple(data["labels"])].append(_NO_TITLE | properties | {"id": id_})
    return rows


def _edges(graph: "nx.MultiDiGraph[str]") -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    base = {id_: data["labels"][0] for id_, data in graph.nodes(data=True)}
    for source, target, data in graph.edges(data=True):
        properties = {key: value for key, value in data.items() if key != "type"}
        row = {"source": source, "target": target, "properties": properties}
        rows[base[source], data["type"], base[target]].append(row)
    return rows


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch
