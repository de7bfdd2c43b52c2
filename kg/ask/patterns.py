"""The patterns of questions, read from `kg/data/questions.toml`.

A pattern is words; `<agreement>` stands for any of a list's words, `(a|b)` for either, `?` after a word makes it
optional, and `{actor}` is the place of the query's parameter of that name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.resources import data_folder

_PIECE = re.compile(r"\{(?P<slot>\w+)\}|(?P<sign>[()|?])|(?P<word>[\w']+\??)|(?P<space>[\s-]+)|(?P<wrong>.)")
_NAME = r"@\d+"
_ANY = rf"(?:{_NAME}|[^@\s]+(?: [^@\s]+)*?)"
_LIST = re.compile(r"<(\w+)>")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One way of asking a saved query; `given` are parameters that asking this way fixes.

    `known` matches a question in which every name is known.
    """

    query: str
    text: str
    given: Mapping[str, str]
    slots: tuple[str, ...]
    known: re.Pattern[str]

    @cached_property
    def free(self) -> re.Pattern[str]:
        """It matches a question in which a name may be any words; few questions come so far that this is needed."""
        return re.compile(self.known.pattern.replace(_NAME, _ANY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with the query and the parameters that it must become, which is run as a test."""

    question: str
    query: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Patterns:
    """All patterns, the surer first, and the words that they need not tell."""

    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]
    openers: tuple[str, ...]
    fillers: frozenset[str]
    titles: frozenset[str]

    @cached_property
    def common(self) -> frozenset[str]:
        """Every word that a pattern or opener has: such a word alone is no name unless it is in capitals."""
        words = re.findall(r"[a-z']+", " ".join([*(pattern.known.pattern for pattern in self.patterns), *self.openers]))
        return frozenset(words) | self.fillers


def load_patterns(path: Path | None = None) -> Patterns:
    """The patterns that ship with kg. Raises `DataError` naming the pattern that cannot be read."""
    path = path or data_folder() / "questions.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    fillers = frozenset(table["fillers"])
    questions = table["questions"]
    return Patterns(
        patterns=tuple(pattern for question in questions for pattern in _patterns(question, table["words"], fillers)),
        examples=tuple(example for question in questions for example in _examples(question)),
        openers=tuple(sorted(table["openers"], key=len, reverse=True)),
        fillers=fillers,
        titles=frozenset(table["titles"]),
    )


def _patterns(question: Mapping[str, Any], words: Mapping[str, str], fillers: frozenset[str]) -> Iterator[Pattern]:
    """The patterns of a query; once for each of `each`, which brings words and parameters of its own."""
    for own in question.get("each", [{}]):
        for text in question["patterns"]:
            try:
                whole = _LIST.sub(lambda found: f"({(words | own)[found[1]]})", text)  # noqa: B023 - used at once
                known = re.compile("".join(_piece(found, fillers) for found in _PIECE.finditer(whole)))
            except (KeyError, ValueError, re.error) as error:
                raise DataError(f"the pattern {text!r} cannot be read: {error}", where="questions.toml") from error
            given = {name: own[name] for name in question.get("given", ())}
            slots = tuple(_SLOT.findall(text))
            yield Pattern(query=question["query"], text=text, given=given, slots=slots, known=known)


def _examples(question: Mapping[str, Any]) -> Iterator[Example]:
    for text, parameters in question["examples"].items():
        yield Example(question=text, query=question["query"], parameters=parameters)


def _piece(found: re.Match[str], fillers: frozenset[str]) -> str:
    """A piece of a regular expression over words that each end in a blank; in a slot stands a name, or quoted words."""
    match found.lastgroup:
        case "slot":
            return rf'(?:(?P<{found["slot"]}>{_NAME}|"[^"]*"|\d+) )'
        case "sign":
            return "(?:" if found[0] == "(" else found[0]
        case "word":
            return _word(found[0].removesuffix("?"), fillers, optional=found[0].endswith("?"))
        case "space":
            return ""
    raise ValueError(f"{found[0]!r} means nothing here")


def _word(word: str, fillers: frozenset[str], *, optional: bool) -> str:
    if word in fillers:
        return ""
    return f"(?:{re.escape(word)} )?" if optional else f"{re.escape(word)} "
