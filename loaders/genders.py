"""Whether a name is a man's or a woman's, as far as the words beside it or the given name tell."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg.names import normal
from loaders.grammar import children
from loaders.mentions import Found
from loaders.words import load_words


def gender_of(doc: Doc, mention: Found) -> str | None:
    """ "male" or "female" for a person's name in its place: "Ms Hale", "his sister Ann"; None where nothing tells."""
    beside = {word for token in _beside(doc, mention) for word in (token.lower_, token.lemma_.lower())}
    for gender, words in load_words("genders").items():
        if not beside.isdisjoint(words):
            return str(gender)
    return _given_names().get(normal(doc[mention.first].text)) if mention.last - mention.first > 1 else None


@cache
def _given_names() -> dict[str, str]:
    return {name: gender for gender, names in load_words("given_names").items() for name in names.split()}


def _beside(doc: Doc, mention: Found) -> Iterator[Token]:
    """The word before a name, and the nouns that it renames or that rename it."""
    head = doc[mention.head]
    if mention.first > head.sent.start:
        yield doc[mention.first - 1]
    yield from (token for token in children(head, "compound", "appos") if token.i not in range(mention.first, head.i))
    if head.dep_ == "appos":
        yield head.head
    if head.dep_ == "nsubj":
        yield from children(head.head, "attr")
