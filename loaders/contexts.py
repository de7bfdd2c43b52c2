"""In which of PLOVER's contexts events stand: military, legal, health …, by the words of their sentence and paragraph.

PLOVER codes the context from the paragraph, the mode from the sentence. One word is enough in the event's own sentence;
what only its neighbours tell has to be told by two words. The words are in `patterns/contexts.toml`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from loaders.grammar import lemmas_of, words_of
from loaders.words import load_words

_NEAR = 2  # sentences before and after; what stands further off in a long paragraph may be another story
_ENOUGH = 2  # different words of a context that stand near a sentence, but not in it
_PASSED_OVER = frozenset({"-", "–", "'s", "’s", "'", "’", "a", "an", "the"})

Told = Mapping[str, frozenset[str]]  # context → the terms that tell of it


@dataclass(frozen=True, slots=True)
class _Term:
    """Words that tell of a context, where one of the words `beside` them stands in the sentence (if there are any)."""

    words: tuple[str, ...]
    context: str | None
    beside: frozenset[str]


class Contexts:
    """The contexts of each sentence of one text."""

    def __init__(self, doc: Doc) -> None:
        self._told: dict[int, frozenset[str]] = {}
        for paragraph in _paragraphs(doc):
            told = [_told_by(sentence) for sentence in paragraph]
            for at, sentence in enumerate(paragraph):
                self._told[sentence.start] = _told_around(told, at).union(told[at])

    def at(self, token: Token) -> frozenset[str]:
        """The contexts in which what a token tells of stands."""
        return self._told[token.sent.start]


def _paragraphs(doc: Doc) -> Iterator[list[Span]]:
    """The sentences of each paragraph; a line end inside a sentence only wraps the text."""
    paragraph: list[Span] = []
    for sentence in doc.sents:
        paragraph.append(sentence)
        if "\n" in sentence[-1].text:
            yield paragraph
            paragraph = []
    yield paragraph


def _told_around(told: Sequence[Told], at: int) -> frozenset[str]:
    """The contexts that two words or more of the neighbouring sentences tell of."""
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for near in (*told[max(0, at - _NEAR) : at], *told[at + 1 : at + 1 + _NEAR]):
        for context, words in near.items():
            terms[context] |= words
    return frozenset(context for context, words in terms.items() if len(words) >= _ENOUGH)


def _told_by(sentence: Span) -> Told:
    """The contexts of one sentence, with the terms that tell of them; the longest of overlapping terms counts."""
    forms = zip(*(kept(sentence.doc)[sentence.start : sentence.end] for kept in (words_of, lemmas_of)), strict=True)
    words = [{word, lemma.lower()} for word, lemma in forms if word not in _PASSED_OVER]
    known = frozenset().union(*words)
    told: defaultdict[str, set[str]] = defaultdict(set)
    at = 0
    while at < len(words):
        found = _terms_at(words, at)
        for term in found:
            if term.context and (not term.beside or term.beside & known - set(term.words)):
                told[term.context].add(" ".join(term.words))
        at += len(found[0].words) if found else 1
    return {context: frozenset(terms) for context, terms in told.items()}


def _terms_at(words: Sequence[Collection[str]], at: int) -> list[_Term]:
    """The longest terms that begin at a word; a context each."""
    known = _terms()
    candidates = [term for word in words[at] if word in known for term in known[word] if _stands(term, words, at)]
    longest = max((len(term.words) for term in candidates), default=0)
    return [term for term in candidates if len(term.words) == longest]


def _stands(term: _Term, words: Sequence[Collection[str]], at: int) -> bool:
    here = words[at : at + len(term.words)]
    return len(here) == len(term.words) and all(word in forms for word, forms in zip(term.words, here, strict=True))


@cache
def _terms() -> Mapping[str, list[_Term]]:
    """All terms by their first word."""
    table = load_words("contexts")
    terms = [_Term(tuple(text.split()), None, frozenset()) for text in table["idle"]]
    for context, row in table.items():
        if context == "idle":
            continue
        terms += [_Term(tuple(text.split()), context, frozenset()) for text in row["terms"]]
        for group in row.get("ambiguous", ()):
            terms += [_Term(tuple(text.split()), context, frozenset(group["beside"])) for text in group["terms"]]
    index: defaultdict[str, list[_Term]] = defaultdict(list)
    for term in terms:
        index[term.words[0]].append(term)
    return index
