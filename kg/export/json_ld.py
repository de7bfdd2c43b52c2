"""JSON-LD 1.1, for triple stores and everything that reads RDF; `context.json` says what each name means.

Entities, events, articles and sources speak schema.org. Evidence speaks PROV-O: a claim has its sentence as value, was
quoted from an article, and is attributed to whoever vouches for it. What neither has keeps the name that `kg.schema`
gives it. An edge between two entities is a triple, and once more an `rdf:Statement` with its days and the events or
claims that it was derived from. How often an article mentions somebody is left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.export.node_link import rows
from kg.export.walk import ordered_edges
from kg.ids import is_wikidata
from kg.schema import IN_ARTICLE, STRUCTURAL_EDGES

if TYPE_CHECKING:
    import networkx as nx

CONTEXT = Path(__file__).with_name("context.json")
_STRUCTURAL = {*STRUCTURAL_EDGES, *(edge.type for edge in IN_ARTICLE)}
# Said by the IRI, by @type or predicate, by the day itself, or by the triples between those who deal with each other.
_LEFT_OUT = {"id", "type", "dateIso", "publishedIso", "pairs"}


def json_ld(graph: "nx.MultiDiGraph[str]") -> Iterator[str]:
    """The file in pieces."""
    yield f'{{"@context": {CONTEXT.read_text(encoding="utf-8").strip()},\n"@graph": ['
    yield from rows(chain(_nodes(graph), _relations(graph)))
    yield "]}\n"


def _nodes(graph: "nx.MultiDiGraph[str]") -> Iterator[dict[str, Any]]:
    for id in sorted(graph):
        links: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for _, target, edge in sorted(graph.out_edges(id, data=True), key=lambda edge: edge[1]):
            name = _camel(edge["type"]) if edge["type"] in _STRUCTURAL else edge["type"]
            if (link := {"@id": _iri(target)}) not in links[name]:
                links[name].append(link)
        node = graph.nodes[id]
        code = {"code": node["type"]} if "type" in node else {}
        yield {"@id": _iri(id), "@type": node["labels"][-1], **_values(node), **code, **links}


def _relations(graph: "nx.MultiDiGraph[str]") -> Iterator[dict[str, Any]]:
    """The edges between two entities, as statements about them."""
    for source, target, edge in ordered_edges(graph):
        if edge["type"] not in _STRUCTURAL:
            triple = {"subject": _iri(source), "predicate": edge["type"], "object": _iri(target)}
            yield {"@id": _iri(edge["id"]), "@type": "Relation", **triple, **_values(edge)}


def _values(properties: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in properties.items() if name not in _LEFT_OUT and name != "labels"}
    return {name: [*map(_iri, value)] if name.endswith("Ids") else value for name, value in given.items()}


def _iri(id: str) -> str:
    """What the id is called in the whole world, or in the space of names of this program."""
    return f"wd:{id}" if is_wikidata(id) else f"kg:{quote(id, safe='')}"


def _camel(type: str) -> str:
    """HAS_ACTOR as "hasActor"."""
    first, *others = type.lower().split("_")
    return first + "".join(word.capitalize() for word in others)
