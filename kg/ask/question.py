"""From a question to a saved query with its parameters."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.ask.names import FindName, Reading, read_names
from kg.ask.patterns import Pattern, Patterns
from kg.ask.times import Time, cut_time
from kg.errors import QuestionError
from kg.queries import FindDay, SavedQuery

_TOP = re.compile(r"\b(?:the )?top (\d{1,4})\b", re.IGNORECASE)
_QUOTES = str.maketrans("“”„«»", '"' * 5)
_SLOT_ONLY = re.compile(r"\{\w+\}(?: .*\?)?")
_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question became: a saved query and its parameters, as texts that anybody can type."""

    query: SavedQuery
    parameters: Mapping[str, str]


def ask(
    question: str, patterns: Patterns, queries: Mapping[str, SavedQuery], find_name: FindName, latest: FindDay
) -> Asked:
    """The saved query that answers a question.

    `find_name` gives the name under which an entity of the graph is asked for, or None; `latest` the day of the latest
    publication, from which "the last 30 days" are counted. Raises `QuestionError` when no pattern is the question, and
    when its query knows no time or number such as the question's.
    """
    text, time, when = cut_time(question.translate(_QUOTES).rstrip("?!. "))
    text, top = _cut_top(text)
    reading = _without_titles(read_names(text, find_name, patterns.common), patterns)
    for pattern, slots in _matches(_skeleton(reading, patterns), patterns):
        query = queries[pattern.query]
        parameters = dict(pattern.given) | {name: _value(text, reading) for name, text in slots.items()}
        if top:
            parameters |= _limit(query, top)
        if time:
            parameters |= _when(query, time, when, latest)
        return Asked(query=query, parameters=parameters)
    raise _not_understood(question, reading, patterns)


def _cut_top(text: str) -> tuple[str, str | None]:
    """The question without "top 10", and that number."""
    found = _TOP.search(text)
    return (" ".join(_TOP.sub(" ", text, count=1).split()), found[1]) if found else (text, None)


def _without_titles(reading: Reading, patterns: Patterns) -> Reading:
    """The words without titles that belong to a name: of "President Putin" stays "Putin", "the president of" stays."""
    pairs = pairwise((*reading.words, ""))
    words = tuple(word for word, after in pairs if not (word in patterns.titles and after.startswith("@")))
    return Reading(words, reading.names)


def _skeleton(reading: Reading, patterns: Patterns) -> str:
    """The words that patterns are compared with, a blank after each."""
    words = " ".join(word for word in reading.words if word not in patterns.fillers) + " "
    for opener in patterns.openers:
        bare = " ".join(word for word in opener.split() if word not in patterns.fillers) + " "
        if words.startswith(bare) and words != bare:
            return words.removeprefix(bare)
    return words


def _matches(skeleton: str, patterns: Patterns) -> Iterator[tuple[Pattern, dict[str, str]]]:
    """The patterns that are the question whole, with names that are known; else with strange words where a name stands.

    The latter ends in an error, but in one that says whom the graph does not know.
    """
    words = frozenset(skeleton.split())
    hopeful = [pattern for pattern in patterns.patterns if pattern.may_be(words)]
    for pattern in hopeful:
        if found := pattern.known.fullmatch(skeleton):
            yield pattern, _slots(found)
    for pattern in hopeful:
        if _SLOT_ONLY.fullmatch(pattern.text):
            continue
        found = pattern.free.fullmatch(skeleton)
        if found and all(patterns.common.isdisjoint(value.split()) for value in _slots(found).values()):
            yield pattern, _slots(found)


def _slots(found: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in found.groupdict().items() if value is not None}


def _value(text: str, reading: Reading) -> str:
    return reading.names[int(text[1:])] if text.startswith("@") else text.strip('"')


def _limit(query: SavedQuery, top: str) -> dict[str, str]:
    if "limit" in _names(query):
        return {"limit": top}
    raise QuestionError(f"the query {query.name} shows no top {top}", hint="leave the number out")


def _when(query: SavedQuery, time: Time, words: str, latest: FindDay) -> dict[str, str]:
    """The time as the query's parameters: a span, a number of days, or the last day asked about."""
    names = _names(query)
    first, last = time.first, time.last
    if time.days is not None:
        if "days" in names:
            return {"days": str(time.days)}
        day = latest()
        if day is None:
            raise QuestionError(f"no article has a day from which {words!r} could be counted", hint="name the days")
        first = day - datetime.timedelta(days=time.days - 1)
    wanted = {"since": first, "until": last}
    if "asOf" in names and "since" not in names and last:
        wanted = {"asOf": last}
    given = {name: day.isoformat() for name, day in wanted.items() if day}
    if missing := [name for name in given if name not in names]:
        what = f"the query {query.name} takes no time such as {words!r} (it has no parameter {missing[0]})"
        raise QuestionError(what, hint="leave the time out, or ask otherwise")
    return given


def _names(query: SavedQuery) -> set[str]:
    return {parameter.name for parameter in query.parameters}


def _not_understood(question: str, reading: Reading, patterns: Patterns) -> QuestionError:
    """The error, with the words that are strange, and the examples that have most words in common."""
    asked = {example.question: _words(example.question) for example in patterns.examples}
    words = _words(question)
    ranked = sorted(asked, key=lambda text: (-len(words & asked[text]) / len(words | asked[text]), text))
    near = "; ".join(f'"{text}"' for text in ranked[:_NEAREST])
    strange = [word for word in reading.words if word[0] not in '@"' and word not in patterns.common]
    unknown = f" (unknown here: {', '.join(strange)})" if strange else ""
    what = f"no pattern of a question fits {question!r}{unknown}"
    return QuestionError(what, hint=f"ask such as {near}; `kg query list` has all queries")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
