"""What an article says, as values: article, mention, entity, event, statement, relation.

A *mention* is a span, an *entity* is somebody, an *event* is something done (one telling of it), a *statement* is words
somebody is reported to have said, a *relation* lasts. Everything points into the article's text by `Span`, so a quote
is always `text[start:end]` and cannot drift from it. All values are frozen; they are checked where they are made.
"""

import datetime
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import ArticleError, RecordError

_ISO_DAY = len("2024-06-20")


class Form(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Reading(StrEnum):
    """What a place name stands for where it is used."""

    LITERAL = "literal"
    METONYM = "metonym"
    DEMONYM = "demonym"


class Kind(StrEnum):
    """What sort of somebody (or somewhere) an entity is."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COUNTRY = "Country"
    PLACE = "Place"
    GROUP = "Group"


class Polarity(StrEnum):
    """Whether the text says that the event happened or that it did not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How real the text says the event is."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DEMANDED = "demanded"
    HISTORICAL = "historical"


class Precision(StrEnum):
    """How exactly the text dates an event."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class ValidityBasis(StrEnum):
    """Where it comes from for how long a relation holds."""

    GAZETTEER = "gazetteer"
    TEXT = "text"


class Basis(StrEnum):
    """Where a date comes from: words of the text, or only the day of publication."""

    TEXT = "text"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `text[start:end]` of an article's text, in Unicode code points; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise RecordError(f"a span cannot be {self.start}..{self.end}", hint="0 <= start < end must hold")

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article as it was given: `text` is never altered, and every offset counts in it.

    Raises `ArticleError` when the text or the id is empty, or when UTF-8 cannot hold a field.
    """

    id: str
    text: str
    title: str | None = None
    published: datetime.date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ArticleError("an article needs an id", hint="leave the id out and one is made from the content")
        if not self.text.strip():
            raise ArticleError("the article has no text", where=self.id)
        _check_utf8(self.id, self.text, self.title, self.source, self.url, self.language)


def _check_utf8(*fields: str | None) -> None:
    """Refuse half a character, such as a JSON escape for one of two surrogates leaves behind."""
    try:
        "".join(field or "" for field in fields).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleError("it holds half of a character (a lone surrogate), which UTF-8 cannot write") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names or stands for an entity in this place."""

    span: Span
    form: Form
    entity: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or somewhere, once for each article.

    `country` is the ISO 3166 alpha-3 code of the country it acts for, `sector` the PLOVER sector; latitude and
    longitude are in degrees (WGS 84) for countries and places that a listed source locates.
    """

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When something happened: inclusive days, how precise, and on what basis."""

    start: datetime.date
    end: datetime.date
    precision: Precision
    basis: Basis = Basis.TEXT

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise RecordError(f"a date cannot end ({self.end}) before it starts ({self.start})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One telling of something that actors did, said they would do, or had done to them, coded by PLOVER.

    `id` is made of article id, type and trigger offsets. `quad` is 1 to 4, `score` -10 (conflict) to 10 (cooperation).
    `actors`, `targets`, `attributed_to` and `place` are entity ids. `evidence` is the sentence.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    relation: str
    quad: int
    score: float
    trigger: Span
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    attributed_to: str | None = None
    date: EventDate | None = None
    place: str | None = None
    evidence: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that somebody is reported to have said; `speaker` is an entity id, or None when nobody is named."""

    speaker: str | None
    speaker_span: Span | None = None
    cue: Span | None
    content: Span
    quoted: bool
    evidence: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """For how long a lasting relation holds, by the dated gazetteer or by words of the text.

    `start` and `end` are ISO days, months or years, inclusive, as exactly as they are known; None is not known. Where
    there is no `end`, `last_known` is the last day on which the relation is known to hold: it is never taken to go on.
    """

    start: str | None = None
    end: str | None = None
    last_known: datetime.date | None = None
    basis: ValidityBasis

    def __post_init__(self) -> None:
        first, last = self.first_day, self.last_day  # a ValueError, if one is no date
        if first and last and last < first:
            raise RecordError(f"a relation cannot end ({self.end}) before it begins ({self.start})")

    @property
    def first_day(self) -> datetime.date | None:
        """The first day on which the relation may hold."""
        if self.start is None:
            return None
        return datetime.date.fromisoformat(f"{self.start}-01-01"[:_ISO_DAY])

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which the relation may hold."""
        if self.end is None:
            return None
        year, month, day = (*map(int, self.end.split("-")), 0, 0)[:3]
        month = month or 12
        return datetime.date(year, month, day or monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A lasting relation that the text states and that is no event, such as LEADS or MEMBER_OF."""

    type: str
    source: str
    target: str
    title: str | None = None
    valid: Validity | None = None
    evidence: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything one article says: the value behind the extraction record.

    `extractor` names what made it (program, language model and data), so that a later version can tell its own work.
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    extractor: str = ""
