"""Which tellings are of one event: the clusters of all claims, a function of the set of records."""

from collections.abc import Iterable
from dataclasses import replace

from kg.errors import RecordError
from kg.merge.tellings import Cluster, Telling
from kg.model import Event, Extraction
from kg.ontology import Ontology


def cluster_claims(extractions: Iterable[Extraction], ontology: Ontology) -> list[Cluster]:
    """The events that some extractions tell. For now every claim is an event of its own."""
    return [
        Cluster((Telling(extraction.article, _in_ontology(event, ontology)),))
        for extraction in extractions
        for event in extraction.events
    ]


def _in_ontology(event: Event, ontology: Ontology) -> Event:
    """The event with a relation of the closed list: its own, else its type's plainest one."""
    if event.type not in ontology.types:
        raise RecordError(f"{event.type} is no event type of the ontology", where=event.id)
    if event.relation in ontology.event_relations:
        return event
    return replace(event, relation=ontology.types[event.type].relation)
