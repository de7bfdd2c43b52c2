"""The names in a question: stretches of words that somebody in the graph is called by."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass

FindName = Callable[[str], str | None]

_LONGEST = 8  # words in a name: "Shanghai Cooperation Organisation", "Democratic People's Republic of Korea"
_TOKENS = re.compile(r"\"[^\"]*\"|\w+/[\w/-]+|\w+(?:[.’'&]\w+)*\.?|&")  # an id is one token, "Guinea-Bissau" two
_ARTICLES = {"the", "a", "an"}
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in the words that patterns know, where `@0` stands for the first name; and those names."""

    words: tuple[str, ...]
    names: tuple[str, ...]


def read_names(question: str, find_name: FindName, common: Set[str]) -> Reading:
    """The question with its names found, the longest first from the left.

    `find_name` gives the name under which an entity is asked for, or None. A single `common` word is a name only in
    capitals: "who" asks, and "WHO" is an organisation.
    """
    tokens = list(_TOKENS.finditer(question))
    words: list[str] = []
    names: list[str] = []
    at = 0
    while at < len(tokens):
        length, name, owner = _name_at(tokens, at, find_name, common)
        if name:
            words += [f"@{len(names)}", "'s"] if owner else [f"@{len(names)}"]
            names.append(name)
        else:
            words += _plain(tokens[at][0])
        at += length
    return Reading(tuple(words), tuple(names))


def _name_at(
    tokens: list[re.Match[str]], at: int, find_name: FindName, common: Set[str]
) -> tuple[int, str | None, bool]:
    """How many tokens the longest name here has, the name, and whether it owns what follows ("Russia's")."""
    if tokens[at][0].lower() in _ARTICLES:
        return 1, None, False
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        text = tokens[at].string[tokens[at].start() : tokens[at + length - 1].end()]
        bare = _POSSESSIVE.sub("", text).strip('"')
        if length == 1 and bare.lower().rstrip(".") in common and not (bare.isupper() and len(bare) > 1):
            continue
        if text[0] != '"' and (name := find_name(bare)):
            return length, name, bare != text
    return 1, None, False


def _plain(token: str) -> list[str]:
    """A token in the form of the patterns: "Who's" is "who" and "'s"; what stands in quotation marks stays as it is."""
    if token.startswith('"'):
        return [token]
    word = token.lower().rstrip(".").replace("’", "'")
    bare = _POSSESSIVE.sub("", word)
    return [bare, "'s"] if bare != word and bare else [word]
