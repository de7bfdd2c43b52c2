"""Articles nobody wrote, with what they say, put together by choices: of hypothesis, or of a seeded random number.

They are made to meet each other: few names, days, outlets and ids, so that articles correct one another, tell the same
events, copy each other's words, and name the same people in different ways. No language model reads them.
"""

import dataclasses
import datetime
import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

from kg.decisions import Decision
from kg.ids import claim_id
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
    Relation,
    Span,
    Statement,
)
from kg.ontology import load_ontology
from tests.factories import country, entity, held

T = TypeVar("T")


class Choose(Protocol):
    """One of some values, by whatever decides."""

    def __call__(self, options: Sequence[T], /) -> T: ...


def by_chance(seed: object) -> Choose:
    """Choices of a seeded random number: the same seed always chooses the same."""
    return random.Random(str(seed)).choice


IDS = tuple(f"article-{name}" for name in ("one", "two", "three", "four", "five", "six"))
URLS = (None, None, "https://gazette.example/1", "https://courier.example/7")
READERS = ("rules of today", "rules of tomorrow")
CAST = (
    entity("Mira Talvik", aliases=["Talvik"], country="NLD", sector="GOV"),
    entity("Mira Talvik", id="person/mira-a-talvik", aliases=["M. A. Talvik"]),  # one name, two ids: an exact rule
    entity("Talvik", country="NLD"),  # a surname, about which only the user can decide
    entity("Talvik", id="person/talvik-of-estmark", country="EST", sector="MIL"),
    entity("Oskar Brandt", country="EST", sector="GOV"),
    entity("Ministry of Defence", Kind.ORGANIZATION, country="NLD", sector="GOV"),
    entity("Ministry of Defense", Kind.ORGANIZATION),
    entity("Coastal Union", Kind.ORGANIZATION, sector="IGO"),
    entity("Striking dockers", Kind.GROUP, country="NLD", sector="LAB"),
    country("Norland", code="NLD", at=(61.0, 12.5)),
    country("Estmark", code="EST"),
    entity("Norway", Kind.COUNTRY, id="Q20", country="NOR"),  # one that the gazetteer lists
    entity("Port Alder", Kind.PLACE, country="EST", latitude=59.4, longitude=24.7),
)
_PEOPLE = tuple(one for one in CAST if one.kind is not Kind.PLACE)
_OFTEN = (CAST[4], CAST[9])  # Brandt and Norland, whose meetings every paper tells
_PLACES = tuple(one for one in CAST if one.kind in (Kind.PLACE, Kind.COUNTRY))
_DAYS = tuple(datetime.date(2024, 6, day) for day in (18, 19, 20))
_SOURCES = (None, "Harbour Gazette", "harbour gazette", "Inland Courier", "Coastal Wire")
# What is done, by its verb: type, mode and relationship of the ontology.
_DEEDS = {
    "met": ("CONSULT", None, "MET_WITH"),
    "visited": ("CONSULT", "visit", "VISITED"),
    "accused": ("ACCUSE", "allege", "ACCUSED"),
    "attacked": ("ASSAULT", None, "ATTACKED"),
    "signed a treaty with": ("SUPPORT", None, "SIGNED_AGREEMENT_WITH"),
}
_TERMS = (None, held("2019-05-14", known="2024-03-31"), held("2019", "2023"), held("2021-11", text=True))
_WORDS = ("the sea feeds us", "nobody’s “harbour” \\u0027 is 'closed' 🚢", "é, e\u0301 and\u2028they are as they are")
# What near-copies share: long enough that a sentence more or less changes little.
_BODIES = (
    "",
    "Fishing boats lay in the harbour all week while the two sides argued over quotas, and fishmongers along the quay "
    "said that prices had doubled since the last talks broke down. The weather was fair and hardly anybody went out.",
    "Dockers walked out at dawn after a night of talks over wages, leaving eleven ships waiting at the roads. A judge "
    "is to hear the case on Friday, and lawyers of both sides expect a long autumn before anything is settled.",
)


def extraction(choose: Choose, id: str | None = None, url: str | None = None) -> Extraction:
    """An article of a few sentences, and exactly what they say; id and URL are chosen too unless they are given."""
    draft = _Draft(id or choose(IDS), choose)
    for _ in range(choose((1, 2, 3))):
        choose((draft.deed, draft.deed, draft.deed, draft.bond, draft.quote))()
    draft.sentence(choose(_BODIES))
    article = Article(
        id=draft.id,
        text=draft.text,
        title=choose((None, "Talks by the sea")),
        published=choose((None, *_DAYS)),
        source=choose(_SOURCES),
        url=url or choose(URLS),
        language=choose((None, "en")),
    )
    return Extraction(
        article=article,
        mentions=tuple(draft.mentions),
        entities=tuple(draft.entities[id] for id in sorted(draft.entities)),
        events=tuple(draft.events),
        statements=tuple(draft.statements),
        relations=tuple(draft.relations),
        extractor=choose(READERS),
    )


def correction(choose: Choose, older: Article) -> Extraction:
    """Other words under the id of an article, or under its URL."""
    if older.url and choose((True, False)):
        return extraction(choose, url=older.url)
    return extraction(choose, id=older.id)


def read_anew(choose: Choose, told: Extraction) -> Extraction:
    """The same article as other rules would read it: events and statements go missing, or are told otherwise."""
    events = [
        dataclasses.replace(event, polarity=choose(tuple(Polarity)), confidence=choose((0.4, event.confidence)))
        for event in told.events
        if choose((True, True, False))
    ]
    statements = told.statements if choose((True, False)) else ()
    return dataclasses.replace(told, events=tuple(events), statements=statements, extractor=choose(READERS))


def decision(choose: Choose) -> Decision:
    """What a user may decide about two of the cast, sensible or not."""
    left = choose(CAST)
    right = choose([other for other in CAST if other.id != left.id])
    return Decision(left.id, right.id, choose((True, True, False)))


class _Draft:
    """An article being written: each sentence is added together with what it says."""

    def __init__(self, id: str, choose: Choose) -> None:
        self.id, self.text = id, ""
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.events: list[Event] = []
        self.statements: list[Statement] = []
        self.relations: list[Relation] = []
        self._choose = choose

    def sentence(self, *pieces: str | Entity) -> list[tuple[int, int]]:
        """Add a sentence; where each of its pieces stands, and last the whole."""
        places = []
        self.text += " " if self.text else ""
        first = len(self.text)
        for piece in pieces:
            start = len(self.text)
            self.text += piece if isinstance(piece, str) else piece.name
            places.append((start, len(self.text)))
            if isinstance(piece, Entity):
                self._mention(piece, Span(start, len(self.text)))
        return [*places, (first, len(self.text))]

    def deed(self) -> None:
        """Somebody does something to somebody, or with them, somewhere, on somebody's word; or just not."""
        usual = self._choose((True, False))
        actor, target = _OFTEN if usual else self._two(_PEOPLE, _PEOPLE)
        verb, together = ("met", True) if usual else (self._choose(tuple(_DEEDS)), self._choose((True, False)))
        place, speaker = self._maybe(_PLACES), self._maybe(_PEOPLE)
        where = (" in ", place) if place else ()
        whose = (", ", speaker, " said") if speaker else ()
        _, _, trigger, *_, evidence = self.sentence(actor, " ", verb, " ", target, *where, *whose, ".")
        type_, mode, relation = _DEEDS[verb]
        self.events.append(
            Event(
                id=claim_id(self.id, type_, Span(*trigger)),
                type=type_,
                mode=mode,
                contexts=self._choose(((), ("diplomatic",), ("economic", "diplomatic"))),
                relation=relation,
                quad=load_ontology().types[type_].quad,
                score=load_ontology().score(type_, mode),
                trigger=Span(*trigger),
                actors=(actor.id, target.id) if together else (actor.id,),
                targets=() if together else (target.id,),
                polarity=self._choose((*[Polarity.AFFIRMED] * 3, Polarity.NEGATED)),
                modality=self._choose((*[Modality.ASSERTED] * 10, *Modality)),
                attributed_to=speaker.id if speaker else None,
                date=self._date(),
                place=place.id if place else None,
                evidence=Span(*evidence),
                rule="synthetic",
                confidence=self._choose((0.5, 0.812)),
            )
        )

    def bond(self) -> None:
        """Somebody leads, speaks for, or belongs to a body, for a while."""
        source, target = self._two(CAST, _PEOPLE)
        *_, evidence = self.sentence(source, " stands by ", target, ".")
        self.relations.append(
            Relation(
                type=self._choose(("LEADS", "SPEAKS_FOR", "MEMBER_OF")),
                source=source.id,
                target=target.id,
                title=self._choose(("president", "foreign minister", None)),
                valid=self._choose(_TERMS),
                evidence=Span(*evidence),
                rule="synthetic",
                confidence=0.7,
            )
        )

    def quote(self) -> None:
        """Somebody is quoted."""
        speaker = self._choose(_PEOPLE)
        _, content, _, cue, _, where, _, evidence = self.sentence(
            "“", self._choose(_WORDS), "”, ", "said", " ", speaker, "."
        )
        self.statements.append(
            Statement(
                speaker=speaker.id,
                speaker_span=Span(*where),
                cue=Span(*cue),
                content=Span(*content),
                quoted=True,
                evidence=Span(*evidence),
                rule="synthetic",
                confidence=0.9,
            )
        )

    def _mention(self, who: Entity, span: Span) -> None:
        self.mentions.append(Mention(span=span, form=Form.NAME, entity=who.id))
        bare = dataclasses.replace(who, aliases=(), country=None, sector=None)
        other = dataclasses.replace(who, name=f"{who.name} the Elder", aliases=(who.name,), sector="OPP")
        self.entities.setdefault(who.id, self._choose((who, who, bare, other)))

    def _two(self, some: Sequence[Entity], others: Sequence[Entity]) -> tuple[Entity, Entity]:
        one = self._choose(some)
        return one, self._choose([other for other in others if other.id != one.id])

    def _maybe(self, some: Sequence[Entity]) -> Entity | None:
        return self._choose((None, None, *some))

    def _date(self) -> EventDate | None:
        start = self._choose((None, *_DAYS))
        if start is None:
            return None
        last = self._choose((start, max(_DAYS)))
        precision = Precision.DAY if last == start else Precision.RANGE
        return EventDate(start=start, end=last, precision=precision, basis=self._choose(tuple(Basis)))
