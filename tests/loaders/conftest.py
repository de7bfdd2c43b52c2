"""The language model, loaded once for all tests of the loaders."""

import datetime
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article, Extraction
from loaders.nlp import load_model, parse
from loaders.pipeline import Extractor


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model that ships as a dependency."""
    return load_model()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Doc]:
    """Parse one text as the pipeline does."""
    return lambda text: next(parse(nlp, [text]))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The whole extraction, as `kg ingest` has it."""
    return Extractor.load()


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[..., Extraction]:
    """What one text says, published on the last day but one of 2024 unless another is named."""

    def of(text: str, published: datetime.date | None = datetime.date(2024, 12, 30)) -> Extraction:
        return next(extractor.extract([Article(id="test", text=text, published=published)]))

    return of
