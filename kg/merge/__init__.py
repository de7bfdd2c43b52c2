"""One event over many articles: tellings of the same happening are gathered into clusters, and a cluster is an event.

The third step after reading, over all records with the canonical ids of `kg.resolve`. It changes no record, and their
order changes nothing.
"""

from kg.merge.clusters import cluster_claims, reasons
from kg.merge.tellings import Cluster, Telling

__all__ = ["Cluster", "Telling", "cluster_claims", "reasons"]
