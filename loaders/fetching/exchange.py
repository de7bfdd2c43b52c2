"""One question and one answer over HTTP, with a given machine, in bounded time and memory."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

from kg.errors import FetchError
from loaders.base import MAX_BYTES
from loaders.fetching.addresses import Target, without_tracking

_PIECE = 65_536  # bytes
_GZIP = 16 + zlib.MAX_WBITS
NO_BODY = frozenset({204, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a fetch may take, in seconds, and how many bytes may come, counted when unpacked.

    `connect` is for each address of a host, `wait` for the next byte, and `total` for all, redirects included.
    """

    connect: float = 10.0
    wait: float = 20.0
    total: float = 60.0
    size: int = MAX_BYTES
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def page(self) -> str:
        """By which URL an article that is answered is called."""
        return without_tracking(self.url)

    @property
    def media(self) -> str:
        """The type of content that the server states, such as `text/html`, or nothing."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server states."""
        _, _, rest = self.headers.get("content-type", "").lower().partition("charset=")
        return rest.partition(";")[0].strip(" \"'")[:40] or None


def ask(target: Target, addresses: list[str], headers: Mapping[str, str], limits: Limits, deadline: float) -> Answer:
    """The answer of the first of the addresses that can be reached. Raises `FetchError`.

    `deadline` is when all must be over, by the monotonic clock.
    """
    try:
        with _connected(target, addresses, limits, deadline) as sock, _cut_off(sock, deadline) as late:
            try:
                answer = _talk(target, sock, headers, limits)
            except (OSError, FetchError, http.client.HTTPException):
                if late.is_set():
                    raise TimeoutError from None
                raise
            if late.is_set():  # what came until then looks whole where no length was stated
                raise TimeoutError
            return answer
    except FetchError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise FetchError(f"its certificate cannot be trusted ({error.verify_message})") from error
    except TimeoutError as error:
        late_at = limits.total if time.monotonic() >= deadline else limits.wait
        raise FetchError(f"there is no full answer within {late_at:g} seconds") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"the connection broke, or the server does not speak HTTP ({_told(error)})") from error


def _told(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)[:100] or type(error).__name__


@contextmanager
def _connected(target: Target, addresses: list[str], limits: Limits, deadline: float) -> Iterator[socket.socket]:
    """A connection to one of the addresses, which are numbers, so that no name is looked up again."""
    last: OSError = OSError("it has no address")
    for address in addresses:
        seconds = min(limits.connect, deadline - time.monotonic())
        try:
            sock = socket.create_connection((address, target.port), timeout=max(seconds, 0.001))
        except OSError as error:
            last = error
            continue
        with sock:
            sock.settimeout(limits.wait)
            yield sock
        return
    raise FetchError(f"its host {target.host} cannot be reached ({_told(last)})") from last


@contextmanager
def _cut_off(sock: socket.socket, deadline: float) -> Iterator[threading.Event]:
    """Shuts the connection down at the deadline: of bytes that drip, none is long in coming. Tells whether it did."""
    twin, late = sock.dup(), threading.Event()  # the same connection, whatever is wrapped around the other

    def cut() -> None:
        late.set()
        with suppress(OSError):
            twin.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        twin.close()


def _talk(target: Target, sock: socket.socket, headers: Mapping[str, str], limits: Limits) -> Answer:
    secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(target.host, target.port)
    connection.sock = _tls().wrap_socket(sock, server_hostname=target.host) if secure else sock
    try:
        connection.request("GET", target.path, headers={**headers, "Connection": "close"})
        response = connection.getresponse()
        body = b"" if response.status in NO_BODY else _body(response, limits.size)
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(url=target.url, status=response.status, headers=found, body=body)
    finally:
        connection.close()


@cache
def _tls() -> ssl.SSLContext:
    """Who is trusted: the system's authorities. Reading them takes a while."""
    return ssl.create_default_context()


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """The body, unpacked. Raises `FetchError` when it is cut short or grows too large."""
    too_large = FetchError(f"it has more than {limit:,} bytes")
    if (response.length or 0) > limit:
        raise too_large
    unpack = _Unpacker(response.headers.get("Content-Encoding", ""))
    body, came = bytearray(), 0
    while piece := response.read(_PIECE):
        body += unpack(piece, limit + 1 - len(body))
        came += len(piece)
        if max(len(body), came) > limit:
            raise too_large
    if response.length or not unpack.done:
        raise FetchError("the connection broke in the middle of the answer")
    return bytes(body)


class _Unpacker:
    """Undoes the one compression that is asked for, and gives no more than it is allowed to."""

    def __init__(self, coding: str) -> None:
        name = coding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(f"it comes compressed as {name[:20]!r}, which was not asked for")
        self._gzip = zlib.decompressobj(_GZIP) if name.endswith("gzip") else None
        self._empty = True

    def __call__(self, piece: bytes, limit: int) -> bytes:
        self._empty = False
        if self._gzip is None:
            return piece
        try:
            return b"" if self._gzip.eof else self._gzip.decompress(piece, limit)
        except zlib.error as error:
            raise FetchError(f"it is said to be compressed, and is not ({error})") from error

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return self._gzip is None or self._gzip.eof or self._empty
