"""A stub of an OpenAI-compatible endpoint, on this machine, that answers as it is told and can misbehave."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Stub:
    """What the endpoint does next, and what it was asked; the last answer is given again and again."""

    answers: list[Answer]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def says(content: object, finish: str = "stop") -> Answer:
    """A chat completion with some words of the model, or an object as JSON."""
    words = content if content is None or isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return raw(json.dumps({"choices": [{"message": {"content": words}, "finish_reason": finish}]}).encode())


def raw(body: bytes, status: int = 200, length: int | None = None, location: str | None = None) -> Answer:
    """Any bytes, with any status and stated length."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if location:
            request.send_header("Location", location)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return answer


def silent(seconds: float) -> Answer:
    """Nothing for a while."""
    return lambda _: time.sleep(seconds)


def dripping(seconds: float) -> Answer:
    """A byte now and then, so that no single wait is long."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            request.wfile.write(b" ")
            time.sleep(0.02)

    return answer


def hanging_up(request: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    request.close_connection = True


@contextmanager
def endpoint(*answers: Answer) -> Iterator[Stub]:
    """The stub, served by a thread as long as it is needed."""
    stub = Stub(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.headers.append({name.lower(): value for name, value in self.headers.items()})
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            stub.asked.append({"path": self.path, **json.loads(asked)})
            answer = stub.answers.pop(0) if len(stub.answers) > 1 else stub.answers[0]
            try:
                answer(self)
            except OSError:  # the client has left
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
