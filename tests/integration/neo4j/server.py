"""Builds and starts a real Neo4j server from Maven artifacts, where no container engine runs.

The jars are fetched once into the user's cache folder. Each start uses free ports and an empty home in a temporary
folder, with password authentication on, so that a refused password is a real refusal.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from neo4j import GraphDatabase, basic_auth
from neo4j.exceptions import AuthError, DriverError, Neo4jError

POM = Path(__file__).with_name("pom.xml")
MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
START_SECONDS = 180  # 13 s on a quiet machine; a cold and busy one takes several times that
USER, FIRST_PASSWORD = "neo4j", "neo4j"


class ServerUnavailableError(Exception):
    """No server can be started here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server is, and how to log in."""

    uri: str
    http: str
    user: str
    password: str = field(repr=False)


def server_version() -> str:
    """Version of the server that the tests run, from the pom."""
    found = re.search(r"<neo4j\.version>(.+?)</neo4j\.version>", POM.read_text(encoding="utf-8"))
    assert found, f"{POM} names no neo4j.version"
    return found[1]


@contextmanager
def running_server(folder: Path, page_cache: str = "64m") -> Iterator[Server]:
    """A server with its home in `folder`, stopped at the end; raises `ServerUnavailableError`."""
    jars, bolt, http = _jars(), free_port(), free_port()
    _write_settings(folder / "conf", bolt, http, page_cache)
    server = Server(f"bolt://127.0.0.1:{bolt}", f"http://127.0.0.1:{http}", USER, secrets.token_urlsafe(12))
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            _command(jars, folder), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    try:
        _set_password(server, process, folder / "server.log")
        yield server
    finally:
        process.kill()  # its data are thrown away, so it need not close them
        process.wait()


def _jars() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "kg-tests" / f"neo4j-{server_version()}"
    if not folder.is_dir():
        _fetch_jars(folder)
    return folder


def _fetch_jars(folder: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise ServerUnavailableError("Maven (mvn) is not installed, and KG_NEO4J_URI names no server")
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    done = subprocess.run([maven, "-q", "-B", "-f", str(POM), *goal], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(partial, ignore_errors=True)
        raise ServerUnavailableError(f"Maven could not fetch the server: {(done.stdout + done.stderr).strip()[:500]}")
    try:
        partial.rename(folder)
    except OSError:  # another session was faster
        shutil.rmtree(partial)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write_settings(folder: Path, bolt: int, http: int, page_cache: str) -> None:
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",  # else the Browser is told the wrong port
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "server.https.enabled": "false",
        "server.memory.heap.initial_size": "256m",
        "server.memory.pagecache.size": page_cache,
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",  # the Browser's; docker-compose.yml sets it too
    }
    folder.mkdir(parents=True)
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    (folder / "neo4j.conf").write_text(text, encoding="utf-8")


def _command(jars: Path, home: Path) -> list[str]:
    java = shutil.which("java")
    if not java:
        raise ServerUnavailableError("Java 17 (java) is not installed, and KG_NEO4J_URI names no server")
    opened = [f"--add-opens={name}=ALL-UNNAMED" for name in OPENED]
    return [java, "-Xmx1g", *opened, "-cp", f"{jars}/*", MAIN_CLASS, f"--home-dir={home}", f"--config-dir={home}/conf"]


def _set_password(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, and give its first user a password of ours."""
    deadline = time.monotonic() + START_SECONDS
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    while True:
        try:
            with (
                GraphDatabase.driver(server.uri, auth=basic_auth(USER, FIRST_PASSWORD)) as driver,
                driver.session(database="system") as session,
            ):
                session.run(change, {"old": FIRST_PASSWORD, "new": server.password}).consume()
            return
        except AuthError:
            raise
        except (DriverError, Neo4jError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise ServerUnavailableError(f"the server did not start ({error}):\n{end}") from error
            time.sleep(0.25)
