"""Neo4j when something goes wrong: a push goes on or ends in one clear line, and is right after the next one.

The server is one of its own, since it is killed, and it speaks TLS with a certificate that nobody has signed.
"""

import logging
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import networkx as nx
import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

from kg.database import Changes, Database, connection, difference
from kg.errors import DatabaseError
from kg.graph import build_graph
from kg.ontology import load_ontology
from tests import factories
from tests.integration.conftest import _empty, missing
from tests.integration.line import Line
from tests.integration.neo4j.server import FIRST_PASSWORD, USER, Machine, Server, ServerUnavailableError
from tests.integration.test_push import content, expected_content

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

Graph = nx.MultiDiGraph
HOST = "localhost"  # whom the certificate is of
SILENCE = 4  # seconds after which a server that says nothing is taken for lost; a minute and more by default


@pytest.fixture(scope="module")
def graph() -> "Graph[str]":
    return build_graph(factories.small_world(), load_ontology())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of `HOST` that it has signed itself, beside its key."""
    folder = tmp_path_factory.mktemp("certificates")
    openssl = shutil.which("openssl") or missing("no openssl")
    made = ["-out", str(folder / "public.crt"), "-keyout", str(folder / "private.key"), "-subj", f"/CN={HOST}"]
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([openssl, "req", *options, *made], check=True, capture_output=True)
    return folder / "public.crt"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, certificate: Path) -> Iterator[Machine]:
    """A server that has just been installed."""
    settings = {
        "server.bolt.connection_keep_alive": f"{SILENCE // 2}s",
        "server.bolt.connection_keep_alive_probes": "2",
        "server.bolt.tls_level": "OPTIONAL",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(certificate.parent),
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }
    try:
        machine = Machine(tmp_path_factory.mktemp("machine"), settings)
        machine.start()
    except ServerUnavailableError as error:
        missing(str(error))
    yield machine
    machine.kill()


@pytest.fixture(scope="module")
def server(machine: Machine) -> Server:
    """The server, with a password of ours."""
    return machine.set_password()


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """An empty database, reached without anything that fails."""
    with Database.connect(server.uri, server.user, server.password) as database:
        _empty(database)
        yield database


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small transactions, which are tried again for a second instead of half a minute."""
    monkeypatch.setattr(difference, "BATCH", 10)
    monkeypatch.setitem(connection._CONFIG, "max_transaction_retry_time", 1)
    monkeypatch.setitem(connection._CONFIG, "connection_acquisition_timeout", 5)


def push_through(line: Line, server: Server, graph: "Graph[str]", **more: Any) -> str | None:
    """Push over a line; what went wrong in one line, or None."""
    try:
        with Database.connect(line.uri, server.user, server.password) as database:
            database.push(graph, "mine", **more)
    except DatabaseError as error:
        text = str(error)
        assert text.startswith(line.uri)
        assert "\n" not in text
        assert server.password not in text
        return text
    return None


# --- the first password, TLS -----------------------------------------------------------------------------------------


def test_the_first_password_must_be_changed(machine: Machine) -> None:
    """The first test of this file: the others change it."""
    with pytest.raises(DatabaseError) as caught:
        Database.connect(machine.server.uri, USER, FIRST_PASSWORD).run("MATCH (n) RETURN n.id AS id", {})
    assert str(caught.value) == (
        f"{machine.server.uri}: Neo4j still has its first password, and wants it changed"
        " — log in once with the Neo4j Browser and choose one"
    )


@pytest.mark.parametrize(
    ("scheme", "host", "trusted", "refusal"),
    [
        ("bolt+s", HOST, False, "self-signed certificate"),
        ("bolt+s", HOST, True, None),
        ("bolt+s", "127.0.0.1", True, "IP address mismatch, certificate is not valid for '127.0.0.1'"),
        ("bolt+ssc", HOST, False, None),
        ("bolt+ssc", "127.0.0.1", False, None),
        ("bolt", HOST, False, None),
    ],
)
def test_a_certificate_must_be_trusted_and_of_the_host(
    server: Server,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    host: str,
    trusted: bool,
    refusal: str | None,
) -> None:
    uri = server.uri.replace("bolt://127.0.0.1", f"{scheme}://{host}")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    if refusal is None:
        with Database.connect(uri, server.user, server.password) as database:
            assert database.run("RETURN 1 AS one", {}).rows == ((1,),)
        return
    with pytest.raises(DatabaseError) as caught:
        Database.connect(uri, server.user, server.password)
    assert str(caught.value).startswith(f"{uri}: Neo4j's certificate is refused: {refusal} — ")
    assert server.password not in str(caught.value)


def test_no_log_of_the_driver_holds_the_password(
    server: Server, caplog: pytest.LogCaptureFixture, graph: "Graph[str]"
) -> None:
    caplog.set_level(logging.DEBUG, "neo4j")
    with Database.connect(server.uri, server.user, server.password) as database:
        database.push(graph, "mine")
    assert len(caplog.records) > 100
    assert server.password not in caplog.text


# --- the line ---------------------------------------------------------------------------------------------------------

LINES: dict[str, dict[str, Any]] = {
    "cut at once": {"cut_after": 10},
    "cut early": {"cut_after": 3_000},
    "cut in the middle": {"cut_after": 12_000},
    "gone in the middle": {"gone_after": 12_000},
    "stalls at once": {"stalls_after": 10},
    "stalls in the middle": {"stalls_after": 12_000},
    "slow": {"seconds": 0.002},
}


@pytest.mark.parametrize("faults", LINES.values(), ids=LINES)
def test_a_push_over_a_bad_line_is_right_after_a_rerun(
    database: Database, server: Server, graph: "Graph[str]", faults: dict[str, Any]
) -> None:
    began = time.monotonic()
    with Line(server.uri, **faults) as line:
        fault = push_through(line, server, graph)
        assert line.passed >= max(value for name, value in faults.items() if name != "seconds" or value < 1)
    assert time.monotonic() - began < 60
    assert (fault is None) == (content(database) == expected_content(graph))
    assert fault is None or "gone_after" in faults or "stalls_after" in faults or "cut_after" in faults
    report = database.push(graph, "mine")
    assert content(database) == expected_content(graph)
    assert report.nodes.created + report.nodes.unchanged == len(graph)


def test_a_question_over_a_line_that_stalls_ends(database: Database, server: Server, graph: "Graph[str]") -> None:
    with Line(server.uri) as line, Database.connect(line.uri, server.user, server.password) as asked:
        line.stalls_after = 0
        began = time.monotonic()
        with pytest.raises(DatabaseError, match="Neo4j does not answer"):
            asked.run("MATCH (n) RETURN n.id AS id", {})
        assert time.monotonic() - began < 30


# --- the server -------------------------------------------------------------------------------------------------------


def test_a_server_that_is_killed_in_mid_push_is_whole_after_it_is_started_and_pushed_to_again(
    database: Database, machine: Machine, server: Server, graph: "Graph[str]"
) -> None:
    def kill_amid_edges(stage: str, done: int, total: int) -> None:
        if stage == "edges" and done > 10:
            machine.kill()

    with Line(server.uri) as line:
        assert "Neo4j does not answer" in (push_through(line, server, graph, progress=kill_amid_edges) or "")
    machine.start()
    with Database.connect(server.uri, server.user, server.password) as again:
        report = again.push(graph, "mine")
        assert report.nodes == Changes(unchanged=len(graph))
        assert 0 < report.edges.created < graph.number_of_edges()
        assert content(again) == expected_content(graph)


def test_two_pushes_at_once_leave_the_graph(database: Database, server: Server, graph: "Graph[str]") -> None:
    def one() -> None:
        with Line(server.uri) as line:
            faults.append(push_through(line, server, graph))

    faults: list[str | None] = []
    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(faults) == 2
    assert all(fault is None or "push again" in fault or "Neo4j failed" in fault for fault in faults)
    database.push(graph, "mine")
    assert content(database) == expected_content(graph)


def test_a_push_waits_for_somebody_who_holds_a_node(database: Database, server: Server, graph: "Graph[str]") -> None:
    database.push(graph, "mine")
    database.run("MATCH (n) SET n.kgDigest = 1", {}, write=True)
    held, done, waited = threading.Event(), threading.Event(), list[bool]()

    def hold() -> None:
        login = (server.user, server.password)
        with (
            neo4j.GraphDatabase.driver(server.uri, auth=login) as driver,
            driver.session() as session,
            session.begin_transaction() as transaction,
        ):
            transaction.run("MATCH (n:Entity) SET n.looked = true").consume()
            held.set()
            time.sleep(1)
            waited.append(not done.is_set())
            transaction.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    assert database.push(graph, "mine").nodes == Changes(updated=len(graph))
    done.set()
    holder.join()
    assert waited == [True]
    assert content(database) == expected_content(graph)


# --- errors that a test cannot make a server give ------------------------------------------------------------------

RAISED: dict[str, tuple[Callable[[], Exception], str]] = {
    "a deadlock": (lambda: coded("TransientError.Transaction.DeadlockDetected"), "Neo4j failed: it says so"),
    "a lost leader": (lambda: coded("ClientError.Cluster.NotALeader"), "Neo4j failed: it says so"),
    "no leader": (lambda: coded("TransientError.Cluster.ReplicationFailure"), "Neo4j failed: it says so"),
    "no memory": (lambda: coded("TransientError.General.MemoryPoolOutOfMemoryError"), "Neo4j failed: it says so"),
    "a session that is over": (lambda: SessionExpired("it is over"), "Neo4j cannot be used: it is over"),
    "a service that is gone": (lambda: ServiceUnavailable("it is gone"), "Neo4j does not answer: it is gone"),
}


def coded(code: str) -> Neo4jError:
    """An error as the server would give it."""
    return Neo4jError._hydrate_neo4j(code=f"Neo.{code}", message="it says so\nand more")


def raising(monkeypatch: pytest.MonkeyPatch, make: Callable[[], Exception], times: float) -> list[float]:
    """Let the driver raise an error some times before a batch is written; how often it still will."""
    run, left = neo4j.ManagedTransaction.run, [times]

    def fail_first(self: Any, query: Any, *rest: Any) -> Any:
        if query.startswith("UNWIND") and left[0] > 0:
            left[0] -= 1
            raise make()
        return run(self, query, *rest)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", fail_first)
    return left


@pytest.mark.parametrize(("make", "text"), RAISED.values(), ids=RAISED)
def test_what_passes_is_tried_again(
    database: Database, graph: "Graph[str]", monkeypatch: pytest.MonkeyPatch, make: Callable[[], Exception], text: str
) -> None:
    left = raising(monkeypatch, make, times=1)
    assert database.push(graph, "mine").nodes == Changes(created=len(graph))
    assert left == [0]
    assert content(database) == expected_content(graph)


STAYING = ("a deadlock", "a session that is over", "a service that is gone")


@pytest.mark.parametrize(("make", "text"), [RAISED[name] for name in STAYING], ids=STAYING)
def test_what_stays_is_told_in_one_line(
    database: Database, graph: "Graph[str]", monkeypatch: pytest.MonkeyPatch, make: Callable[[], Exception], text: str
) -> None:
    with monkeypatch.context() as patch:
        raising(patch, make, times=float("inf"))
        with pytest.raises(DatabaseError) as caught:
            database.push(graph, "mine")
    assert caught.value.what == text
    database.push(graph, "mine")
    assert content(database) == expected_content(graph)
