"""Find relations that last: who leads, holds office in, belongs to; later also alliances and ownership."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Entity, Form, Kind, Relation
from loaders.coreference import People
from loaders.grammar import children, text_span
from loaders.mentions import Found
from loaders.resolution import Names
from loaders.tenures import Tenures
from loaders.titles import Title, body_of, is_former, owners_of
from loaders.words import load_words

_PLACES = (Kind.PLACE, Kind.COUNTRY)


def find_relations(
    doc: Doc, found: Sequence[Found], names: Names, people: People, tenures: Tenures
) -> tuple[Relation, ...]:
    """The lasting relations that a text states, each once for a sentence, by position."""
    entity_of = {(one.found.first, one.found.last): one.entity for one in people.mentions}
    names_at: defaultdict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(found):
        if mention.form is Form.NAME:
            names_at[mention.head].append(number)
    text = _Text(doc, found, [entity_of.get((one.first, one.last)) for one in found], names_at, people, tenures)
    relations = [*text.titles(names.titles), *text.offices(names.titles)]
    for number in range(len(found)):
        relations += [*text.affiliations(number), *text.organs(number), *text.places(number)]
    dated_last = sorted(relations, key=lambda one: one.valid is not None)  # of two titles the one that is dated
    unique = {(one.type, one.source, one.target, one.evidence): one for one in dated_last}
    return tuple(sorted(unique.values(), key=lambda one: (one.evidence, one.type, one.source, one.target)))


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's mentions, the entity of each (None: nobody's), and head token → numbers of names."""

    doc: Doc
    found: Sequence[Found]
    entity_of: Sequence[str | None]
    names_at: Mapping[int, Sequence[int]]
    people: People
    tenures: Tenures

    def titles(self, titles: Sequence[Title]) -> Iterator[Relation]:
        """The relation behind "North Korean leader Kim Jong Un": the person leads the state."""
        for title in titles:
            body = self._entity(title.body)
            if body:
                type_ = _type(title.text, body.kind, former=title.former)
                noun = self.doc[self.found[title.nominal].head]
                yield from self._relation(type_, title.holder, body, rule="title", title=title.text, noun=noun)

    def offices(self, titles: Sequence[Title]) -> Iterator[Relation]:
        """The relation behind "Chad's foreign minister said": whoever is meant holds the office."""
        named = {title.nominal for title in titles}
        for number, mention in enumerate(self.found):
            if mention.form is Form.NOMINAL and mention.role and not mention.plural and number not in named:
                body = self._entity(body_of(self.doc, self.found, number))
                if body:
                    noun, former = mention.role.noun, is_former(self.doc, mention)
                    type_ = _type(noun, body.kind, former=former)
                    yield from self._relation(type_, number, body, rule="office", title=noun, confidence=0.8)

    def affiliations(self, number: int) -> Iterator[Relation]:
        """The relation behind "Ana Ruiz of the Example Institute" and "the institute's Ana Ruiz": she belongs to it."""
        if self.found[number].form is Form.NAME:
            head = self.doc[self.found[number].head]
            owners = [*children(head, "poss"), *_after(head, "of", "from", "with")]
            for body in self._named(owners, number, (Kind.ORGANIZATION,)):
                yield from self._relation("MEMBER_OF", number, body, rule="affiliation", confidence=0.7)

    def organs(self, number: int) -> Iterator[Relation]:
        """The relation behind "the Chadian army" and "Chad's Supreme Court": an organ is part of its state."""
        organ = self._entity(number)
        if organ is None or organ.sector not in load_words("mentions")["state_sectors"]:
            return
        mention = self.found[number]
        inside = [token for token in self.doc[mention.first : mention.last] if token.i != mention.head]
        for state in self._named([*inside, *owners_of(self.doc[mention.head])], number, (Kind.COUNTRY,)):
            if state.country == organ.country:
                yield from self._relation(
                    "PART_OF", number, state, rule="organ", kinds=(Kind.ORGANIZATION,), confidence=0.8
                )
                return

    def places(self, number: int) -> Iterator[Relation]:
        """The relation behind "Oran, Algeria" and "Oran in Algeria": one place lies in another."""
        head = self.doc[self.found[number].head]
        for wider in self._named([*children(head, "appos", "npadvmod"), *_after(head, "in")], number, _PLACES):
            yield from self._relation("LOCATED_IN", number, wider, rule="place", kinds=(Kind.PLACE,), confidence=0.8)

    def _entity(self, number: int | None) -> Entity | None:
        id_ = self.entity_of[number] if number is not None else None
        return self.people.figures[id_].entity if id_ else None

    def _named(self, tokens: Sequence[Token], number: int, kinds: tuple[Kind, ...]) -> Iterator[Entity]:
        """The entities of some kinds that are named by mentions with these heads."""
        for token in sorted(tokens, key=lambda token: token.i):
            for at in self.names_at.get(token.i, ()):
                entity = self._entity(at)
                if entity and at != number and entity.kind in kinds:
                    yield entity

    def _relation(
        self,
        type_: str,
        number: int,
        target: Entity,
        *,
        rule: str,
        title: str | None = None,
        noun: Token | None = None,
        kinds: tuple[Kind, ...] = (Kind.PERSON,),
        confidence: float = 0.9,
    ) -> Iterator[Relation]:
        """The relation of a mention's entity, if that is of a kind that can have it; `noun` tells it, else the head."""
        source = self._entity(number)
        if source is None or source.kind not in kinds or source.id == target.id:
            return
        head = self.doc[self.found[number].head]
        yield Relation(
            type=type_,
            source=source.id,
            target=target.id,
            title=title,
            valid=self.tenures.of(type_, source.id, target.id, title, noun or head),
            evidence=text_span(token for token in head.sent if not token.is_space),
            rule=rule,
            confidence=confidence,
        )


def _after(head: Token, *prepositions: str) -> list[Token]:
    """The nouns after some prepositions of a noun."""
    return [noun for prep in children(head, "prep") if prep.lower_ in prepositions for noun in children(prep, "pobj")]


def _type(noun: str, kind: Kind, *, former: bool) -> str:
    words = load_words("mentions")["titles"]
    if former:
        return "OTHER"
    if noun in words["leading"]:
        return "LEADS"
    if noun in words["speaking"]:
        return "SPEAKS_FOR"
    if noun == "member" and kind is Kind.ORGANIZATION:
        return "MEMBER_OF"
    return "HOLDS_OFFICE_IN"
