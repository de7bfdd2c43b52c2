"""The Neo4j Browser's style sheet (GraSS): a rule for each label and relationship type of the schema and the ontology.

Of the rules that fit a node the last wins, so that a country is drawn as a country and not as any entity.
"""

from collections.abc import Iterator, Mapping

from kg.browser.look import DARK, PLAIN_EDGE, NodeLook, edge_looks, node_looks
from kg.ontology import Ontology

_PLAIN_NODE = NodeLook("#a5abb6", 50)


def style(ontology: Ontology) -> str:
    """The text of a `.grass` file."""
    return "".join(_rules(ontology))


def _rules(ontology: Ontology) -> Iterator[str]:
    yield _rule("node", _node(_PLAIN_NODE))
    for label, node in node_looks().items():
        yield _rule(f"node.{label}", {**_node(node), "caption": "'{name}'"})
    text = {"font-size": "9px", "padding": "3px", "text-color-external": DARK, "text-color-internal": "#ffffff"}
    yield _rule("relationship", {"color": PLAIN_EDGE.colour, "shaft-width": "1px", **text, "caption": "'<type>'"})
    for type_, edge in edge_looks(ontology).items():
        if edge != PLAIN_EDGE:
            widths = {"color": edge.colour, "shaft-width": f"{edge.width}px", "caption": "'<type>'"}
            yield _rule(f"relationship.{type_}", widths)


def _node(look: NodeLook) -> dict[str, str]:
    return {
        "diameter": f"{look.size}px",
        "color": look.colour,
        "border-color": DARK,
        "border-width": "1px",
        "text-color-internal": look.text,
        "font-size": "10px",
    }


def _rule(selector: str, properties: Mapping[str, str]) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f"{selector} {{\n{lines}}}\n"
