"""Asking an endpoint, well behaved and not."""

import socket
from typing import Any

import pytest

from kg.errors import KgError, LlmError, ModelError, SettingsError
from loaders import chat
from loaders.chat import Chat
from tests.endpoint import Answer, dripping, endpoint, hanging_up, raw, says, silent


def make(url: str, **more: Any) -> Chat:
    return Chat(url=url, model="example-1", **{"pause": 0.0, "timeout": 5.0, **more})


def test_it_asks_in_the_common_form_and_gives_the_words_back() -> None:
    with endpoint(says("Yes.")) as stub:
        assert make(stub.url + "/", key="hush").ask("Be brief.", "Is it?") == "Yes."
    (asked,), (headers,) = stub.asked, stub.headers
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "example-1", 0)
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [("system", "Be brief."), ("user", "Is it?")]
    assert headers["authorization"] == "Bearer hush"
    assert "hush" not in repr(make(stub.url, key="hush"))


def test_without_a_key_none_is_sent() -> None:
    with endpoint(says("Yes.")) as stub:
        make(stub.url).ask("", "")
    assert "authorization" not in stub.headers[0]


@pytest.mark.parametrize("trouble", [raw(b"", 500), raw(b"", 429), raw(b"", 503), hanging_up])
def test_a_busy_endpoint_is_asked_again(trouble: Answer) -> None:
    with endpoint(trouble, trouble, says("Yes.")) as stub:
        assert make(stub.url).ask("", "") == "Yes."
    assert len(stub.asked) == 3


@pytest.mark.parametrize(
    ("answer", "error", "message", "times"),
    [
        (raw(b"", 500), LlmError, "the endpoint answers 500, 3 times", 3),
        (hanging_up, LlmError, "the connection broke", 3),
        (raw(b"context is full", 400), LlmError, "the endpoint answers 400: context is full", 1),
        (raw(b"", 401), ModelError, "the endpoint refuses the key (401) — set KG_LLM_KEY", 1),
        (raw(b"", 404), ModelError, "there is no chat completion here, or no model 'example-1' (404)", 1),
        (raw(b"", 302, location="http://example.org/"), ModelError, "there is no chat completion here", 1),
        (raw(b"Hello"), LlmError, "cut short, or no chat completion", 1),
        (raw(b'{"choices": [{"mess', length=500), LlmError, "", 1),
        (raw(b'{"choices": []}'), LlmError, "cut short, or no chat completion", 1),
        (raw(b"[" * 200_000), LlmError, "cut short, or no chat completion", 1),
        (raw(b"\xff\xfe"), LlmError, "cut short, or no chat completion", 1),
        (says(None), LlmError, "the model's answer holds no text", 1),
        (says("{", finish="length"), LlmError, "cut short by its own limit of length", 1),
    ],
)
def test_what_cannot_be_used_is_one_clear_error(answer: Answer, error: type[KgError], message: str, times: int) -> None:
    with endpoint(answer) as stub, pytest.raises(error) as raised:
        make(stub.url).ask("", "")
    assert message in str(raised.value)
    assert len(stub.asked) == times


def test_a_huge_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LIMIT", 1000)
    with endpoint(raw(b" " * 100_000)) as stub, pytest.raises(LlmError, match="the answer is longer than 1,000 bytes"):
        make(stub.url).ask("", "")


@pytest.mark.parametrize("slow", [silent(1), dripping(1)], ids=["silent", "dripping"])
def test_a_slow_answer_is_not_waited_for(slow: Answer) -> None:
    with endpoint(slow) as stub, pytest.raises(LlmError, match=r"no answer within 0.2 seconds — give it more time"):
        make(stub.url, timeout=0.2).ask("", "")
    assert len(stub.asked) == 1


def test_nobody_listens_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match=r"the endpoint cannot be reached \(.*refused"):
        make(f"http://127.0.0.1:{port}/v1").ask("", "")


@pytest.mark.parametrize("url", ["localhost:8080", "file:///etc/passwd", "http://", "https://example.org/v1?key=x"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match="not an endpoint's address — such as"):
        make(url)
