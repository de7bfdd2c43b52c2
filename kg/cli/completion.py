"""What a shell may complete: names of queries, their parameters, and names of entities.

A name is offered with hyphens for blanks and signs, since it need not be quoted then and is found all the same.
Completion never makes a graph: names are known once a query has been run.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kg.queries import Parameter

_MOST = 50
_NOT_PLAIN = re.compile(r"[^\w.]+")  # blanks, and what a shell would take for its own
_Offers = list[tuple[str, str]]


def query_names(incomplete: str) -> _Offers:
    """The saved queries that begin so, with their titles."""
    from kg.queries import load_queries

    return [(query.name, query.title) for query in load_queries().values() if query.name.startswith(incomplete)]


def parameters(ctx: typer.Context, incomplete: str) -> _Offers:
    """`name=` of each parameter of the query that is named before; and after it, values of an entity or boolean."""
    from kg.errors import KgError
    from kg.queries import find_query

    try:
        query = find_query(ctx.params.get("name") or next(iter(ctx.args), ""))  # an option without value hides the name
    except KgError:
        return []
    known = {parameter.name: parameter for parameter in query.parameters}
    name, equals, value = incomplete.partition("=")
    if equals and name in known:
        return [(f"{name}={text}", known[name].doc) for text in _values(known[name], value, ctx)]
    return [(f"{other}=", parameter.doc) for other, parameter in known.items() if other.startswith(incomplete)]


def entities(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names and aliases that begin so, of whom the store knows."""
    from kg.cli.stored import known_names, store_path
    from kg.errors import KgError

    try:
        names = known_names(store_path(ctx.params.get("store")))
    except KgError:
        return []
    hyphened: Iterable[str] = (_NOT_PLAIN.sub("-", name).strip("-") for name in names)
    found = (name for name in hyphened if name.lower().startswith(incomplete.lower()))
    return [incomplete + name[len(incomplete) :] for name in islice(found, _MOST)]  # shells offer what begins just so


def _values(parameter: "Parameter", incomplete: str, ctx: typer.Context) -> list[str]:
    from kg.queries import ParameterType

    if parameter.type is ParameterType.ENTITY:
        return entities(ctx, incomplete)
    if parameter.type is ParameterType.BOOLEAN:
        return [word for word in ("true", "false") if word.startswith(incomplete)]
    return []
