"""What is sent to Neo4j: statements generated from the schema and the ontology, and the rows that fill them. No driver.

Labels and edge types cannot be parameters in Cypher, so they stand in a statement's text. They come from the closed
sets of `kg.schema` and the ontology: anything else is a `DataError`. All that an article can influence travels as a
parameter.

Every node and edge that we write carries two properties of the push itself: `kgStore`, the store that it came from,
and `kgDigest`, a number which tells whether it has changed. Statements touch only what carries the store's own
`kgStore`, and there only the labels and properties of our schema, so that what users add to our nodes stays.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import DataError
from kg.ontology import Ontology
from kg.render import STEERING
from kg.schema import DERIVED_PROPERTIES, IN_ARTICLE, LASTING_PROPERTIES, NODES, STRUCTURAL_EDGES, EdgeType, Type

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]
Names = tuple[str, ...]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What ends a string or a line, or would steer the terminal or the editor in which somebody reads the script.
_ESCAPED = re.compile(rf"[\\'\x00-\x1f\u2028\u2029{STEERING}]")

# --- statements that read and delete ----------------------------------------------------------------------------------

# Digests fall into buckets by their lowest bits. What an earlier version wrote has digests that are no numbers.
BUCKETS = 65_536
HALF = 2**30  # the 30 higher and the 30 lower bits of digests are added up apart
_OURS = {"nodes": "MATCH (x) WHERE x.kgStore = $store", "edges": "MATCH ()-[x]->() WHERE x.kgStore = $store"}
_DIGEST = "coalesce(toIntegerOrNull(x.kgDigest), -1)"
# A node's key is found among its labels; an edge whose end has moved is another edge.
_KEYS = {"nodes": "[head([l IN labels(x) WHERE l IN $labels]), x.id]"} | {
    "edges": "[startNode(x).id, type(x), endNode(x).id, x.id]"
}


def read_sums(part: str) -> str:
    """Statement whose one row is a list of (bucket, number of elements, sum of the higher bits of their digests).

    `part` is "nodes" or "edges", of which those of `$store` are read. One row, since a row costs more than its content.
    """
    sums = f"{_DIGEST} AS digest WITH digest % {BUCKETS} AS bucket, count(*) AS count, sum(digest / {BUCKETS}) AS total"
    return f"{_OURS[part]} WITH {sums} RETURN collect([bucket, count, total]) AS sums"


def read_total(part: str) -> str:
    """Statement whose one row is a list: the number of elements, the sums of their digests' higher and lower bits.

    Two sums, as one of numbers of 60 bits would soon be too large; it takes a third of the time of `read_sums`.
    """
    return (
        f"{_OURS[part]} WITH {_DIGEST} AS digest RETURN [count(*), sum(digest / {HALF}), sum(digest % {HALF})] AS total"
    )


def read_buckets(part: str) -> str:
    """Statement whose one row is a list of (key, digest, Neo4j's own id) of the elements in the buckets `$rows`."""
    return (
        f"{_OURS[part]} AND {_DIGEST} % {BUCKETS} IN $rows "
        f"RETURN collect([{_KEYS[part]}, {_DIGEST}, elementId(x)]) AS elements"
    )


def read_others(label: str) -> str:
    """Statement that reads id and store of the nodes with a base label that are not of `$store`."""
    return (
        f"MATCH (n:{label}) WHERE n.id IS NOT NULL AND (n.kgStore IS NULL OR n.kgStore <> $store) "
        "RETURN collect([n.id, n.kgStore]) AS others"
    )


DELETE_EDGES = (
    "UNWIND $rows AS element MATCH ()-[r]->() WHERE elementId(r) = element AND r.kgStore = $store "
    "DELETE r RETURN count(*) AS written"
)

# A node on which somebody else's edge hangs cannot go without that edge, so it stays.
DELETE_NODES = (
    "UNWIND $rows AS element MATCH (n) WHERE elementId(n) = element AND n.kgStore = $store AND NOT EXISTS { (n)--() } "
    "DELETE n RETURN count(*) AS written"
)

FIND_TIED_NODES = (
    "UNWIND $rows AS element MATCH (n) WHERE elementId(n) = element "
    "AND EXISTS { (n)-[r]-() WHERE r.kgStore IS NULL OR r.kgStore <> $store } RETURN collect(element) AS elements"
)


def schema_statements() -> tuple[str, ...]:
    """Statements that make the constraints and then the indexes, where they are not there yet."""
    constraints = [
        f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in NODES
    ]
    indexes = [
        f"CREATE INDEX kg_{label.lower()}_{name.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, node in NODES.items()
        for name in node.indexed
    ]
    return (*constraints, *indexes)


def create_nodes(labels: Names) -> str:
    """Statement that makes nodes with these labels out of `$rows`, which are `Item.new_row`, for `$store`.

    Returns how many were `written`. The constraint on ids refuses one that is there already.
    Raises `DataError` when the labels are not the schema's.
    """
    properties = _map(NODES[_check_labels(labels)[0]].properties, 0)
    return f"UNWIND $rows AS row CREATE (n:{':'.join(labels)} {properties}) RETURN count(n) AS written"


def update_nodes(labels: Names) -> str:
    """Statement that brings nodes of `$store` to these labels and to what `$rows` say, which are `Item.changed_row`.

    Returns how many were `written`. Raises `DataError` when the labels are not the schema's.
    """
    base, *own = _check_labels(labels)
    stale = [name for name in NODES[base].secondary if name not in own]
    return "\n".join(
        [
            "UNWIND $rows AS row",
            "MATCH (n) WHERE elementId(n) = row[0] AND n.kgStore = $store",
            *([f"REMOVE n:{':'.join(stale)}"] if stale else []),
            f"SET {''.join(f'n:{name}, ' for name in own)}n += {_map(NODES[base].properties, 1)}",
            "RETURN count(n) AS written",
        ]
    )


def create_edges(shape: Names, ontology: Ontology) -> str:
    """Statement that makes edges of a (source label, type, target label) out of `$rows`: `Item.new_row`, for `$store`.

    Returns how many were `written`: all whose ends are there. It does not look for edges that are there already, which
    would take half as long again. Raises `DataError` when schema and ontology have no such edge.
    """
    source, type_, target = shape
    return "\n".join(
        [
            "UNWIND $rows AS row",
            f"MATCH (a:{source} {{id: row[0]}})",
            f"MATCH (b:{target} {{id: row[1]}})",
            f"CREATE (a)-[r:{type_} {_map(_edge_properties(shape, ontology), 2)}]->(b)",
            "RETURN count(r) AS written",
        ]
    )


def update_edges(shape: Names, ontology: Ontology) -> str:
    """Statement that brings edges of `$store` to what `$rows` say, which are `Item.changed_row`.

    Returns how many were `written`. Raises `DataError` when schema and ontology have no such edge.
    """
    return "\n".join(
        [
            "UNWIND $rows AS row",
            "MATCH ()-[r]->() WHERE elementId(r) = row[0] AND r.kgStore = $store",
            f"SET r += {_map(_edge_properties(shape, ontology), 1)}",
            "RETURN count(r) AS written",
        ]
    )


def _edge_properties(shape: Names, ontology: Ontology) -> Names:
    edge = edge_types(ontology).get(shape)
    if not edge:
        raise DataError(f"no edge has the shape {' '.join(shape)}")
    return ("id", *edge.properties)


def _map(names: Iterable[str], place: int) -> str:
    """A map of values that stand in a row, the digest first, from a place on: a server reads lists faster than maps."""
    given = ", ".join(f"{name}: row[{place + number}]" for number, name in enumerate(("kgDigest", *names)))
    return f"{{kgStore: $store, {given}}}"


# --- rows -------------------------------------------------------------------------------------------------------------


class Item(NamedTuple):  # made twice for each node and edge: a frozen dataclass takes three times as long
    """A node or an edge on its way: `key` finds its twin in Neo4j, `shape` its statement, and its row fills that.

    The key of a node is (base label, id), of an edge (source id, type, target id, id). The shape of a node is its
    labels, of an edge (source label, type, target label). `ends` are the ids between which an edge hangs. `values` are
    those of the schema's properties, in its order, and null where it has none: so a value that is no longer true goes.
    """

    key: Names
    shape: Names
    ends: Names
    values: list[Any]

    def digest(self) -> int:
        """A number of 60 bits, the same for the same key, labels and properties."""
        text = f"{' '.join(self.shape)} {self.key} {self.values}"
        return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 4

    def new_row(self, digest: int) -> list[Any]:
        """What is sent to make it, with its digest."""
        return [*self.ends, digest, *self.values]

    def changed_row(self, digest: int, element: str) -> list[Any]:
        """What is sent to change the element of this id of Neo4j's own."""
        return [element, digest, *self.values]


def node_items(graph: "nx.MultiDiGraph[str]") -> Iterator[Item]:
    """Every node of a graph made by `kg.graph`. Raises `DataError` for a label or property outside the schema."""
    names = {label: dict.fromkeys((*node.properties, "labels")) for label, node in NODES.items()}
    for id_, data in graph.nodes(data=True):
        labels = _check_labels(tuple(data["labels"]))
        yield Item((labels[0], id_), labels, (), _values(data, names[labels[0]], labels))


def edge_items(graph: "nx.MultiDiGraph[str]", ontology: Ontology) -> Iterator[Item]:
    """Every edge of a graph made by `kg.graph`. Raises `DataError` for a type or property that nothing declares."""
    names = {shape: dict.fromkeys(("id", *edge.properties, "type")) for shape, edge in edge_types(ontology).items()}
    base = {id_: data["labels"][0] for id_, data in graph.nodes(data=True)}
    for source, target, id_, data in graph.edges(keys=True, data=True):
        shape = (base[source], data["type"], base[target])
        if shape not in names:
            raise DataError(f"no edge has the shape {' '.join(shape)}", where=str(id_))
        yield Item((source, shape[1], target, id_), shape, (source, target), _values(data, names[shape], shape[1:2]))


def edge_types(ontology: Ontology) -> dict[Names, EdgeType]:
    """Every edge that may be written, by (source label, type, target label).

    Raises `DataError` when a relationship of the ontology could not stand in a statement's text.
    """
    derived = [_relation(name, DERIVED_PROPERTIES) for name in sorted(ontology.event_relations)]
    lasting = [_relation(name, LASTING_PROPERTIES) for name in sorted(ontology.lasting_relations)]
    known = (*STRUCTURAL_EDGES.values(), *IN_ARTICLE, *derived, *lasting)
    return {(edge.source, edge.type, edge.target): edge for edge in known}


def _relation(name: str, properties: dict[str, Type]) -> EdgeType:
    if not _NAME.fullmatch(name):
        raise DataError(f"{name!r} cannot be a relationship type", hint="use letters, digits and underscores")
    return EdgeType(type=name, source="Entity", target="Entity", properties=properties)


def _check_labels(labels: Names) -> Names:
    base, own = labels[:1], labels[1:]
    if not base or base[0] not in NODES or not set(own) <= set(NODES[base[0]].secondary):
        raise DataError(f"no node has the labels {', '.join(labels) or '(none)'}")
    return labels


def _values(data: Row, names: Row, what: Names) -> list[Any]:
    """The values of these properties, in order; `names` ends with that which holds labels or type."""
    if not data.keys() <= names.keys():
        unknown = ", ".join(sorted(data.keys() - names.keys()))
        raise DataError(f"{'/'.join(what)} has no property {unknown}", where=str(data.get("id")))
    values = [*map(data.get, names)]
    values.pop()
    return values


# --- values in a text -------------------------------------------------------------------------------------------------


def literal(value: Any) -> str:
    """A value as a Cypher literal, for where no parameter can be sent: a script, a favourite, a link.

    Neo4j turns backslash-u into a character before it looks for the quotes that end a string, so no backslash out of an
    article may stand before a u: there the literal is cut in two and joined with a plus.
    """
    if isinstance(value, str):
        parts = (_ESCAPED.sub(_escape, part) for part in value.split("\\u"))
        return "'" + "\\\\' + 'u".join(parts) + "'"
    if value is None:
        return "null"
    if isinstance(value, datetime.date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"
