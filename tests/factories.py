"""Small builders of values for tests: an article, somebody in it, an event, and a world of three invented articles.

Spans are given as words of the text, so that a test reads like the article it is about. Countries, people and outlets
of `small_world` are invented.
"""

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from kg.ids import claim_id, entity_id
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
from kg.ontology import load_ontology
from kg.store import Store

PUBLISHED = datetime.date(2024, 6, 20)
_SENTENCE = re.compile(r"\S.*?[.!?][”\"]?(?=\s|$)|\S.+?$", re.DOTALL)

Who = Entity | str


def article(
    text: str = "Mira Talvik visited Estmark.",
    *,
    id: str = "a1",
    title: str | None = None,
    published: datetime.date | None = PUBLISHED,
    source: str | None = "Harbour Gazette",
    url: str | None = None,
    language: str | None = "en",
) -> Article:
    """An article; only the text matters to most tests."""
    return Article(id=id, text=text, title=title, published=published, source=source, url=url, language=language)


def entity(
    name: str = "Mira Talvik",
    kind: Kind = Kind.PERSON,
    *,
    id: str | None = None,
    aliases: Iterable[str] = (),
    country: str | None = None,
    sector: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Entity:
    """An entity, with the id kind/slug unless another is given."""
    return Entity(
        id=id or entity_id(kind, name),
        kind=kind,
        name=name,
        aliases=tuple(aliases),
        country=country,
        sector=sector,
        latitude=latitude,
        longitude=longitude,
    )


def country(name: str, *, code: str | None = None, at: tuple[float, float] | None = None) -> Entity:
    """A country, with its alpha-3 code and its latitude and longitude."""
    latitude, longitude = at or (None, None)
    return entity(name, Kind.COUNTRY, country=code, latitude=latitude, longitude=longitude)


def span(article: Article, words: str, nth: int = 0) -> Span:
    """The nth place (from 0) at which the words stand in the article's text."""
    places = [found.start() for found in re.finditer(re.escape(words), article.text)]
    assert len(places) > nth, f"{words!r} stands {len(places)} times in article {article.id}"
    return Span(places[nth], places[nth] + len(words))


def sentence_of(article: Article, inner: Span) -> Span:
    """The sentence that covers a span: up to a full stop with a space after it."""
    sentences = [Span(*found.span()) for found in _SENTENCE.finditer(article.text)]
    return next(sentence for sentence in sentences if sentence.covers(inner))


def days(
    start: str, end: str | None = None, precision: Precision = Precision.DAY, basis: Basis = Basis.TEXT
) -> EventDate:
    """An event's date from ISO days."""
    first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end or start)
    return EventDate(start=first, end=last, precision=precision, basis=basis)


def event(
    article: Article,
    trigger: str,
    *,
    nth: int = 0,
    sentence: str | None = None,
    actors: Iterable[Who] = (),
    targets: Iterable[Who] = (),
    type: str = "CONSULT",
    mode: str | None = None,
    contexts: Iterable[str] = (),
    relation: str | None = None,
    polarity: Polarity = Polarity.AFFIRMED,
    modality: Modality = Modality.ASSERTED,
    attributed_to: Who | None = None,
    date: EventDate | None = None,
    place: Who | None = None,
    rule: str = "test",
    confidence: float = 0.8,
) -> Event:
    """An event whose trigger is the nth place of some words; sentence, relation, quad and score follow unless given."""
    ontology, where = load_ontology(), span(article, trigger, nth)
    return Event(
        id=claim_id(article.id, type, where),
        type=type,
        mode=mode,
        contexts=tuple(contexts),
        relation=relation or ontology.types[type].relation,
        quad=ontology.types[type].quad,
        score=ontology.score(type, mode),
        trigger=where,
        actors=_ids(actors),
        targets=_ids(targets),
        polarity=polarity,
        modality=modality,
        attributed_to=_id(attributed_to),
        date=date,
        place=_id(place),
        evidence=span(article, sentence) if sentence else sentence_of(article, where),
        rule=rule,
        confidence=confidence,
    )


def statement(
    article: Article,
    content: str,
    *,
    sentence: str | None = None,
    speaker: Who | None = None,
    cue: str | None = None,
    quoted: bool = True,
) -> Statement:
    """A statement whose content and cue are given as words."""
    inside = span(article, content)
    return Statement(
        speaker=_id(speaker),
        cue=span(article, cue) if cue else None,
        content=inside,
        quoted=quoted,
        evidence=span(article, sentence) if sentence else sentence_of(article, inside),
        rule="test",
        confidence=0.8,
    )


def relation(
    article: Article,
    sentence: str,
    *,
    type: str,
    source: Who,
    target: Who,
    title: str | None = None,
    valid: Validity | None = None,
) -> Relation:
    """A lasting relation with the words that state it."""
    return Relation(
        type=type,
        source=_ids([source])[0],
        target=_ids([target])[0],
        title=title,
        valid=valid,
        evidence=span(article, sentence),
        rule="test",
        confidence=0.8,
    )


def held(start: str | None, end: str | None = None, known: str | None = None, *, text: bool = False) -> Validity:
    """For how long a relation holds, by the gazetteer unless the text says it."""
    basis = ValidityBasis.TEXT if text else ValidityBasis.GAZETTEER
    return Validity(start=start, end=end, last_known=datetime.date.fromisoformat(known) if known else None, basis=basis)


def mention(
    article: Article, words: str, entity: Who, *, nth: int = 0, form: Form = Form.NAME, reading: Reading | None = None
) -> Mention:
    """A mention at the nth place of some words."""
    return Mention(span=span(article, words, nth), form=form, entity=_ids([entity])[0], reading=reading)


def extraction(
    article: Article,
    entities: Iterable[Entity] = (),
    events: Iterable[Event] = (),
    statements: Iterable[Statement] = (),
    relations: Iterable[Relation] = (),
    mentions: Iterable[Mention] | None = None,
) -> Extraction:
    """An extraction; unless mentions are given, every place of an entity's name or alias is one."""
    entities = tuple(entities)
    return Extraction(
        article=article,
        mentions=tuple(mentions) if mentions is not None else _name_mentions(article, entities),
        entities=entities,
        events=tuple(events),
        statements=tuple(statements),
        relations=tuple(relations),
        extractor="test",
    )


def small_world() -> list[Extraction]:
    """Three invented articles that hold nearly every kind of node and edge: see the builders below, one an article."""
    return [_first_article(), _second_article(), _third_article()]


def filled(path: Path) -> Path:
    """A store with the small world, at this path."""
    with Store.open(path) as store:
        for one in small_world():
            store.put(one)
    return path


def disputed_world() -> list[Extraction]:
    """The small world, and an article that denies what another one tells."""
    return [*small_world(), _denial()]


def queried_world() -> list[Extraction]:
    """The disputed world, and an article with what else saved queries ask for: sanctions, a rebuttal, state media."""
    return [*disputed_world(), _sanctions()]


TALVIK = entity("Mira Talvik", aliases=["Talvik"], country="NLD", sector="GOV")
BRANDT = entity("Oskar Brandt", aliases=["Brandt"], country="EST", sector="GOV")
NORLAND = country("Norland", code="NLD", at=(61.0, 12.5))
ESTMARK = country("Estmark", code="EST", at=(58.5, 25.0))
SOUTHHAVEN = country("Southhaven", code="SHV")
PORT_ALDER = entity("Port Alder", Kind.PLACE, country="EST", latitude=59.4, longitude=24.7)
AGENCY = entity("Norland News Agency", Kind.ORGANIZATION, aliases=["NNA"], country="NLD", sector="JRN")
UNION = entity("Coastal Union", Kind.ORGANIZATION, sector="IGO")
VESKA = country("Veska", code="VSK")
TARN = country("Tarn", code="TRN")
OSTMERE = country("Ostmere", code="OSM")
ORRE = entity("Ilan Orre", country="VSK", sector="GOV")
GUNMEN = entity("Gunmen", Kind.GROUP, sector="UAF")
TELEVISION = entity("Tarnish state television", Kind.ORGANIZATION, country="TRN", sector="JRN")


def _first_article() -> Extraction:
    """A visit, an agreement of two, a meeting on an agency's word, a quotation, and who leads Norland."""
    told = article(
        "President Mira Talvik of Norland visited Estmark on 19 June 2024. Norland and Estmark signed a fisheries "
        "agreement in Port Alder. The Norland News Agency (NNA) reported that Talvik met Oskar Brandt. “The sea feeds "
        "both of us,” Talvik said.",
        id="gazette-1",
        title="Talvik crosses the strait",
        url="https://gazette.example/1",
    )
    day = days("2024-06-19")
    published = days("2024-06-20", basis=Basis.PUBLISHED)
    return extraction(
        told,
        [TALVIK, BRANDT, NORLAND, ESTMARK, PORT_ALDER, AGENCY],
        [
            event(told, "visited", actors=[TALVIK], targets=[ESTMARK], mode="visit", relation="VISITED", date=day),
            event(
                told,
                "signed",
                type="SUPPORT",
                relation="SIGNED_AGREEMENT_WITH",
                actors=[NORLAND, ESTMARK],
                contexts=["diplomatic", "economic"],
                date=published,
                place=PORT_ALDER,
                confidence=0.9,
            ),
            event(told, "met", actors=[TALVIK, BRANDT], attributed_to=AGENCY, date=published),
        ],
        [statement(told, "The sea feeds both of us,", speaker=TALVIK, cue="said")],
        [
            relation(
                told,
                "President Mira Talvik of Norland",
                type="LEADS",
                source=TALVIK,
                target=NORLAND,
                title="President",
                valid=held("2019-05-14", known="2024-03-31"),
            )
        ],
    )


def _second_article() -> Extraction:
    """A visit that did not happen, one planned, an accusation, and a threat on somebody's word."""
    told = article(
        "Oskar Brandt, prime minister of Estmark, did not visit Norland in August 2024. Brandt plans to travel to "
        "Southhaven next month. Estmark accused Southhaven of smuggling. According to the Coastal Union, Southhaven "
        "threatened Estmark on Monday.",
        id="courier-7",
        title="No visit this summer",
        published=datetime.date(2024, 9, 3),
        source="Inland Courier",
        url="https://courier.example/7",
    )
    return extraction(
        told,
        [BRANDT, ESTMARK, NORLAND, SOUTHHAVEN, UNION],
        [
            event(
                told,
                "visit",
                actors=[BRANDT],
                targets=[NORLAND],
                mode="visit",
                relation="VISITED",
                polarity=Polarity.NEGATED,
                date=days("2024-08-01", "2024-08-31", Precision.MONTH),
            ),
            event(
                told,
                "plans to travel",
                type="AGREE",
                relation="PLANS_TO_VISIT",
                actors=[BRANDT],
                targets=[SOUTHHAVEN],
                modality=Modality.PLANNED,
                date=days("2024-10-01", "2024-10-31", Precision.MONTH),
            ),
            event(told, "accused", type="ACCUSE", mode="allege", actors=[ESTMARK], targets=[SOUTHHAVEN]),
            event(
                told,
                "threatened",
                type="THREATEN",
                actors=[SOUTHHAVEN],
                targets=[ESTMARK],
                attributed_to=UNION,
                date=days("2024-09-02"),
            ),
        ],
        relations=[
            relation(
                told,
                "Oskar Brandt, prime minister of Estmark",
                type="LEADS",
                source=BRANDT,
                target=ESTMARK,
                title="prime minister",
                valid=held("2021", "2024-11"),
            )
        ],
    )


def _third_article() -> Extraction:
    """No day, no source, no title: a treaty of three, an attack long ago, and words of somebody unnamed."""
    told = article(
        "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025. Norland, a member of the Coastal "
        "Union, was attacked by Southhaven in 1998. “It was overdue,” an official said.",
        id="alder-3",
        published=None,
        source=None,
        language=None,
    )
    return extraction(
        told,
        [NORLAND, ESTMARK, SOUTHHAVEN, UNION],
        [
            event(
                told,
                "signed",
                type="SUPPORT",
                relation="SIGNED_AGREEMENT_WITH",
                actors=[NORLAND, ESTMARK, SOUTHHAVEN],
                date=days("2025-03-01", "2025-03-31", Precision.MONTH),
            ),
            event(
                told,
                "attacked",
                type="ASSAULT",
                actors=[SOUTHHAVEN],
                targets=[NORLAND],
                modality=Modality.HISTORICAL,
                date=days("1998-01-01", "1998-12-31", Precision.YEAR),
            ),
        ],
        [statement(told, "It was overdue,", cue="said")],
        [
            relation(told, "Norland, a member of the Coastal Union", type="MEMBER_OF", source=NORLAND, target=UNION),
            relation(
                told,
                "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025.",
                type="ALLIED_WITH",
                source=NORLAND,
                target=ESTMARK,
                valid=held("2025-03", text=True),
            ),
        ],
    )


def _denial() -> Extraction:
    """Somebody denies the threat that the second article tells of."""
    told = article(
        "Southhaven did not threaten Estmark on Monday, Oskar Brandt said.",
        id="herald-2",
        title="Brandt sees no threat",
        published=datetime.date(2024, 9, 4),
        source="Herald of the North",
    )
    denied = event(
        told,
        "threaten",
        type="THREATEN",
        actors=[SOUTHHAVEN],
        targets=[ESTMARK],
        polarity=Polarity.NEGATED,
        attributed_to=BRANDT,
        date=days("2024-09-02"),
    )
    return extraction(told, [SOUTHHAVEN, ESTMARK, BRANDT], [denied])


def _sanctions() -> Extraction:
    """A threat that is followed, sanctions of which some are lifted, an accusation that is denied, and state media."""
    told = article(
        "Veska threatened Tarn on 1 July 2024. It imposed sanctions on Tarn on 5 July and penalised Ostmere on 6 July. "
        "It lifted the sanctions on Ostmere on 20 July. Veska accused Tarn of piracy on 9 July. Tarn denied it a day "
        "later. “Tarn must answer,” President Ilan Orre said. Tarnish state television reported that gunmen had "
        "attacked Ostmere on 8 July.",
        id="monitor-4",
        title="Veska punishes two",
        published=datetime.date(2024, 7, 21),
        source="Strait Monitor",
    )

    def penalty(trigger: str, target: Entity, day: str) -> Event:
        return event(
            told,
            trigger,
            type="SANCTION",
            mode="discontinue",
            relation="IMPOSED_SANCTIONS_ON",
            actors=[VESKA],
            targets=[target],
            date=days(day),
        )

    return extraction(
        told,
        [VESKA, TARN, OSTMERE, ORRE, GUNMEN, TELEVISION],
        [
            event(told, "threatened", type="THREATEN", actors=[VESKA], targets=[TARN], date=days("2024-07-01")),
            penalty("imposed sanctions", TARN, "2024-07-05"),
            penalty("penalised", OSTMERE, "2024-07-06"),
            event(
                told,
                "lifted",
                type="RETREAT",
                relation="LIFTED_RESTRICTIONS_ON",
                actors=[VESKA],
                targets=[OSTMERE],
                date=days("2024-07-20"),
            ),
            event(
                told, "accused", type="ACCUSE", mode="allege", actors=[VESKA], targets=[TARN], date=days("2024-07-09")
            ),
            event(
                told,
                "denied",
                type="REJECT",
                relation="DENIED_CLAIM_OF",
                actors=[TARN],
                targets=[VESKA],
                date=days("2024-07-10"),
            ),
            event(
                told,
                "attacked",
                type="ASSAULT",
                actors=[GUNMEN],
                targets=[OSTMERE],
                attributed_to=TELEVISION,
                date=days("2024-07-08"),
                confidence=0.6,
            ),
        ],
        [
            statement(told, "piracy", speaker=VESKA, cue="accused", quoted=False),
            statement(told, "Tarn must answer,", speaker=ORRE, cue="said"),
        ],
        [relation(told, "President Ilan Orre", type="LEADS", source=ORRE, target=VESKA, title="President")],
    )


def _id(who: Who | None) -> str | None:
    return who.id if isinstance(who, Entity) else who


def _ids(some: Iterable[Who]) -> tuple[str, ...]:
    return tuple(who.id if isinstance(who, Entity) else who for who in some)


def _name_mentions(article: Article, entities: Iterable[Entity]) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for one in entities:
        own: list[Span] = []
        for name in sorted({one.name, *one.aliases}, key=len, reverse=True):
            places = [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article.text)]
            own += [place for place in places if not any(other.covers(place) for other in own)]
        found += [Mention(span=place, form=Form.NAME, entity=one.id) for place in own]
    return tuple(sorted(found, key=lambda mention: mention.span))
