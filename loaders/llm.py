"""An optional reader: a large language model tells events, statements and relations, and every quote is checked.

Nothing is believed that the text does not hold: evidence, trigger, parties, cue and content must be words of the
article, and types, modes and relations must be ours. The rest is left out and counted. Offsets, ids, entities and dates
come from our own pipeline. So an article that tries to steer the model can at worst make it choose wrongly among its
own words.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from string import Template
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from kg.errors import LlmError
from kg.ids import claim_id, digest
from kg.model import Article, Event, Mention, Modality, Polarity, Relation, Span, Statement
from kg.ontology import Ontology
from loaders.chat import Chat
from loaders.dates import DateMention, date_of, find_dates
from loaders.events import publication
from loaders.grammar import text_of, text_span, trimmed
from loaders.nlp import plain
from loaders.quotations import Quotation, find_quotations
from loaders.words import FOLDER

CONFIDENCE = 0.5  # of everything the model says: it has not been measured, and the quote is no proof of the reading
PIECE = 12_000  # characters of an article that are sent at once; a sentence is never cut
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})  # models write the plain ones
_EDGES = ' \t\r\n,"'

_Fact = TypeVar("_Fact", Event, Statement, Relation)
_Row = dict[str, Any]


class _UnfoundedError(LlmError):
    """Something that the model says and that cannot be believed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LlmReader:
    """Reads articles with a model; `dropped` counts what it said and what was not believed, by reason."""

    chat: Chat
    ontology: Ontology = field(repr=False)
    instructions: str = field(repr=False)
    dropped: Counter[str] = field(default_factory=Counter)

    @classmethod
    def make(cls, chat: Chat, ontology: Ontology) -> "LlmReader":
        """A reader with the prompt of `patterns/llm_prompt.txt`, filled with the ontology's closed lists."""
        template = Template((FOLDER / "llm_prompt.txt").read_text(encoding="utf-8"))
        return cls(chat=chat, ontology=ontology, instructions=template.substitute(_lists(ontology)))

    @property
    def name(self) -> str:
        """The model and the prompt, for the extractor's fingerprint."""
        return f"llm {self.chat.model}, prompt {digest([self.instructions], 12)}"

    def read(
        self, article: Article, doc: Doc, mentions: Sequence[Mention]
    ) -> tuple[tuple[Event, ...], tuple[Statement, ...], tuple[Relation, ...]]:
        """What the model finds in an article. Raises `LlmError` when its answer cannot be read."""
        events: dict[object, Event] = {}
        statements: dict[object, Statement] = {}
        relations: dict[object, Relation] = {}
        facts = _Facts(article, doc, mentions, self.ontology, self.dropped)
        for piece in _pieces(doc):
            day = article.published.isoformat() if article.published else "unknown"
            asked = f"Published: {day}\n\n<article>\n{piece.of(article.text)}\n</article>"
            answer = parse_answer(self.chat.ask(self.instructions, asked))
            for event in self._believed(answer, "events", facts.event):
                events.setdefault(event.id, event)
            for statement in self._believed(answer, "statements", facts.statement):
                statements.setdefault((statement.content, statement.cue), statement)
            for one in self._believed(answer, "relations", facts.relation):
                relations.setdefault((one.type, one.source, one.target, one.evidence), one)
        return (
            tuple(sorted(events.values(), key=lambda event: (event.trigger, event.type))),
            tuple(sorted(statements.values(), key=lambda one: (one.content, one.cue or one.content))),
            tuple(sorted(relations.values(), key=lambda one: (one.evidence, one.type, one.source, one.target))),
        )

    def _believed(self, answer: _Row, name: str, make: Callable[[_Row], _Fact]) -> Iterator[_Fact]:
        """The facts of one sort that the text bears out."""
        rows = answer.get(name)
        for row in rows if isinstance(rows, list) else []:
            try:
                yield make(row if isinstance(row, dict) else {})
            except _UnfoundedError as error:
                self.dropped[f"{name}: {error.what}"] += 1


def parse_answer(answer: str) -> _Row:
    """The JSON object in a model's answer, be it in a code fence, between words, or after thinking aloud.

    Raises `LlmError` when there is none.
    """
    said = answer.rpartition("</think>")[2]
    try:
        value = json.loads(said[said.find("{") : said.rfind("}") + 1])
    except (ValueError, RecursionError) as error:
        raise LlmError("the model's answer is no JSON") from error
    if not isinstance(value, dict):
        raise LlmError("the model's answer is no JSON object")
    return value


def _lists(ontology: Ontology) -> dict[str, str]:
    """The closed lists as the prompt has them."""
    types = [
        f"- {one.name}: {one.meaning}. Modes: {', '.join(one.modes) or 'none'}. Relations: "
        + ", ".join(name for name, type_ in ontology.event_relations.items() if type_ == one.name)
        for one in ontology.types.values()
    ]
    lasting = [f"- {name}: {ontology.meanings[name]}" for name in sorted(ontology.lasting_relations)]
    return {"types": "\n".join(types), "lasting": "\n".join(lasting), "contexts": ", ".join(sorted(ontology.contexts))}


def _pieces(doc: Doc) -> Iterator[Span]:
    """An article in stretches of whole sentences."""
    start = end = 0
    for sentence in doc.sents:
        if sentence.end_char - start > PIECE and end > start:
            yield Span(start, end)
            start = sentence.start_char
        end = sentence.end_char
    yield Span(start, end)


@dataclass(frozen=True)
class _Facts:
    """Makes facts of the rows that a model gives for one article."""

    article: Article
    doc: Doc
    mentions: Sequence[Mention]
    ontology: Ontology
    dropped: Counter[str]

    @cached_property
    def _text(self) -> str:
        return text_of(self.doc).translate(_MARKS)

    @cached_property
    def _dates(self) -> Sequence[DateMention]:
        return find_dates(self.doc, self.article.published)

    @cached_property
    def _quotations(self) -> Sequence[Quotation]:
        return find_quotations(self.doc)

    # --- facts --------------------------------------------------------------------------------------------------------

    def event(self, row: _Row) -> Event:
        """An event whose every word stands in the text."""
        evidence = self._first(_words(row, "evidence"))
        span = self._inside(_words(row, "trigger"), evidence)
        trigger = self._root(span)
        type_, mode, relation = self._coded(row)
        polarity, modality = _choice(row, "polarity", Polarity.AFFIRMED), _choice(row, "modality", Modality.ASSERTED)
        if modality is Modality.PLANNED:
            relation = self.ontology.when_planned(relation)
            type_ = self.ontology.event_relations[relation]
            mode = mode if mode in self.ontology.types[type_].modes else None
            modality = Modality.ASSERTED if type_ == "THREATEN" else modality  # a threat has been uttered
        actors = self._parties(row, "actors", evidence)
        targets = tuple(id_ for id_ in self._parties(row, "targets", evidence) if id_ not in actors)
        if not actors and not targets:
            raise _UnfoundedError("nobody whom the pipeline knows takes part")
        place = self._optional_mention(row, "place", evidence)
        return Event(
            id=claim_id(self.article.id, type_, span),
            type=type_,
            mode=mode,
            contexts=self._contexts(row),
            relation=relation,
            quad=self.ontology.types[type_].quad,
            score=self.ontology.score(type_, mode),
            trigger=span,
            actors=actors,
            targets=targets,
            polarity=polarity,
            modality=modality,
            attributed_to=self._optional_party(row, "attributed_to", evidence),
            date=date_of(trigger, self._dates) or publication(self.article, modality),
            place=place.entity if place and place.reading else None,
            evidence=_sentence(trigger),
            rule=f"llm/{type_.lower()}",
            confidence=CONFIDENCE,
        )

    def statement(self, row: _Row) -> Statement:
        """A statement whose words, cue and speaker stand in the text."""
        content = self._first(_words(row, "content").strip(_EDGES))
        cue, speaker = row.get("cue"), row.get("speaker")
        return Statement(
            speaker=self._optional_party(row, "speaker", content),
            speaker_span=self._near(_words(row, "speaker"), content) if speaker else None,
            cue=self._near(_words(row, "cue"), content) if cue else None,
            content=content,
            quoted=any(quotation.inner.covers(content) for quotation in self._quotations),
            evidence=_sentence(self._root(content)),
            rule="llm/statement",
            confidence=CONFIDENCE,
        )

    def relation(self, row: _Row) -> Relation:
        """A lasting relation whose both ends stand in the text."""
        evidence = self._first(_words(row, "evidence"))
        type_ = _words(row, "type")
        if type_ not in self.ontology.lasting_relations:
            raise _UnfoundedError("the type is not in the ontology")
        source, target = (self._party(_words(row, end), evidence) for end in ("source", "target"))
        if source is None or target is None or source == target:
            raise _UnfoundedError("its ends are not two whom the pipeline knows")
        if title := row.get("title"):
            self._near(_words(row, "title"), evidence)
        return Relation(
            type=type_,
            source=source,
            target=target,
            title=title or None,
            evidence=_sentence(self._root(evidence)),
            rule=f"llm/{type_.lower()}",
            confidence=CONFIDENCE,
        )

    # --- the ontology -------------------------------------------------------------------------------------------------

    def _coded(self, row: _Row) -> tuple[str, str | None, str]:
        """Type, mode and relationship of an event; of a foreign mode nothing is left, of a relation the plainest."""
        event_type = self.ontology.types.get(_words(row, "type"))
        if event_type is None:
            raise _UnfoundedError("the type is not in the ontology")
        mode, relation = row.get("mode"), row.get("relation")
        if mode is not None and mode not in list(event_type.modes):  # a list is no key
            self.dropped["modes: not in the ontology"] += 1
            mode = None
        if not isinstance(relation, str) or self.ontology.event_relations.get(relation) != event_type.name:
            self.dropped["relationship types: not in the ontology"] += 1
            relation = event_type.relation
        return event_type.name, mode, relation

    def _contexts(self, row: _Row) -> tuple[str, ...]:
        given = set(_list(row, "contexts"))
        self.dropped["contexts: not in the ontology"] += len(given - self.ontology.contexts)
        return tuple(sorted(given & self.ontology.contexts))

    # --- whom words mean ----------------------------------------------------------------------------------------------

    def _parties(self, row: _Row, name: str, near: Span) -> tuple[str, ...]:
        found = [self._party(quote, near) for quote in _list(row, name)]
        self.dropped["parties: nobody whom the pipeline knows"] += found.count(None)
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    def _optional_party(self, row: _Row, name: str, near: Span) -> str | None:
        mention = self._optional_mention(row, name, near)
        return mention.entity if mention else None

    def _optional_mention(self, row: _Row, name: str, near: Span) -> Mention | None:
        return self._mention(self._near(_words(row, name), near)) if row.get(name) else None

    def _party(self, quote: str, near: Span) -> str | None:
        mention = self._mention(self._near(quote, near))
        return mention.entity if mention else None

    def _mention(self, span: Span) -> Mention | None:
        """The mention that some words are or that holds their head: "Ana Ruiz" of "the Peruvian envoy Ana Ruiz"."""
        root = self._root(span)
        head = Span(root.idx, root.idx + len(root))
        found = [mention for mention in self.mentions if mention.span.overlaps(head)]
        return max(found, key=lambda one: (one.span == span, one.span.end - one.span.start), default=None)

    # --- where words stand --------------------------------------------------------------------------------------------

    def _first(self, quote: str) -> Span:
        return self._inside(quote, Span(0, len(self._text)))

    def _inside(self, quote: str, within: Span) -> Span:
        found = next((span for span in self._places(quote) if within.covers(span)), None)
        if found is None:
            raise _UnfoundedError("a quote is not in the text")
        return found

    def _near(self, quote: str, around: Span) -> Span:
        """The place of a quote inside or else nearest to a stretch of the text."""
        found = min(
            self._places(quote),
            key=lambda span: max(around.start - span.start, span.end - around.end, 0),
            default=None,
        )
        if found is None:
            raise _UnfoundedError("a quote is not in the text")
        return found

    def _places(self, quote: str) -> Iterator[Span]:
        """Where words stand in the text, as whole words, however they are broken into lines."""
        words = plain(quote).translate(_MARKS).split()
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        for match in re.finditer(pattern, self._text) if words else ():
            yield trimmed(self._text, *match.span())

    def _root(self, span: Span) -> Token:
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None:
            raise _UnfoundedError("a quote is not in the text")
        return found.root


def _sentence(token: Token) -> Span:
    return text_span(one for one in token.sent if not one.is_space)


def _words(row: _Row, name: str) -> str:
    """A field of words. Raises `_UnfoundedError` when it is empty or something else."""
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _UnfoundedError(f"{name} is missing or no text")
    return value


def _list(row: _Row, name: str) -> list[str]:
    """A field that is a list of words; whatever is no text in it cannot be believed."""
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise _UnfoundedError(f"{name} is no list of texts")
    return value


_Choice = TypeVar("_Choice", Polarity, Modality)


def _choice(row: _Row, name: str, default: _Choice) -> _Choice:
    """A field that is one of a closed list, or left out."""
    try:
        return type(default)(row.get(name) or default)
    except ValueError as error:
        raise _UnfoundedError(f"the {name} is not in the ontology") from error
