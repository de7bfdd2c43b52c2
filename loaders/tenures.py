"""Say for how long a lasting relation holds: by the dated gazetteer, else by words of the text.

Only what the article and the gazetteer say counts, never what a store holds, so the record stays the same in any order
of reading.
"""

import datetime
import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.gazetteer import Gazetteer, Office
from kg.model import Precision, Validity, ValidityBasis
from loaders.dates import DateMention, dated_words, find_dates
from loaders.days import ONE_DAY

_HELD = ("LEADS", "HOLDS_OFFICE_IN", "MEMBER_OF", "SPEAKS_FOR")  # relations that begin and end with an office
_OPEN = re.compile(r"since\b", re.IGNORECASE)
_CLOSED = re.compile(r"\b(?:from|between)\s", re.IGNORECASE)


class Tenures:
    """The offices of one gazetteer on one day, and the dates of one text."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, published: datetime.date | None) -> None:
        self._doc, self._gazetteer, self._published = doc, gazetteer, published
        self._dates: Sequence[DateMention] | None = None

    def of(self, type_: str, holder: str, body: str, title: str | None, noun: Token) -> Validity | None:
        """For how long a relation between two entity ids holds; `noun` is the word that tells it."""
        if type_ not in _HELD:
            return None
        return self._listed(type_, holder, body, title) or self._written(noun)

    def _listed(self, type_: str, holder: str, body: str, title: str | None) -> Validity | None:
        """By the gazetteer: the office of that name on the day of publication, else the only one there ever was."""
        entry = self._gazetteer.entries.get(holder)
        offices = [office for office in (entry.offices if entry else ()) if office.of == body and office.start]
        named = [office for office in offices if self._means(title, office)]
        leading = [office for office in offices if type_ == "LEADS" and office.role == "leader"]
        for some in (named, leading, offices if title is None else []):
            if (fitting := self._fitting(some)) is not None:
                return self._held(fitting)
        return None

    def _means(self, title: str | None, office: Office) -> bool:
        """Whether the words for a role mean an office: "top diplomat" is a foreign minister."""
        role = self._gazetteer.roles.get(title or "")
        return title is not None and title in (office.title.lower(), office.role, *(role.offices if role else ()))

    def _fitting(self, offices: Sequence[Office]) -> Office | None:
        """The office that covers the day, the latest where two may; else the only one, which old news is about."""
        day = self._published
        covering = [office for office in offices if day and office.covers(day)]
        terms = {(office.start, office.end) for office in offices}
        return max(covering or (offices if len(terms) == 1 else ()), key=lambda one: one.start or "", default=None)

    def _held(self, office: Office) -> Validity:
        return Validity(
            start=office.start or "",
            end=office.end,
            last_known=None if office.end else self._gazetteer.maintained,
            basis=ValidityBasis.GAZETTEER,
        )

    def _written(self, noun: Token) -> Validity | None:
        """By the text: "the envoy since May 2019", "was their commander from 2010 to 2014"."""
        if self._dates is None:
            self._dates = find_dates(self._doc, self._published)
        heads = {noun, noun.head} if noun.dep_ == "attr" else {noun}
        here = [one for one in self._dates if noun.sent.start_char <= one.span.start < noun.sent.end_char]
        own = (self._told(one) for one in here if heads.intersection(dated_words(self._doc, one)))
        return next((told for told in own if told), None)

    def _told(self, mention: DateMention) -> Validity | None:
        """What a date says of a beginning: "since 2019", "from 2010 to 2014"; "in 2019" says nothing of it."""
        before = max(0, mention.span.start - len("between "))
        words, led = mention.span.of(self._doc.text), self._doc.text[before : mention.span.end]
        start = _shortest(mention.date.start, mention.date.start - ONE_DAY)
        if _OPEN.match(words):
            return Validity(start=start, last_known=self._published, basis=ValidityBasis.TEXT)
        if mention.date.precision is Precision.RANGE and _CLOSED.search(led):
            end = _shortest(mention.date.end, mention.date.end + ONE_DAY)
            return Validity(start=start, end=end, basis=ValidityBasis.TEXT)
        return None


def _shortest(day: datetime.date, outside: datetime.date) -> str:
    """The ISO day, month or year at whose edge a day stands; `outside` is the day beyond the edge."""
    if day.year != outside.year:
        return str(day.year)
    return day.isoformat() if day.month == outside.month else day.isoformat()[: len("2024-06")]
