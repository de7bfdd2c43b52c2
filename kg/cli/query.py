"""`kg query`: list, show and run the saved queries."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.completion import parameters, query_names
from kg.cli.options import (
    DatabaseOption,
    FormatOption,
    StoreOption,
    StyleOption,
    UriOption,
    UserOption,
    example,
    settings,
)
from kg.cli.output import Format, Style, print_fields, print_json, print_rows, say, warn
from kg.cli.stored import connect, finder, read_engine, read_index
from kg.errors import ParameterError, QueryError
from kg.queries import find_query
from kg.render import Rows
from kg.settings import Settings
from kg.stored import run_locally

if TYPE_CHECKING:
    from kg.queries import SavedQuery

EXAMPLE = "kg query run actor-timeline --param actor=Russia"


class Where(StrEnum):
    """What answers a query."""

    LOCAL = "local"
    NEO4J = "neo4j"


NameArgument = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A saved query, or a .cypher file with a head.", autocompletion=query_names),
]
ParamOption = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        metavar="NAME=VALUE",
        help="A parameter of the query; give it once for each.",
        autocompletion=parameters,
    ),
]
LinkOption = Annotated[bool, typer.Option("--link", help="Print an address that opens it in the Neo4j Browser.")]
OnOption = Annotated[Where, typer.Option("--on", help="What answers: the embedded engine, or Neo4j.")]
WriteOption = Annotated[bool, typer.Option("--write", help="Let the query change the graph.")]

app = typer.Typer(no_args_is_help=True, help="Ask the graph with saved queries.")


@app.command("list", epilog=example("kg query list"))
def list_command(
    format: FormatOption = Format.TABLE,
    store: StoreOption = None,  # noqa: ARG001 - every command takes it
) -> None:
    """List the saved queries.

    Parameters in brackets may be left out.
    """
    from kg.queries import load_queries

    queries = load_queries().values()
    rows = tuple((query.group, query.name, query.title, query.signature, query.engine) for query in queries)
    print_rows(Rows(("group", "name", "title", "parameters", "engine"), tuple(sorted(rows))), format)


@app.command("show", epilog=example("kg query show actor-timeline"))
def show_command(
    name: NameArgument,
    link: LinkOption = False,
    param: ParamOption = None,
    format: StyleOption = Style.TEXT,
    uri: UriOption = None,
    store: StoreOption = None,
) -> None:
    """Show a query with its parameters.

    The Cypher is ready for the Neo4j Browser; --link prints an address that opens it there, with values.
    """
    query = find_query(name)
    if link:
        link_to_it = link_to(query, read_parameters(param or ()), settings(store=store, uri=uri))
        print_json({"link": link_to_it}) if format is Style.JSON else say(link_to_it)
        return
    facts = {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "parameters": [_parameter_line(parameter) for parameter in query.parameters],
        "returns": ", ".join(query.returns),
        "engine": query.engine,
        "example": command_line(query, query.example),
    }
    if format is Style.JSON:
        print_json({**facts, "text": query.text})
    else:
        print_fields(facts)
        say(f"\n{query.text.rstrip()}")


@app.command("run", epilog=example(EXAMPLE))
def run_command(
    name: NameArgument,
    param: ParamOption = None,
    on: OnOption = Where.LOCAL,
    write: WriteOption = False,
    format: FormatOption = Format.TABLE,
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
) -> None:
    """Run a query and print its rows.

    A query only reads, unless told to write. A change that --write makes on the local graph is gone when the command
    ends: the store is the truth.
    """
    given = settings(store=store, uri=uri, user=user, database=database)
    query, parameters = find_query(name), read_parameters(param or ())
    print_answer(query, parameters, run(query=query, parameters=parameters, on=on, write=write, given=given), format)


def print_answer(query: "SavedQuery", parameters: Mapping[str, str], rows: Rows, format: Format) -> None:
    """Print the rows of a query; where they may be cut off at a limit that nobody gave, say so."""
    print_rows(rows, format)
    limit = query.usual_limit
    if limit is not None and "limit" not in parameters and len(rows.rows) >= limit:
        warn(f"note: the limit of {limit} is reached, so more may be left out; --param limit=N raises it")


def run(*, query: "SavedQuery", parameters: Mapping[str, str], on: Where, write: bool, given: Settings) -> Rows:
    """The rows of a query; names of entities are looked up in the store, wherever the query then runs."""
    from kg.queries import bind, latest_publication

    if query.engine == "neo4j" and on is Where.LOCAL:
        raise QueryError("the query draws in Neo4j and cannot run locally", where=query.name, hint="add --on neo4j")
    path = Path(given.store.value)
    if on is Where.NEO4J:
        names = cache(lambda: finder(read_index(path)))  # only read when a name is asked for

        def find(name: str) -> str:
            return names()(name)

        bind(query, parameters, find)  # a wrong parameter is told before anything is asked of Neo4j
        with connect(given) as neo4j:
            bound = bind(query, parameters, find, lambda: latest_publication(neo4j.run))
            return neo4j.run(query.text, bound, write=write)
    bind(query, parameters, lambda name: name)  # a wrong parameter is told before the store is read
    engine, index = read_engine(path)
    return run_locally(query, parameters, engine, finder(index), write=write)


def link_to(query: "SavedQuery", parameters: Mapping[str, str], given: Settings) -> str:
    """The address that opens a query in the Neo4j Browser, which is on the host of the Neo4j that is set."""
    from urllib.parse import urlsplit

    from kg.browser import Bound, deep_link
    from kg.queries import bind, latest_publication

    bind(query, parameters, lambda name: name)  # a wrong parameter is told before the store is read
    engine, index = read_engine(Path(given.store.value))
    values = bind(query, parameters, finder(index), lambda: latest_publication(engine.run))
    return deep_link(Bound.of(query, values, index.name), host=urlsplit(given.neo4j_uri.value).hostname)


def read_parameters(given: Sequence[str]) -> dict[str, str]:
    """Names and values of `NAME=VALUE` texts; `ParameterError` for another text, and for a name given twice."""
    parameters: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ParameterError(f"{text!r} is not NAME=VALUE", hint='for example --param actor="North Korea"')
        if name.strip() in parameters:
            raise ParameterError(f"the parameter {name.strip()} is given twice")
        parameters[name.strip()] = value
    return parameters


def command_line(query: "SavedQuery", parameters: Mapping[str, str]) -> str:
    """A command line that runs the query with these parameters."""
    import shlex

    words = [f"--param {shlex.quote(f'{name}={value}')}" for name, value in parameters.items()]
    where = ["--on neo4j"] if query.engine == "neo4j" else []
    return " ".join(["kg query run", query.name, *words, *where])


def _parameter_line(parameter: object) -> str:
    from kg.queries import Parameter

    assert isinstance(parameter, Parameter)
    default = (
        "" if parameter.required else f" = {parameter.default}" if parameter.default is not None else " (optional)"
    )
    return f"{parameter.name} {parameter.type}{default} -- {parameter.doc}"
