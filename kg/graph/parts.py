"""Nodes and edges as values, before they are put together."""

from dataclasses import dataclass
from typing import Any

from kg.ids import edge_id
from kg.model import Validity


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
    """The only edge of its type from one node to another; relations of different times are edges of their own."""

    source: str
    type: str
    target: str
    properties: dict[str, Any]
    since: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells the edge apart, and its place in the graph's order."""
        return self.source, self.type, self.target, self.since or ""

    @property
    def attributes(self) -> dict[str, Any]:
        """What networkx keeps of the edge."""
        id_ = edge_id(self.source, self.type, self.target, self.since)
        return {"type": self.type, "id": id_, **_given(self.properties)}


def times(valid: Validity | None) -> dict[str, Any]:
    """For how long a lasting relation holds, as an edge or a claim says it; nothing where that is not told."""
    if valid is None:
        return {}
    return {
        "validFrom": valid.first_day,
        "validFromIso": valid.start,
        "validTo": valid.last_day,
        "validToIso": valid.end,
        "lastKnown": valid.last_known,
        "validBasis": valid.basis.value,
    }


def _given(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
