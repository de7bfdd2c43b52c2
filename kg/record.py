"""The extraction record: the JSON object that `kg extract` prints, the store keeps and every scorer reads.

This is the program's public, versioned interface: fields may be added, the meaning of one never changes.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from kg.errors import RecordError
from kg.ids import text_sha256
from kg.model import (
    Article,
    Basis,
    Entity,
    Event,
    EventDate,
    Extraction,
    Form,
    Kind,
    Mention,
    Modality,
    Polarity,
    Precision,
    Reading,
    Relation,
    Span,
    Statement,
    Validity,
    ValidityBasis,
)

SCHEMA = 1

Json = dict[str, Any]


def to_record(extraction: Extraction) -> Json:
    """The record of an extraction, ready for `json.dumps`; every span carries the words it covers."""
    article, text = extraction.article, extraction.article.text
    return {
        "schema": SCHEMA,
        "extractor": extraction.extractor,
        "article": {
            "id": article.id,
            "text_sha256": text_sha256(text),
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "published": _day(article.published),
            "language": article.language,
        },
        "mentions": [_mention(mention, text) for mention in extraction.mentions],
        "entities": [_entity(entity) for entity in extraction.entities],
        "events": [_event(event, text) for event in extraction.events],
        "statements": [_statement(statement, text) for statement in extraction.statements],
        "relations": [_relation(relation, text) for relation in extraction.relations],
    }


def from_record(record: Mapping[str, Any], article: Article) -> Extraction:
    """The extraction that a record and its article's text make.

    Raises `RecordError` when the record is of another schema or text, lacks a field, or points outside the text.
    """
    try:
        _check_header(record, article)
        extraction = Extraction(
            article=article,
            mentions=tuple(_read_mention(row) for row in record["mentions"]),
            entities=tuple(_read_entity(row) for row in record["entities"]),
            events=tuple(_read_event(row) for row in record["events"]),
            statements=tuple(_read_statement(row) for row in record["statements"]),
            relations=tuple(_read_relation(row) for row in record["relations"]),
            extractor=record.get("extractor", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"the record cannot be read: {error!r}", where=article.id) from error
    check(extraction)
    return extraction


def check(extraction: Extraction) -> None:
    """Raise `RecordError` unless spans lie in the text, entities are declared once and event ids are unique."""
    size, where = len(extraction.article.text), extraction.article.id
    declared = [entity.id for entity in extraction.entities]
    if len(set(declared)) != len(declared):
        raise RecordError("an entity is declared twice", where=where)
    if unknown := _used_entities(extraction) - set(declared):
        raise RecordError(f"entities are used but not declared: {', '.join(sorted(unknown))}", where=where)
    if len({event.id for event in extraction.events}) != len(extraction.events):
        raise RecordError("two events share an id", where=where)
    if any(span.end > size for span in _spans(extraction)):
        raise RecordError(f"a span ends outside the text of {size} characters", where=where)


def _check_header(record: Mapping[str, Any], article: Article) -> None:
    if record["schema"] != SCHEMA:
        raise RecordError(f"the record has schema {record['schema']!r}, not {SCHEMA}", where=article.id)
    if record["article"]["text_sha256"] != text_sha256(article.text):
        raise RecordError("the record was made from another text", where=article.id)


def _used_entities(extraction: Extraction) -> set[str]:
    used: set[str | None] = {mention.entity for mention in extraction.mentions}
    for event in extraction.events:
        used |= {*event.actors, *event.targets, event.attributed_to, event.place}
    used |= {statement.speaker for statement in extraction.statements}
    for relation in extraction.relations:
        used |= {relation.source, relation.target}
    return {entity for entity in used if entity is not None}


def _spans(extraction: Extraction) -> list[Span]:
    spans: list[Span | None] = [mention.span for mention in extraction.mentions]
    for event in extraction.events:
        spans += [event.trigger, event.evidence]
    for statement in extraction.statements:
        spans += [statement.speaker_span, statement.cue, statement.content, statement.evidence]
    spans += [relation.evidence for relation in extraction.relations]
    return [span for span in spans if span]


# --- writing ------------------------------------------------------------------------------------------------


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None, text: str) -> Json | None:
    return {"start": span.start, "end": span.end, "text": span.of(text)} if span else None


def _mention(mention: Mention, text: str) -> Json:
    place = {"start": mention.span.start, "end": mention.span.end, "text": mention.span.of(text)}
    return {**place, "form": mention.form, "reading": mention.reading, "entity": mention.entity}


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "country": entity.country,
        "sector": entity.sector,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
    }


def _date(date: EventDate | None) -> Json | None:
    if date is None:
        return None
    return {"start": _day(date.start), "end": _day(date.end), "precision": date.precision, "basis": date.basis}


def _event(event: Event, text: str) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "relation": event.relation,
        "quad": event.quad,
        "score": event.score,
        "trigger": _span(event.trigger, text),
        "actors": list(event.actors),
        "targets": list(event.targets),
        "polarity": event.polarity,
        "modality": event.modality,
        "attributed_to": event.attributed_to,
        "date": _date(event.date),
        "place": event.place,
        "evidence": _span(event.evidence, text),
        "rule": event.rule,
        "confidence": round(event.confidence, 3),
    }


def _statement(statement: Statement, text: str) -> Json:
    return {
        "speaker": statement.speaker,
        "speaker_span": _span(statement.speaker_span, text),
        "cue": _span(statement.cue, text),
        "content": _span(statement.content, text),
        "quoted": statement.quoted,
        "evidence": _span(statement.evidence, text),
        "rule": statement.rule,
        "confidence": round(statement.confidence, 3),
    }


def _relation(relation: Relation, text: str) -> Json:
    return {
        "type": relation.type,
        "source": relation.source,
        "target": relation.target,
        "title": relation.title,
        "valid": _validity(relation.valid),
        "evidence": _span(relation.evidence, text),
        "rule": relation.rule,
        "confidence": round(relation.confidence, 3),
    }


def _validity(valid: Validity | None) -> Json | None:
    if valid is None:
        return None
    return {"from": valid.start, "to": valid.end, "last_known": _day(valid.last_known), "basis": valid.basis}


# --- reading ------------------------------------------------------------------------------------------------


def _read_span(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"])


def _read_optional_span(row: Mapping[str, Any] | None) -> Span | None:
    return _read_span(row) if row else None


def _read_mention(row: Mapping[str, Any]) -> Mention:
    reading = Reading(row["reading"]) if row.get("reading") else None
    return Mention(span=_read_span(row), form=Form(row["form"]), entity=row["entity"], reading=reading)


def _read_entity(row: Mapping[str, Any]) -> Entity:
    return Entity(
        id=row["id"],
        kind=Kind(row["kind"]),
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        country=row.get("country"),
        sector=row.get("sector"),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
    )


def _read_date(row: Mapping[str, Any] | None) -> EventDate | None:
    if row is None:
        return None
    start, end = datetime.date.fromisoformat(row["start"]), datetime.date.fromisoformat(row["end"])
    return EventDate(start=start, end=end, precision=Precision(row["precision"]), basis=Basis(row["basis"]))


def _read_event(row: Mapping[str, Any]) -> Event:
    return Event(
        id=row["id"],
        type=row["type"],
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts", ())),
        relation=row["relation"],
        quad=row["quad"],
        score=row["score"],
        trigger=_read_span(row["trigger"]),
        actors=tuple(row["actors"]),
        targets=tuple(row["targets"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        attributed_to=row["attributed_to"],
        date=_read_date(row["date"]),
        place=row["place"],
        evidence=_read_span(row["evidence"]),
        rule=row["rule"],
        confidence=row["confidence"],
    )


def _read_statement(row: Mapping[str, Any]) -> Statement:
    content = _read_span(row["content"])
    return Statement(
        speaker=row["speaker"],
        speaker_span=_read_optional_span(row.get("speaker_span")),
        cue=_read_optional_span(row["cue"]),
        content=content,
        quoted=row["quoted"],
        evidence=_read_optional_span(row.get("evidence")) or content,
        rule=row.get("rule", ""),
        confidence=row.get("confidence", 1.0),
    )


def _read_relation(row: Mapping[str, Any]) -> Relation:
    return Relation(
        type=row["type"],
        source=row["source"],
        target=row["target"],
        title=row.get("title"),
        valid=_read_validity(row.get("valid")),
        evidence=_read_span(row["evidence"]),
        rule=row["rule"],
        confidence=row["confidence"],
    )


def _read_validity(row: Mapping[str, Any] | None) -> Validity | None:
    if row is None:
        return None
    known = datetime.date.fromisoformat(row["last_known"]) if row["last_known"] else None
    return Validity(start=row["from"], end=row["to"], last_known=known, basis=ValidityBasis(row["basis"]))
