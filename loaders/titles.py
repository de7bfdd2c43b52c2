"""Roles that the text gives somebody: "North Korean leader Kim Jong Un", "Jan Egeland, who heads the council"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.gazetteer import Use
from kg.model import Form, Kind
from loaders.grammar import after, children, conjuncts, first_conjunct
from loaders.mentions import Found, numbers_near
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
        if nominal.form is not Form.NOMINAL or not _is_of_people(nominal):
            continue
        # "Secretary of State Ana Ruiz": where the parse is lost, what stands right before a name is its bearer's role
        beside = [people[nominal.last]] if nominal.last in people and nominal.last > nominal.head + 1 else []
        holders = {*beside, *(by_head.get(token.i) for token in _holders(doc[nominal.head]))} - {None, number}
        named = [holder for holder in holders if holder is not None and found[holder].form is Form.NAME]
        named = [at for at in named if found[at].kind is Kind.PERSON] or named  # not the paper of "the paper's editor"
        named = named or _after_body(doc, found, number, people)
        if nominal.plural and len(named) < 2:
            continue  # "the rebels, Ruiz said": one name is no row of people
        titles += [_title(doc, found, holder, number) for holder in named]
    return tuple(sorted(titles, key=lambda title: (title.holder, title.nominal)))


def _is_of_people(nominal: Found) -> bool:
    """Whether a nominal is what one or several people are: "the president", "Presidents"."""
    one = nominal.kind is Kind.PERSON
    return one or (nominal.plural and nominal.role is not None and nominal.role.kind is Kind.PERSON)


def _after_body(doc: Doc, found: Sequence[Found], number: int, people: Mapping[int, int]) -> list[int]:
    """The person named after a role's body, where the parse errs: "Ann Hale and the mayor of Oslo, Tom Marsh"."""
    body = body_of(doc, found, number)
    end = found[body].last if body is not None else len(doc)
    holder = people.get(end + 1) if end < len(doc) and doc[end].text == "," else None
    renames = holder is not None and doc[found[holder].head].dep_ in ("appos", "conj")
    return [holder] if renames and holder is not None else []


def _title(doc: Doc, found: Sequence[Found], holder: int, number: int) -> Title:
    nominal = found[number]
    return Title(
        holder=holder,
        nominal=number,
        body=body_of(doc, found, number, holder),
        text=nominal.role.noun if nominal.role else doc[nominal.head].lower_,
        former=is_former(doc, nominal),
    )


def is_former(doc: Doc, nominal: Found) -> bool:
    """Whether a nominal tells of a role that is over: "the former president"."""
    words = load_words("mentions")["titles"]["former"]
    return any(token.lower_ in words for token in doc[nominal.first : nominal.head])


def is_of_a_state(doc: Doc, nominal: Found) -> bool:
    """Whether a role may be the state's that an article is about: "President Ruiz", not "the club's president, Ruiz".

    Only of presidents and the like can there be a doubt: police and lawmakers are some state's in any case.
    """
    if nominal.role and nominal.role.noun.split()[-1] not in load_words("mentions")["titles"]["of_states"]:
        return True
    head = doc[nominal.head]
    return not children(head, "poss") and not after(head, "of", "at", "for")


def _holders(noun: Token) -> Iterator[Token]:
    """Tokens that may head the name of a role's bearer, or of its bearers: "Presidents Ruiz and Marsh"."""
    # "North Korean leader Kim Jong Un": the role is a modifier of the name.
    if noun.dep_ in _BEFORE and noun.head.i > noun.i:
        yield from _row(noun, noun.head)
    # "the foreign minister, Sergei Lavrov" and "Lavrov, the foreign minister": one renames the other.
    if noun.dep_ == "appos":
        yield noun.head
    for renaming in children(noun, "appos"):
        yield from _row(noun, renaming)
    # "Trump becoming the first president": the predicate of a person; not "Trump is no member", "is not a member".
    if noun.dep_ == "attr" and not children(noun.head, "neg"):
        yield from children(noun.head, "nsubj")
    # "Ana Ruiz, a lawyer and member of the party": a second role; "the lawyer and the member" are two people.
    if noun.dep_ == "conj":
        first = first_conjunct(noun)
        if first.dep_ == "attr" or not any(word.lower_ == "the" for word in children(noun, "det")):
            yield from _holders(first if first.dep_ != "pobj" else first.head.head)


def _row(noun: Token, name: Token) -> list[Token]:
    """A name, with those joined to it when the role is of several."""
    return conjuncts(name) if noun.tag_ in ("NNS", "NNPS") else [name]


def body_of(doc: Doc, found: Sequence[Found], number: int, holder: int | None = None) -> int | None:
    """The state or organisation that a nominal's role belongs to: before it, inside it, or after "of".

    It may also follow the name of the role's bearer: "President Ana Ruiz of Peru".
    """
    nominal = found[number]
    head = doc[nominal.head]
    near = [token.i for token in modifiers(head)]
    if (
        not nominal.plural and head.dep_ in _BEFORE and head.head.i > head.i
    ):  # "Russian Foreign Minister Lavrov": "Russian" hangs on the name
        near += [token.i for token in modifiers(head.head)]  # and "Prime Minister Singh of India"
    if holder is not None:  # "Presidents Ana Ruiz of Peru and Tom Marsh of Chile"
        own = [token.i for token in modifiers(doc[found[holder].head])]
        near = own + near if nominal.plural else near + own
    if nominal.last > nominal.head + 1:  # "U.S. Secretary of State Ana Ruiz"
        near += [nominal.first - 1, nominal.first]
    bodies = {
        found[at].head: at
        for at in numbers_near(found, near)
        if at != number and found[at].form is Form.NAME and found[at].kind in _BODIES
    }
    owners = [bodies[at] for at in near if at in bodies and not _is_studied(doc, found, nominal, bodies[at])]
    sent = load_words("mentions")["titles"]["sent"]
    if nominal.role and not {nominal.role.noun, nominal.role.noun.split(" to ")[0].split()[-1]} & set(sent):
        # "the Haiti expert at the fund" is the fund's, "Germany's SPD leader" the party's; "China's U.N. envoy" China's
        owners.sort(key=lambda at: _nearness(found[at], nominal))
    return next(iter(owners), None)


def _nearness(body: Found, nominal: Found) -> tuple[int, int]:
    """An organisation after a role comes first, then what stands before it, the nearest first, then the rest."""
    if body.head > nominal.head:
        return (0 if body.kind is Kind.ORGANIZATION else 2, body.head)
    return (1, -body.head)


def _is_studied(doc: Doc, found: Sequence[Found], nominal: Found, body: int) -> bool:
    """Whether a country is what somebody knows about: "a Russia analyst" need not be Russian."""
    senses = found[body].senses
    country = bool(senses) and senses[0].entry.kind is Kind.COUNTRY and senses[0].use is not Use.DEMONYM
    return country and doc[nominal.head].lemma_.lower() in load_words("mentions")["titles"]["studying"]


def modifiers(head: Token) -> Iterator[Token]:
    """Words that say whose a role is: "Ukraine's president", "U.S. president", "president of Ukraine"."""
    for child in head.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            yield child
            yield from (word for word in child.children if word.dep_ == "compound")  # "CIA deputy division chief"
        if child.dep_ == "prep" and child.lower_ in _OF:
            for word in children(child, "pobj"):
                yield from (word, *children(word, "appos"))  # "director of the think tank Example Forum"
        if (
            child.dep_ == "acl" and child.lemma_ in load_words("mentions")["titles"]["belonging"]
        ):  # "militants linked to the group"
            yield from (word for prep in child.children if prep.dep_ == "prep" for word in prep.children)


def owners_of(head: Token) -> Iterator[Token]:
    """Words that may say whose a named one is: "Peru's Ana Ruiz", "the German carmaker Volkswagen"."""
    yield from children(head, "poss", "compound", "amod", "nmod")
    beside = [*children(head, "compound", "appos"), *_nouns_before(head)]
    if head.dep_ == "appos":  # "the German carmaker, Volkswagen"
        beside.append(head.head)
    for noun in beside:
        yield from modifiers(noun)
    for noun in (head, *beside):  # "the Lagos-based group Example Forum"
        for based in children(noun, "amod"):
            yield from (children(based, "npadvmod", "compound") if based.lower_ == "based" else ())
    yield from after(head, "of")


def _nouns_before(head: Token) -> list[Token]:
    """The noun right before a name, which the parse may leave unconnected: "carmaker" of "the carmaker Volkswagen"."""
    before = head.left_edge.i - 1
    return [head.doc[before]] if before >= head.sent.start and head.doc[before].pos_ == "NOUN" else []
