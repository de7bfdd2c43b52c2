"""Whom a phrase means: the entities at a word, joined to it or inside it."""

import pytest

from loaders.phrases import Phrases, first
from loaders.pipeline import Extractor
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Chile left.", "Chile", ["Chile"]),
        ("Chile, Peru and Cuba left.", "Chile", ["Chile", "Peru", "Cuba"]),
        ("The talks with Chile failed.", "talks", ["Chile"]),
        ("Cuba's ships left.", "ships", ["Cuba"]),
        ("Cuba mourns the ships of the friends of Peru.", "ships", ["Peru"]),
        ("Cuba's ships in Peru left.", "ships", ["Cuba"]),  # where they are is nobody
        ("The ships in Peru left.", "ships", ["Peru"]),
        ("The ships left.", "ships", []),
        ("Luis Arce, a Peruvian who lives in Cuba, left.", "Peruvian", ["Luis Arce"]),
        ("A Peruvian left.", "Peruvian", []),
        ("U.S. and Iraqi forces left.", "forces", ["United States", "Iraqi Armed Forces"]),
        ("Peruvian and Cuban ministers left.", "ministers", ["Peru", "Cuba"]),
    ],
)
def test_whom_a_phrase_means(extractor: Extractor, text: str, word: str, names: list[str]) -> None:
    scene = stage(extractor, text)
    assert scene.called(Phrases(scene.doc, scene.people).entities(scene.token(word))) == names


def test_inside_is_looked_no_deeper_than_asked(extractor: Extractor) -> None:
    scene = stage(extractor, "The talks with Chile failed.")
    assert Phrases(scene.doc, scene.people).entities(scene.token("talks"), depth=0) == []


@pytest.mark.parametrize(("preposition", "names"), [("with", ["Chile"]), ("on", [])])
def test_whom_a_preposition_leads_to(extractor: Extractor, preposition: str, names: list[str]) -> None:
    scene = stage(extractor, "Peru resumed the talks with Chile.")
    assert scene.called(Phrases(scene.doc, scene.people).after(preposition, [scene.token("talks")])) == names


def test_the_first_that_is_not_empty() -> None:
    assert first([[], ["Q1"], ["Q2"]]) == ["Q1"]
    assert first([[], []]) == []
