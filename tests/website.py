"""A web server on this machine, whose pages behave as a test says, well or badly."""

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Request = BaseHTTPRequestHandler
Page = Callable[[Request], None]

NEWS = """<!doctype html><html><head><title>{title}</title>
<meta property="og:site_name" content="Example Courier">
<meta property="article:published_time" content="2024-05-08T07:00:00Z"></head><body><article><h1>{title}</h1>
<p>France sent rescue teams to Chile on Monday after the quake, the ministry said in a statement.</p>
<p>Chile thanked France for the help, and the two presidents spoke by telephone.</p></article></body></html>"""


@dataclass(slots=True)
class Website:
    """Where the server is, what it has at each path, and what it was asked."""

    url: str
    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def visits(self, path: str) -> int:
        """How often a path was asked for."""
        return self.asked.count(path)


def page(body: bytes | str, type: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Page:
    """A body of a type; a header's name has an underscore for each hyphen."""
    data = body.encode() if isinstance(body, str) else body

    def answer(request: Request) -> None:
        request.send_response(status)
        for name, value in {"Content_Type": type, "Content_Length": str(len(data)), **headers}.items():
            if value:
                request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def news(title: str = "Quake") -> Page:
    """The page of an article."""
    return page(NEWS.format(title=title))


def feed(*items: str) -> Page:
    """A feed with some entries; asked with its mark, it says that nothing has changed."""
    body = f'<rss version="2.0"><channel><title>Example Wire</title>{"".join(items)}</channel></rss>'
    whole = page(body, "application/rss+xml", ETag=f'"{hash(body)}"')

    def answer(request: Request) -> None:
        known = request.headers.get("If-None-Match") == f'"{hash(body)}"'
        (page(b"", status=304) if known else whole)(request)

    return answer


def entry(link: str, summary: str = "") -> str:
    """An entry of a feed."""
    text = f"<description>{summary}</description>" if summary else ""
    return f"<item><title>Entry</title><link>{link}</link>{text}</item>"


def redirect(to: str, status: int = 302) -> Page:
    """The page is elsewhere."""
    return page(b"", status=status, Location=to)


def first(*pages: Page) -> Page:
    """One page after the other; the last one again and again."""
    left = list(pages)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def silent(seconds: float) -> Page:
    """Nothing for a while."""
    return lambda _: time.sleep(seconds)


def dripping(seconds: float, start: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Page:
    """A byte now and then, so that no single wait is long."""

    def answer(request: Request) -> None:
        request.wfile.write(start)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            request.wfile.write(b"x")
            time.sleep(0.02)

    return answer


def endless(piece: bytes, start: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Page:
    """The same bytes for ever."""

    def answer(request: Request) -> None:
        request.wfile.write(start)
        while True:
            request.wfile.write(piece)

    return answer


def raw(data: bytes) -> Page:
    """Any bytes, HTTP or not, and then the connection is closed."""

    def answer(request: Request) -> None:
        request.wfile.write(data)

    return answer


def bomb(size: int = 1 << 30) -> Page:
    """Zeros, packed a thousand times smaller."""
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return page(data, Content_Encoding="gzip")


@contextmanager
def website(*, certificate: Path | None = None, **pages: Page) -> Iterator[Website]:
    """The server, as long as it is needed; `robots_txt` is the page at `/robots.txt`."""
    site = Website("", {f"/{name.replace('_', '.')}": page for name, page in pages.items()})
    missing = page("There is nothing.", status=404)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            site.asked.append(path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            with suppress(OSError):  # the client has left
                site.pages.get(path, missing)(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
