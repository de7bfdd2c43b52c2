"""From an article to everything it says: the steps of extraction, in order. Read this page first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import tee
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import KgError, LlmError, RecordError
from kg.gazetteer import Gazetteer
from kg.gazetteer_files import load_gazetteer
from kg.model import Article, Entity, Event, Extraction, Form, Kind, Mention, Relation, Span, Statement
from kg.ontology import Ontology, load_ontology
from kg.record import check
from loaders.coreference import People, link, link_first_person
from loaders.events import find_events
from loaders.fingerprint import fingerprint
from loaders.frames import Frames, load_frames
from loaders.mentions import MentionFinder
from loaders.nlp import load_model, parse
from loaders.relations import find_relations
from loaders.resolution import resolve_names
from loaders.statements import find_statements
from loaders.tenures import Tenures

Told = tuple[tuple[Event, ...], tuple[Statement, ...], tuple[Relation, ...]]


class OtherReader(Protocol):
    """Somebody else who tells what happens in an article, instead of the rules; `name` is for the fingerprint."""

    @property
    def name(self) -> str:
        """Who it is, in which version."""
        ...

    def read(self, article: Article, doc: Doc, mentions: Sequence[Mention]) -> Told:
        """Events, statements and relations among the entities of the mentions."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """A language model with its gazetteer, frames and ontology, ready to read articles."""

    nlp: Language = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)
    ontology: Ontology = field(repr=False)
    frames: Frames = field(repr=False)
    finder: MentionFinder = field(repr=False)
    other: OtherReader | None = None
    fingerprint: str

    @classmethod
    def load(cls, model: str | None = None, gazetteer: Path | None = None, ontology: Path | None = None) -> "Extractor":
        """An extractor with the language model that ships, or the named one, and a user's own actors and frames.

        Raises `ModelError` or `DataError`.
        """
        frames = load_frames(ontology)  # a mistake in the user's own is told before a model is loaded
        nlp, known = load_model(model), load_gazetteer(own=gazetteer)
        return cls(
            nlp=nlp,
            gazetteer=known,
            ontology=load_ontology(own=ontology),
            frames=frames,
            finder=MentionFinder.make(nlp, known),
            fingerprint=fingerprint(model, gazetteer, ontology),
        )

    def with_reader(self, other: OtherReader) -> "Extractor":
        """The extractor with somebody else to tell what happens; who is who stays the rules' business."""
        return replace(self, other=other, fingerprint=f"{other.name}; {self.fingerprint}")

    def extract(
        self, articles: Iterable[Article], failed: Callable[[Article, KgError], None] | None = None
    ) -> Iterator[Extraction]:
        """What each article says, in order; articles are read as they are needed, so memory stays flat.

        `failed` is told of an article whose extraction breaks its own contract, or of which another reader makes
        nothing, and the next one is read; without it the `RecordError` or `LlmError` is raised.
        """
        articles, texts = tee(articles)
        for article, doc in zip(articles, parse(self.nlp, (article.text for article in texts)), strict=True):
            try:
                extraction = self.read(article, doc)
            except (RecordError, LlmError) as error:
                if failed is None:
                    raise
                failed(article, error)
                continue
            yield extraction

    def read(self, article: Article, doc: Doc) -> Extraction:
        """Everything one article says, as facts with evidence."""
        found = self.finder.find(doc)
        names = resolve_names(doc, found, self.gazetteer)
        people = link(doc, found, names, self.gazetteer, article.published)
        statements = find_statements(doc, _speakers(_mentions(doc, people), people))
        people = link_first_person(doc, people, statements)
        mentions = _mentions(doc, people)
        events = find_events(article, doc, people, statements, self.frames, self.ontology)
        tenures = Tenures(doc, self.gazetteer, article.published)
        relations = find_relations(doc, found, names, people, tenures)
        if self.other:
            events, statements, relations = self.other.read(article, doc, mentions)
        mentions = _of_somebody(mentions, people, _taking_part(events, statements, relations))
        extraction = Extraction(
            article=article,
            mentions=mentions,
            entities=_entities(mentions, people),
            events=events,
            statements=statements,
            relations=relations,
            extractor=self.fingerprint,
        )
        check(extraction)
        return extraction


def _mentions(doc: Doc, people: People) -> tuple[Mention, ...]:
    """The mentions as offsets; those of "the two leaders" together are left out, as they stand for no one entity."""
    mentions = []
    for mention in people.mentions:
        if not people.figures[mention.entity].members:
            words = doc[mention.found.first : mention.found.last]
            span = Span(words.start_char, words.end_char)
            mentions.append(Mention(span=span, form=mention.found.form, entity=mention.entity, reading=mention.reading))
    return tuple(mentions)


def _speakers(mentions: Iterable[Mention], people: People) -> tuple[Mention, ...]:
    """The mentions of those who can be quoted by name: "a spokesman said" has a speaker whom nobody can look up."""
    figures = people.figures
    anonymous = {id_ for id_, one in figures.items() if one.local and one.entity.kind is Kind.PERSON}
    return tuple(mention for mention in mentions if mention.entity not in anonymous)


def _taking_part(
    events: Iterable[Event], statements: Iterable[Statement], relations: Iterable[Relation]
) -> set[str | None]:
    """Ids of the entities in some event, statement or relation."""
    parties = {id_ for event in events for id_ in (*event.actors, *event.targets, event.attributed_to, event.place)}
    ends = {id_ for relation in relations for id_ in (relation.source, relation.target)}
    return parties | ends | {statement.speaker for statement in statements}


def _of_somebody(mentions: Sequence[Mention], people: People, taking_part: set[str | None]) -> tuple[Mention, ...]:
    """The mentions without those of an unnamed bystander: "a teacher" who neither does nor says anything."""
    named = {mention.entity for mention in mentions if mention.form is Form.NAME}
    persons = {id_ for id_, figure in people.figures.items() if figure.entity.kind is Kind.PERSON}
    return tuple(one for one in mentions if one.entity in taking_part | named or one.entity not in persons)


def _entities(mentions: Iterable[Mention], people: People) -> tuple[Entity, ...]:
    """The entities that have a mention, by id."""
    return tuple(people.figures[id_].entity for id_ in sorted({mention.entity for mention in mentions}))
