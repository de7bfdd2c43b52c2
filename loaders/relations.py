"""Find relations that last: who leads, holds office in, belongs to, is allied or at war with, owned by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.gazetteer import RoleNoun
from kg.model import Entity, Form, Kind, Relation
from loaders.bonds import Edge, find_bonds
from loaders.coreference import People
from loaders.grammar import (
    after,
    auxiliaries,
    child,
    children,
    is_passive,
    lemmas_of,
    passive_agent,
    subject,
    text_span,
)
from loaders.mentions import Found
from loaders.resolution import Names
from loaders.tenures import Tenures, Tie
from loaders.titles import Title, body_of, is_former, is_of_a_state, modifiers, owners_of
from loaders.words import load_words

_PLACES = (Kind.PLACE, Kind.COUNTRY)
_BODIES = (Kind.ORGANIZATION, Kind.COUNTRY)
_ANYBODY = (*_BODIES, Kind.GROUP, Kind.PERSON)
_BOUND = {  # kinds of source and target
    "ALLIED_WITH": (_ANYBODY, _ANYBODY),
    "AT_WAR_WITH": ((*_BODIES, Kind.GROUP), (*_BODIES, Kind.GROUP)),
    "MEMBER_OF": ((Kind.COUNTRY, Kind.PERSON), (Kind.ORGANIZATION,)),
    "PART_OF": ((Kind.ORGANIZATION, Kind.PLACE, Kind.GROUP), (*_BODIES, Kind.PLACE)),
    "OWNED_BY": ((Kind.ORGANIZATION, Kind.PLACE), (*_BODIES, Kind.PERSON)),
    "LOCATED_IN": ((Kind.ORGANIZATION, Kind.PLACE, Kind.GROUP), _PLACES),
}
_STATES = (Kind.COUNTRY, Kind.ORGANIZATION)  # who joins and leaves: what a person once was is told by offices


def find_relations(
    doc: Doc, found: Sequence[Found], names: Names, people: People, tenures: Tenures
) -> tuple[Relation, ...]:
    """The lasting relations that a text states, each once for a sentence, by position."""
    entity_of = {(one.found.first, one.found.last): one.entity for one in people.mentions}
    names_at: defaultdict[int, list[int]] = defaultdict(list)
    stand_ins_at: defaultdict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(found):
        (names_at if mention.form is Form.NAME else stand_ins_at)[mention.head].append(number)
    meant = [entity_of.get((one.first, one.last)) for one in found]
    text = _Text(doc, found, meant, names_at, stand_ins_at, people, tenures)
    relations = [*text.titles(names.titles), *text.offices(names.titles), *text.heads()]
    for number in range(len(found)):
        relations += [*text.affiliations(number), *text.organs(number), *text.places(number)]
    relations += text.bonds()
    # of two that say the same the one that has a title, and dates
    fullest_last = sorted(relations, key=lambda one: (one.title is not None, one.valid is not None))
    unique = {(one.type, one.source, one.target, one.evidence): one for one in fullest_last}
    return tuple(sorted(unique.values(), key=lambda one: (one.evidence, one.type, one.source, one.target)))


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's mentions, the entity of each (None: nobody's), and head token → numbers of names, of stand-ins."""

    doc: Doc
    found: Sequence[Found]
    entity_of: Sequence[str | None]
    names_at: Mapping[int, Sequence[int]]
    stand_ins_at: Mapping[int, Sequence[int]]
    people: People
    tenures: Tenures

    @property
    def mentioned(self) -> list[str]:
        """Ids of the entities that have a mention, the first first."""
        return list(dict.fromkeys(id_ for id_ in self.entity_of if id_))

    def titles(self, titles: Sequence[Title]) -> Iterator[Relation]:
        """The relation behind "North Korean leader Kim Jong Un": the person leads the state."""
        for title in titles:
            body, confidence = self._entity(title.body) or self._spoken_for(title), 0.9
            if body is None:
                body, confidence = self._known_office(title) or self._own_state(title), 0.7
            role = self.found[title.nominal].role
            if body and role and _is_private(role, body.kind):
                body = None  # "the American reporter Ana Ruiz"
            if body:
                type_ = _type(title.text, body.kind, former=title.former)
                noun = self.doc[self.found[title.nominal].head]
                yield from self._relation(
                    type_, title.holder, body, rule="title", title=title.text, noun=noun, confidence=confidence
                )
            yield from self._voice(title)

    def _voice(self, title: Title) -> Iterator[Relation]:
        """The relation behind "Ruiz's lawyer, Tom Marsh": one person speaks for another."""
        if title.text in load_words("mentions")["titles"]["speaking"]:
            owners = children(self.doc[self.found[title.nominal].head], "poss")
            for client in self._named(owners, title.holder, (Kind.PERSON,)):
                yield from self._relation("SPEAKS_FOR", title.holder, client, rule="title", title=title.text)

    def _spoken_for(self, title: Title) -> Entity | None:
        """The organisation that a noun beside the role stands for: "the company's director, Ana Ruiz"."""
        nouns = modifiers(self.doc[self.found[title.nominal].head])
        stand_ins = (at for token in nouns for at in self.stand_ins_at.get(token.i, ()))
        return next((body for body in map(self._entity, stand_ins) if body and body.kind in _BODIES), None)

    def _known_office(self, title: Title) -> Entity | None:
        """The body of an office that the bearer is known to hold or have held: "Prime Minister Trudeau" is Canada's."""
        entity, role = self._entity(title.holder), self.found[title.nominal].role
        figures = self.people.figures
        for office in figures[entity.id].offices if entity else ():
            fits = role is not None and (office.role in role.offices or office.title.lower() == role.noun)
            if fits and office.of in figures and figures[office.of].entity.id in self.mentioned:
                return figures[office.of].entity
        return None

    def _own_state(self, title: Title) -> Entity | None:
        """The state of somebody unknown whose office only a state has: "Foreign Minister Ruiz", once she is Peru's."""
        entity, words = self._entity(title.holder), load_words("mentions")["titles"]["of_states"]
        if entity is None or title.text.split()[-1] not in words or self.people.figures[entity.id].offices:
            return None
        if not is_of_a_state(self.doc, self.found[title.nominal]):
            return None
        states = (self.people.figures[id_].entity for id_ in self.mentioned)
        return next((one for one in states if one.kind is Kind.COUNTRY and one.country == entity.country), None)

    def heads(self) -> Iterator[Relation]:
        """The relation behind "Ana Ruiz, who heads the council" and "a group led by Ana Ruiz"."""
        heading = load_words("mentions")["titles"]["heading"]
        for verb in (self.doc[at] for at, lemma in enumerate(lemmas_of(self.doc)) if lemma in heading):
            if verb.pos_ != "VERB" or _is_unreal(verb):
                continue
            passive = is_passive(verb)
            head = passive_agent(verb) if passive else subject(verb)
            headed = subject(verb) if passive else child(verb, "dobj")
            body = self._named([headed], -1, (Kind.ORGANIZATION,)) if headed is not None else iter(())
            if head is not None and (target := next(body, None)):
                for at in self.names_at.get(head.i, ()):
                    yield from self._relation("LEADS", at, target, rule="heads", noun=verb, confidence=0.7)

    def offices(self, titles: Sequence[Title]) -> Iterator[Relation]:
        """The relation behind "Chad's foreign minister said": whoever is meant holds the office."""
        named = {title.nominal for title in titles}
        for number, mention in enumerate(self.found):
            if mention.form is Form.NOMINAL and mention.role and not mention.plural and number not in named:
                if not _is_office(mention.role):  # "an Iranian agent" holds none
                    continue
                body = self._entity(body_of(self.doc, self.found, number))
                if body:
                    noun, former = mention.role.noun, is_former(self.doc, mention)
                    type_ = _type(noun, body.kind, former=former)
                    yield from self._relation(type_, number, body, rule="office", title=noun, confidence=0.8)

    def affiliations(self, number: int) -> Iterator[Relation]:
        """The relation behind "Ana Ruiz of the Example Institute" and "the institute's Ana Ruiz": she belongs to it.

        So does "Ana Ruiz (SPD)" to the party.
        """
        if self.found[number].form is Form.NAME:
            head = self.doc[self.found[number].head]
            owners = [*children(head, "poss"), *after(head, "of", "from", "with")]
            end = self.found[number].last
            if end + 1 < len(self.doc) and self.doc[end].text == "(":
                owners += [self.doc[one.head] for one in self.found if one.first == end + 1]
            for body in self._named(owners, number, (Kind.ORGANIZATION,)):
                yield from self._relation("MEMBER_OF", number, body, rule="affiliation", confidence=0.7)

    def organs(self, number: int) -> Iterator[Relation]:
        """The relation behind "the Chadian army" and "Chad's Supreme Court": an organ is part of its state."""
        organ = self._entity(number)
        if organ is None or organ.sector not in load_words("mentions")["state_sectors"]:
            return
        if organ.kind is Kind.GROUP and organ.sector not in load_words("relations")["forces"]["sectors"]:
            return  # "British diplomats" are none
        mention = self.found[number]
        inside = [token for token in self.doc[mention.first : mention.last] if token.i != mention.head]
        states = list(self._named([*inside, *owners_of(self.doc[mention.head])], number, (Kind.COUNTRY,)))
        joint = organ.kind is Kind.GROUP and len(set(states)) > 1  # "American and Chadian forces"
        for state in states:
            if state.country == organ.country and not joint:
                yield from self._relation(
                    "PART_OF", number, state, rule="organ", kinds=(Kind.ORGANIZATION, Kind.GROUP), confidence=0.8
                )
                return

    def places(self, number: int) -> Iterator[Relation]:
        """The relation behind "Oran, Algeria", "Oran in Algeria" and "Algeria's Oran": one place lies in another.

        So does "the Example Institute in Oran".
        """
        if self.found[number].form is not Form.NAME:
            return
        head = self.doc[self.found[number].head]
        inside = after(head, "in")
        for wider in self._named([*children(head, "poss", "appos", "npadvmod"), *inside], number, _PLACES):
            yield from self._relation("LOCATED_IN", number, wider, rule="place", kinds=(Kind.PLACE,), confidence=0.8)
        for seat in self._named(inside, number, _PLACES):
            yield from self._relation(
                "LOCATED_IN", number, seat, rule="place", kinds=(Kind.ORGANIZATION,), confidence=0.8
            )

    def bonds(self) -> Iterator[Relation]:
        """The relations behind "Chad is an ally of Niger", "the Paris-based group X" and the like."""
        for bond in find_bonds(self.doc):
            sources, targets = _BOUND[bond.type]
            sources = _STATES if bond.is_deed or bond.edge == "ends" else sources
            title = bond.word.lemma_ if bond.type == "MEMBER_OF" and not bond.is_deed else None
            others = [self._entity(number) for number in self._at(bond.targets)]
            for target in dict.fromkeys(one for one in others if one and one.kind in targets):
                if bond.is_deed and target.sector != "IGO":
                    continue  # "Chad left the company alone"
                for number in self._at(bond.sources):
                    yield from self._relation(
                        bond.type,
                        number,
                        target,
                        rule="bond",
                        title=title,
                        noun=bond.word,
                        kinds=sources,
                        edge=bond.edge,
                        confidence=0.75,
                    )

    def _at(self, tokens: Sequence[Token]) -> list[int]:
        """Numbers of the names with these heads, or else of what stands in for names: "the group X" is X."""
        named = [at for token in tokens for at in self.names_at.get(token.i, ())]
        return named or [at for token in tokens for at in self.stand_ins_at.get(token.i, ())]

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
        edge: Edge | None = None,
        confidence: float = 0.9,
    ) -> Iterator[Relation]:
        """The relation of a mention's entity, if that is of a kind that can have it; `noun` tells it, else the head.

        One that is over is none unless it is known when it ended.
        """
        source = self._entity(number)
        if source is None or source.kind not in kinds or source.id == target.id:
            return
        head = self.doc[self.found[number].head]
        valid = self.tenures.of(Tie(type_, source, target, title, edge), noun or head)
        if edge == "ends" and not (valid and valid.end):
            return
        yield Relation(
            type=type_,
            source=source.id,
            target=target.id,
            title=title,
            valid=valid,
            evidence=text_span(token for token in head.sent if not token.is_space),
            rule=rule,
            confidence=confidence,
        )


def _is_office(role: RoleNoun) -> bool:
    """Whether a role is an office: "president", "envoy", "spokesman"; not "soldier"."""
    words, last = load_words("mentions")["titles"], role.noun.split()[-1]
    lists = ("leading", "speaking", "sent", "of_states")
    return bool(role.offices) or any({role.noun, last} & set(words[name]) for name in lists)


def _is_private(role: RoleNoun, body: Kind) -> bool:
    """Whether who has a role holds no office by that: "reporter" or "midfielder" of a state, "exile" of anywhere."""
    words = load_words("mentions")["titles"]
    by_sector = role.sector in words["private_sectors"] or (not role.sector and not _is_office(role))
    return role.noun in words["private_nouns"] or (body is Kind.COUNTRY and by_sector)


def _is_unreal(verb: Token) -> bool:
    """Whether a verb tells of what is not, or not yet: "will head", "does not lead"."""
    return bool(children(verb, "neg")) or any(word.tag_ in ("MD", "TO") for word in auxiliaries(verb))


def _type(noun: str, kind: Kind, *, former: bool) -> str:
    words = load_words("mentions")["titles"]
    if former:
        return "OTHER"
    if noun in words["leading"]:
        return "LEADS"
    if noun in words["speaking"]:
        return "SPEAKS_FOR"
    if noun.split()[-1] in words["belonging_roles"] and kind is Kind.ORGANIZATION:
        return "MEMBER_OF"
    return "HOLDS_OFFICE_IN"
