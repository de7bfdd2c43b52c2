"""A perspective for Neo4j Bloom, now "Explore": what nodes look like there, and search phrases that draw.

The form is that of perspectives which Bloom 2 has exported; Bloom itself is not free, so this was never tried in it.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from kg.browser.look import EdgeLook, NodeLook, edge_looks, node_looks
from kg.browser.statements import Bound
from kg.ontology import Ontology
from kg.queries import ParameterType, place_values
from kg.schema import DERIVED_PROPERTIES, IN_ARTICLE, LASTING_PROPERTIES, NODES, STRUCTURAL_EDGES, Type

Json = dict[str, Any]

_VERSION = "2.3.0"
_NAME = "Geopolitical event graph"
_ALWAYS = 0  # milliseconds; when it was made is of no interest, and the same graph has the same perspective
_TYPE_AS_CAPTION = "0_REL_TYPE_CAPTION_KEY"
_DATA = {
    Type.STRING: "string",
    Type.STRINGS: "array",
    Type.INTEGER: "bigint",
    Type.FLOAT: "number",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
}


def perspective(queries: Iterable[Bound], ontology: Ontology) -> Json:
    """The perspective as JSON: a category a label, every relationship type, and a phrase a query that draws."""
    looks = node_looks()
    labels = {label: node.properties for node in NODES.values() for label in (*node.secondary, node.label)}
    drawing = (bound for bound in queries if bound.query.engine == "neo4j")
    return {
        "name": _NAME,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, _NAME)),
        "version": _VERSION,
        "createdAt": _ALWAYS,
        "lastEditedAt": _ALWAYS,
        "categories": [
            _category(number, label, looks[label], properties)
            for number, (label, properties) in enumerate(labels.items(), start=1)
        ],
        "labels": {label: _properties(label, properties) for label, properties in labels.items()},
        "relationshipTypes": [_relation(type_, look, ontology) for type_, look in edge_looks(ontology).items()],
        "templates": [_phrase(number, bound) for number, bound in enumerate(drawing, start=1)],
        "palette": {"colors": sorted({look.colour for look in looks.values()}), "currentIndex": 0},
        "metadata": {"pathSegments": _segments(), "indexes": _indexes()},
        "sceneActions": [],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": False,
        "isAuto": False,
        "parentPerspectiveId": None,
    }


def _category(number: int, label: str, look: NodeLook, properties: Mapping[str, Type]) -> Json:
    return {
        "id": number,
        "name": label,
        "labels": [label],
        "color": look.colour,
        "size": 1,
        "icon": "no-icon",
        "properties": [
            {"name": name, "exclude": False, "dataType": _DATA[type_]} for name, type_ in properties.items()
        ],
        "captionKeys": ["name"],
        "createdAt": _ALWAYS,
        "lastEditedAt": _ALWAYS,
    }


def _relation(type_: str, look: EdgeLook, ontology: Ontology) -> Json:
    if type_ in ontology.event_relations:
        properties: Mapping[str, Type] = DERIVED_PROPERTIES
    elif type_ in ontology.lasting_relations:
        properties = LASTING_PROPERTIES
    else:
        properties = STRUCTURAL_EDGES[type_].properties if type_ in STRUCTURAL_EDGES else {}
    return {
        "id": type_,
        "name": type_,
        "color": look.colour,
        "size": look.width,
        "properties": _properties(type_, properties),
        "captionKeys": [_TYPE_AS_CAPTION],
    }


def _properties(owner: str, properties: Mapping[str, Type]) -> list[Json]:
    return [{"propertyKey": name, "type": owner, "dataType": _DATA[type_]} for name, type_ in properties.items()]


def _segments() -> list[Json]:
    edges = (*STRUCTURAL_EDGES.values(), *IN_ARTICLE)
    return [{"source": edge.source, "relationshipType": edge.type, "target": edge.target} for edge in edges]


def _indexes() -> list[Json]:
    return [
        {"label": node.label, "type": "native", "propertyKeys": [name]}
        for node in NODES.values()
        for name in ("id", *node.indexed)
    ]


def _phrase(number: int, bound: Bound) -> Json:
    """A search phrase: it asks for the entities of a query, and takes the rest from the query's example."""
    asked = [parameter.name for parameter in bound.query.parameters if parameter.type is ParameterType.ENTITY]
    fixed = bound.literals | {name: f"${name}" for name in asked}
    return {
        "id": f"tmpl:{number}",
        "name": bound.query.title,
        "createdAt": _ALWAYS,
        "text": " ".join((bound.query.title, *(f"${name}" for name in asked))),
        "cypher": place_values(bound.text, fixed),
        "params": [_parameter(name) for name in asked],
        "isUpdateQuery": False,
        "hasCypherErrors": False,
    }


def _parameter(name: str) -> Json:
    suggestion = {"suggestionLabel": "Entity", "suggestionProp": "id", "suggestionBoolean": False}
    return {"name": f"${name}", "dataType": "String", "collapsed": False, "cypher": None, **suggestion}
