"""What differs between two readings of an article, as rows: for `kg recode` and `kg history`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.cli.output import counted, line
from kg.model import Entity, Event, Extraction, Modality, Polarity, Relation, Span, Statement

if TYPE_CHECKING:
    from kg.changes import Change

    Fact = Event | Statement | Relation | Entity

COLUMNS = ("article", "kind", "change", "fields", "sentence", "old", "new")
KINDS = ("event", "statement", "relation", "entity")
Row = dict[str, Any]


def rows_of(old: Extraction, new: Extraction) -> Iterator[Row]:
    """The changes from one reading to another, a row each, with the sentence of the newer one where it has it."""
    from kg.changes import changes

    for change in changes(old, new):
        yield {
            "article": new.article.id,
            "kind": change.kind,
            "change": change.how.value,
            "fields": list(change.fields),
            "sentence": _sentence(change, old, new),
            "old": described(change.old, old) if change.old else None,
            "new": described(change.new, new) if change.new else None,
        }


def count(rows: Iterable[Row]) -> Counter[tuple[str, str]]:
    """How many rows of each kind are gained, lost and changed."""
    return Counter((row["kind"], row["change"]) for row in rows)


def summary(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """The counts by kind, and in it by what became of them."""
    return {kind: {how: counts[kind, how] for how in ("gained", "lost", "changed")} for kind in KINDS}


def summary_lines(counts: Counter[tuple[str, str]]) -> dict[str, str]:
    """The counts in words, such as "2 gained, 1 changed"; a kind of which none differs is left out."""
    told = {kind: [f"{n} {how}" for how, n in row.items() if n] for kind, row in summary(counts).items()}
    return {counted(2, kind)[2:]: ", ".join(parts) for kind, parts in told.items() if parts}


def described(fact: "Fact", told: Extraction) -> str:
    """A fact in one line, with names for ids, such as "CONSULT “met”: Norway, Iceland; 2024-05-03"."""
    names = {entity.id: entity.name for entity in told.entities}
    match fact:
        case Event():
            return _event(fact, told, names)
        case Statement():
            speaker = names.get(fact.speaker or "", "somebody")
            return f"{speaker} {'says' if fact.quoted else 'means'} “{_words(fact.content, told)}”"
        case Relation():
            notes = [fact.title, _term(fact)]
            return "; ".join([f"{names[fact.source]} {fact.type} {names[fact.target]}", *filter(None, notes)])
        case Entity():
            return "; ".join(filter(None, [f"{fact.name} ({fact.id}), {fact.kind}", fact.country, fact.sector]))


def _event(event: Event, told: Extraction, names: dict[str, str]) -> str:
    actors, targets = (", ".join(names[id] for id in ids) for ids in (event.actors, event.targets))
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    notes = [
        None if event.polarity is Polarity.AFFIRMED else event.polarity,
        None if event.modality is Modality.ASSERTED else event.modality,
        " to ".join(dict.fromkeys(day.isoformat() for day in (event.date.start, event.date.end)))
        if event.date
        else None,
        f"at {names[event.place]}" if event.place else None,
        f"on the word of {names[event.attributed_to]}" if event.attributed_to else None,
        ", ".join(event.contexts),
    ]
    parties = f"{actors or 'nobody'} → {targets}" if targets else actors or "nobody"
    said = f"{kind} “{_words(event.trigger, told)}” {event.relation}: {parties}"
    return "; ".join([said, *(note for note in notes if note)])


def _term(relation: Relation) -> str | None:
    valid = relation.valid
    return f"{valid.start} to {valid.end or valid.last_known or '?'}" if valid else None


def _sentence(change: "Change", old: Extraction, new: Extraction) -> str | None:
    fact, told = (change.new, new) if change.new else (change.old, old)
    return None if isinstance(fact, Entity) else _words(fact.evidence, told)


def _words(span: Span, told: Extraction) -> str:
    return line(span.of(told.article.text))
