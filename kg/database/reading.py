"""Whether a query only reads, by the server's own plan of it.

A server refuses to write where it was asked to read, but for more than that: there a query may still read files and
open addresses (LOAD CSV), which sends out what it has found, end what others do, and call procedures that steer the
server. Words of a text do not tell, since Cypher can write them in many ways; the plan names each step.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from neo4j import ResultSummary

from kg.errors import QueryError

ONLY_READ = "queries only read, unless told to write"
_TELLING = ("dbms.components(", "dbms.info(")  # the procedures of the server's own that say something of it, no more


def check_reading(planned: ResultSummary) -> None:
    """Raise `QueryError` when a query, whose EXPLAIN this is the summary of, does more than read the graph."""
    if "w" in (planned.query_type or ""):
        raise QueryError("the query would change the graph", hint=ONLY_READ)
    for operator, details in _steps(planned.plan or {}):
        if operator == "LoadCSV":
            raise QueryError("a query cannot read files", hint="leave out LOAD CSV")
        steers = operator == "ProcedureCall" and planned.query_type == "s" and not details.startswith(_TELLING)
        if steers or operator == "TerminateTransactions":
            raise QueryError("the query would steer the server", hint=ONLY_READ)


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Operator and details of each step, such as "LoadCSV"."""
    if plan:
        yield plan["operatorType"].partition("@")[0], plan["args"].get("Details", "")
    for part in plan.get("children", ()):
        yield from _steps(part)
