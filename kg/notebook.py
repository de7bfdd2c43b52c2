"""A store to look at from Python: its graph, its answers as data frames, and the page, in a notebook or a script.

    import kg

    book = kg.open("my.kg")
    book.query("actor-timeline", actor="Putin", since="2024-01-01")
    book.graph.number_of_nodes()

Nothing here writes to the store. What is asked first is read then, and stays: open the store again to see what was
added. Data frames need pandas, which `pip install 'geopolitical-event-graph[notebook]'` brings.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import InputError, QueryError
from kg.queries import find_query, load_queries
from kg.render import Rows
from kg.schema import NODES, Type
from kg.settings import load_settings
from kg.store import Store
from kg.stored import Own, Stored, read_engine, read_store, run_locally

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.engine import Engine
    from kg.lookup import EntityIndex

Value = str | int | float | bool | datetime.date | None

_ENTITY = {
    "id": Type.STRING,
    "name": Type.STRING,
    "kind": Type.STRING,
    "events": Type.INTEGER,
    "mentions": Type.INTEGER,
}
_QUERY = ("name", "group", "title", "parameters")
_TYPES = {Type.DATE: "datetime64[s]", Type.INTEGER: "Int64", Type.FLOAT: "Float64", Type.BOOLEAN: "boolean"}
_HEIGHT = 640  # pixels of the page in a notebook


@dataclass(frozen=True, eq=False)
class Book:
    """A store that is looked at; `kg.open` makes one."""

    path: Path
    _own: Own = field(repr=False)
    _facts: Mapping[str, object] = field(repr=False)

    @classmethod
    def open(cls, path: Path | str | None = None) -> Self:
        """The store in a file, else the one that is set. Raises `StoreError` when there is none."""
        given = load_settings({"store": str(path) if path else None}, os.environ, Path.cwd())
        file = Path(given.store.value)
        with Store.open(file, read_only=True) as store:
            facts = {**store.counts(), "latest publication": store.latest()}
        return cls(file, Own.of(given), facts)

    @property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The graph, with the names of `kg.schema`; yours to change, as the store does not follow."""
        return self._stored.graph

    @cached_property
    def _stored(self) -> Stored:
        return read_store(self.path, self._own)

    @cached_property
    def _asked(self) -> "tuple[Engine, EntityIndex]":
        return read_engine(self.path, self._own)

    def find(self, name: str) -> str:
        """Id of the entity that a name, an alias or an id means. Raises `NotFoundError` with the nearest names."""
        return self._asked[1].find(name)

    def rows(self, query: str, **parameters: Value) -> Rows:
        """The rows of a saved query, or of one in a file that ends in .cypher; this needs no pandas.

        Names of entities are looked up, and days may be dates or texts. Raises `NotFoundError` for an unknown query or
        entity, `ParameterError` for a parameter, `QueryError` for a query that draws in Neo4j.
        """
        saved = find_query(query)
        if saved.engine == "neo4j":
            raise QueryError("the query draws in Neo4j and cannot run here", where=query)
        given = {name: _text(value) for name, value in parameters.items() if value is not None}
        return run_locally(saved, given, self._asked[0], self.find)

    def query(self, query: str, **parameters: Value) -> "pd.DataFrame":
        """The rows of a saved query as a data frame; see `rows`. Days are dates of pandas."""
        rows = self.rows(query, **parameters)
        days = {column for column, *values in zip(rows.columns, *rows.rows, strict=True) if _are_days(values)}
        return _frame(rows.dicts(), {column: Type.DATE if column in days else None for column in rows.columns})

    def queries(self) -> "pd.DataFrame":
        """The saved queries with their parameters; those in brackets may be left out."""
        rows = [
            {"group": one.group, "name": one.name, "title": one.title, "parameters": one.signature}
            for one in load_queries().values()
            if one.engine == "both"
        ]
        return _frame(rows, dict.fromkeys(_QUERY))

    def entities(self) -> "pd.DataFrame":
        """Everybody and everywhere, the most mentioned first."""
        columns = _ENTITY | {name: type for name, type in NODES["Entity"].properties.items() if name not in _ENTITY}
        rows = sorted(_entities(self.graph), key=lambda row: (-row["mentions"], row["id"]))
        return _frame(rows, columns)

    def events(self) -> "pd.DataFrame":
        """The events in words, oldest first and those without a date last, as `kg export events.csv` has them."""
        from kg.export.tables import tables

        events, _, _ = tables(self.graph)
        return _frame(events.rows, events.columns)

    def explain(self, event: str) -> "pd.DataFrame":
        """Where an event was read: every claim with its sentence, article and offsets. `event` is an id or a name."""
        return self.query("event-evidence", event=event)

    def view(self) -> "Page":
        """The page of `kg view`, which a notebook shows at once."""
        from kg.view import view_page

        return Page(view_page(self.graph))

    def __repr__(self) -> str:
        return f"<{self.path}: {', '.join(f'{name} {value}' for name, value in self._facts.items())}>"

    def _repr_html_(self) -> str:
        cells = (
            f"<tr><th style='text-align:left'>{escape(name)}</th><td>{escape(str(value))}</td></tr>"
            for name, value in {"store": self.path, **self._facts}.items()
            if value is not None
        )
        return f"<table>{''.join(cells)}</table>"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML that needs nothing else."""

    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can reach neither the notebook nor the network."""
        frame = f'sandbox="allow-scripts allow-popups" style="width:100%;height:{_HEIGHT}px;border:0"'
        return f'<iframe {frame} srcdoc="{escape(self.html)}"></iframe>'


def _entities(graph: "nx.MultiDiGraph[str]") -> Iterable[dict[str, Any]]:
    mentions: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for source, target, edge in graph.edges(data=True):
        if edge["type"] == "MENTIONED_IN":
            mentions[source] += edge["count"]
        elif edge["type"] in ("HAS_ACTOR", "HAS_TARGET"):
            events[target] += 1
    for id, node in graph.nodes(data=True):
        if node["labels"][0] == "Entity":
            yield {**node, "kind": node["labels"][1], "mentions": mentions[id], "events": events[id]}


def _text(value: Value) -> str:
    """A value as the query's head reads it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _are_days(values: Iterable[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, datetime.date) for value in known)


def _frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, Type | None]) -> "pd.DataFrame":
    """A data frame whose columns have types where these are known. Raises `InputError` without pandas."""
    try:
        import pandas as pd
    except ImportError as error:
        hint = "pip install 'geopolitical-event-graph[notebook]'; .rows(…) and .graph need none"
        raise InputError("pandas is needed for data frames", hint=hint) from error
    listed = [[row.get(name) for name in columns] for row in rows]
    frame = pd.DataFrame(listed, columns=list(columns))
    return frame.astype({name: _TYPES[type] for name, type in columns.items() if type in _TYPES})
