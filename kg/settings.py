"""Settings, each with where it came from: option, then environment, then `kg.toml`, then default.

The password of Neo4j is no setting: it is read from `KG_NEO4J_PASSWORD` or asked for when it is needed, and is never
written down or shown. Nor is the key of `--llm`, which is read from `KG_LLM_KEY`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import SettingsError

FILE = "kg.toml"
PASSWORD = "KG_NEO4J_PASSWORD"  # noqa: S105 - the name of the variable, not a password
LLM_KEY = "KG_LLM_KEY"
_SECRETS = {"password": PASSWORD, "key": LLM_KEY}


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in force, empty where nothing is chosen, and its origin, such as `option --store` or `default`."""

    value: str
    origin: str

    @property
    def given(self) -> bool:
        """Whether somebody chose the value."""
        return self.origin != "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set.

    `store` is the store's file; `model` a spaCy package or folder, empty for the model that comes with kg;
    `gazetteer` a file of the user's own actors and `ontology` a folder of own frames, empty for none; `llm` the address
    of an endpoint, empty for no large language model; `llm_timeout` seconds; `neo4j_database` a database's name, empty
    for the server's default one.
    """

    store: Setting
    model: Setting
    gazetteer: Setting
    ontology: Setting
    llm: Setting
    llm_model: Setting
    llm_timeout: Setting
    neo4j_uri: Setting
    neo4j_user: Setting
    neo4j_database: Setting

    def items(self) -> list[tuple[str, Setting]]:
        """Names and settings, in order of declaration."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


_DEFAULTS = {
    "store": "graph.kg",
    "model": "",
    "gazetteer": "",
    "ontology": "",
    "llm": "",
    "llm_model": "",
    "llm_timeout": "120",
    "neo4j_uri": "bolt://localhost:7687",
    "neo4j_user": "neo4j",
    "neo4j_database": "",
}


def load_settings(options: Mapping[str, str | None], environ: Mapping[str, str], folder: Path) -> Settings:
    """The settings in force for a command that runs in a folder; an option of None was not given.

    Raises `SettingsError` when `kg.toml` cannot be read or holds something else than settings, and for an address with
    a login in it.
    """
    written = _read_file(folder / FILE)
    settings = Settings(**{name: _choose(name, options, environ, written) for name in _DEFAULTS})
    if "@" in settings.neo4j_uri.value:  # it would be shown by `kg status`
        hint = f"leave it out, and set KG_NEO4J_USER and {PASSWORD}"
        raise SettingsError("the address of Neo4j holds a login", where=settings.neo4j_uri.origin, hint=hint)
    if "@" in settings.llm.value:
        hint = f"leave it out, and set {LLM_KEY}"
        raise SettingsError("the address of the model holds a login", where=settings.llm.origin, hint=hint)
    return settings


def _choose(
    name: str, options: Mapping[str, str | None], environ: Mapping[str, str], written: Mapping[str, str]
) -> Setting:
    option, variable = options.get(name), f"KG_{name.upper()}"
    if option is not None:
        return Setting(option, f"option --{name.removeprefix('neo4j_').replace('_', '-')}")
    if environ.get(variable):  # an empty variable is how a shell unsets one for a single command
        return Setting(environ[variable], f"environment {variable}")
    if name in written:
        return Setting(written[name], FILE)
    return Setting(_DEFAULTS[name], "default")


def _read_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    import tomllib  # here, as most have no such file

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", where=str(path)) from error
    for name, value in values.items():
        _check(name, value, path)
    return values


def _check(name: str, value: object, path: Path) -> None:
    for secret, variable in _SECRETS.items():
        if secret in name.lower():
            raise SettingsError(
                f"a {secret} does not belong in a file", where=str(path), hint=f"set {variable} instead"
            )
    if name not in _DEFAULTS:
        import difflib

        near = difflib.get_close_matches(name, _DEFAULTS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(_DEFAULTS)}"
        raise SettingsError(f"there is no setting {name!r}", where=str(path), hint=hint)
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{name} must be a text that is not empty, not {value!r}", where=str(path))
