"""A connection to Neo4j: asking, pushing, and errors that say what to do."""

import datetime
import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import neo4j
from neo4j import GraphDatabase, ManagedTransaction, unit_of_work
from neo4j.exceptions import ClientError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Time

from kg.database.held import Held, Seal
from kg.database.push import Progress, Push, PushReport
from kg.database.reading import ONLY_READ, check_reading
from kg.errors import DatabaseError, QueryError
from kg.ontology import Ontology, load_ontology
from kg.render import Rows

if TYPE_CHECKING:
    import networkx as nx

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_CONFIG: dict[str, Any] = {
    "connection_timeout": 10,  # seconds
    "connection_acquisition_timeout": 15,  # seconds; this one bounds a service that accepts and never speaks
    "notifications_min_severity": "OFF",  # hints for who writes Cypher, such as a label that is not there yet
    "telemetry_disabled": True,
    "initial_retry_delay": 0.1,  # seconds; two that write side by side now and then stand in each other's way
}
_REFUSALS = {
    "Neo.ClientError.Security.Unauthorized": (
        "Neo4j refuses the user name or the password",
        "set KG_NEO4J_USER and KG_NEO4J_PASSWORD",
    ),
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "Neo4j has met too many wrong passwords and refuses all for a while",
        "wait half a minute, then give the right one",
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        "Neo4j still has its first password, and wants it changed",
        "log in once with the Neo4j Browser and choose one",
    ),
    "Neo.ClientError.Database.DatabaseNotFound": ("Neo4j has no database of that name", "`SHOW DATABASES` lists them"),
}
_REASONS = {
    "Connection refused": "nothing listens there",
    "DNS resolve": "there is no such host",
    "looks like HTTP": "that is a web port, and Bolt is on another, usually 7687",
    "encrypted": "it does not answer over TLS",
    "timed out": "no answer in time",
    "handshake": "what listens there does not speak Bolt",
}
_QUERY_FAULTS = ("Neo.ClientError.Statement.", "Neo.ClientError.Schema.", "Neo.ClientError.Procedure.")

# The driver's log is for those who ask for it; what matters of it reaches the user as an error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Database:
    """A connection to one Neo4j database; a context manager."""

    def __init__(self, driver: neo4j.Driver, where: str, name: str | None) -> None:
        self._driver, self._where, self._name = driver, where, name
        self._reading: set[str] = set()  # texts that are proven to read only, so that each is explained once

    @classmethod
    def connect(cls, uri: str, user: str, password: str, name: str | None = None) -> Self:
        """The database at a Bolt address, the server's default one unless a name is given.

        Raises `DatabaseError` when the address is none, nothing or something else answers there, or it refuses us.
        """
        where = _without_login(uri)
        try:
            driver = GraphDatabase.driver(where, auth=(user, password), **_CONFIG)
        except ConfigurationError as error:
            raise DatabaseError(f"not a Bolt address: {_first_line(str(error))}", where=where) from error
        database = cls(driver, where, name)
        try:
            with database._errors(), database._session() as session:
                session.run("RETURN 1").consume()  # not in a managed transaction, which would try for half a minute
        except DatabaseError:
            driver.close()
            raise
        return database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({self._where!r}, name={self._name!r})"

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self._driver.close()

    def run(self, text: str, parameters: Mapping[str, Any], *, write: bool = False, timeout: float = 30.0) -> Rows:
        """The rows of a query: a DATE is a `datetime.date`, a node, edge or path is a map.

        Unless it may write, a query that does more than read the graph is refused, by the server's own plan of it,
        which is asked for once, and by the server. `timeout` is in seconds, and 0 waits for ever.
        Raises `QueryError` when the query is refused or takes too long, `DatabaseError` when the server fails.
        """

        @unit_of_work(timeout=timeout)
        def ask(transaction: ManagedTransaction) -> Rows:
            if not write and text not in self._reading:
                check_reading(transaction.run(f"EXPLAIN {text}", dict(parameters)).consume())
                self._reading.add(text)
            result = transaction.run(text, dict(parameters))
            return Rows(tuple(result.keys()), tuple(tuple(map(_plain, record.values())) for record in result))

        with self._errors(), self._session(write=write) as session:
            try:
                return session.execute_write(ask) if write else session.execute_read(ask)
            except ClientError as error:
                if fault := _query_error(error, timeout):
                    raise fault from error
                raise

    def push(
        self,
        graph: "nx.MultiDiGraph[str]",
        store_id: str,
        ontology: Ontology | None = None,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> PushReport:
        """Make the database hold the graph, as the part that comes from this store; a second push sends nothing.

        `ontology` is ours unless another is given, and `progress` is told stage, done and total after each batch. An
        interrupted push is completed by the next one. Raises `DatabaseError` when the server fails, or before anything
        is written when others own a node of ours.
        """
        held = Held(lambda: self._session(write=not dry_run), store_id)
        push = Push(graph, ontology or load_ontology(), held, self._where)
        with self._errors():
            return push.compare() if dry_run else push.run(progress or _silent)

    def seal(self, store_id: str) -> Seal:
        """The seal of what the database holds of a store: that of the graph, if a push would change nothing.

        Raises `DatabaseError` when the server fails.
        """
        with self._errors():
            return Held(self._session, store_id).seal()

    def _session(self, *, write: bool = False) -> neo4j.Session:
        mode = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        return self._driver.session(database=self._name, default_access_mode=mode)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what the driver raises into a `DatabaseError` that says where."""
        try:
            yield
        except ServiceUnavailable as error:
            if refusal := _refused_certificate(error):
                hint = (
                    "make this machine trust it (SSL_CERT_FILE), or name the scheme bolt+ssc or neo4j+ssc to take any"
                )
                raise DatabaseError(
                    f"Neo4j's certificate is refused: {refusal}", where=self._where, hint=hint
                ) from error
            reason = next((words for sign, words in _REASONS.items() if sign in str(error)), _first_line(str(error)))
            hint = "start Neo4j (docker compose up -d), or give its address as KG_NEO4J_URI"
            raise DatabaseError(f"Neo4j does not answer: {reason}", where=self._where, hint=hint) from error
        except Neo4jError as error:
            what, hint = _REFUSALS.get(error.code or "", (f"Neo4j failed: {_first_line(error.message)}", ""))
            raise DatabaseError(
                what, where=f"{self._where}/{self._name or ''}".rstrip("/"), hint=hint or None
            ) from error
        except DriverError as error:
            raise DatabaseError(f"Neo4j cannot be used: {_first_line(str(error))}", where=self._where) from error


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


# --- values and words -------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """The value without types of the driver's."""
    match value:
        case Path():
            return {"nodes": [_plain(node) for node in value.nodes], "edges": [_plain(edge) for edge in value]}
        case Node():
            return {"labels": sorted(value.labels), **_plain(dict(value))}
        case Relationship():
            source, target = _end(value.start_node), _end(value.end_node)
            return {"type": value.type, "source": source, "target": target, **_plain(dict(value))}
        case Date() | DateTime() | Time():
            native: datetime.date | datetime.time = value.to_native()
            return native
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | Point():
            return [_plain(part) for part in value]
        case _:
            return value


def _end(node: Node | None) -> Any:
    """The id of an edge's end, or Neo4j's own id of it where the query returns the edge without the node."""
    return None if node is None else node.get("id", node.element_id)


def _query_error(error: ClientError, timeout: float) -> QueryError | None:
    """The error in words for who asked, or None where the query is not at fault."""
    code, message = error.code or "", _first_line(error.message)
    if code.endswith(".AccessMode"):
        return QueryError("the query would change the graph", hint=ONLY_READ)
    if ".TransactionTimedOut" in code:
        hint = "bound its paths, or ask about fewer nodes"
        return QueryError(f"the query took longer than {timeout:g} s and was stopped", hint=hint)
    return QueryError(f"the query cannot be run: {message}") if code.startswith(_QUERY_FAULTS) else None


def _refused_certificate(error: BaseException | None) -> str | None:
    """Why OpenSSL does not trust the server, where that is at the bottom of an error."""
    while error:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message.rstrip(".")
        error = error.__cause__ or error.__context__
    return None


def _without_login(uri: str) -> str:
    """The address as it may be shown and used: without the `user:password@` that some paste into it."""
    hint = "give one such as bolt://localhost:7687, and the password apart from it"
    shown = None if "@" in uri else uri or None
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018  # raises when it is no number
    except ValueError as error:
        raise DatabaseError("not a Bolt address", where=shown, hint=hint) from error
    if parts.scheme not in _SCHEMES or not parts.netloc:
        raise DatabaseError("not a Bolt address", where=shown, hint=hint)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _first_line(text: str | None) -> str:
    return (text or "no reason given").strip().partition("\n")[0]
