"""What all records say of each id, as far as identity asks."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.gazetteer import Gazetteer, GazetteerEntry
from kg.model import Entity, Extraction, Form, Kind
from kg.resolve.merging import merge_entities
from kg.resolve.spelling import words

_OFFICES = ("HOLDS_OFFICE_IN", "LEADS", "SPEAKS_FOR")  # relations whose title is an office held on the day
_WIKIDATA = re.compile(r"Q\d+")


@dataclass(frozen=True, slots=True)
class Tenure:
    """That an article of a day gives somebody an office: its word for it, and the id and the name of the body."""

    article: str
    day: datetime.date | None
    title: str
    of: str
    body: str

    @property
    def office(self) -> str:
        """The office in words, "president of Norland"."""
        return f"{self.title} of {self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One id over all records.

    `names` are those that hold everywhere: how records call it, or how the gazetteer lists it; `aliases` may mean
    somebody else in another article. `listed` ids come from the gazetteer. `named` says that some article has a name
    for it, not only a description. `partners` are ids with names of those in the same events and relations.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    surname: str = ""
    listed: bool = False
    named: bool = True
    mentions: int = 0
    articles: frozenset[str] = frozenset()
    partners: frozenset[tuple[str, str]] = frozenset()
    tenures: frozenset[Tenure] = frozenset()


def profiles_of(extractions: Iterable[Extraction], gazetteer: Gazetteer | None = None) -> dict[str, Profile]:
    """The profile of every id in the records, in order of id."""
    extractions = tuple(extractions)
    entities = merge_entities(extractions)
    mentions: Counter[str] = Counter()
    named: set[str] = set()
    told: defaultdict[str, set[str]] = defaultdict(set)
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        mentions.update(mention.entity for mention in extraction.mentions)
        named.update(mention.entity for mention in extraction.mentions if mention.form is Form.NAME)
        for entity in extraction.entities:
            told[entity.id].add(entity.name)
            articles[entity.id].add(extraction.article.id)
    partners, tenures = _partners(extractions), _tenures(extractions, entities)
    entries = gazetteer.entries if gazetteer else {}
    made: dict[str, Profile] = {}
    for id, entity in entities.items():
        entry = entries.get(id)
        names = sorted({*told[id], *((entry.name, *entry.aliases) if entry else ())})
        made[id] = Profile(
            id=id,
            kind=entity.kind,
            name=entity.name,
            names=tuple(names),
            aliases=tuple(sorted({entity.name, *entity.aliases}.difference(names))),
            country=entity.country,
            sector=entity.sector,
            surname=_surname(entity.kind, (entry.surname if entry else None) or entity.name),
            listed=entry is not None or _WIKIDATA.fullmatch(id) is not None,
            named=id in named,
            mentions=mentions[id],
            articles=frozenset(articles[id]),
            partners=frozenset((other, entities[other].name) for other in partners[id] if other != id),
            tenures=frozenset(tenures[id]),
        )
    return made


def listed_profile(entry: GazetteerEntry) -> Profile:
    """The profile of a listed entity that no record has."""
    return Profile(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        names=tuple(sorted({entry.name, *entry.aliases})),
        country=entry.country,
        sector=entry.sector,
        surname=_surname(entry.kind, entry.surname or entry.name),
        listed=True,
    )


def _surname(kind: Kind, name: str) -> str:
    return words(name)[-1] if kind is Kind.PERSON else ""


def _partners(extractions: Iterable[Extraction]) -> Mapping[str, set[str]]:
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        together = [{*event.actors, *event.targets} for event in extraction.events]
        together += [{relation.source, relation.target} for relation in extraction.relations]
        for group in together:
            for id in group:
                partners[id] |= group
    return partners


def _tenures(extractions: Iterable[Extraction], entities: Mapping[str, Entity]) -> Mapping[str, set[Tenure]]:
    tenures: defaultdict[str, set[Tenure]] = defaultdict(set)
    for extraction in extractions:
        article = extraction.article
        for relation in extraction.relations:
            if relation.title and relation.type in _OFFICES:
                of, body = relation.target, entities[relation.target].name
                tenures[relation.source].add(Tenure(article.id, article.published, relation.title, of, body))
    return tenures
