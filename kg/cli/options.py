"""Options that several commands take, and the settings that follow from them."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import Format, Style
from kg.settings import Settings, load_settings

StoreOption = Annotated[str | None, typer.Option("--store", metavar="FILE", help="The store, else KG_STORE.")]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="A spaCy model, instead of the one that comes with kg.")
]
GazetteerOption = Annotated[
    str | None, typer.Option("--gazetteer", metavar="FILE", help="Your own actors, which win over those of kg.")
]
LlmOption = Annotated[
    str | None,
    typer.Option("--llm", metavar="URL", help="Let a language model behind this OpenAI-compatible address read."),
]
LlmModelOption = Annotated[str | None, typer.Option("--llm-model", metavar="NAME", help="The model of --llm.")]
LlmTimeoutOption = Annotated[
    str | None, typer.Option("--llm-timeout", metavar="SECONDS", help="How long --llm may take for an answer.")
]
OntologyOption = Annotated[
    str | None,
    typer.Option("--ontology", metavar="DIR", help="Your own event frames and relations, which win over those of kg."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the rows are printed.")]
StyleOption = Annotated[Style, typer.Option("--format", help="Text to read, or JSON.")]
UriOption = Annotated[str | None, typer.Option("--uri", metavar="URI", help="Address of Neo4j, else KG_NEO4J_URI.")]
UserOption = Annotated[str | None, typer.Option("--user", metavar="NAME", help="Neo4j's user, else KG_NEO4J_USER.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", metavar="NAME", help="Neo4j's database, else KG_NEO4J_DATABASE.")
]


def settings(
    *,
    store: str | None = None,
    model: str | None = None,
    gazetteer: str | None = None,
    ontology: str | None = None,
    llm: str | None = None,
    llm_model: str | None = None,
    llm_timeout: str | None = None,
    uri: str | None = None,
    user: str | None = None,
    database: str | None = None,
) -> Settings:
    """The settings in force here, with the options that a command was given."""
    options = {"store": store, "model": model, "gazetteer": gazetteer, "ontology": ontology}
    options |= {"llm": llm, "llm_model": llm_model, "llm_timeout": llm_timeout}
    options |= {"neo4j_uri": uri, "neo4j_user": user, "neo4j_database": database}
    return load_settings(options, os.environ, Path.cwd())


def example(command: str) -> str:
    """The last line of a command's help, left unbroken by a mark of click's, so that it can be pasted."""
    return f"\b\nExample: {command}"
