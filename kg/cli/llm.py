"""The optional language model behind `--llm`: made from the settings, and what became of its words."""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.cli.output import warn
from kg.errors import SettingsError
from kg.settings import LLM_KEY, Setting, Settings
from kg.stored import Own

if TYPE_CHECKING:
    from loaders.llm import LlmReader

_HERE = ("localhost", "127.0.0.1", "::1")


def llm_reader(given: Settings) -> "LlmReader | None":
    """The reader behind `--llm`, or None where nobody named one; tells when articles leave this machine.

    Raises `SettingsError` when it has no model's name, or an address or time that cannot be used.
    """
    reader = _reader(given)
    if reader and urlsplit(reader.chat.url).hostname not in _HERE:
        warn(f"note: the articles are sent to {reader.chat.url}, which {given.llm.origin} names")
    return reader


def present_extractor(given: Settings) -> str:
    """Who would read an article with these settings, as an extractor's fingerprint, without loading the model.

    Raises `SettingsError`, `ModelError` or `DataError` when nobody could.
    """
    own = Own.of(given)
    return extractor_name(given.model.value or None, own.actors, own.frames, _reader(given))


def extractor_name(model: str | None, gazetteer: Path | None, ontology: Path | None, reader: "LlmReader | None") -> str:
    """The fingerprint of rules with a model and the user's own data, and of who reads in their place.

    Raises `ModelError` or `DataError`.
    """
    from loaders.fingerprint import fingerprint

    rules = fingerprint(model, gazetteer, ontology)
    return f"{reader.name}; {rules}" if reader else rules


def _reader(given: Settings) -> "LlmReader | None":
    if not given.llm.value:
        return None
    from loaders.chat import Chat
    from loaders.llm import LlmReader

    if not given.llm_model.value:
        raise SettingsError("the model has no name", where=given.llm.origin, hint="name it with --llm-model")
    chat = Chat(
        url=given.llm.value,
        model=given.llm_model.value,
        key=os.environ.get(LLM_KEY) or None,
        timeout=_seconds(given.llm_timeout),
    )
    return LlmReader.make(chat, Own.of(given).ontology())


def tell_dropped(reader: "LlmReader | None") -> None:
    """Say on standard error what the model said and was not believed."""
    for reason, count in sorted((+reader.dropped).items()) if reader else ():
        warn(f"note: not believed: {count} × {reason}")


def _seconds(setting: Setting) -> float:
    try:
        seconds = float(setting.value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise SettingsError(f"{setting.value!r} is no number of seconds", where=setting.origin)
    return seconds
