"""Nodes and edges as values, before they are put together."""

from dataclasses import dataclass
from typing import Any

from kg.ids import edge_id


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `labels` begin with the base label."""

    id: str
    labels: tuple[str, ...]
    properties: dict[str, Any]

    @property
    def attributes(self) -> dict[str, Any]:
        """What networkx keeps of the node."""
        return {"labels": list(self.labels), "id": self.id, **_given(self.properties)}


@dataclass(frozen=True, slots=True)
class Edge:
    """The only edge of its type from one node to another."""

    source: str
    type: str
    target: str
    properties: dict[str, Any]

    @property
    def attributes(self) -> dict[str, Any]:
        """What networkx keeps of the edge."""
        return {"type": self.type, "id": edge_id(self.source, self.type, self.target), **_given(self.properties)}


def _given(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
