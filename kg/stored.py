"""What a store holds, as the graph, as an engine that answers queries, and as names to be found.

What takes long to make is kept beside the store (`kg.kept`). The commands and the notebook ask here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.garbage import collector_rests
from kg.render import Rows
from kg.settings import Settings

if TYPE_CHECKING:
    import networkx as nx

    from kg.decisions import Decision
    from kg.engine import Engine
    from kg.gazetteer import Gazetteer
    from kg.kept import Kept
    from kg.lookup import EntityIndex
    from kg.model import Extraction
    from kg.ontology import Ontology
    from kg.queries import FindEntity, SavedQuery
    from kg.resolve import Identity, Profile


@dataclass(frozen=True, slots=True)
class Own:
    """What the user adds to the knowledge that comes with kg: a file of actors, a folder of frames and relations."""

    actors: Path | None = None
    frames: Path | None = None

    @classmethod
    def of(cls, given: Settings) -> Self:
        """What the settings name."""
        return cls(*(Path(setting.value) if setting.value else None for setting in (given.gazetteer, given.ontology)))

    def gazetteer(self) -> "Gazetteer":
        """Who is who. Raises `DataError` for a file that cannot be used."""
        from kg.gazetteer_files import load_gazetteer

        return load_gazetteer(own=self.actors)

    def ontology(self) -> "Ontology":
        """What may be an event or a relation. Raises `DataError` for a folder that cannot be used."""
        from kg.ontology import load_ontology

        return load_ontology(own=self.frames)


NOTHING_OWN = Own()


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


def store_state(path: Path, own: Own = NOTHING_OWN) -> "tuple[str, Kept]":
    """A store's id, and what is kept beside it of its present state. Raises `StoreError` when there is none."""
    from kg.kept import Kept
    from kg.store_state import read_state

    id, digest = read_state(path)
    return id, Kept.of(path, digest, [file for file in (own.actors, own.frames) if file])


def read_store(path: Path, own: Own = NOTHING_OWN) -> Stored:
    """Everything in a store. Raises `StoreError` when there is none."""
    with collector_rests():
        from kg.graph import build_graph
        from kg.resolve import profiles_of, resolve
        from kg.store import Store

        with Store.open(path, read_only=True) as store:
            id, extractions, decisions = store.id, tuple(store.extractions()), tuple(store.decisions())
        gazetteer = own.gazetteer()
        profiles = profiles_of(extractions, gazetteer)
        identity = resolve(profiles, decisions, gazetteer)
        graph = build_graph(extractions, own.ontology(), identity.canonical)
        return Stored(id, extractions, decisions, profiles, identity, graph)


def read_engine(path: Path, own: Own = NOTHING_OWN) -> "tuple[Engine, EntityIndex]":
    """The engine with the graph of a store, and who is in it: as kept beside the store, else made and kept there.

    Raises `StoreError` when there is no store.
    """
    from kg.engine import Engine
    from kg.lookup import EntityIndex

    state = store_state(path, own)
    _, kept = state
    files = kept.find("engine"), kept.find("names")
    if files[0] and files[1] and (engine := Engine.open(files[0])) and (index := EntityIndex.read(files[1])):
        return engine, index
    with collector_rests():
        stored = read_store(path, own)
        engine, index = Engine.load(stored.graph), stored.index
    if store_state(path, own) == state:  # else somebody has written to the store, and who knows what was read
        kept.keep("engine", engine.save)
        kept.keep("names", index.write)
    return engine, index


def run_locally(
    query: "SavedQuery", parameters: Mapping[str, str], engine: "Engine", find: "FindEntity", *, write: bool = False
) -> Rows:
    """The rows of a query that the embedded engine answers, asked with texts. Raises what `bind` and the engine do."""
    from kg.queries import bind, latest_publication

    bound = bind(query, parameters, find, lambda: latest_publication(engine.run))
    return engine.run(query.text, bound, write=write)


def read_index(path: Path, own: Own = NOTHING_OWN) -> "EntityIndex":
    """Who is in the graph of a store. Raises `StoreError` when there is none."""
    return _kept_index(path, own) or read_store(path, own).index


def known_names(path: Path, own: Own = NOTHING_OWN) -> list[str]:
    """Names of a store's entities in order, as far as they are kept beside it. Raises `StoreError`."""
    index = _kept_index(path, own)
    return index.names() if index else []


def _kept_index(path: Path, own: Own) -> "EntityIndex | None":
    from kg.lookup import EntityIndex

    file = store_state(path, own)[1].find("names")
    return EntityIndex.read(file) if file else None
