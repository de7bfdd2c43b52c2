"""In which language a text is: told only where it is long enough to tell, and English when in doubt."""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH = 200  # characters; below, names alone can make a text look foreign
_SAMPLE = 4000  # characters that are looked at
_SURE = 0.95
# Words that no other language has among its commonest; a text with so many of them is English, and no model is needed.
_ENGLISH = frozenset("the and of to that with for was has have by from are which their it its they this said".split())
_SHARE = 0.15
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese", "en": "English",
}  # fmt: skip
_CODES = {name.lower(): code for code, name in _NAMES.items()} | {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "rus": "ru", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "tur": "tr", "ukr": "uk", "pol": "pl", "fas": "fa", "per": "fa", "heb": "he", "hin": "hi",
}  # fmt: skip


def code_of(language: str) -> str:
    """The two letters of a language that is called `en-GB`, `eng` or `English`; another name as it is."""
    name = re.split(r"[-_]", language.strip().lower())[0]
    return _CODES.get(name, name)


def name_of(code: str) -> str:
    """What a language is called."""
    return _NAMES.get(code, f"the language {code!r}")


def language_of_model(name: str) -> str:
    """The language of a spaCy model: a folder's `meta.json` says it, or a package's name, as in `de_core_news_md`."""
    try:
        meta = json.loads((Path(name) / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        meta = {}
    language = meta.get("lang") if isinstance(meta, dict) else None
    return code_of(language if isinstance(language, str) else Path(name).name)


def guess_language(text: str) -> str | None:
    """The language of a text (ISO 639-1), or None where it is too short or too mixed to tell."""
    if len(text) < ENOUGH:
        return None
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if words and sum(word in _ENGLISH for word in words) >= _SHARE * len(words):
        return "en"
    language, certainty = _identifier().classify(sample)
    return language if certainty >= _SURE else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
