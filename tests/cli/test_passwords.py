"""Passwords and keys come from the environment or are asked for: no option takes one, and nothing repeats one."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.cli.options import settings
from kg.cli.stored import connect
from kg.errors import DatabaseError
from tests.cli.conftest import Run
from tests.cli.test_commands import LEAVES

SECRET = "mole-in-the-garden"
SECRETS = ("KG_NEO4J_PASSWORD", "KG_LLM_KEY")


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_no_option_takes_one_since_all_may_see_command_lines(path: tuple[str, ...], command: Any) -> None:
    options = {name for one in command.params for name in one.opts}
    assert not [name for name in options if any(word in name for word in ("password", "secret", "token", "key"))]


@pytest.mark.parametrize("name", ["neo4j_uri", "llm"])
@pytest.mark.parametrize("origin", ["kg.toml", "environment"])
def test_an_address_with_one_is_refused_without_repeating_it(
    kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch, name: str, origin: str
) -> None:
    address = f"{'bolt' if name == 'neo4j_uri' else 'https'}://neo4j:{SECRET}@localhost"
    if origin == "kg.toml":
        Path("kg.toml").write_text(f'{name} = "{address}"', encoding="utf-8")
    else:
        monkeypatch.setenv(f"KG_{name.upper()}", address)
    for words in (("status",), ("push",), ("doctor",)):
        result = kg(*words)
        assert (result.status, result.out) == (1, "")
        assert "holds a login — leave it out, and set KG_" in result.err
        assert SECRET not in result.err


@pytest.mark.parametrize("name", ["password", "neo4j_password", "llm_key", "Password"])
def test_a_file_of_settings_holds_none(kg: Run, store: Path, name: str) -> None:
    Path("kg.toml").write_text(f'{name} = "{SECRET}"', encoding="utf-8")
    result = kg("status")
    assert result.status == 1
    assert "does not belong in a file" in result.err
    assert SECRET not in result.err


def test_whatever_a_command_prints_or_writes_holds_none(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("KG_NEO4J_URI", "bolt://127.0.0.1:1")
    for words in (("status",), ("doctor",), ("push",), ("view",), ("export", "g.json"), ("query", "list")):
        result = kg(*words)
        assert SECRET not in result.out + result.err
    assert not [path for path in Path().rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_it_is_asked_for_where_somebody_can_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    monkeypatch.setattr("getpass.getpass", answer)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(DatabaseError) as caught:
        connect(settings(uri="bolt://127.0.0.1:1"))
    assert asked == ["Neo4j's password of neo4j: "]
    assert SECRET not in str(caught.value)
