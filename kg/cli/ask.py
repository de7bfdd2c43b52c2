"""`kg ask`: a question in plain English, answered by a saved query."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DatabaseOption, FormatOption, StoreOption, UriOption, UserOption, settings
from kg.cli.output import Format, say, warn
from kg.cli.query import OnOption, Where, command_line, print_answer, run
from kg.cli.stored import finder, gazetteer, read_engine
from kg.stored import run_locally

if TYPE_CHECKING:
    from kg.ask import FindName
    from kg.lookup import EntityIndex

EXAMPLE = 'kg ask "Who signed agreements with North Korea in 2018?"'

QuestionArgument = Annotated[
    list[str], typer.Argument(metavar="QUESTION", help="The question, in quotation marks or not.", show_default=False)
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only print the query that would be run.")]


def command(
    question: QuestionArgument,
    dry_run: DryRunOption = False,
    on: OnOption = Where.LOCAL,
    format: FormatOption = Format.TABLE,
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
) -> None:
    """Answer a question in plain English with a saved query.

    Fixed patterns map the question, no language model. Which query it became is printed first, and can be run again. A
    question that fits no pattern is refused, with the nearest that would.
    """
    from kg.ask import ask, load_patterns
    from kg.queries import latest_publication, load_queries

    given = settings(store=store, uri=uri, user=user, database=database)
    engine, index = read_engine(Path(given.store.value))
    asked = ask(
        " ".join(question),
        load_patterns(),
        load_queries(),
        _finder(index),
        lambda: latest_publication(engine.run),
    )
    line = command_line(asked.query, asked.parameters)
    if dry_run:
        say(line)
        return
    warn(f"{asked.query.title}: {line}")
    if on is Where.NEO4J:
        rows = run(query=asked.query, parameters=asked.parameters, on=on, write=False, given=given)
    else:
        rows = run_locally(asked.query, asked.parameters, engine, finder(index))
    print_answer(asked.query, asked.parameters, rows, format)


def _finder(index: "EntityIndex") -> "FindName":
    """The name by which an entity of the graph is asked for: as the question has it, or what "Russian" belongs to."""
    known = cache(gazetteer)

    def find(text: str) -> str | None:
        if index.get(text):
            return text
        if not text[:1].isupper() or " " in text:
            return None
        ids = (sense.entry.id for sense in known().lookup(text))
        return next((index.name(id) for id in ids if index.get(id)), None)

    return find
