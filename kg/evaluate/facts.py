"""From the rows of a gold file to the values they stand for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kg.errors import DataError
from kg.evaluate.quotes import find, find_names
from kg.ids import claim_id
from kg.model import (
    Article,
    Entity,
    Event,
    EventDate,
    Form,
    Kind,
    Mention,
    Modality,
    Polarity,
    Precision,
    Relation,
    Span,
    Statement,
)
from kg.ontology import Ontology

Row = Mapping[str, Any]

_FIELDS = {
    "entity": {"article", "entity", "name", "kind", "country", "sector", "surface"},
    "sentence": {"article", "sentence", "events", "statements", "relations"},
    "event": {"trigger", "type", "mode", "relation", "actors", "targets", "polarity", "modality", "attributed_to"}
    | {"date", "place", "core"},
    "statement": {"speaker", "cue", "content", "quoted"},
    "relation": {"type", "source", "target", "title"},
}
_COUNTRY = re.compile(r"[A-Z]{3}")
_RULE = "gold"


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence, or several, tell; `core` holds ids of events."""

    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    core: frozenset[str] = frozenset()

    @classmethod
    def united(cls, parts: Iterable["Told"]) -> "Told":
        """All of them together, in their order."""
        parts = list(parts)
        return cls(
            tuple(event for part in parts for event in part.events),
            tuple(statement for part in parts for statement in part.statements),
            tuple(relation for part in parts for relation in part.relations),
            frozenset().union(*(part.core for part in parts)),
        )


@dataclass(slots=True)
class Reader:
    """Reads the rows of one article: entities first, then sentences.

    Every method raises `DataError` (or `KeyError`, `TypeError`, `ValueError`) for a row that cannot be used.
    """

    article: Article
    ontology: Ontology
    entities: dict[str, Entity] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def read(self, row: Row) -> None:
        """Take in an entity or a sentence."""
        if "entity" in row:
            self._entity(_only(row, "entity"))
        else:
            self.told.append(self._sentence(_only(row, "sentence")))

    def mentions(self) -> Iterator[Mention]:
        """Every place where a string that names an entity stands."""
        for key, entity in self.entities.items():
            spans = {span for name in entity.aliases for span in find_names(self.article.text, name)}
            yield from (Mention(span=span, form=Form.NAME, entity=key) for span in sorted(spans))

    def _entity(self, row: Row) -> None:
        if row["entity"] in self.entities:
            raise DataError(f"the key {row['entity']!r} is declared twice")
        if row.get("country") and not _COUNTRY.fullmatch(row["country"]):
            raise DataError(f"{row['country']!r} is no ISO 3166 alpha-3 code")
        if row.get("sector") not in self.ontology.sectors | {None}:
            raise DataError(f"{row['sector']!r} is no PLOVER sector")
        for name in row["surface"]:
            if not find_names(self.article.text, name):
                raise DataError(f"{name!r} is not in the text of {self.article.id}")
        self.entities[row["entity"]] = Entity(
            id=row["entity"],
            kind=Kind(row["kind"]),
            name=row["name"],
            aliases=tuple(row["surface"]),
            country=row.get("country"),
            sector=row.get("sector"),
        )

    def _sentence(self, row: Row) -> Told:
        sentence = find(self.article.text, row["sentence"], Span(0, len(self.article.text)))
        events = [(self._event(one, sentence), one.get("core", True)) for one in row.get("events", [])]
        return Told(
            tuple(event for event, _ in events),
            tuple(self._statement(one, sentence) for one in row.get("statements", [])),
            tuple(self._relation(one, sentence) for one in row.get("relations", [])),
            frozenset(event.id for event, core in events if core),
        )

    def _event(self, row: Row, sentence: Span) -> Event:
        row = _only(row, "event")
        self._check_coding(row)
        trigger = find(self.article.text, row["trigger"], sentence)
        return Event(
            id=claim_id(self.article.id, row["type"], trigger),
            type=row["type"],
            mode=row.get("mode"),
            relation=row["relation"],
            quad=self.ontology.types[row["type"]].quad,
            score=self.ontology.score(row["type"], row.get("mode")),
            trigger=trigger,
            actors=tuple(self._key(key) for key in row["actors"]),
            targets=tuple(self._key(key) for key in row.get("targets", [])),
            polarity=Polarity(row.get("polarity", Polarity.AFFIRMED)),
            modality=Modality(row.get("modality", Modality.ASSERTED)),
            attributed_to=self._optional_key(row.get("attributed_to")),
            date=_date(row["date"]) if row.get("date") else None,
            place=self._optional_key(row.get("place")),
            evidence=sentence,
            rule=_RULE,
            confidence=1.0,
        )

    def _check_coding(self, row: Row) -> None:
        if row["type"] not in self.ontology.types:
            raise DataError(f"{row['type']!r} is no event type")
        if row.get("mode") not in {None, *self.ontology.types[row["type"]].modes}:
            raise DataError(f"{row['type']} has no mode {row['mode']!r}")
        if self.ontology.event_relations.get(row["relation"]) != row["type"]:
            raise DataError(f"{row['relation']!r} is no relationship of {row['type']}")

    def _statement(self, row: Row, sentence: Span) -> Statement:
        row = _only(row, "statement")
        content = find(self.article.text, row["content"], sentence)
        cue = row.get("cue")
        return Statement(
            speaker=self._optional_key(row["speaker"]),
            cue=find(self.article.text, cue, sentence, besides=content) if cue else None,
            content=content,
            quoted=row.get("quoted", False),
            evidence=sentence,
            rule=_RULE,
            confidence=1.0,
        )

    def _relation(self, row: Row, sentence: Span) -> Relation:
        row = _only(row, "relation")
        if row["type"] not in self.ontology.lasting_relations:
            raise DataError(f"{row['type']!r} is no lasting relationship")
        return Relation(
            type=row["type"],
            source=self._key(row["source"]),
            target=self._key(row["target"]),
            title=row.get("title"),
            evidence=sentence,
            rule=_RULE,
            confidence=1.0,
        )

    def _key(self, key: str) -> str:
        if key not in self.entities:
            raise DataError(f"no entity of {self.article.id} has the key {key!r}")
        return key

    def _optional_key(self, key: str | None) -> str | None:
        return None if key is None else self._key(key)


def _only(row: Row, kind: str) -> Row:
    if unknown := row.keys() - _FIELDS[kind]:
        raise DataError(f"unknown fields: {', '.join(sorted(unknown))}")
    return row


def _date(text: str) -> EventDate:
    """A day such as "2018-06-12", or days such as "2018-06-01/2018-06-30 month"."""
    days, _, precision = text.partition(" ")
    start, _, end = days.partition("/")
    return EventDate(
        start=date.fromisoformat(start),
        end=date.fromisoformat(end or start),
        precision=Precision(precision or Precision.DAY),
    )
