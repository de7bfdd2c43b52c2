"""A server for the files that the Neo4j Browser fetches, on this machine only and for the Browser's pages only.

It holds the files in memory and looks at no folder. A page may read them only if it comes from this machine or from the
Neo4j that is set, since a guide names what is in the store; and a request for another host's name is refused, or a
stranger's page could reach us under a name of its own (DNS rebinding).
"""

from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from kg.errors import InputError

PORT = 8001
_HOST = "127.0.0.1"
_OURS = frozenset(("localhost", _HOST))
_METHODS = "GET, HEAD, OPTIONS"
_TYPES = {
    ".grass": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".adoc": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
}


def address(port: int = PORT) -> str:
    """Where the Browser finds the files; `localhost`, because Neo4j lets it fetch from there unless told otherwise."""
    return f"http://localhost:{port}"


def loopback_server(files: Mapping[str, bytes], port: int = PORT, *, neo4j: str | None = None) -> ThreadingHTTPServer:
    """A server of these files; `neo4j` is the host of the Browser where that is not this machine.

    It serves once `serve_forever` is called. Raises `InputError` when the port cannot be had.
    """
    handler = type("_Handler", (_Files,), {"files": files, "hosts": _OURS | {neo4j or "localhost"}})
    try:
        return ThreadingHTTPServer((_HOST, port), handler)
    except (OSError, OverflowError) as error:
        what = f"port {port} cannot be served on: {getattr(error, 'strerror', None) or error}"
        raise InputError(what, hint="name another with --port") from error


class _Files(BaseHTTPRequestHandler):
    """Answers one request from the files that its class is given."""

    files: Mapping[str, bytes]
    hosts: frozenset[str]
    server_version, sys_version = "kg", ""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_OPTIONS(self) -> None:
        """The question a page's browser asks before it fetches with headers of its own, as `:play` does."""
        if self._is_for_us():
            self._begin(204)
            self.send_header("Access-Control-Allow-Methods", _METHODS)
            self.send_header("Access-Control-Allow-Headers", self.headers.get("Access-Control-Request-Headers", ""))
            self.send_header("Access-Control-Allow-Private-Network", "true")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: only the command line prints."""

    def _answer(self, *, body: bool) -> None:
        if not self._is_for_us():
            return
        name = urlsplit(self.path).path.removeprefix("/")
        content = self.files.get(name)
        if content is None:
            self._refuse(404)
            return
        self._begin(200)
        self.send_header("Content-Type", _TYPES["." + name.rpartition(".")[2]])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _is_for_us(self) -> bool:
        """Whether the request names this machine as its host; another is answered."""
        if _host(f"//{self.headers.get('Host', '')}") in _OURS:
            return True
        self._refuse(421)
        return False

    def _begin(self, status: int) -> None:
        self.send_response(status)
        origin = self.headers.get("Origin", "")
        if _host(origin) in self.hosts:
            self.send_header("Access-Control-Allow-Origin", origin)
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _host(url: str) -> str:
    """The host that an address names; empty where it names none or cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
