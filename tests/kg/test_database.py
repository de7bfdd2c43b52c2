"""Addresses and services that are no Neo4j; what needs a real server is in tests/integration."""

import socket
from collections.abc import Iterator

import pytest

from kg.database import Changes, Database, connection
from kg.errors import DatabaseError

SECRET = "mole-in-the-garden"


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A service that takes connections and never says a word."""
    with socket.socket() as service:
        service.bind(("127.0.0.1", 0))
        service.listen()
        yield service.getsockname()[1]


def refusal(uri: str) -> str:
    with pytest.raises(DatabaseError) as caught:
        Database.connect(uri, "neo4j", SECRET)
    text = str(caught.value)
    assert SECRET not in text
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("", "not a Bolt address"),
        ("hello", "hello: not a Bolt address"),
        ("http://localhost:7474", "http://localhost:7474: not a Bolt address"),
        ("bolt://", "bolt://: not a Bolt address"),
        ("bolt://localhost:port", "bolt://localhost:port: not a Bolt address"),
        ("bolt://[::1", "bolt://[::1: not a Bolt address"),
        (f"https://neo4j:{SECRET}@localhost", "not a Bolt address"),
        (f"neo4j:{SECRET}@localhost", "not a Bolt address"),
    ],
)
def test_an_address_that_is_not_bolts_is_refused_with_an_example(uri: str, expected: str) -> None:
    text = refusal(uri)
    assert text.startswith(expected)
    assert "bolt://localhost:7687" in text


def test_a_server_that_is_down_is_said_to_be(closed_port: int) -> None:
    expected = f"bolt://127.0.0.1:{closed_port}: Neo4j does not answer: nothing listens there — start Neo4j"
    assert refusal(f"bolt://127.0.0.1:{closed_port}").startswith(expected)


def test_a_password_in_the_address_is_not_shown(closed_port: int) -> None:
    assert f"bolt://127.0.0.1:{closed_port}: " in refusal(f"bolt://neo4j:{SECRET}@127.0.0.1:{closed_port}")


def test_a_host_that_is_not_there_is_said_to_be() -> None:
    assert "there is no such host" in refusal("bolt://no-such-host.invalid:7687")


def test_a_service_that_is_silent_is_given_up(silent_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection._CONFIG, "connection_acquisition_timeout", 1)
    assert "does not speak Bolt" in refusal(f"bolt://127.0.0.1:{silent_port}")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (Changes(), False),
        (Changes(unchanged=3, kept=1), False),
        (Changes(created=1), True),
        (Changes(updated=1), True),
        (Changes(deleted=1), True),
    ],
)
def test_only_what_is_written_or_deleted_is_a_change(changes: Changes, expected: bool) -> None:
    assert changes.any is expected
