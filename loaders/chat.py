"""Ask a language model behind an OpenAI-compatible endpoint; used only where the user names one with `--llm`."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kg.errors import LlmError, ModelError, SettingsError
from kg.settings import LLM_KEY

TRIES = 3
LIMIT = 2_000_000  # bytes of an answer
_CHUNK = 65_536
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


class _NoRedirect(HTTPRedirectHandler):
    """The key goes to the host that the user named and to no other."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing; the redirect itself is then the error."""


_OPENER = build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A model behind an endpoint: `url` without "/chat/completions"; times are in seconds.

    `timeout` is for one whole answer; `pause` comes before the second try and is doubled before each further one.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    pause: float = 1.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise SettingsError("not an endpoint's address", where="--llm", hint="such as http://localhost:8080/v1")

    def ask(self, instructions: str, text: str) -> str:
        """The model's answer to a text.

        Raises `LlmError` when no usable answer comes, and `ModelError` when none ever will: nothing listens there,
        the key is refused, there is no such model.
        """
        for attempt in range(TRIES):
            try:
                return _content(self._post(instructions, text))
            except _BusyError as error:
                if attempt == TRIES - 1:
                    raise LlmError(f"{error.what}, {TRIES} times", where=self.url) from error
                time.sleep(self.pause * 2**attempt)
        raise AssertionError  # the loop returns or raises

    def _post(self, instructions: str, text: str) -> bytes:
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": text}]
        body = {"model": self.model, "messages": messages, "temperature": 0, "stream": False}
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        url = self.url.rstrip("/") + "/chat/completions"
        request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the scheme has been checked
        deadline = time.monotonic() + self.timeout
        try:
            with _OPENER.open(request, timeout=self.timeout) as response:
                return self._read(response, deadline)
        except HTTPError as error:
            raise self._refusal(error) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow() from error
            raise ModelError(f"the endpoint cannot be reached ({error.reason})", where=self.url) from error
        except (OSError, http.client.HTTPException) as error:
            raise _BusyError(f"the connection broke ({error})") from error

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """The body, of bounded size and in bounded time, however slowly it drips."""
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += chunk
            if len(body) > LIMIT:
                raise LlmError(f"the answer is longer than {LIMIT:,} bytes", where=self.url)
            if time.monotonic() > deadline:
                raise self._too_slow()
        return bytes(body)

    def _too_slow(self) -> LlmError:
        hint = "give it more time with --llm-timeout"
        return LlmError(f"no answer within {self.timeout:g} seconds", where=self.url, hint=hint)

    def _refusal(self, error: HTTPError) -> LlmError | ModelError:
        """What an HTTP status means for the article, or for all articles."""
        if error.code in _BUSY:
            return _BusyError(f"the endpoint answers {error.code}")
        if error.code in (401, 403):
            return ModelError(f"the endpoint refuses the key ({error.code})", where=self.url, hint=f"set {LLM_KEY}")
        if error.code in (404, 405) or error.code < 400:
            hint = "an address mostly ends in /v1, and the server knows its models by name"
            what = f"there is no chat completion here, or no model {self.model!r} ({error.code})"
            return ModelError(what, where=self.url, hint=hint)
        return LlmError(f"the endpoint answers {error.code}: {_beginning(error)}", where=self.url)


class _BusyError(LlmError):
    """What may go well the next time."""


def _beginning(error: HTTPError) -> str:
    try:
        return error.read(200).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return error.reason


def _content(body: bytes) -> str:
    """The words of the model in the endpoint's answer."""
    try:
        choice = json.loads(body)["choices"][0]
        content, reason = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise LlmError("the endpoint's answer is cut short, or no chat completion") from error
    if reason == "length":
        raise LlmError("the model's answer is cut short by its own limit of length")
    if not isinstance(content, str):
        raise LlmError("the model's answer holds no text")
    return content
