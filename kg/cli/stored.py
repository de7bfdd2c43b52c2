"""What the store holds, as the graph and as extractions, for the commands that ask it."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import settings
from kg.errors import SettingsError
from kg.settings import PASSWORD, Settings

if TYPE_CHECKING:
    import networkx as nx

    from kg.database import Database
    from kg.model import Extraction


def store_path(option: str | None) -> Path:
    """The store's file: the option, else what is set."""
    return Path(settings(store=option).store.value)


@dataclass(frozen=True, slots=True)
class Stored:
    """A store's contents, read once; `id` tells the store apart from others."""

    id: str
    extractions: "tuple[Extraction, ...]"
    graph: "nx.MultiDiGraph[str]"


def read_store(path: Path) -> Stored:
    """Everything in a store. Raises `StoreError` when there is none."""
    from kg.graph import build_graph
    from kg.ontology import load_ontology
    from kg.store import Store

    with Store.open(path, read_only=True) as store:
        extractions = tuple(store.extractions())
        return Stored(store.id, extractions, build_graph(extractions, load_ontology()))


def connect(given: Settings) -> "Database":
    """A connection to Neo4j; its password comes from the environment, else it is asked for.

    Raises `SettingsError` when there is no password and nobody to ask, `DatabaseError` when Neo4j refuses.
    """
    from kg.database import Database

    uri, user = given.neo4j_uri.value, given.neo4j_user.value
    return Database.connect(uri, user, _password(user), given.neo4j_database.value or None)


def _password(user: str) -> str:
    if password := os.environ.get(PASSWORD):
        return password
    if not sys.stdin.isatty():
        raise SettingsError("Neo4j's password is not given", hint=f"set {PASSWORD}")
    import getpass  # slow to import, and seldom needed

    return getpass.getpass(f"Neo4j's password of {user}: ")
