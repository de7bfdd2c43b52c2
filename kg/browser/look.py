"""How nodes and relations look in the tools of Neo4j: a colour, a size and a width for each, declared once.

Kinds and quad classes have about the colours of `kg view`; each is dark or light enough for the name that stands on it.
No colour is the only signal: every node bears its name and every relation its type, and what is material rather than
verbal is drawn thicker.
"""

from dataclasses import dataclass

from kg.ontology import Ontology
from kg.schema import NODES, STRUCTURAL_EDGES

DARK, LIGHT = "#1b1f24", "#ffffff"


@dataclass(frozen=True, slots=True)
class NodeLook:
    """A node's colour as #rrggbb, and its diameter in pixels."""

    colour: str
    size: int

    @property
    def text(self) -> str:
        """The colour, dark or light, in which a name is easiest to read on the node's own."""
        return max((DARK, LIGHT), key=lambda text: contrast(text, self.colour))


@dataclass(frozen=True, slots=True)
class EdgeLook:
    """A relation's colour as #rrggbb, and its width in pixels."""

    colour: str
    width: int


PLAIN_EDGE = EdgeLook("#8a93a0", 1)
LASTING_EDGE = EdgeLook("#7d8592", 2)
_NODES = {
    "Entity": NodeLook("#6b7785", 60),
    "Person": NodeLook("#d99a00", 60),
    "Organization": NodeLook("#5868d8", 60),
    "Country": NodeLook("#117a5a", 70),
    "Place": NodeLook("#9a56b4", 50),
    "Group": NodeLook("#8a6a3c", 50),
    "Event": NodeLook("#34495e", 80),
    "Claim": NodeLook("#b9d3e8", 60),
    "Statement": NodeLook("#f0b8cf", 60),
    "Article": NodeLook("#d8dce2", 60),
    "Source": NodeLook("#f2e3b6", 50),
}
_QUADS = {
    1: EdgeLook("#4a90c2", 2),
    2: EdgeLook("#1c5b98", 4),
    3: EdgeLook("#d8763a", 2),
    4: EdgeLook("#b8302c", 4),
}


def node_looks() -> dict[str, NodeLook]:
    """The look of every label of the schema; a secondary label comes after its base label."""
    labels = [label for node in NODES.values() for label in (node.label, *node.secondary)]
    return {label: _NODES[label] for label in labels}


def edge_looks(ontology: Ontology) -> dict[str, EdgeLook]:
    """The look of every relationship type of the schema and an ontology, by name."""
    looks = dict.fromkeys((*STRUCTURAL_EDGES, "IN_ARTICLE"), PLAIN_EDGE)
    looks |= dict.fromkeys(ontology.lasting_relations, LASTING_EDGE)
    looks |= {relation: _QUADS[ontology.types[type_].quad] for relation, type_ in ontology.event_relations.items()}
    return dict(sorted(looks.items()))


def contrast(one: str, other: str) -> float:
    """How well two colours can be told apart, from 1 to 21 (WCAG 2's contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
