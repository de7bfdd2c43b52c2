"""The graph's shape, declared once: labels, edge types and properties; statements, indexes and checks follow from it.

Labels are PascalCase, edge types SCREAMING_SNAKE_CASE, properties camelCase, and every node has a `name`, so that the
Neo4j Browser reads well without a style. The networkx graph carries exactly these names: a push copies them.

An event is a node, because it may have one participant or six. A direct edge between two entities such as
SIGNED_AGREEMENT_WITH is *derived* from events for exploring; it is never the fact itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Kind


class Type(StrEnum):
    """Type of a property's value; DATE is a `datetime.date`, STRINGS a list of strings."""

    STRING = "string"
    STRINGS = "strings"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A base label, its properties, and the secondary labels that a node of it may carry (one of them)."""

    label: str
    properties: dict[str, Type]
    secondary: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeType:
    """An edge between two base labels; each edge carries an `id` besides its properties."""

    type: str
    source: str
    target: str
    properties: dict[str, Type]


_S, _L, _I, _F, _B, _D = Type.STRING, Type.STRINGS, Type.INTEGER, Type.FLOAT, Type.BOOLEAN, Type.DATE
_WHEN = {"date": _D, "dateIso": _S, "dateEnd": _D, "datePrecision": _S, "dateBasis": _S}
# `stateMedia` is the code of the state that directs an outlet (see kg.graph.media).
_HOW_REAL = {"polarity": _S, "modality": _S}
# `firstTold`, the counts, `pairs` and `placeIds` of an event, and `published` of a statement, follow from what is
# around them. They are written down because a query would else gather them anew from many nodes: see kg.graph.nodes.
# `lastKnown` stands where no end is known; the ISO texts are as exact as what is known, so "2012" is some day of 2012.
_VALID = {"validFrom": _D, "validFromIso": _S, "validTo": _D, "validToIso": _S, "lastKnown": _D, "validBasis": _S}

NODES = {
    node.label: node
    for node in (
        NodeType(
            label="Entity",
            secondary=tuple(kind.value for kind in Kind),
            properties={
                "id": _S,
                "name": _S,
                "aliases": _L,
                "country": _S,
                "sector": _S,
                "latitude": _F,
                "longitude": _F,
                "stateMedia": _S,
            },
            indexed=("name", "country", "stateMedia"),
        ),
        NodeType(
            label="Event",
            properties={"id": _S, "name": _S, "type": _S, "mode": _S, "contexts": _L, "relation": _S, "quad": _I}
            | {"score": _F, "cameoRoot": _S}
            | _HOW_REAL
            | _WHEN
            | {"firstTold": _D, "articleCount": _I, "sourceCount": _I, "claimCount": _I}
            | {"contradictionCount": _I, "confidence": _F, "pairs": _L, "placeIds": _L},
            indexed=("date", "type", "relation", "confidence", "firstTold", "contradictionCount"),
        ),
        NodeType(
            label="Claim",
            properties={"id": _S, "name": _S, "sentence": _S, "start": _I, "end": _I}
            | {"trigger": _S, "triggerStart": _I, "triggerEnd": _I}
            | _HOW_REAL
            | _WHEN
            | _VALID
            | {"actorIds": _L, "targetIds": _L, "rule": _S, "confidence": _F},
        ),
        NodeType(
            label="Statement",
            properties={"id": _S, "name": _S, "content": _S, "quoted": _B, "published": _D, "start": _I, "end": _I},
        ),
        NodeType(
            label="Article",
            properties={
                "id": _S,
                "name": _S,
                "title": _S,
                "url": _S,
                "published": _D,
                "publishedIso": _S,
                "language": _S,
            },
            indexed=("published",),
        ),
        NodeType(label="Source", properties={"id": _S, "name": _S, "stateMedia": _S}, indexed=("stateMedia",)),
    )
}

STRUCTURAL_EDGES = {
    edge.type: edge
    for edge in (
        EdgeType(type="HAS_ACTOR", source="Event", target="Entity", properties={}),
        EdgeType(type="HAS_TARGET", source="Event", target="Entity", properties={}),
        EdgeType(type="HELD_AT", source="Event", target="Entity", properties={}),
        EdgeType(type="REPORTS", source="Claim", target="Event", properties={}),
        EdgeType(type="ATTRIBUTED_TO", source="Claim", target="Entity", properties={}),
        EdgeType(type="CONTRADICTS", source="Claim", target="Claim", properties={}),
        EdgeType(type="SAID_BY", source="Statement", target="Entity", properties={}),
        EdgeType(type="MENTIONED_IN", source="Entity", target="Article", properties={"count": _I}),
        EdgeType(type="COPY_OF", source="Article", target="Article", properties={}),
        EdgeType(type="PUBLISHED_BY", source="Article", target="Source", properties={}),
    )
}

# IN_ARTICLE leaves two labels, so it stands apart.
IN_ARTICLE = tuple(
    EdgeType(type="IN_ARTICLE", source=label, target="Article", properties={}) for label in ("Claim", "Statement")
)

# Between two entities; the type is one of the ontology's closed list.
DERIVED_PROPERTIES = {
    "eventIds": _L,
    "firstDate": _D,
    "lastDate": _D,
    "count": _I,
    "articleCount": _I,
    "sourceCount": _I,
    "reciprocal": _B,
    "attributedOnly": _B,
}
LASTING_PROPERTIES = {"title": _S, "claimIds": _L, "articleIds": _L} | _VALID

# Everything that a node or an edge of whatever label or type may have.
NODE_PROPERTIES = {"labels": _L} | {name: type for node in NODES.values() for name, type in node.properties.items()}
EDGE_PROPERTIES = (
    {"id": _S, "type": _S}
    | DERIVED_PROPERTIES
    | LASTING_PROPERTIES
    | {name: type for edge in STRUCTURAL_EDGES.values() for name, type in edge.properties.items()}
)
