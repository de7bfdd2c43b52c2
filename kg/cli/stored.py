"""What the store holds, read with the settings in force, for the commands that ask it."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import stored
from kg.cli.options import settings
from kg.cli.output import warn
from kg.errors import SettingsError
from kg.settings import PASSWORD, Settings
from kg.stored import Own, Stored

if TYPE_CHECKING:
    from kg.database import Database
    from kg.engine import Engine
    from kg.gazetteer import Gazetteer
    from kg.kept import Kept
    from kg.lookup import EntityIndex
    from kg.ontology import Ontology
    from kg.queries import FindEntity

_NAMESAKES = 3  # others of a name that are listed


def store_path(option: str | None) -> Path:
    """The store's file: the option, else what is set."""
    return Path(settings(store=option).store.value)


def store_state(path: Path) -> "tuple[str, Kept]":
    """A store's id, and what is kept beside it of its present state. Raises `StoreError` when there is none."""
    return stored.store_state(path, _own())


def read_store(path: Path) -> Stored:
    """Everything in a store. Raises `StoreError` when there is none."""
    return stored.read_store(path, _own())


def read_engine(path: Path) -> "tuple[Engine, EntityIndex]":
    """The engine with the graph of a store, and who is in it. Raises `StoreError` when there is no store."""
    return stored.read_engine(path, _own())


def read_index(path: Path) -> "EntityIndex":
    """Who is in the graph of a store. Raises `StoreError` when there is none."""
    return stored.read_index(path, _own())


def known_names(path: Path) -> list[str]:
    """Names of a store's entities in order, as far as they are kept beside it. Raises `StoreError`."""
    return stored.known_names(path, _own())


def finder(index: "EntityIndex") -> "FindEntity":
    """What finds the id of an entity, and tells whom else a name may mean; each name once."""

    @cache
    def find(name: str) -> str:
        id, others = index.find(name), index.namesakes(name)
        if others:
            listed = ", ".join(others[:_NAMESAKES]) + (", …" if len(others) > _NAMESAKES else "")
            warn(f"note: {name!r} is taken for {id} here, and may also mean {listed}; an id says which")
        return id

    return find


def gazetteer() -> "Gazetteer":
    """Who is who, with the user's own actors where a file of them is set."""
    return _own().gazetteer()


def ontology() -> "Ontology":
    """What may be an event or a relation, with the user's own relationship types where a folder of them is set."""
    return _own().ontology()


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


def _own() -> Own:
    return Own.of(settings())
