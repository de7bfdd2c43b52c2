"""Whether a name is a man's or a woman's, as far as the words beside it or the given name tell."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg.names import normal
from loaders.grammar import children
from loaders.words import load_words


def gender_of(doc: Doc, first: int, head: int) -> str | None:
    """Tell "male" or "female" of a person's name in its place: "Ms Hale", "his sister Ann"; None where nothing tells.

    `first` and `head` are token numbers of the name.
    """
    told = (gender_of_noun(token) for token in _beside(doc, first, doc[head]))
    given = gender_of_given_name(doc[first].text)
    if given == "male" and first == head:  # "Allen said": more often a surname than a man's given name
        given = None
    return next((gender for gender in told if gender), given)


def gender_of_given_name(name: str) -> str | None:
    """Tell "male" or "female" of a given name that only men or only women bear."""
    return _given_names().get(normal(name))


def gender_of_noun(noun: Token) -> str | None:
    """Tell "male" or "female" of a noun that says it: "spokeswoman", "King"."""
    words = load_words("genders")
    return next((gender for gender in words if {noun.lower_, noun.lemma_.lower()} & set(words[gender])), None)


@cache
def _given_names() -> dict[str, str]:
    return {name: gender for gender, names in load_words("given_names").items() for name in names.split()}


def _beside(doc: Doc, first: int, head: Token) -> Iterator[Token]:
    """The word before a name, and the nouns that it renames or that rename it."""
    if first > head.sent.start:
        yield doc[first - 1]
    yield from (token for token in children(head, "compound", "appos") if token.i not in range(first, head.i))
    if head.dep_ == "appos":
        yield head.head
    if head.dep_ == "nsubj":
        yield from children(head.head, "attr")
