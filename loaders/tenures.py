"""Say for how long a lasting relation holds: by the dated gazetteer, else by words of the text.

Only what the article and the gazetteer say counts, never what a store holds, so the record stays the same in any order
of reading. The gazetteer only dates what the text states: no relation is made of it.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.gazetteer import Gazetteer, Office, Term
from kg.model import Entity, EventDate, Kind, Precision, Validity, ValidityBasis
from loaders.bonds import Edge
from loaders.dates import DateMention, dated_words, find_dates, find_ends
from loaders.days import ONE_DAY

_HELD = ("LEADS", "HOLDS_OFFICE_IN", "MEMBER_OF", "SPEAKS_FOR")  # relations that begin and end with an office
_BONDS = ("MEMBER_OF", "ALLIED_WITH")  # those of states that begin and end with a treaty
_OPEN = re.compile(r"since\b", re.IGNORECASE)
_CLOSED = re.compile(r"\b(?:from|between)\s", re.IGNORECASE)
_NEAR = 1  # years: "left in 2018" may tell of the decision, which took effect in the next


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation before it is dated; `edge` is the edge of its time that the words tell of, if any."""

    type: str
    source: Entity
    target: Entity
    title: str | None = None
    edge: Edge | None = None


class Tenures:
    """The offices and memberships of one gazetteer on one day, and the dates of one text."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, published: datetime.date | None) -> None:
        self._doc, self._gazetteer, self._published = doc, gazetteer, published

    def of(self, tie: Tie, noun: Token) -> Validity | None:
        """For how long a relation between two entities holds; `noun` is the word that tells it."""
        if tie.type in _BONDS and tie.source.kind is not Kind.PERSON:
            return self._bound(tie, noun)
        if tie.type not in _HELD:
            return None
        return self._listed(tie) or self._written(noun, tie.edge)

    # --- offices ------------------------------------------------------------------------------------------------------

    def _listed(self, tie: Tie) -> Validity | None:
        """By the gazetteer: the office of that name on the day of publication, else the only one there ever was."""
        entry = self._gazetteer.entries.get(tie.source.id)
        offices = [office for office in (entry.offices if entry else ()) if office.of == tie.target.id and office.start]
        named = [office for office in offices if self._means(tie.title, office)]
        leading = [office for office in offices if tie.type == "LEADS" and office.role == "leader"]
        for some in (named, leading, offices if tie.title is None else []):
            terms = {(office.start, office.end) for office in some}
            if found := self._covering(some) or (some if len(terms) == 1 else []):
                return self._known(max(found, key=_first))
        return None

    def _means(self, title: str | None, office: Office) -> bool:
        """Whether the words for a role mean an office: "top diplomat" is a foreign minister."""
        role = self._gazetteer.roles.get(title or "")
        return title is not None and title in (office.title.lower(), office.role, *(role.offices if role else ()))

    def _covering(self, terms: Sequence[Term]) -> list[Term]:
        return [term for term in terms if self._published and term.covers(self._published)]

    def _known(self, term: Term) -> Validity:
        last_known = None if term.end else self._gazetteer.maintained
        return Validity(start=term.start, end=term.end, last_known=last_known, basis=ValidityBasis.GAZETTEER)

    # --- memberships and alliances ------------------------------------------------------------------------------------

    def _bound(self, tie: Tie, noun: Token) -> Validity | None:
        """By the term of the gazetteer that the words mean, else by the words."""
        told, terms = self._written(noun, tie.edge), self._terms(tie)
        over = tie.edge == "ends" or _is_told_as_past(noun)
        if told:
            fitting = [term for term in terms if _agree(term, told)]
        else:
            ended = [term for term in terms if term.end and over and not self._is_later(term)]
            fitting = ended if tie.edge == "ends" else self._covering(terms) or ended
            fitting = fitting or (list(terms) if self._published is None and len(terms) == 1 else [])
        if fitting:
            return self._known(max(fitting, key=_first))
        return self._continued(told, terms) if told else None

    def _terms(self, tie: Tie) -> Sequence[Term]:
        between = self._gazetteer.memberships if tie.type == "MEMBER_OF" else self._gazetteer.alliances
        return between(tie.source.id, tie.target.id)

    def _is_later(self, term: Term) -> bool:
        """Whether a term had not ended when the article was published."""
        day = self._published.isoformat() if self._published else None
        return day is not None and (term.end or day) > day[: len(term.end or day)]

    def _continued(self, told: Validity, terms: Sequence[Term]) -> Validity:
        """What a text tells of a term's end that the gazetteer does not know yet, with the beginning that it knows."""
        end = told.end
        going = [term for term in terms if end and not told.start and not term.end and _first(term) < end]
        return replace(told, start=max(map(_first, going)) or None) if going else told

    # --- the text -----------------------------------------------------------------------------------------------------

    def _written(self, noun: Token, edge: Edge | None) -> Validity | None:
        """By the text: "the envoy since May 2019", "was their commander from 2010 to 2014", "left in 2019"."""
        heads = {noun, noun.head} if noun.dep_ == "attr" else {noun}
        own = [one for one in self._dates_at(noun) if heads.intersection(dated_words(self._doc, one))]
        if told := next((told for one in own if (told := self._told(one, edge))), None):
            return told
        ends = find_ends(self._doc, self._published) if re.search(r"\btill?\b|\buntil\b", noun.sent.text) else ()
        last = next((one for one in ends if heads.intersection(dated_words(self._doc, one))), None)
        return _held(None, last.date) if last else None

    def _dates_at(self, noun: Token) -> list[DateMention]:
        dates = find_dates(self._doc, self._published)
        return [one for one in dates if noun.sent.start_char <= one.span.start < noun.sent.end_char]

    def _told(self, mention: DateMention, edge: Edge | None) -> Validity | None:
        """What a date says of an edge: "since 2019", "from 2010 to 2014"; "in 2019" says nothing but of "joined"."""
        before = max(0, mention.span.start - len("between "))
        words, led = mention.span.of(self._doc.text), self._doc.text[before : mention.span.end]
        start = _shortest(mention.date.start, mention.date.start - ONE_DAY)
        if _OPEN.match(words):
            return Validity(start=start, last_known=self._published, basis=ValidityBasis.TEXT)
        if mention.date.precision is Precision.RANGE and _CLOSED.search(led):
            end = _shortest(mention.date.end, mention.date.end + ONE_DAY)
            return Validity(start=start, end=end, basis=ValidityBasis.TEXT)
        if edge == "ends":
            return _held(None, mention.date)
        begun = _within(mention.date) if edge else None
        return Validity(start=begun, last_known=self._published, basis=ValidityBasis.TEXT) if begun else None


def _is_told_as_past(noun: Token) -> bool:
    """As in "was a member"."""
    return noun.dep_ == "attr" and noun.head.tag_ == "VBD"


def _first(term: Term) -> str:
    return term.start or ""


def _agree(term: Term, told: Validity) -> bool:
    """Whether words may tell of a term: whatever edges both give are at most a year apart."""
    pairs = ((term.start, told.start), (term.end, told.end))
    both = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
    return bool(both) and all(abs(int(ours[:4]) - int(theirs[:4])) <= _NEAR for ours, theirs in both)


def _held(start: str | None, last: EventDate) -> Validity | None:
    """What holds until some day."""
    end = _within(last)
    return Validity(start=start, end=end, basis=ValidityBasis.TEXT) if end else None


def _within(date: EventDate) -> str | None:
    """The ISO day, month or year that a date lies in."""
    if date.start == date.end:
        return date.start.isoformat()
    first, last = date.start.isoformat(), date.end.isoformat()
    return next((first[:size] for size in (len("2024-06"), len("2024")) if first[:size] == last[:size]), None)


def _shortest(day: datetime.date, outside: datetime.date) -> str:
    """The ISO day, month or year at whose edge a day stands; `outside` is the day beyond the edge."""
    if day.year != outside.year:
        return str(day.year)
    return day.isoformat() if day.month == outside.month else day.isoformat()[: len("2024-06")]
