"""Find the dates that a text gives, and say which event each of them dates.

Durations ("for 24 years", "in recent months"), deadlines ("by Friday") and "for the first time since 2010" are no dates
of events. The clock is never read: without a day of publication, relative dates stay unresolved.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from spacy.tokens import Doc, Token

from kg.model import EventDate, Precision, Span
from loaders import days, grammar
from loaders.cues import cue_lemmas
from loaders.date_patterns import Here, bare_year, patterns
from loaders.words import load_words, word_set

_words = partial(word_set, "dates")
_INEXACT = re.compile(r"\b(?:more than|over|nearly|almost|about|around|some|at least|less than|up to|half)\s*$")
_COMES = re.compile(
    r"\b(?:comes?|follows?)(?: just| only| barely)? $"
)  # now, so that "two days after" counts from today
_FIRST_SINCE = re.compile(r"\b(?:first|last|only|\w+est|worst|most|least)\b[^.;:]*$")
_VAGUE = re.compile(r"[Tt]he (?:week|month|year)$")
_YEAR_IN = re.compile(
    r"(?:\b(?:in|of|during|throughout|since|early|mid|late|year|the|year of|over)|^|[-(,])[ -]?$", re.I
)
_STARTING = frozenset({"starting", "beginning", "effective"})
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.I)
_WHEN = frozenset({"after", "as", "when", "while"})
_ANY = frozenset(Precision)
_COARSE = frozenset({Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR})
_NOT_NAMES = frozenset({"may", "march"})

IsDate = Callable[[Doc, re.Match[str], bool], bool]


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that date something, with the date that they give (its basis is the text)."""

    span: Span
    date: EventDate


# --- finding ----------------------------------------------------------------------------------------------------------


def find_dates(doc: Doc, published: datetime.date | None) -> tuple[DateMention, ...]:
    """Every date that a text gives, in order; relative ones only where the day of publication is known."""
    key = f"dates {published}"  # kept with the text, as several steps ask
    if key not in doc.user_data:
        doc.user_data[key] = _find_dates(doc, published, _is_date)
    dates: tuple[DateMention, ...] = doc.user_data[key]
    return dates


def find_ends(doc: Doc, published: datetime.date | None) -> tuple[DateMention, ...]:
    """Every date until which something is said to last: "until 2020"; they date nothing else."""
    return _find_dates(doc, published, _is_end)


def _find_dates(doc: Doc, published: datetime.date | None, is_one: IsDate) -> tuple[DateMention, ...]:
    read: list[Span] = []
    found: list[DateMention] = []
    for span, date in _candidates(doc, published, is_one):
        if not any(span.overlaps(other) for other in read):
            read.append(span)  # words that give no day, such as "February 31, 2023", give no year either
            found += [DateMention(span, date)] if date else []
    return tuple(sorted(found, key=lambda mention: mention.span))


def _candidates(doc: Doc, published: datetime.date | None, is_one: IsDate) -> Iterator[tuple[Span, EventDate | None]]:
    for pattern, reader in patterns():
        for match in pattern.finditer(grammar.text_of(doc)):
            if is_one(doc, match, reader is bare_year):
                date = reader(match, Here(published, _is_future(doc, match)))
                if date is not None and match["since"]:
                    date = days.in_range(date.start, published) if published else None
                yield Span(*match.span()), date


def _is_future(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the clause of a date tells of the future, be it that of a past speaker: "would take effect Wednesday"."""
    tokens = _tokens(doc, match)
    if not tokens:
        return False
    verb = grammar.clause_verb(doc[tokens[0].i : tokens[-1].i + 1].root)
    helpers = {item.lower_ for item in grammar.auxiliaries(verb)}
    states = {verb.lemma_, *(item.lower_ for item in grammar.children(verb, "acomp"))}
    if states & _words("scheduled", "words") and {"is", "are"} & {*helpers, verb.lower_}:
        return True  # "is due on Sunday", "are planned for Friday"
    return grammar.is_future(verb) or ("would" in helpers and "have" not in helpers)


def _is_date(doc: Doc, match: re.Match[str], maybe_number: bool) -> bool:
    """Whether the words are a date here: no deadline, no verb "march", no "first time since 2010", no plain number."""
    before, groups = grammar.text_of(doc)[max(0, match.start() - 60) : match.start()], match.groupdict()
    lower = before.lower()
    if _blocked().search(lower) or (groups.get("count") and _INEXACT.search(lower)):
        return False
    if "after" in groups and not _COMES.search(before):
        return False  # "it fell two days after the vote", whose day is not known here
    if match["since"] and _FIRST_SINCE.search(lower):
        return False
    if _VAGUE.search(match.group()) or (groups.get("unit") == "weekend" and _is_plain_the(match, lower)):
        return False
    if maybe_number and not (match["since"] or _stands_as_year(doc, match, before)):
        return False
    return not any(_is_no_name(token) for token in _tokens(doc, match))


def _is_end(doc: Doc, match: re.Match[str], _maybe_number: bool) -> bool:
    """Whether the words tell until when: "until 2020", "till the end of May"."""
    before = grammar.text_of(doc)[max(0, match.start() - 10) : match.start()]
    return _UNTIL.search(before) is not None and not match["since"]


@cache
def _blocked() -> re.Pattern[str]:
    """What stands before words that are no date of a deed: "by" of a deadline."""
    return re.compile(rf"\b(?:{'|'.join(load_words('dates')['blockers']['words'])})(?: the| about| around)?\s*$")


def _is_plain_the(match: re.Match[str], before: str) -> bool:
    """Whether "the weekend" stands without the "over", "at" or "during" that makes it a date."""
    return match["which"].lower() == "the" and not re.search(r"\b(?:over|at|during|on) $", before)


def _stands_as_year(doc: Doc, match: re.Match[str], before: str) -> bool:
    """Whether a four-digit number is a year: after "in" and the like, or where the name finder sees a date."""
    tokens = _tokens(doc, match)
    if any(
        token.dep_ == "nummod" and token.head.tag_ == "NNS" and not grammar.child(token.head, "det") for token in tokens
    ):
        return False  # "1999 guns"
    return bool(_YEAR_IN.search(before)) or any(token.ent_type_ == "DATE" for token in tokens)


def _tokens(doc: Doc, match: re.Match[str]) -> list[Token]:
    span = doc.char_span(*match.span(), alignment_mode="expand")
    return list(span) if span is not None else []


def _is_no_name(token: Token) -> bool:
    """Whether a word is "may" the modal verb, "march" the deed or "May" of a person's name."""
    if token.i > 0 and token.nbor(-1).ent_type_ == "PERSON" and token.nbor(-1).dep_ == "compound":
        return token.is_title
    return token.lower_ in _NOT_NAMES and (token.pos_ in {"AUX", "VERB"} or not token.is_title)


# --- governing --------------------------------------------------------------------------------------------------------


def date_of(trigger: Token, dates: Sequence[DateMention], cue: Token | None = None) -> EventDate | None:
    """The date that the words give for what a trigger tells, or None.

    Where a trigger is itself what is said ("“We reject it,” he said Thursday"), `cue` is the word that reports it,
    whose date holds where the trigger has none of its own.

    Most telling first: a date on the trigger itself ("Tuesday's attack", "met on Friday"), on a verb that only carries
    it ("the summit held in February"), in its clause, or in the clause that it shares its subject with ("In June, X
    visited Y, signing a treaty and thanking Z"). A date of another clause's verb never counts.
    """
    sentence = trigger.sent
    first, last = sentence.start_char, sentence.end_char
    here = [mention for mention in dates if first <= mention.span.start < last]
    dated = [(dated_words(trigger.doc, mention), mention) for mention in here]
    for place, precisions in _places(trigger):
        fitting = [one for places, one in dated if place in places and one.date.precision in precisions]
        if fitting:
            return min(fitting, key=lambda mention: abs(mention.span.start - trigger.idx)).date
    return date_of(cue, dates) if cue is not None else None


def dated_words(doc: Doc, mention: DateMention) -> list[Token]:
    """The nouns and verbs that a date hangs on.

    Of a noun in "in a statement Thursday", "during a visit on Monday" the verb is dated too, as is that of a
    participle: "rejected it, telling reporters on Monday …".
    """
    anchor = _anchor(doc, mention)
    if anchor is None:
        return []
    found = [anchor]
    for token in found:
        above = _carried(token, mention)
        if above is not None and above not in found:
            found.append(above)
    return found


def _anchor(doc: Doc, mention: DateMention) -> Token | None:
    """The noun or verb that a date hangs on in the parse; "starting in May" and "effective Monday" only hand it on."""
    span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    while token.head != token and (token in span or _hands_on(token)):
        token = token.head
    return token if token not in span else None


def _hands_on(token: Token) -> bool:
    return token.pos_ in {"ADP", "ADV", "SCONJ"} or token.lower_ in _STARTING


def _carried(token: Token, mention: DateMention) -> Token | None:
    """What a date says beyond what it hangs on."""
    if token.pos_ in {"NOUN", "PROPN"}:
        if token.dep_ == "pobj" and token.head.lower_ in _words("settings", "words") and token.head.dep_ == "prep":
            return grammar.clause_verb(token.head)  # "in a statement Thursday"
        behind = mention.span.start > token.idx + len(token)
        return grammar.clause_verb(token) if token.dep_ == "dobj" and behind else None  # "called a meeting Wednesday"
    if token.lemma_ in _words("carriers", "words") and token.dep_ == "acl":
        return token.head  # "the summit held in February"
    tells = token.tag_ == "VBG" and token.dep_ == "advcl" and token.lemma_ in cue_lemmas("say", "tell")
    return grammar.clause_verb(token.head) if tells else None


def _places(trigger: Token) -> Iterator[tuple[Token, frozenset[Precision]]]:
    """Where a date for a trigger may hang, best first, and how precise it may be there.

    On the trigger, in its clause, in the clause that it shares; a week or longer also in the main clause of "after …".
    """
    yield trigger, _ANY
    verb = trigger
    while not grammar.is_verbal(verb):
        if verb.head == verb or (verb.dep_ == "prep" and verb.lower_ in _words("apart", "words")):
            return
        verb = verb.head
    yield verb, _ANY
    while (above := _shared_clause(verb)) is not None:
        verb = above
        yield verb, _ANY
    if verb.dep_ == "advcl" and any(item.lower_ in _WHEN for item in grammar.children(verb, "mark", "advmod")):
        yield grammar.clause_verb(verb.head), _COARSE


def _shared_clause(verb: Token) -> Token | None:
    """The verb whose dates hold for this one too: of a participle, an infinitive, a second verb of the same subject."""
    if verb.dep_ not in {"xcomp", "pcomp", "pobj", "advcl", "conj"} or grammar.own_subject(verb) is not None:
        return None
    if verb.dep_ in {"pcomp", "pobj"} and verb.head.lower_ in _words("apart", "words"):
        return None
    above = grammar.clause_verb(verb.head)
    return above if above != verb else None
