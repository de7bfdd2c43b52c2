"""Synthetic extraction records, for measuring what comes after extraction: no language model, thousands a second.

A world of its own goes on. Each day has happenings among countries, people and bodies, of whom a few do most; the
articles of the day and the next two tell some of them, the great ones often, so that merging has work. Every tenth
article is the one before it under another outlet's name. The same numbers and seed give the same records, and how dense
the world is does not depend on how many are made.
"""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.gazetteer_files import load_gazetteer
from kg.ids import claim_id, entity_id
from kg.model import (
    Article,
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

FIRST_DAY = datetime.date(2015, 1, 1)
ARTICLES_A_DAY, HAPPENINGS_A_DAY, EVENTS, COPY_EVERY = 50, 120, 6, 10
PEOPLE, BODIES, PLACES = 40_000, 8_000, 4_000

# Words of the trigger, event type, mode, relation.
_DEEDS = (
    ("met", "CONSULT", "meet", "MET_WITH"),
    ("visited", "CONSULT", "visit", "VISITED"),
    ("held talks with", "CONSULT", "meet", "HELD_TALKS_WITH"),
    ("praised", "SUPPORT", None, "PRAISED"),
    ("signed an agreement with", "SUPPORT", None, "SIGNED_AGREEMENT_WITH"),
    ("accused", "ACCUSE", "allege", "ACCUSED"),
    ("condemned", "ACCUSE", "disapprove", "CONDEMNED"),
    ("threatened", "THREATEN", None, "THREATENED"),
    ("supplied aid to", "AID", None, "AIDED"),
    ("called on", "REQUEST", None, "CALLED_ON"),
    ("rejected a plan of", "REJECT", None, "REJECTED"),
    ("imposed sanctions on", "SANCTION", None, "IMPOSED_SANCTIONS_ON"),
    ("lifted restrictions on", "RETREAT", None, "LIFTED_RESTRICTIONS_ON"),
    ("denied a claim of", "REJECT", None, "DENIED_CLAIM_OF"),
    ("attacked", "ASSAULT", None, "ATTACKED"),
)
_BONDS = ("HOLDS_OFFICE_IN", "HOLDS_OFFICE_IN", "LEADS", "SPEAKS_FOR", "MEMBER_OF")
_PLAIN = (
    "talks went on longer than anybody had planned and the doors of the hall stayed shut until evening though few in "
    "town had seen so many cars since last flood when half of the harbour stood under water what will become of older "
    "promises was left open as it was before a paper handed round in the morning had no date price of grain rose a "
    "little on news then fell back those who have followed matter for years see small steps where others see none"
).split()
_TITLES = ("foreign minister", "president", "finance minister", "ambassador", "spokesperson", "defence minister")
_QUOTES = ("We have waited long enough", "There is still a way to go", "Nobody gains from this", "The door is open")
_OUTLETS = tuple(f"{place} {paper}" for place in ("Harbour", "Inland", "Northern", "Lakeside") for paper in
                 ("Gazette", "Courier", "Herald", "Observer", "Dispatch", "Mirror", "Wire"))  # fmt: skip
_OUTLETS += ("Xinhua", "TASS")  # of states
_SOUNDS = ("ba", "dor", "fe", "gal", "hin", "jo", "kar", "lem", "mi", "nor", "pa", "ros", "sel", "tu", "vek", "zan")


@dataclass(frozen=True, slots=True)
class _Happening:
    deed: tuple[str, str, str | None, str]
    actor: Entity
    target: Entity
    place: Entity
    day: datetime.date


@dataclass(slots=True)
class _Draft:
    """A text that grows, with what stands where in it."""

    id: str
    parts: list[str] = field(default_factory=list)
    size: int = 0
    mentions: list[Mention] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)

    def write(self, words: str) -> Span:
        self.parts.append(words)
        self.size += len(words)
        return Span(self.size - len(words), self.size)

    def name(self, entity: Entity, words: str | None = None) -> Span:
        span = self.write(words or entity.name)
        self.entities[entity.id] = entity
        self.mentions.append(Mention(span=span, form=Form.NAME, entity=entity.id))
        return span


def make_records(count: int, *, first: int = 0, seed: int = 0) -> Iterator[Extraction]:
    """So many records, from the article of a number on."""
    for number in range(first, first + count):
        yield make_record(number, seed)


def make_record(number: int, seed: int = 0) -> Extraction:
    """The record of one article: about 400 words, six events, three statements, two lasting relations."""
    copied = number % COPY_EVERY == COPY_EVERY - 1
    chance = random.Random(f"{seed} article {number - copied}")
    told = _told(number // ARTICLES_A_DAY, seed, chance)
    draft = _Draft(f"synthetic-{number:07}")
    events = [_event(draft, happening, chance) for happening in told]
    people = [one for one in draft.entities.values() if one.kind is Kind.PERSON] or [_person(number % PEOPLE)]
    statements = [_statement(draft, chance.choice(people), chance) for _ in range(3)]
    relations = [_relation(draft, one, chance) for one in people[:2]]
    while draft.size < 2_400:  # about 400 words
        draft.write("The delegation of ")
        draft.name(chance.choice(told).actor)
        draft.write(f" gave no answer.{_filler(chance)}")
    article = Article(
        id=draft.id,
        text="".join(draft.parts),
        title=f"{told[0].actor.name} and {told[0].target.name}: report {number - copied}",
        published=FIRST_DAY + datetime.timedelta(days=number // ARTICLES_A_DAY),
        source=_OUTLETS[(chance.randrange(len(_OUTLETS)) + copied) % len(_OUTLETS)],
        url=f"https://outlet.example/{seed}/{number}",
        language="en",
    )
    return Extraction(
        article=article,
        mentions=tuple(draft.mentions),
        entities=tuple(draft.entities[id] for id in sorted(draft.entities)),
        events=tuple(events),
        statements=tuple(statements),
        relations=tuple(relations),
        extractor="synthetic",
    )


def _event(draft: _Draft, happening: _Happening, chance: random.Random) -> Event:
    words, type_, mode, relation = happening.deed
    start = draft.name(happening.actor).start
    doubt = chance.random()
    draft.write(" has not " if doubt < 0.03 else " is said to have " if doubt < 0.1 else " ")
    trigger = draft.write(words)
    draft.write(" ")
    draft.name(happening.target)
    draft.write(" in ")
    draft.name(happening.place)
    evidence = Span(start, draft.write(f" on {happening.day:%d %B %Y}.").end)
    draft.write(_filler(chance))
    quad, score = _coded(type_, mode)
    return Event(
        id=claim_id(draft.id, type_, trigger),
        type=type_,
        mode=mode,
        relation=relation,
        quad=quad,
        score=score,
        trigger=trigger,
        actors=(happening.actor.id,),
        targets=(happening.target.id,),
        polarity=Polarity.NEGATED if doubt < 0.03 else Polarity.AFFIRMED,
        modality=Modality.ASSERTED,
        date=EventDate(start=happening.day, end=happening.day, precision=Precision.DAY),
        place=happening.place.id,
        evidence=evidence,
        rule="synthetic",
        confidence=0.8,
    )


def _statement(draft: _Draft, speaker: Entity, chance: random.Random) -> Statement:
    draft.write("“")
    content = draft.write(f"{chance.choice(_QUOTES)},")
    draft.write("” ")
    who = draft.name(speaker, speaker.name.rpartition(" ")[2])
    draft.write(" ")
    cue = draft.write("said")
    evidence = Span(content.start - 1, draft.write(".").end)
    draft.write(" ")
    return Statement(
        speaker=speaker.id,
        speaker_span=who,
        cue=cue,
        content=content,
        quoted=True,
        evidence=evidence,
        rule="synthetic",
        confidence=0.9,
    )


def _relation(draft: _Draft, person: Entity, chance: random.Random) -> Relation:
    country = _countries()[_rank(chance, len(_countries()))]
    start = draft.name(person).start
    title = chance.choice(_TITLES)
    draft.write(f", {title} of ")
    evidence = Span(start, draft.name(country).end)
    draft.write(", was present. ")
    return Relation(
        type=chance.choice(_BONDS),
        source=person.id,
        target=country.id,
        title=title,
        evidence=evidence,
        rule="synthetic",
        confidence=0.8,
    )


# --- the world --------------------------------------------------------------------------------------------------------


def _told(day: int, seed: int, chance: random.Random) -> list[_Happening]:
    """What an article of a day tells: mostly of that day, some of the two before, and the great more often."""
    days = [max(day - _rank(chance, 3), 0) for _ in range(EVENTS)]
    picked = {(back, _rank(chance, HAPPENINGS_A_DAY)) for back in days}
    return [_happenings(back, seed)[rank] for back, rank in sorted(picked)]


@cache
def _coded(type_: str, mode: str | None) -> tuple[int, float]:
    return load_ontology().types[type_].quad, load_ontology().score(type_, mode)


@lru_cache(maxsize=16)
def _happenings(day: int, seed: int) -> list[_Happening]:
    chance = random.Random(f"{seed} day {day}")
    return [_happening(FIRST_DAY + datetime.timedelta(days=day), chance) for _ in range(HAPPENINGS_A_DAY)]


def _happening(day: datetime.date, chance: random.Random) -> _Happening:
    actor, target = _somebody(chance), _somebody(chance)
    while target.id == actor.id:
        target = _somebody(chance)
    return _Happening(chance.choice(_DEEDS), actor, target, _place(_rank(chance, PLACES)), day)


def _somebody(chance: random.Random) -> Entity:
    kind = chance.random()
    if kind < 0.4:
        return _countries()[_rank(chance, len(_countries()))]
    return _person(_rank(chance, PEOPLE)) if kind < 0.8 else _body(_rank(chance, BODIES))


def _rank(chance: random.Random, size: int) -> int:
    """A number below `size`; one twice as large is half as likely."""
    return int(size ** chance.random()) - 1 if size > 1 else 0


@cache
def _countries() -> list[Entity]:
    entries = sorted(load_gazetteer().entries.values(), key=lambda entry: entry.id)
    return [
        Entity(id=one.id, kind=one.kind, name=one.name, country=one.country, sector="GOV")
        for one in entries
        if one.kind is Kind.COUNTRY
    ]


@cache
def _person(number: int) -> Entity:
    name = f"{_word(number % 97)} {_word(number + 1_000)}"
    country = _countries()[number % len(_countries())].country
    surname = name.rpartition(" ")[2]
    return Entity(
        id=entity_id(Kind.PERSON, name), kind=Kind.PERSON, name=name, aliases=(surname,), country=country, sector="GOV"
    )


@cache
def _body(number: int) -> Entity:
    name = f"{_word(number + 300)} {('Council', 'Union', 'Party', 'Bank')[number % 4]}"
    return Entity(id=entity_id(Kind.ORGANIZATION, name), kind=Kind.ORGANIZATION, name=name, sector="IGO")


@cache
def _place(number: int) -> Entity:
    name = f"Port {_word(number + 200)}"
    return Entity(id=entity_id(Kind.PLACE, name), kind=Kind.PLACE, name=name, latitude=1.5, longitude=2.5)


def _filler(chance: random.Random) -> str:
    """A sentence about nothing, which no other article has."""
    return f" {' '.join(chance.choices(_vocabulary(), k=18)).capitalize()}. "


@cache
def _vocabulary() -> list[str]:
    return [*_PLAIN, *(_word(number).lower() for number in range(300, 1_500))]


def _word(number: int) -> str:
    """An invented name, another for each number."""
    word = ""
    while number or not word:
        number, sound = divmod(number, len(_SOUNDS))
        word += _SOUNDS[sound]
    return word.capitalize()
