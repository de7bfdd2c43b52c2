"""Find known names in a text, as the model splits them into tokens."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

_LETTERS = re.compile(r"[^\W\d_]*")


class Surfaces:
    """Many names, each split into tokens when its first word is first met: most texts hold few of fifteen thousand."""

    def __init__(self, nlp: Language, surfaces: Iterable[str]) -> None:
        self._make_doc, self._strings = nlp.make_doc, nlp.vocab.strings
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._waiting: defaultdict[str, list[str]] = defaultdict(list)  # by the letters that they begin with
        apart = getattr(nlp.tokenizer, "rules", None)  # words that are split inside, such as "cannot"
        for surface in surfaces:
            word = _first_letters(surface)
            self._waiting["" if apart is None or word in apart else word].append(surface)

    def find(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """First and last token (exclusive) of every name in a text, also inside one another."""
        words = (self._strings[key] for key in np.unique(doc.to_array("ORTH")))
        met = {"", *map(_first_letters, words)} & self._waiting.keys()
        if new := [surface for word in sorted(met) for surface in self._waiting.pop(word)]:
            self._matcher.add("name", [self._make_doc(surface) for surface in new])
        for _, first, last in self._matcher(doc):
            yield first, last


def _first_letters(text: str) -> str:
    found = _LETTERS.match(text)
    return found.group() if found else ""
