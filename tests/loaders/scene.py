"""What the first steps of extraction make of a text, in the words of a test: who is meant where."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Entity, Reading, Relation
from loaders.cast import Figure, Resolved
from loaders.coreference import People, link
from loaders.frame_files import Frame
from loaders.frames import Match
from loaders.mentions import Found
from loaders.nlp import parse
from loaders.pipeline import Extractor
from loaders.relations import find_relations
from loaders.resolution import Names, resolve_names
from loaders.tenures import Tenures


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with its mentions resolved; words are looked up as they stand in the text."""

    doc: Doc
    found: tuple[Found, ...]
    names: Names
    people: People
    tenures: Tenures

    def words(self, mention: Found) -> str:
        """The text of a mention."""
        return self.doc[mention.first : mention.last].text

    def all(self, words: str) -> list[Resolved]:
        """The resolved mentions that have these words, in order."""
        return [one for one in self.people.mentions if self.words(one.found) == words]

    def token(self, word: str) -> Token:
        """The first token that is this word."""
        return next(token for token in self.doc if token.text == word)

    def match(self, word: str, kind: str) -> Match:
        """A frame found at a word, for asking about its slots."""
        frame = Frame(id="any", type="ASSAULT", relation="ATTACKED")
        return Match(frame=frame, kind=kind, words=(self.token(word),))

    def called(self, ids: Iterable[str]) -> list[str]:
        """The names of some entities."""
        return [self.people.figures[id].entity.name for id in ids]

    def figure(self, words: str, nth: int = 0) -> Figure | None:
        """Who the nth mention with these words stands for; None when it stands for nobody."""
        mentions = self.all(words)
        return self.people.figures[mentions[nth].entity] if len(mentions) > nth else None

    def who(self, words: str, nth: int = 0) -> str | None:
        """The name of who the nth mention with these words stands for."""
        figure = self.figure(words, nth)
        return figure.entity.name if figure else None

    def entity(self, words: str) -> Entity:
        """The entity of the first mention with these words."""
        figure = self.figure(words)
        assert figure, f"{words} is no mention of: {self.doc.text}"
        return figure.entity

    def reading(self, words: str) -> Reading | None:
        """The reading of the first mention with these words."""
        return self.all(words)[0].reading

    def relations(self) -> set[tuple[str, str, str, str | None]]:
        """(source, type, target, title) of the lasting relations, by name."""
        figures = self.people.figures
        return {
            (figures[one.source].entity.name, one.type, figures[one.target].entity.name, one.title)
            for one in self.found_relations()
        }

    def found_relations(self) -> tuple[Relation, ...]:
        """The lasting relations as they are."""
        return find_relations(self.doc, self.found, self.names, self.people, self.tenures)


def stage(extractor: Extractor, text: str, published: datetime.date | None = None) -> Scene:
    """A text read up to coreference, without statements and events."""
    doc = next(parse(extractor.nlp, [text]))
    found = extractor.finder.find(doc)
    names = resolve_names(doc, found, extractor.gazetteer)
    people = link(doc, found, names, extractor.gazetteer, published)
    return Scene(doc, found, names, people, Tenures(doc, extractor.gazetteer, published))
