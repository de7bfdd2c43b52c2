"""`--llm`, against a stub of an endpoint on this machine."""

import json
import subprocess
import sys

import pytest

from kg.store import Store
from tests.cli.conftest import Run
from tests.endpoint import endpoint, raw, says, silent

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("loaded_once")]

NEWS = "France criticized Germany on Monday."
ROW = {
    "evidence": NEWS,
    "trigger": "criticized",
    "type": "ACCUSE",
    "relation": "CRITICIZED",
    "actors": ["France"],
    "targets": ["Germany"],
}
LINES = "".join(
    json.dumps({"id": id, "text": NEWS, "published": "2024-05-08"}) + "\n" for id in ("one", "two")
).encode()


def test_extract_gives_the_same_record_with_the_model_s_events(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LLM_KEY", "hush")
    with endpoint(says({"events": [ROW, {**ROW, "evidence": "France praised Germany."}]})) as stub:
        result = kg("extract", "-", "--llm", stub.url, "--llm-model", "example-1", stdin=LINES)
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [[event["rule"] for event in record["events"]] for record in records] == [["llm/accuse"]] * 2
    assert records[0]["extractor"].startswith("llm example-1, prompt ")
    assert (result.status, result.err) == (0, "note: not believed: 2 × events: a quote is not in the text\n")
    assert {headers["authorization"] for headers in stub.headers} == {"Bearer hush"}


def test_ingest_keeps_what_the_model_says_and_skips_what_fails(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(says("I would rather not."), says({"events": [ROW]})) as stub:
        monkeypatch.setenv("KG_LLM", stub.url)
        monkeypatch.setenv("KG_LLM_MODEL", "example-1")
        result = kg("ingest", "-", stdin=LINES)
        again = kg("ingest", "-", stdin=LINES.splitlines(keepends=True)[1])
    assert (result.status, result.err) == (3, "skipped: one: the model's answer is no JSON\n")
    assert "1 event," in result.out
    assert again.out == "read  1 article\nkept  1 unchanged in graph.kg\n"
    assert len(stub.asked) == 2


def test_an_endpoint_that_cannot_be_used_ends_the_run_and_what_is_kept_stays(kg: Run) -> None:
    with endpoint(says({}), raw(b"", 401)) as stub:
        result = kg("ingest", "-", "--llm", stub.url, "--llm-model", "m", stdin=LINES)
    assert (result.status, result.out) == (1, "")
    assert result.err == f"error: {stub.url}: the endpoint refuses the key (401) — set KG_LLM_KEY\n"
    with Store.open("graph.kg", read_only=True) as store:
        assert [article.id for article in store.articles()] == ["one"]


def test_a_slow_endpoint_costs_the_article(kg: Run) -> None:
    with endpoint(silent(3), says({})) as stub:
        result = kg("extract", "-", "--llm", stub.url, "--llm-model", "m", "--llm-timeout", "1", stdin=LINES)
    assert (result.status, result.out.count("\n")) == (3, 1)
    assert result.err == "skipped: one: no answer within 1 seconds\n"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--llm", "http://localhost:1/v1"), "option --llm: the model has no name — name it with --llm-model"),
        (
            ("--llm", "http://localhost:1/v1", "--llm-model", "m", "--workers", "2"),
            "option --llm: --workers and --engine are for the rules — leave them or --llm out",
        ),
        (("--llm", "here", "--llm-model", "m"), "--llm: not an endpoint's address — such as http://localhost:8080/v1"),
        (
            ("--llm", "http://localhost:1/v1", "--llm-model", "m", "--llm-timeout", "soon"),
            "option --llm-timeout: 'soon' is no number of seconds",
        ),
    ],
)
def test_bad_options_are_one_line(kg: Run, options: tuple[str, ...], error: str) -> None:
    result = kg("extract", "-", *options, stdin=LINES)
    assert (result.status, result.out, result.err) == (1, "", f"error: {error}\n")


def test_articles_that_leave_this_machine_are_told(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LLM_MODEL", "m")
    monkeypatch.setattr("loaders.chat.Chat.ask", lambda *_: "{}")
    result = kg("extract", "-", "--llm", "https://model.example/v1", stdin=LINES)
    assert result.err == "note: the articles are sent to https://model.example/v1, which option --llm names\n"


def test_without_the_option_nothing_of_it_is_loaded() -> None:
    code = """if True:
        import sys
        from kg.cli import app
        app(["extract", "-"], standalone_mode=False)
        print(*sorted({"loaders.chat", "loaders.llm"} & set(sys.modules)), file=sys.stderr)
    """
    done = subprocess.run([sys.executable, "-c", code], input=LINES, capture_output=True, check=True)
    assert (done.stdout.count(b"\n"), done.stderr) == (2, b"\n")
