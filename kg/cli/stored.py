"""What the store holds, as the graph and as extractions, for the commands that ask it."""

import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import own_gazetteer, own_ontology, settings
from kg.errors import SettingsError
from kg.settings import PASSWORD, Settings

if TYPE_CHECKING:
    import networkx as nx

    from kg.database import Database
    from kg.decisions import Decision
    from kg.engine import Engine
    from kg.gazetteer import Gazetteer
    from kg.kept import Kept
    from kg.lookup import EntityIndex
    from kg.model import Extraction
    from kg.ontology import Ontology
    from kg.resolve import Identity, Profile


def store_path(option: str | None) -> Path:
    """The store's file: the option, else what is set."""
    return Path(settings(store=option).store.value)


@dataclass(frozen=True)
class Stored:
    """A store's contents, read once; `id` tells the store apart from others.

    The extractions are as the records have them; the graph has the canonical ids of `identity`.
    """

    id: str
    extractions: "tuple[Extraction, ...]"
    decisions: "tuple[Decision, ...]"
    profiles: "Mapping[str, Profile]"
    identity: "Identity"
    graph: "nx.MultiDiGraph[str]"

    @cached_property
    def index(self) -> "EntityIndex":
        """The entities by what a person may type."""
        from kg.lookup import EntityIndex

        return EntityIndex.from_graph(self.graph, self.identity.canonical)

    def find(self, text: str) -> str:
        """Canonical id of the entity that an id, a name or an alias means. Raises `NotFoundError`."""
        return self.index.find(text)


def store_state(path: Path) -> "tuple[str, Kept]":
    """A store's id, and what is kept beside it of its present state. Raises `StoreError` when there is none."""
    from kg.kept import Kept
    from kg.store import Store

    given = settings()
    own = [path for path in (own_gazetteer(given), own_ontology(given)) if path]
    with Store.open(path, read_only=True) as store:
        return store.id, Kept.of(path, store.digest(), own)


def read_store(path: Path) -> Stored:
    """Everything in a store. Raises `StoreError` when there is none.

    The garbage collector rests, as nothing here goes round in circles and it would search millions of values in vain.
    """
    gc.disable()
    try:
        return _read_store(path)
    finally:
        gc.enable()


def _read_store(path: Path) -> Stored:
    from kg.graph import build_graph
    from kg.resolve import profiles_of, resolve
    from kg.store import Store

    with Store.open(path, read_only=True) as store:
        id, extractions, decisions = store.id, tuple(store.extractions()), tuple(store.decisions())
    profiles = profiles_of(extractions, gazetteer())
    identity = resolve(profiles, decisions, gazetteer())
    graph = build_graph(extractions, ontology(), identity.canonical)
    return Stored(id, extractions, decisions, profiles, identity, graph)


def read_engine(path: Path) -> "tuple[Engine, EntityIndex]":
    """The engine with the graph of a store, and who is in it: as kept beside the store, else made and kept there.

    Raises `StoreError` when there is no store.
    """
    from kg.engine import Engine
    from kg.lookup import EntityIndex

    state = store_state(path)
    _, kept = state
    files = kept.find("engine"), kept.find("names")
    if files[0] and files[1] and (engine := Engine.open(files[0])) and (index := EntityIndex.read(files[1])):
        return engine, index
    stored = read_store(path)
    engine, index = Engine.load(stored.graph), stored.index
    if store_state(path) == state:  # else somebody has written to the store, and who knows what was read
        kept.keep("engine", engine.save)
        kept.keep("names", index.write)
    return engine, index


def read_index(path: Path) -> "EntityIndex":
    """Who is in the graph of a store. Raises `StoreError` when there is none."""
    from kg.lookup import EntityIndex

    file = store_state(path)[1].find("names")
    return (EntityIndex.read(file) if file else None) or read_store(path).index


def known_names(path: Path) -> list[str]:
    """Names of a store's entities in order, as far as they are kept beside it. Raises `StoreError`."""
    from kg.lookup import EntityIndex

    file = store_state(path)[1].find("names")
    index = EntityIndex.read(file) if file else None
    return index.names() if index else []


def gazetteer() -> "Gazetteer":
    """Who is who, with the user's own actors where a file of them is set."""
    from kg.gazetteer_files import load_gazetteer

    return load_gazetteer(own=own_gazetteer(settings()))


def ontology() -> "Ontology":
    """What may be an event or a relation, with the user's own relationship types where a folder of them is set."""
    from kg.ontology import load_ontology

    return load_ontology(own=own_ontology(settings()))


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
