"""Find relations that last: who leads, holds office in, belongs to; later also alliances and ownership."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.model import Kind, Relation
from loaders.coreference import People
from loaders.grammar import children, text_span
from loaders.mentions import Found
from loaders.resolution import Names
from loaders.titles import Title
from loaders.words import load_words


def find_relations(doc: Doc, found: Sequence[Found], names: Names, people: People) -> tuple[Relation, ...]:
    """The lasting relations that a text states, each once for a sentence, by position."""
    relations = [_of_title(doc, found, names, people, title) for title in names.titles]
    relations += [_of_affiliation(doc, found, names, people, number) for number in names.entity_of]
    unique = {(one.type, one.source, one.target, one.evidence): one for one in relations if one}
    return tuple(sorted(unique.values(), key=lambda one: (one.evidence, one.type, one.source, one.target)))


def _of_title(doc: Doc, found: Sequence[Found], names: Names, people: People, title: Title) -> Relation | None:
    """The relation behind "North Korean leader Kim Jong Un": the person leads the state."""
    holder = names.entity_of.get(title.holder)
    body = names.entity_of.get(title.body) if title.body is not None else None
    if holder is None or body is None or holder == body:
        return None
    if people.figures[holder].entity.kind is not Kind.PERSON:
        return None
    sentence = doc[found[title.holder].head].sent
    return Relation(
        type=_type(title, people.figures[body].entity.kind),
        source=holder,
        target=body,
        title=title.text,
        evidence=text_span(token for token in sentence if not token.is_space),
        rule="title",
        confidence=0.9,
    )


def _of_affiliation(doc: Doc, found: Sequence[Found], names: Names, people: People, number: int) -> Relation | None:
    """The relation behind "Ana Ruiz of the Example Institute" and "the institute's Ana Ruiz": she belongs to it."""
    holder = names.entity_of[number]
    if people.figures[holder].entity.kind is not Kind.PERSON:
        return None
    head = doc[found[number].head]
    owners = [*children(head, "poss"), *(noun for prep in children(head, "prep") for noun in _joined(prep))]
    by_head = {found[at].head: id_ for at, id_ in names.entity_of.items()}
    bodies = [by_head[token.i] for token in owners if token.i in by_head]
    body = next((id_ for id_ in bodies if people.figures[id_].entity.kind is Kind.ORGANIZATION), None)
    if body is None:
        return None
    return Relation(
        type="MEMBER_OF",
        source=holder,
        target=body,
        evidence=text_span(token for token in head.sent if not token.is_space),
        rule="affiliation",
        confidence=0.7,
    )


def _joined(preposition: Token) -> list[Token]:
    return children(preposition, "pobj") if preposition.lower_ in ("of", "from", "with") else []


def _type(title: Title, kind: Kind) -> str:
    words = load_words("mentions")["titles"]
    if title.former:
        return "OTHER"
    if title.text in words["leading"]:
        return "LEADS"
    if title.text in words["speaking"]:
        return "SPEAKS_FOR"
    if title.text == "member" and kind is Kind.ORGANIZATION:
        return "MEMBER_OF"
    return "HOLDS_OFFICE_IN"
