"""The language model's own work in half the time, with the same outcome: matrices, vectors of words, rules for tags.

All of it is spaCy's to do, and a model that is built otherwise than expected is left as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

ROWS = 192  # of a block: a multiple of the tiles in which any kernel of a BLAS computes, so that none is cut
_WORD = ("ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")  # all that a vector of a word is made of
_ASKED = ("LOWER", "TAG", "DEP", "IS_SPACE")  # what rules for single tokens ask, in the form that a `Doc` tells it
_Floats = NDArray[np.float32]
_Match = tuple[int, int, int, int]  # number and name of a rule, first token, last token (exclusive)


def accelerate(nlp: Language) -> None:
    """Make a loaded model faster, in place; what it says of a text stays the same."""
    ops = BlockOps()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops
            embed = node.get_ref("embed") if node.has_ref("embed") else None
            if embed is not None and node.layers[0] is embed and _is_of_words(embed, nlp.vocab):
                node.layers[0] = Model("embed_each_word_once", _embed_each_word_once, layers=[embed])
        if isinstance(pipe, AttributeRuler) and pipe.patterns:
            pipe.match = TagRules.make(pipe)  # type: ignore[method-assign]


class BlockOps(NumpyOps):  # type: ignore[misc]
    """Products by NumPy's BLAS, three times as fast as thinc's own where that has no kernel for the processor.

    A BLAS may round otherwise for another number of rows; in blocks of one size a row's product depends on nothing but
    the row, so that no article's record depends on those that are read with it.
    """

    def gemm(
        self, x: _Floats, y: _Floats, out: _Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> _Floats:
        """The product of two matrices, either of them transposed first, in `out` where it is given."""
        x, y = x.T if trans1 else x, y.T if trans2 else y
        product = np.empty((len(x), y.shape[1]), dtype=x.dtype) if out is None else out
        whole = len(x) - len(x) % ROWS
        for first in range(0, whole, ROWS):
            np.matmul(x[first : first + ROWS], y, out=product[first : first + ROWS])
        if whole < len(x):
            last = np.zeros((ROWS, x.shape[1]), dtype=x.dtype)
            last[: len(x) - whole] = x[whole:]
            product[whole:] = np.matmul(last, y)[: len(x) - whole]
        return product


@dataclass(frozen=True, slots=True)
class _Words:
    """Some words as a model that embeds words looks at a text of them."""

    vocab: Vocab
    table: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.table)

    def to_array(self, asked: Sequence[str] | int) -> NDArray[np.uint64]:
        """As `Doc.to_array`: a column for each attribute, or that of `ORTH`, which alone is asked for by its number."""
        columns = 0 if isinstance(asked, int) else [_WORD.index(name) for name in asked]
        return np.ascontiguousarray(self.table[:, columns])


def _is_of_words(embed: Model[Any, Any], vocab: Vocab) -> bool:
    """Whether a layer makes the vector of a token from nothing but what `_WORD` tells of it."""
    asked = {name for node in embed.walk() if node.name == "extract_features" for name in node.attrs["columns"]}
    return bool(asked) and asked <= set(_WORD) and vocab.vectors.attr == vocab.strings["ORTH"]


def _embed_each_word_once(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[Any, Callable[..., Any]]:
    """The vectors of the tokens of some texts: words are few, and a word has one vector wherever it stands."""
    embed = model.layers[0]
    if is_train:
        return embed(docs, is_train)
    table = np.vstack([doc.to_array(list(_WORD)) for doc in docs])
    words, places = np.unique(table, axis=0, return_inverse=True)
    (vectors,) = embed.predict([_Words(docs[0].vocab, words)])
    return np.split(vectors[places.reshape(-1)], np.cumsum([len(doc) for doc in docs])[:-1]), lambda _: []


@dataclass(frozen=True, slots=True)
class TagRules:
    """Stands in for `AttributeRuler.match`: most rules are about one token, and tokens that are alike match alike.

    `alike` has the rules that match a token, by what they ask about it; `words` are all that any of them names.
    """

    vocab: Vocab
    single: Matcher = field(repr=False)
    others: Matcher = field(repr=False)
    words: NDArray[np.uint64] = field(repr=False)
    alike: dict[tuple[int, ...], list[tuple[int, int]]] = field(default_factory=dict, repr=False)

    @classmethod
    def make(cls, ruler: AttributeRuler) -> "TagRules":
        """The rules of a ruler."""
        vocab, words = ruler.vocab, set[str]()
        single, others = Matcher(vocab, validate=False), Matcher(vocab, validate=False)
        rules: list[Any] = list(ruler.patterns)
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                (single if _is_looked_up(pattern) else others).add(str(number), [pattern])
                words.update(_words(pattern[0]) if _is_looked_up(pattern) else ())
        return cls(vocab, single, others, np.array([vocab.strings.add(word) for word in words], dtype=np.uint64))

    def __call__(self, doc: Doc) -> list[_Match]:
        """The rules that match somewhere in a text, by number and then by place."""
        asked = doc.to_array(list(_ASKED))
        asked[~np.isin(asked[:, 0], self.words), 0] = 0  # a word that no rule names is like any other
        others = self.others(doc, allow_missing=True) if len(self.others) else ()
        found = [(self._number(name), name, first, last) for name, first, last in others]
        for at, token in enumerate(map(tuple, asked.tolist())):
            rules = self.alike.get(token)
            if rules is None:
                matches = self.single(doc[at : at + 1], allow_missing=True)
                rules = self.alike[token] = [(self._number(name), name) for name, _, _ in matches]
            found += [(number, name, at, at + 1) for number, name in rules]
        return sorted(found)

    def _number(self, name: int) -> int:
        return int(self.vocab.strings[name])


def _is_looked_up(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern is about one token, and names words rather than their form."""
    named = pattern[0].get("LOWER", "")
    plain = isinstance(named, str) or named.keys() <= {"IN", "NOT_IN"}
    return plain and len(pattern) == 1 and pattern[0].keys() <= set(_ASKED)


def _words(token: Mapping[str, Any]) -> list[str]:
    """The words that a pattern names for a token."""
    named = token.get("LOWER", [])
    if isinstance(named, dict):
        return [word for words in named.values() for word in words]
    return [named] if isinstance(named, str) else []
