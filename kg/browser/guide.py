"""What the guide says, whatever it is written in: slides of text, lists and statements to run.

Between backticks stands what is code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.browser.statements import Bound
from kg.cypher import literal

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a slide."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A statement, or lines that set parameters, to be run in the Browser."""

    text: str


Part = Text | Heading | Items | Code


@dataclass(frozen=True, slots=True)
class Slide:
    """One page of the guide."""

    title: str
    parts: tuple[Part, ...]


_NODES = (
    "`Entity`: somebody or somewhere; also a `Person`, `Organization`, `Country`, `Place` or `Group`",
    "`Event`: something done, with its day, its type and how many independent sources tell it",
    "`Claim`: one article telling one event, with the sentence, its place in the text and on whose word",
    "`Statement`: words that somebody is reported to have said",
    "`Article` and `Source`: what was read, and who published it",
)
_EVIDENCE = (
    "No relation between two entities is a fact by itself: it is derived from events, and its `eventIds` name them.",
    "An event is told by claims (`REPORTS`), each with its sentence, and each claim stands in an article.",
    "What contradicts each other stays: follow `CONTRADICTS` from claim to claim.",
    "`kg explain` prints the same on a terminal, with the words marked and the rule that found them.",
)
_LATEST = """MATCH (e:Event)
WHERE e.date IS NOT NULL
RETURN e.date AS date, e.name AS event, e.sourceCount AS sources
ORDER BY date DESC, event
LIMIT 20"""
_TYPES = """MATCH (e:Event)
RETURN e.type AS type, count(e) AS events, min(e.date) AS first, max(e.date) AS last
ORDER BY events DESC, type"""
_ALL_AROUND = """MATCH path = (e:Event {{id: {event}}})<-[:REPORTS]-(:Claim)-[:IN_ARTICLE]->(:Article)
OPTIONAL MATCH who = (e)-[:HAS_ACTOR|HAS_TARGET|HELD_AT]->(:Entity)
RETURN path, who"""
_SENTENCES = """MATCH (e:Event {{id: {event}}})<-[:REPORTS]-(c:Claim)-[:IN_ARTICLE]->(a:Article)
RETURN c.sentence AS sentence, a.name AS article, a.published AS published, c.start AS start, c.end AS end
ORDER BY published, article, start"""


def guide(graph: "nx.MultiDiGraph[str]", queries: Iterable[Bound]) -> tuple[Slide, ...]:
    """The slides for a graph made by `kg.graph`, and for saved queries with the values they are shown with."""
    return (_shape(graph), _first_questions(), *_evidence(graph), *_groups(queries))


def _shape(graph: "nx.MultiDiGraph[str]") -> Slide:
    counts = Counter(data["labels"][0] for _, data in graph.nodes(data=True))
    held = f"{counts['Article']} articles, {counts['Event']} events and {counts['Entity']} entities"
    return Slide(
        "Who did what to whom",
        (
            Text(f"This graph holds {held}, read by `kg`. Every fact in it leads back to the sentence that says so."),
            Items(_NODES),
            Text("What can stand between what:"),
            Code("CALL db.schema.visualization()"),
        ),
    )


def _first_questions() -> Slide:
    return Slide(
        "First questions",
        (
            Text("Click on a statement to put it into the editor, on its arrow to run it. What happened last?"),
            Code(_LATEST),
            Text("What sorts of events are there? The types are those of PLOVER."),
            Code(_TYPES),
        ),
    )


def _evidence(graph: "nx.MultiDiGraph[str]") -> Iterator[Slide]:
    """How an event is traced, shown with the one that most claims tell; nothing where there is no event."""
    told = Counter(event for _, event, data in graph.edges(data=True) if data["type"] == "REPORTS")
    event = min(told, key=lambda event: (-told[event], event), default=None)
    if event is None:
        return
    yield Slide(
        "From an event to its sentences",
        (
            Items(_EVIDENCE),
            Text(f"All around the event that most claims tell, {graph.nodes[event]['name']}:"),
            Code(_ALL_AROUND.format(event=literal(event))),
            Text("The same in words; `start` and `end` count characters of the article's text."),
            Code(_SENTENCES.format(event=literal(event))),
        ),
    )


def _groups(queries: Iterable[Bound]) -> Iterator[Slide]:
    """A slide for each folder of saved queries: the lines that set a query's parameters, then the query."""
    ordered = sorted(queries, key=lambda bound: (bound.query.group, bound.query.name))
    for group, members in groupby(ordered, key=lambda bound: bound.query.group):
        parts = [part for bound in members for part in _query(bound)]
        yield Slide(f"Saved queries: {group}", tuple(parts))


def _query(bound: Bound) -> Iterator[Part]:
    yield Heading(bound.query.title)
    yield Text(f"{bound.query.description} (`kg query run {bound.query.name}`)")
    if bound.parameters:
        whom = ", ".join(f"`{name}` is {shown}" for name, shown in bound.names.items())
        yield Text(f"Set the parameters first; here {whom}." if whom else "Set the parameters first.")
        yield Code(bound.parameters)
    yield Code(bound.text)
