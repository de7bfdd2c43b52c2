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
_BRACKETS = re.compile(r"\([^()]*\)\??|\{\w+\}")
_TOKEN = re.compile(r"(?:<(\w+)>|([\w']+))(\?)?")
_WORD = re.compile(r"[\w']+")
_SIGNS = re.compile(r"[(){}?]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One way of asking a saved query; `given` are parameters that asking this way fixes.

    `form` is a regular expression, and a question that has it has a word of each of `needed`. Few of the six hundred
    patterns may be a question's, and only those are compiled.
    """

    query: str
    text: str
    given: Mapping[str, str]
    slots: tuple[str, ...]
    form: str
    needed: tuple[frozenset[str], ...]

    def may_be(self, words: frozenset[str]) -> bool:
        """Whether a question of these words may have the form."""
        return not any(map(words.isdisjoint, self.needed))

    @cached_property
    def known(self) -> re.Pattern[str]:
        """It matches a question in which every name is known. Raises `DataError`."""
        try:
            return re.compile(self.form)
        except re.error as error:
            raise _unreadable(self.text, error) from error

    @cached_property
    def free(self) -> re.Pattern[str]:
        """It matches a question in which a name may be any words."""
        return re.compile(self.form.replace(_NAME, _ANY))


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
        words = re.findall(r"[a-z']+", " ".join([*(pattern.form for pattern in self.patterns), *self.openers]))
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
                form = "".join(_piece(found, fillers) for found in _PIECE.finditer(whole))
            except (KeyError, ValueError) as error:
                raise _unreadable(text, error) from error
            yield Pattern(
                query=question["query"],
                text=text,
                given={name: own[name] for name in question.get("given", ())},
                slots=tuple(_SLOT.findall(text)),
                form=form,
                needed=tuple(_needed(text, words | own, fillers)),
            )


def _needed(text: str, words: Mapping[str, str], fillers: frozenset[str]) -> Iterator[frozenset[str]]:
    """For each word or list of a pattern that stands outside brackets and is not optional: what it may be."""
    while _BRACKETS.search(text):  # the innermost first
        text = _BRACKETS.sub("", text)
    if "|" in text:
        return
    for name, word, optional in _TOKEN.findall(text):
        told = words[name] if name else word
        choices = [frozenset(_WORD.findall(choice)) - fillers for choice in told.split("|")]
        if not optional and all(choices) and not _SIGNS.search(told):
            yield frozenset().union(*choices)


def _unreadable(text: str, error: Exception) -> DataError:
    return DataError(f"the pattern {text!r} cannot be read: {error}", where="questions.toml")


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
