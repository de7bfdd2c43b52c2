"""The model is loaded with clear errors, and a text keeps its offsets whatever characters it has."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.errors import ModelError
from loaders.nlp import load_model, make_doc, parse

TEXTS = {
    "curly apostrophe": "Peru’s envoy left.",
    "modifier apostrophe": "Peruʼs envoy left.",
    "no-break space": "Peru\u00a0sent\u202fan envoy\u2009home.",
    "zero-width space": "Peru\u200bsent an envoy.",
    "emoji": "🕊️ Peru sent an envoy 🇵🇪.",
    "combining mark": "Zoe\u0308 Mu\u0308ller left Bogota\u0301.",
    "line ends of Windows": "Peru left.\r\n\r\nChile stayed.",
    "nothing but marks": "“…” — ?!",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_token_stands_where_the_text_has_it(nlp: Language, text: str) -> None:
    doc = make_doc(nlp, text)
    assert len(doc.text) == len(text)
    kept = [token for token in doc if token.text.isalnum()]
    assert [text[token.idx : token.idx + len(token)] for token in kept] == [token.text for token in kept]


@pytest.mark.parametrize(
    ("text", "clitic"),
    [("Peru's envoy left.", "'s"), ("Peru’s envoy left.", "'s"), ("The rebels’ camp burned.", "'")],
    ids=["straight", "curly", "curly plural"],
)
def test_a_clitic_is_a_token_of_its_own(nlp: Language, text: str, clitic: str) -> None:
    assert clitic in [token.text for token in make_doc(nlp, text)]


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The army staged a drill.", "stage"),
        ("The envoy hopes to leave.", "hope"),
        ("The envoy hopped over the wall.", "hop"),
        ("Lee dined with the envoy.", "dine"),
        ("Peru reappointed Lee.", "reappoint"),
    ],
)
def test_lemmas_that_the_lemmatizer_misses(nlp: Language, text: str, lemma: str) -> None:
    assert lemma in [token.lemma_ for token in next(parse(nlp, [text]))]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Peru protests\n\nThe envoy left.", True),  # an empty line ends a sentence, though no stop does
        ("The envoy left.\nThe rain stopped", True),  # a line end after a stop
        ("He waited for\nThe envoy in Lima.", False),  # a wrapped line
        ("Peru protests\r\n\r\nThe envoy left.", True),
        ("He said: “No.”\nThe envoy left.", True),
        ("He denied it on X. The envoy left.", True),  # the network's name, no initial
    ],
    ids=["headline", "line after stop", "wrap", "Windows", "line after quotation", "posted on X"],
)
def test_paragraphs_begin_sentences(nlp: Language, text: str, begins: bool) -> None:
    starts = {sentence[0].text for sentence in next(parse(nlp, [text])).sents}
    assert ("The" in starts) is begins


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("LIMA (Example News) -- Police arrested the editor.", "Police"),
        ("LIMA, Peru: The envoy left.", "The"),
        ("PORT OF SPAIN, Trinidad — The envoy left.", "The"),
        ("Lima, March 5, XNA - The envoy left.", "The"),
        ("Lima (XNA) – “We won,” the envoy said.", "“"),
    ],
)
def test_what_follows_the_dateline_is_a_sentence(nlp: Language, text: str, begins: str) -> None:
    assert begins in {sentence[0].text for sentence in next(parse(nlp, [text])).sents}


@pytest.mark.parametrize(
    "text", ["Lima is calm - The envoy left.", "NATO said: The envoy left.", "AL-QAEDA fighters left."]
)
def test_a_sentence_with_a_dash_or_colon_has_no_dateline(nlp: Language, text: str) -> None:
    assert not any(token.is_sent_start for token in list(make_doc(nlp, text))[1:])


def test_texts_come_back_in_order(nlp: Language) -> None:
    texts = [f"Envoy {number} left." for number in range(40)]
    assert [doc.text for doc in parse(nlp, texts)] == texts


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder"])
def test_a_missing_model_is_one_clear_error(name: str) -> None:
    with pytest.raises(ModelError, match="the language model cannot be loaded"):
        load_model(name)


def test_a_model_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="the model lacks ner, parser, tagger"):
        load_model(str(tmp_path))


def test_lemmas_are_the_same_after_the_lookup_is_made_faster(nlp: Language) -> None:
    doc = next(parse(nlp, ["The ministers were meeting their allies in the cities."]))
    assert [token.lemma_ for token in doc][:3] == ["the", "minister", "be"]
    assert doc[-2].lemma_ == "city"


def test_the_words_of_the_vectors_are_not_read_and_their_vectors_found(nlp: Language) -> None:
    assert len(nlp.vocab.strings) < 100_000 < len(nlp.vocab.vectors.key2row)
    assert nlp.vocab["minister"].has_vector
    assert not nlp.vocab["ministerwhoisnone"].has_vector
