"""The model is made faster, and says what it said before."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from kg.resources import data_folder
from loaders.acceleration import ROWS, BlockOps, TagRules, accelerate
from loaders.fingerprint import bundled_model
from loaders.nlp import parse

ODD = [
    "You ain't gonna tell me nothin', cos there is nothing.",
    "Let's get goin': it's what we've gotta do, don'tcha think?",
    "  \n\n Peru\tleft .\n",
    "LIMA: 3.5% 🕊️ of “them”",
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    lines = (data_folder() / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return ODD + [json.loads(line)["text"] for line in lines[:12]]


@pytest.fixture(scope="module")
def bare() -> Language:
    """The model as spaCy loads it."""
    return spacy.load(bundled_model())


def test_the_model_says_what_it_said_before(nlp: Language, bare: Language, texts: list[str]) -> None:
    for ours, theirs in zip(parse(nlp, texts), parse(bare, texts), strict=True):
        assert [told(ours, at) for at in range(len(ours))] == [told(theirs, at) for at in range(len(theirs))]
        assert [ent.label_ for ent in ours.ents] == [ent.label_ for ent in theirs.ents]


def told(doc: Doc, at: int) -> tuple[object, ...]:
    token = doc[at]
    return token.tag_, token.pos_, str(token.morph), token.dep_, token.head.i, token.ent_iob_, token.is_sent_start


def test_rules_for_tags_match_as_before_also_seen_again(nlp: Language, texts: list[str]) -> None:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    assert isinstance(ruler.match, TagRules)
    for doc in [*parse(nlp, texts), *parse(nlp, texts)]:
        assert ruler.match(doc) == AttributeRuler.match(ruler, doc)


def test_words_have_the_vectors_that_they_had(nlp: Language, bare: Language, texts: list[str]) -> None:
    docs = [nlp.make_doc(text) for text in ["", *texts, ""]]
    ours, theirs = (list(embedding(model)) for model in (nlp, bare))
    assert len(ours) == len(theirs) == 2  # that of the name finder, and that of all others
    for mine, other in zip(ours, theirs, strict=True):
        for found, expected in zip(mine.predict(docs), other.predict(docs), strict=True):
            assert np.allclose(found, expected, atol=1e-4)


def embedding(nlp: Language) -> Iterator[Model[Any, Any]]:
    """The parts of a model that make vectors of words."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        yield from (node for node in model.walk() if node.has_ref("encode")) if isinstance(model, Model) else ()


@pytest.mark.parametrize("rows", [0, 1, 5, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS + 7])
def test_a_row_has_one_product_whatever_stands_beside_it(rows: int) -> None:
    random = np.random.default_rng(7)
    x, y = (random.standard_normal(shape).astype("f4") for shape in ((1000, 288), (96, 288)))
    whole = BlockOps().gemm(x, y, trans2=True)
    for first in (0, 1, 13, 200):
        part = BlockOps().gemm(x[first : first + rows], y, trans2=True)
        assert part.tobytes() == whole[first : first + rows].tobytes()


@pytest.mark.parametrize("transposed", [(False, False), (True, False), (False, True), (True, True)])
def test_products_are_those_of_thinc(transposed: tuple[bool, bool]) -> None:
    random = np.random.default_rng(7)
    shapes = ((70, 300) if transposed[0] else (300, 70)), ((50, 70) if transposed[1] else (70, 50))
    x, y = (random.standard_normal(shape).astype("f4") for shape in shapes)
    out = np.empty((300, 50), dtype="f4")
    product = BlockOps().gemm(x, y, out=out, trans1=transposed[0], trans2=transposed[1])
    assert product is out
    assert np.allclose(product, NumpyOps().gemm(x, y, trans1=transposed[0], trans2=transposed[1]), atol=1e-4)


def test_a_model_without_rules_for_tags_stays_as_it_is() -> None:
    plain = spacy.blank("en")
    plain.add_pipe("attribute_ruler")
    accelerate(plain)
    assert plain("Peru left.").text == "Peru left."
