"""Roles that the text gives somebody: "North Korean leader Kim Jong Un", "Jan Egeland, who heads the council"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Form, Kind
from loaders.grammar import children
from loaders.mentions import Found
from loaders.words import load_words

_BEFORE = ("compound", "amod", "nmod", "poss", "appos")
_BODIES = (Kind.COUNTRY, Kind.ORGANIZATION, Kind.PLACE, Kind.GROUP)
_OF = ("of", "for", "in", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Somebody bears a role; `holder`, `nominal` and `body` (the state or organisation) are numbers of mentions."""

    holder: int
    nominal: int
    body: int | None
    text: str
    former: bool = False


def find_titles(doc: Doc, found: Sequence[Found]) -> tuple[Title, ...]:
    """The titles of a text, by position of their holder."""
    by_head = {mention.head: number for number, mention in enumerate(found) if mention.form is not Form.PRONOUN}
    people = {mention.first: number for number, mention in enumerate(found) if mention.kind is Kind.PERSON}
    titles = []
    for number, nominal in enumerate(found):
        if nominal.form is not Form.NOMINAL or nominal.kind is not Kind.PERSON:
            continue
        # "Secretary of State Ana Ruiz": where the parse is lost, what stands right before a name is its bearer's role
        beside = [people[nominal.last]] if nominal.last in people and nominal.last > nominal.head + 1 else []
        holders = {*beside, *(by_head.get(token.i) for token in _holders(doc[nominal.head]))} - {None, number}
        named = (holder for holder in holders if holder is not None and found[holder].form is Form.NAME)
        titles += [_title(doc, found, holder, number) for holder in named]
    return tuple(sorted(titles, key=lambda title: (title.holder, title.nominal)))


def _title(doc: Doc, found: Sequence[Found], holder: int, number: int) -> Title:
    nominal = found[number]
    return Title(
        holder=holder,
        nominal=number,
        body=body_of(doc, found, number),
        text=nominal.role.noun if nominal.role else doc[nominal.head].lower_,
        former=is_former(doc, nominal),
    )


def is_former(doc: Doc, nominal: Found) -> bool:
    """Whether a nominal tells of a role that is over: "the former president"."""
    words = load_words("mentions")["titles"]["former"]
    return any(token.lower_ in words for token in doc[nominal.first : nominal.head])


def _holders(noun: Token) -> Iterator[Token]:
    """Tokens that may head the name of a role's bearer."""
    # "North Korean leader Kim Jong Un": the role is a modifier of the name.
    if noun.dep_ in _BEFORE and noun.head.i > noun.i:
        yield noun.head
    # "the foreign minister, Sergei Lavrov" and "Lavrov, the foreign minister": one renames the other.
    if noun.dep_ == "appos":
        yield noun.head
    yield from (child for child in noun.children if child.dep_ == "appos")
    # "Trump becoming the first president": the predicate of a person.
    if noun.dep_ == "attr":
        yield from (child for child in noun.head.children if child.dep_ == "nsubj")


def body_of(doc: Doc, found: Sequence[Found], number: int) -> int | None:
    """The state or organisation that a nominal's role belongs to: before it, inside it, or after "of"."""
    nominal = found[number]
    head = doc[nominal.head]
    near = [token.i for token in _modifiers(head)]
    if head.dep_ in _BEFORE and head.head.i > head.i:  # "Russian Foreign Minister Lavrov": "Russian" hangs on the name
        near += [token.i for token in _modifiers(head.head)]  # and "Prime Minister Singh of India"
    bodies = {
        mention.head: at
        for at, mention in enumerate(found)
        if at != number and mention.form is Form.NAME and mention.kind in _BODIES
    }
    if nominal.last > nominal.head + 1:  # "U.S. Secretary of State Ana Ruiz"
        near += [nominal.first - 1, nominal.first]
    owners = [bodies[at] for at in near if at in bodies]
    if nominal.role and nominal.role.noun not in load_words("mentions")["titles"]["sent"]:
        # "the Haiti expert at the fund" is the fund's; "the Russian ambassador to the U.N." is Russia's
        owners.sort(key=lambda at: not (found[at].kind is Kind.ORGANIZATION and found[at].head > nominal.head))
    return next(iter(owners), None)


def _modifiers(head: Token) -> Iterator[Token]:
    """Words that say whose a role is: "Ukraine's president", "U.S. president", "president of Ukraine"."""
    for child in head.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            yield child
        if child.dep_ == "prep" and child.lower_ in _OF:
            yield from (word for word in child.children if word.dep_ == "pobj")
        if (
            child.dep_ == "acl" and child.lemma_ in load_words("mentions")["titles"]["belonging"]
        ):  # "militants linked to the group"
            yield from (word for prep in child.children if prep.dep_ == "prep" for word in prep.children)


def owners_of(head: Token) -> Iterator[Token]:
    """Words that may say whose a named one is: "Peru's Ana Ruiz", "the German carmaker Volkswagen"."""
    yield from children(head, "poss", "compound", "amod", "nmod")
    for noun in (*children(head, "compound", "appos"), *_nouns_before(head)):
        yield from _modifiers(noun)
    if head.dep_ == "appos":  # "the German carmaker, Volkswagen"
        yield from _modifiers(head.head)
    for preposition in children(head, "prep"):
        if preposition.lower_ == "of":
            yield from children(preposition, "pobj")


def _nouns_before(head: Token) -> list[Token]:
    """The noun right before a name, which the parse may leave unconnected: "carmaker" of "the carmaker Volkswagen"."""
    before = head.left_edge.i - 1
    return [head.doc[before]] if before >= head.sent.start and head.doc[before].pos_ == "NOUN" else []
