"""The language model, and a text made ready for it.

The model never sees the article's own characters where those mislead it, but always as many of them: every replacement
is one character for one, so that a token's offset is the offset in the article.
"""

import re
import sys
import warnings
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from loaders.acceleration import accelerate
from loaders.fingerprint import BUNDLED, bundled_model
from loaders.words import word_set

BATCH = 8
# The words of 776,000 vectors, which are found by the words' digests: to read them takes longer than all else together,
# and 130 MB. A word that is met is added. Of a model that we do not know all is read.
_UNREAD = ["strings"]
# "North Korea’s" would otherwise keep its clitic; no-break and thin spaces would glue words together.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " "})
# "KABUL (Example News) -- Police arrested …", "LIMA, Peru: …", "Tehran, March 5, XNA - …": no part of what follows.
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3}|[A-Z][a-z]+(?= ?\(|, [A-Z][a-z]{2,8}\.? \d))"
    r"(?:, [A-Z][\w.]*(?: \d{1,2})?){0,3}(?: ?\([^()\n]{2,40}\))?\s*(?:-{1,2}|[—–:])\s+(?=[\"“'A-Z])"
)
_SENTENCE_END = (".", "!", "?", '"', "”", "'", ":", ";", ")")


def load_model(name: str | None = None) -> Language:
    """The language model that ships as a dependency, or the named one (a package or a folder).

    Raises `ModelError` when it is not installed, or not a pipeline with a parser and a name finder.
    """
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r".*\[W095\].*")  # a model of 3.7 under spaCy 3.8 only warns
            nlp = spacy.load(name) if name else spacy.load(bundled_model(), exclude=_UNREAD)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"the language model cannot be loaded ({reason})", where=name or BUNDLED[0], hint="run `kg doctor`"
        ) from error
    if missing := {"tagger", "parser", "ner"} - set(nlp.pipe_names):
        raise ModelError(f"the model lacks {', '.join(sorted(missing))}", where=name or BUNDLED[0])
    nlp.max_length = sys.maxsize  # readers refuse what is too long, and the user may raise their limit
    _search_lemmas_in_sets(nlp)
    accelerate(nlp)
    return nlp


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The texts parsed, one `Doc` each, in order."""
    return nlp.pipe((make_doc(nlp, text) for text in texts), batch_size=BATCH)


def plain(text: str) -> str:
    """The text with plain apostrophes and blanks, as long as before."""
    return text.translate(_PLAIN)


def make_doc(nlp: Language, text: str) -> Doc:
    """A text's tokens with sentence starts marked after paragraph breaks and the dateline, ready for the pipe."""
    text = plain(text)
    doc = nlp.make_doc(text)
    dateline = _DATELINE.match(text)
    first = doc.char_span(dateline.end(), dateline.end() + 1, alignment_mode="expand") if dateline else None
    if first is not None:
        doc[first.start].is_sent_start = True
    for token in doc[:-1]:
        if (token.is_space and _is_break(doc, token.i)) or _is_posted(doc, token.i):
            doc[token.i + 1].is_sent_start = True
    return doc


def _is_break(doc: Doc, at: int) -> bool:
    """An empty line always ends a sentence; a single line end only after closing punctuation (else it is a wrap)."""
    line_ends = doc[at].text.count("\n") or doc[at].text.count("\r")
    return line_ends > 1 or (line_ends == 1 and at > 0 and doc[at - 1].text.endswith(_SENTENCE_END))


def _is_posted(doc: Doc, at: int) -> bool:
    """As in "a statement posted on X. Militants …": the network's name ends a sentence and is no initial."""
    return (
        doc[at].text == "X." and at > 0 and doc[at - 1].text in ("on", "platform", "network") and doc[at + 1].is_title
    )


def _search_lemmas_in_sets(nlp: Language) -> None:
    """Let the rule lemmatizer look up its word lists instead of searching them: a tenth of the time.

    The lists lose rare words that hide common ones: "staged" is no form of "stag".
    """
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    if lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for part_of_speech in list(index):
            index[part_of_speech] = set(index[part_of_speech])
        index["verb"] = index["verb"] - word_set("grammar", "lemmas", "rare") | word_set("grammar", "lemmas", "missing")
