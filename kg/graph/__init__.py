"""The networkx graph, made from extractions: a view of the store, with the names of `kg.schema`.

Everything follows from the set of extractions and the identity of their ids: the order of extractions changes nothing,
so forgetting an article gives the graph that would have been without it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import networkx as nx

from kg.graph.nodes import article_nodes, claim_nodes, entity_nodes, event_nodes, statement_nodes
from kg.graph.parts import Edge, Node
from kg.graph.relations import derived_edges, lasting_edges
from kg.merge import cluster_claims
from kg.merge.copies import families
from kg.model import Extraction
from kg.ontology import Ontology
from kg.resolve import NOBODY_ELSE, merge_entities, with_identity


def build_graph(
    extractions: Iterable[Extraction], ontology: Ontology, identity: Mapping[str, str] = NOBODY_ELSE
) -> "nx.MultiDiGraph[str]":
    """The graph of what some articles say; `identity` is the canonical id of each id in them, see `kg.resolve`.

    A node's key is its id, and its `labels` begin with the base label; an edge's key is its id, and `type` says what it
    is. Nodes and edges stand in a fixed order. Raises `RecordError` for an event type that the ontology lacks.
    """
    records = sorted(extractions, key=lambda extraction: extraction.article.id)
    entities = merge_entities(records, identity)
    ordered = [with_identity(extraction, identity) for extraction in records]
    clusters = cluster_claims(ordered, ontology)
    family = families(extraction.article for extraction in ordered)
    parts: Iterator[Node | Edge] = chain(
        entity_nodes(entities),
        article_nodes(ordered, family),
        event_nodes(clusters, entities, ontology, family),
        claim_nodes(ordered, clusters),
        statement_nodes(ordered, entities),
        derived_edges(clusters, family),
        lasting_edges(ordered, ontology),
    )
    return _assembled(parts)


def _assembled(parts: Iterable[Node | Edge]) -> "nx.MultiDiGraph[str]":
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str, str], Edge] = {}
    for part in parts:
        if isinstance(part, Node):
            nodes.setdefault(part.id, part)
        else:
            edges.setdefault(part.key, part)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((id, nodes[id].attributes) for id in sorted(nodes))
    for _, edge in sorted(edges.items(), key=lambda item: item[0]):
        attributes = edge.attributes
        graph.add_edge(edge.source, edge.target, attributes["id"], **attributes)
    return graph
