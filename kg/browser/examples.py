"""Values for the saved queries that give rows in this graph: their own examples, or else who is most active in it."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.browser.statements import Bound
from kg.errors import NotFoundError
from kg.queries import FindEntity, SavedQuery, bind

if TYPE_CHECKING:
    import networkx as nx


def bound_examples(queries: Iterable[SavedQuery], graph: "nx.MultiDiGraph[str]", find: FindEntity) -> tuple[Bound, ...]:
    """Each query with the values of its example; `find` gives the id of an entity by name.

    Somebody whom the graph does not know is replaced by the most active entity that the query does not name yet.
    """
    latest, active = _latest(graph), most_active(graph)

    def name_of(entity: str) -> str:
        return str(graph.nodes[entity]["name"]) if entity in graph else entity

    return tuple(
        Bound.of(query, bind(query, query.example, _Finder(find, active), lambda: latest), name_of) for query in queries
    )


def most_active(graph: "nx.MultiDiGraph[str]") -> tuple[str, ...]:
    """Ids of the entities by how often they do something together; the busiest pair comes first."""
    pairs = {
        (source, target, data["id"]): data.get("count", 0)
        for source, target, data in graph.edges(data=True)
        if source != target and {"Entity"} == {graph.nodes[source]["labels"][0], graph.nodes[target]["labels"][0]}
    }
    each: Counter[str] = Counter()
    for (source, target, _), count in pairs.items():
        each[source] += count
        each[target] += count
    first = min(pairs, key=lambda pair: (-pairs[pair], pair), default=())[:2]
    return (*first, *sorted(each.keys() - set(first), key=lambda entity: (-each[entity], entity)))


class _Finder:
    """Finds an entity by name, or gives the next one that has not been given yet."""

    def __init__(self, find: FindEntity, active: tuple[str, ...]) -> None:
        self._find, self._active, self._given = find, active, set[str]()

    def __call__(self, name: str) -> str:
        try:
            entity = self._find(name)
        except NotFoundError:
            entity = next((entity for entity in self._active if entity not in self._given), name)
        self._given.add(entity)
        return entity


def _latest(graph: "nx.MultiDiGraph[str]") -> datetime.date | None:
    days = (data.get("published") for _, data in graph.nodes(data=True) if data["labels"][0] == "Article")
    return max((day for day in days if day), default=None)
