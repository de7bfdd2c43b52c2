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
from collections.abc import Iterator, Mapping
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
def running_server(folder: Path, page_cache: str = "64m", plugins: Path | None = None) -> Iterator[Server]:
    """A server with its home in `folder`, stopped at the end; raises `ServerUnavailableError`.

    `plugins` is a folder of jars, all of whose procedures may do everything.
    """
    settings = {"server.memory.pagecache.size": page_cache}
    if plugins:
        settings |= {"server.directories.plugins": str(plugins), "dbms.security.procedures.unrestricted": "*"}
    machine = Machine(folder, settings, plugins)
    try:
        machine.start()
        yield machine.set_password()
    finally:
        machine.kill()  # its data are thrown away, so it need not close them


class Machine:
    """Where a server runs that may be killed and started again; `settings` come on top of ours."""

    def __init__(self, folder: Path, settings: Mapping[str, str], plugins: Path | None = None) -> None:
        jars = fetched_jars(POM, f"neo4j-{server_version()}")
        self._folder, self._jars = folder, (jars, plugins) if plugins else (jars,)
        bolt, http = free_port(), free_port()
        _write_settings(folder / "conf", bolt, http, settings)
        password = secrets.token_urlsafe(12)
        self.server = Server(f"bolt://127.0.0.1:{bolt}", f"http://127.0.0.1:{http}", USER, password)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers; whom it does not know it answers too."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                _command(self._jars, self._folder), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
        deadline = time.monotonic() + START_SECONDS
        while (fault := _fault(self.server)) is not None:
            if self._process.poll() is not None or time.monotonic() > deadline:
                end = (self._folder / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:]
                raise ServerUnavailableError(f"the server did not start ({fault}):\n{end}") from fault
            time.sleep(0.25)

    def kill(self) -> None:
        """End it as a lost machine ends: at once."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def set_password(self) -> Server:
        """Give its first user the password of the server that is returned, in place of the first one."""
        change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
        with (
            GraphDatabase.driver(self.server.uri, auth=basic_auth(USER, FIRST_PASSWORD)) as driver,
            driver.session(database="system") as session,
        ):
            given = {"old": FIRST_PASSWORD, "new": self.server.password}
            session.execute_write(lambda transaction: transaction.run(change, given).consume())
        return self.server


def fetched_jars(pom: Path, name: str) -> Path:
    """A folder in the user's cache with the jars that a pom names, fetched if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "kg-tests" / name
    if not folder.is_dir():
        _fetch_jars(pom, folder)
    return folder


def _fetch_jars(pom: Path, folder: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise ServerUnavailableError("Maven (mvn) is not installed, and KG_NEO4J_URI names no server")
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    done = subprocess.run([maven, "-q", "-B", "-f", str(pom), *goal], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(partial, ignore_errors=True)
        raise ServerUnavailableError(f"Maven could not fetch the jars: {(done.stdout + done.stderr).strip()[:500]}")
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


def _write_settings(folder: Path, bolt: int, http: int, more: Mapping[str, str]) -> None:
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",  # else the Browser is told the wrong port
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "server.https.enabled": "false",
        "server.memory.heap.initial_size": "256m",
        "server.memory.pagecache.size": "64m",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",  # the Browser's; docker-compose.yml sets it too
    }
    folder.mkdir(parents=True)
    text = "".join(f"{name}={value}\n" for name, value in (settings | dict(more)).items())
    (folder / "neo4j.conf").write_text(text, encoding="utf-8")


def _command(jars: tuple[Path, ...], home: Path) -> list[str]:
    java = shutil.which("java")
    if not java:
        raise ServerUnavailableError("Java 17 (java) is not installed, and KG_NEO4J_URI names no server")
    found = ":".join(f"{folder}/*" for folder in jars)
    opened = [f"--add-opens={name}=ALL-UNNAMED" for name in OPENED]
    return [java, "-Xmx1g", *opened, "-cp", found, MAIN_CLASS, f"--home-dir={home}", f"--config-dir={home}/conf"]


def _fault(server: Server) -> DriverError | Neo4jError | None:
    """Why a server does not answer yet; a refusal is an answer."""
    try:
        with GraphDatabase.driver(server.uri, auth=basic_auth(USER, server.password)) as driver:
            driver.verify_connectivity()
    except AuthError:
        return None
    except (DriverError, Neo4jError) as error:
        return error
    return None
