"""Neo4j: connecting, asking, and pushing the graph into it. The only importer of the driver."""

from kg.database.connection import Database
from kg.database.difference import Changes
from kg.database.held import Seal
from kg.database.push import PushReport

__all__ = ["Changes", "Database", "PushReport", "Seal"]
