from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.settings import Setting, load_settings

TOML = 'store = "from-file.kg"\nneo4j_uri = "bolt://file.example:7687"\n'


@pytest.mark.parametrize(
    ("option", "environ", "toml", "expected"),
    [
        ("o.kg", {"KG_STORE": "e.kg"}, TOML, Setting("o.kg", "option --store")),
        (None, {"KG_STORE": "e.kg"}, TOML, Setting("e.kg", "environment KG_STORE")),
        (None, {"KG_STORE": ""}, TOML, Setting("from-file.kg", "kg.toml")),
        (None, {}, TOML, Setting("from-file.kg", "kg.toml")),
        (None, {}, 'model = "en_core_web_lg"', Setting("graph.kg", "default")),
        (None, {}, None, Setting("graph.kg", "default")),
    ],
    ids=["option", "environment", "empty variable", "file", "file without it", "default"],
)
def test_option_beats_environment_beats_file_beats_default(
    tmp_path: Path, option: str | None, environ: dict[str, str], toml: str | None, expected: Setting
) -> None:
    if toml is not None:
        (tmp_path / "kg.toml").write_text(toml, encoding="utf-8")
    assert load_settings({"store": option}, environ, tmp_path).store == expected


def test_every_setting_has_a_default_and_can_be_set_in_each_way(tmp_path: Path) -> None:
    plain = load_settings({}, {}, tmp_path)
    assert not any(setting.given for _, setting in plain.items())
    names = [name for name, _ in plain.items()]
    llm = ["llm", "llm_model", "llm_timeout"]
    assert names == ["store", "model", "gazetteer", "ontology", *llm, "neo4j_uri", "neo4j_user", "neo4j_database"]
    by_environment = load_settings({}, {f"KG_{name.upper()}": "x" for name in names}, tmp_path)
    assert [setting.origin for _, setting in by_environment.items()] == [f"environment KG_{n.upper()}" for n in names]
    by_option = load_settings(dict.fromkeys(names, "x"), {}, tmp_path)
    origins = [setting.origin for _, setting in by_option.items()]
    assert origins[-4:] == ["option --llm-timeout", "option --uri", "option --user", "option --database"]
    (tmp_path / "kg.toml").write_text("".join(f'{name} = "x"\n' for name in names), encoding="utf-8")
    assert [setting for _, setting in load_settings({}, {}, tmp_path).items()] == [Setting("x", "kg.toml")] * len(names)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('stroe = "x"', "there is no setting 'stroe' — did you mean store?"),
        ('colour = "x"', "there is no setting 'colour' — there are store, model, gazetteer, ontology"),
        ("store = 7", "store must be a text that is not empty, not 7"),
        ('store = ""', "store must be a text that is not empty, not ''"),
        ("store = ", "cannot be read: Invalid value"),
        ('neo4j_password = "hush"', "a password does not belong in a file — set KG_NEO4J_PASSWORD instead"),
        ('llm_key = "hush"', "a key does not belong in a file — set KG_LLM_KEY instead"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "kg.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load_settings({}, {}, tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'kg.toml'}: {message}")
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    ("variable", "address", "message"),
    [
        (
            "KG_NEO4J_URI",
            "bolt://neo4j:hush@localhost:7687",
            "the address of Neo4j holds a login — leave it out, and set KG_NEO4J_USER and KG_NEO4J_PASSWORD",
        ),
        (
            "KG_LLM",
            "https://me:hush@example.org/v1",
            "the address of the model holds a login — leave it out, and set KG_LLM_KEY",
        ),
    ],
)
def test_an_address_with_a_login_is_refused_and_not_repeated(
    tmp_path: Path, variable: str, address: str, message: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({}, {variable: address}, tmp_path)
    assert str(raised.value) == f"environment {variable}: {message}"
