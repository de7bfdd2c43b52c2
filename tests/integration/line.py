"""A line to a server that fails as networks do: it is cut, it stalls, it is slow, or it is gone."""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass
class Line:
    """A service on this machine that passes on what is sent to it; what goes wrong, and after how many bytes."""

    uri_behind: str
    cut_after: int | None = None  # every connection is cut, once; new ones are taken
    gone_after: int | None = None  # every connection is cut, and none is taken any more
    stalls_after: int | None = None  # connections stay open, and nothing comes through
    seconds: float = 0.0  # between pieces of 1,000 bytes
    passed: int = 0
    _ends: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._service = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._service.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go()

    @property
    def uri(self) -> str:
        """The address of this end."""
        return f"{urlsplit(self.uri_behind).scheme}://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """End every connection, as a network does: nobody says goodbye."""
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def go(self) -> None:
        """End every connection, and take no other."""
        with suppress(OSError):
            self._service.shutdown(socket.SHUT_RDWR)
        self._service.close()
        self.cut()

    def _accept(self) -> None:
        behind = urlsplit(self.uri_behind)
        with suppress(OSError):
            while True:
                near, _ = self._service.accept()
                far = socket.create_connection((behind.hostname, behind.port))
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._copy, args=ends, daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1000 if self.seconds else 65536):
                self.passed += len(data)
                self._fail()
                time.sleep(self.seconds)
                if self.stalls_after is None or self.passed < self.stalls_after:
                    target.sendall(data)

    def _fail(self) -> None:
        if self.cut_after is not None and self.passed >= self.cut_after:
            self.cut_after = None
            self.cut()
        if self.gone_after is not None and self.passed >= self.gone_after:
            self.go()
