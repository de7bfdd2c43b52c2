"""Decide who each name stands for: the gazetteer first, then the article's own full names, acronyms and surnames."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.gazetteer import Gazetteer, GazetteerEntry, Sense, Use, winners
from kg.ids import entity_id
from kg.model import Form, Kind, Reading
from kg.names import normal
from loaders.cast import Figure, described, known_figure, new_figure, with_alias
from loaders.genders import gender_of
from loaders.grammar import after, children
from loaders.mentions import Found
from loaders.readings import reading_of
from loaders.titles import Title, find_titles, is_of_a_state, owners_of
from loaders.words import load_words, word_set

_USE_ORDER = tuple(Use)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the names of an article stand for: mention number → entity id and reading; entity id → figure."""

    entity_of: dict[int, str]
    reading_of: dict[int, Reading]
    figures: dict[str, Figure]
    titles: tuple[Title, ...]
    home: str | None = None  # code of the one country that the article is about


def resolve_names(doc: Doc, found: Sequence[Found], gazetteer: Gazetteer) -> Names:
    """The entities of all names of an article; nominals and pronouns come later."""
    titles = find_titles(doc, found)
    names = [number for number, mention in enumerate(found) if mention.form is Form.NAME]
    countries = _countries(found, names)
    entity_of: dict[int, str] = {}
    readings: dict[int, Reading] = {}
    figures: dict[str, Figure] = {}
    own: dict[str, str] = {}  # normal form of a name the gazetteer lacks → entity id
    for number in sorted(names, key=lambda at: _order(doc, found[at], at)):
        mention, text = found[number], _text(doc, found[number])
        if _is_surname(mention) and (bearer := _bearer(doc, number, found, entity_of, figures)):
            figure, reading = bearer, None
        elif mention.senses and not _is_open(mention, countries):
            figure, reading = _known(doc, mention, countries)
        else:
            organ, reading = _organ_of_state(doc, number, found, gazetteer), None
            figure = organ or _unknown(doc, number, found, entity_of, figures, own)
        if figure.id not in figures:
            figures[figure.id] = figure
        elif not mention.senses:
            figures[figure.id] = with_alias(figures[figure.id], text)
        if figure.entity.kind is Kind.PERSON and figure.gender is None:
            figures[figure.id] = described(figures[figure.id], gender=gender_of(doc, mention.first, mention.head))
        own.setdefault(normal(text), figure.id)
        entity_of[number] = figure.id
        if reading or figure.entity.kind in (Kind.PLACE, Kind.COUNTRY):
            readings[number] = reading or reading_of(doc[mention.head], state=figure.entity.kind is Kind.COUNTRY)
    home = _leading_country(countries)
    _locate(doc, found, entity_of, figures, (Kind.PLACE,))
    _locate(doc, found, entity_of, figures, (Kind.ORGANIZATION,))
    _give_home(figures, home)
    _describe(doc, found, titles, entity_of, figures, home)
    _locate(doc, found, entity_of, figures, (Kind.PERSON,))
    return Names(entity_of=entity_of, reading_of=readings, figures=figures, titles=titles, home=home)


@cache
def _sectors() -> dict[str, str]:
    """Last word of an organisation's name → PLOVER sector."""
    return {word: sector for sector, words in load_words("mentions")["sectors"].items() for word in words}


def _order(doc: Doc, mention: Found, number: int) -> tuple[bool, bool, int, int]:
    """Known names before unknown ones, longer before shorter, so that a surname finds its bearer; then by position."""
    return (_is_surname(mention), not mention.senses, -_words(doc, mention), number)


def _text(doc: Doc, mention: Found) -> str:
    """A mention's words, kept with the text: they are asked for again and again."""
    kept: dict[tuple[int, int], str] = doc.user_data.setdefault("names", {})
    place = (mention.first, mention.last)
    if place not in kept:
        kept[place] = re.sub(r"\s+", " ", doc[mention.first : mention.last].text)
    return kept[place]


def _words(doc: Doc, mention: Found) -> int:
    return len(_text(doc, mention).split())


def _countries(found: Sequence[Found], names: Sequence[int]) -> Counter[str]:
    """How often each country is named, to choose between bearers of one name."""
    return Counter(
        sense.entry.country
        for number in names
        for sense in found[number].senses[:1]
        if sense.entry.country and sense.entry.kind is Kind.COUNTRY
    )


def _known(doc: Doc, mention: Found, countries: Counter[str]) -> tuple[Figure, Reading | None]:
    """The figure that a gazetteer name means here."""
    senses = sorted(winners(mention.senses), key=lambda sense: _sense_order(sense, countries))
    best = senses[0]
    if best.use is Use.DEMONYM:
        return known_figure(best.entry), Reading.DEMONYM
    if any(sense.use is Use.METONYM for sense in senses) or best.entry.kind is Kind.PLACE:
        seat = any(sense.use is Use.METONYM for sense in senses)
        reading = reading_of(doc[mention.head], seat=seat)
        return known_figure(_for_reading(senses, reading).entry), reading
    return known_figure(best.entry), None


def _is_open(mention: Found, countries: Counter[str]) -> bool:
    """Whether a name is borne by parties of several states, none of which the article names: "the Greens"."""
    senses = winners(mention.senses)
    several = len(senses) > 1 and {sense.entry.sector for sense in senses} == {"PTY"}
    return several and not any(countries[sense.entry.country or ""] for sense in senses)


def _sense_order(sense: Sense, countries: Counter[str]) -> tuple[int, int, str]:
    return (_USE_ORDER.index(sense.use), -countries[sense.entry.country or ""], sense.entry.id)


def _for_reading(senses: Sequence[Sense], reading: Reading) -> Sense:
    """The state when the name stands for its government, the city when it stands for the place."""
    wanted = (Kind.COUNTRY, Kind.ORGANIZATION) if reading is Reading.METONYM else (Kind.PLACE,)
    return next((sense for sense in senses if sense.entry.kind in wanted), senses[0])


def _unknown(
    doc: Doc,
    number: int,
    found: Sequence[Found],
    entity_of: dict[int, str],
    figures: dict[str, Figure],
    own: dict[str, str],
) -> Figure:
    """The figure of a name that the gazetteer lacks: a surname, named before, an acronym, or new."""
    mention = found[number]
    text = _text(doc, mention)
    if len(text.split()) == 1 and (bearer := _bearer(doc, number, found, entity_of, figures)):
        return bearer
    if normal(text) in own:
        return figures[own[normal(text)]]
    if (host := _other_name_of(doc, number, found)) in entity_of and host is not None:
        return figures[entity_of[host]]
    if (bound := _spelled_out(doc, number, found)) is not None and (key := normal(_text(doc, found[bound]))) in own:
        return figures[own[key]]
    if (whole := _named_in_full(normal(text), own)) and figures[whole].entity.kind is Kind.ORGANIZATION:
        return figures[whole]
    kind = mention.kind or Kind.ORGANIZATION
    return new_figure(kind, text, sector=_sector(text) if kind is Kind.ORGANIZATION else None)


def _organ_of_state(doc: Doc, number: int, found: Sequence[Found], gazetteer: Gazetteer) -> Figure | None:
    """The organ of a named state: "Chad's Ministry of Health" is not Mali's; "Chadian Government" is Chad itself."""
    mention, text = found[number], _text(doc, found[number])
    sector = _sector(text)
    if mention.kind is not Kind.ORGANIZATION or sector not in word_set("mentions", "state_sectors"):
        return None
    owner = _owner_state(doc, number, found)
    if owner is None:
        return None
    if normal(text).split()[-1] in load_words("mentions")["state_nouns"]:
        return known_figure(owner)
    if any(sense.entry == owner for sense in mention.inside):  # "Chadian Health Ministry" says already whose it is
        return new_figure(Kind.ORGANIZATION, text, country=owner.country, sector=sector)
    name = f"{text} ({owner.name})"
    known = gazetteer.entries.get(entity_id(Kind.ORGANIZATION, name))
    return known_figure(known) if known else new_figure(Kind.ORGANIZATION, name, country=owner.country, sector=sector)


def _owner_state(doc: Doc, number: int, found: Sequence[Found]) -> GazetteerEntry | None:
    """The state whose an organ is, by a word inside or beside its name."""
    beside = {token.i for token in owners_of(doc[found[number].head])}
    senses = [*found[number].inside]
    senses += [mention.senses[0] for mention in found if mention.senses and mention.head in beside]
    return next((sense.entry for sense in senses if sense.entry.kind is Kind.COUNTRY), None)


def _named_in_full(tail: str, own: dict[str, str]) -> str | None:
    """The only entity whose longer name ends so: "Council" after "the U.N. Security Council"."""
    whole = {id_ for name, id_ in own.items() if name.endswith(f" {tail}")}
    return whole.pop() if len(whole) == 1 else None


def _sector(name: str) -> str | None:
    """The PLOVER sector that an organisation's name tells: "Health Ministry", "Ministry of Health"."""
    words = normal(name).split() or [""]
    kernel = words[0] if words[1:2] == ["of"] else words[-1]
    return _sectors().get(kernel)


def _spelled_out(doc: Doc, number: int, found: Sequence[Found]) -> int | None:
    """The mention that an acronym in brackets shortens: "Example News Network (ENN)"."""
    mention, before = found[number], found[number].first - 2
    text = _text(doc, mention)
    if before < 0 or doc[mention.first - 1].text != "(" or not text.isupper():
        return None
    for at, other in enumerate(found):
        named = other.last == before + 1 and other.form is Form.NAME
        if named and _initials(_text(doc, other)).endswith(text.replace(".", "")):
            return at
    return None


def _other_name_of(doc: Doc, number: int, found: Sequence[Found]) -> int | None:
    """The mention that a name is one more name of: "Ana Ruiz, also known as Puma", "the front, nicknamed Puma"."""
    words, first = load_words("mentions")["renaming"], found[number].first
    at = next((token.i for token in doc[max(first - 5, 0) : first] if token.lower_ in words), None)
    if at is None or at < doc[first].sent.start:
        return None
    before = (n for n, one in enumerate(found) if one.form is Form.NAME and at - 4 <= one.last <= at)
    return max(before, key=lambda n: found[n].last, default=None)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_surname(mention: Found) -> bool:
    """Whether the gazetteer knows a name only as the surname of somebody famous."""
    return bool(mention.senses) and all(sense.use is Use.SURNAME for sense in mention.senses)


def _bearer(
    doc: Doc, number: int, found: Sequence[Found], entity_of: dict[int, str], figures: dict[str, Figure]
) -> Figure | None:
    """The person of the article who bears a surname: the one last named in full before, else the first one after.

    The last word of a full name counts before the first ("Kim" of Kim Jong Un); "Mr" and "Mrs" are heeded.
    """
    mention = found[number]
    key, gender = normal(_text(doc, mention)), gender_of(doc, mention.first, mention.head)
    people = {
        at: normal(_text(doc, found[at]))
        for at, id_ in entity_of.items()
        if figures[id_].entity.kind is Kind.PERSON and figures[id_].gender in (None, gender or figures[id_].gender)
    }
    last = [at for at, name in people.items() if name.endswith(f" {key}")]
    full = last or [at for at, name in people.items() if name.startswith(f"{key} ")]
    if not full:
        return None
    return figures[entity_of[max((at for at in full if at < number), default=min(full))]]


def _leading_country(countries: Counter[str]) -> str | None:
    """The country that most of an article's names of countries are about: whose "Prime Minister Ruiz" must be."""
    code, times = next(iter(countries.most_common(1)), (None, 0))
    return code if 2 * times > countries.total() else None


def _describe(
    doc: Doc,
    found: Sequence[Found],
    titles: Sequence[Title],
    entity_of: dict[int, str],
    figures: dict[str, Figure],
    home: str | None,
) -> None:
    """Give people the country, sector and roles that their titles tell: "Norwegian envoy Jan Egeland" is NOR, GOV."""
    for title in titles:
        holder = entity_of.get(title.holder)
        role = found[title.nominal].role
        if holder is None or role is None or figures[holder].entity.kind is not Kind.PERSON:
            continue
        body = figures.get(entity_of.get(title.body, "")) if title.body is not None else None
        told = role.sector or _sector_of_house(doc, found, title)
        sector = "ELI" if title.former else told
        if sector in (None, "UNK") and body and body.entity.kind is Kind.ORGANIZATION:
            sector = body.entity.sector or sector
        country = body.entity.country if body else None
        if body is None and told in word_set("mentions", "state_sectors") and is_of_a_state(doc, found[title.nominal]):
            country = home
        figures[holder] = described(figures[holder], country=country, sector=sector, roles={role.noun})


def _sector_of_house(doc: Doc, found: Sequence[Found], title: Title) -> str | None:
    """The sector of whom a title has no name for: "a member of the upper house" is of the legislature."""
    heads = {token.i for token in after(doc[found[title.nominal].head], "of")}
    return next((one.role.sector for one in found if one.role and one.head in heads), None)


def _locate(
    doc: Doc, found: Sequence[Found], entity_of: dict[int, str], figures: dict[str, Figure], kinds: tuple[Kind, ...]
) -> None:
    """Give unknown ones of some kinds the country beside or inside their names: "Peru's Ana Ruiz", "Sibi, Pakistan"."""
    by_head = {mention.head: number for number, mention in enumerate(found) if number in entity_of}
    for number, id_ in entity_of.items():
        entity = figures[id_].entity
        if found[number].senses or entity.kind not in kinds:
            continue
        inside = (sense.entry.country for sense in found[number].inside)
        beside = (by_head.get(token.i) for token in _whereabouts(doc[found[number].head], entity.kind))
        countries = (figures[entity_of[at]].entity.country for at in beside if at is not None and at != number)
        country = next((code for code in (*inside, *countries) if code), None)
        figures[id_] = described(figures[id_], country=country)


def _whereabouts(head: Token, kind: Kind) -> Iterator[Token]:
    """Words that may say where a named one is or whose: "Sibi, Pakistan", "the Example Museum in Lima"."""
    if kind is Kind.PLACE:
        yield from (*children(head, "poss", "appos", "npadvmod"), *after(head, "in"))
        return
    yield from owners_of(head)
    yield from after(head, "in" if kind is Kind.ORGANIZATION else "from")


def _give_home(figures: dict[str, Figure], home: str | None) -> None:
    """Give a ministry, court, army or party without a country the one that the article is about."""
    for id_, figure in figures.items():
        entity = figure.entity
        unknown = id_ == entity_id(Kind.ORGANIZATION, entity.name)
        if unknown and (entity.sector in word_set("mentions", "state_sectors") or entity.sector == "PTY"):
            figures[id_] = described(figure, country=home)
