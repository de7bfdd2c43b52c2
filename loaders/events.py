"""Find what happened: frames over the parse, with participants, polarity, modality, date, place and attribution."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.ids import claim_id
from kg.model import Article, Basis, Event, EventDate, Modality, Polarity, Precision, Span, Statement
from kg.ontology import Ontology
from loaders.arguments import Arguments, Participants
from loaders.coreference import People
from loaders.dates import DateMention, date_of, find_dates
from loaders.frames import Frame, Frames, Match
from loaders.grammar import text_span, token_span
from loaders.modality import modality_of, polarity_of
from loaders.statements import speaker_of

_REACH = 4  # tokens that a trigger of several words may span; else only its first word is shown
_PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
_TAKING_IN = frozenset({"AGREE", "REJECT"})
_REFUSED = "REFUSED"
_UTTERED = frozenset({"REQUEST", "THREATEN", "REJECT", "ACCUSE"})
_SPEECH_ACTS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})


def find_events(
    article: Article, doc: Doc, people: People, statements: Sequence[Statement], frames: Frames, ontology: Ontology
) -> tuple[Event, ...]:
    """The events that a text tells, by position of their trigger; one for each trigger."""
    arguments = Arguments(doc, people, statements)
    dates = find_dates(doc, article.published)
    events: dict[str, Event] = {}
    found = _outermost(_first_with_participants(frames.matches(token), arguments) for token in doc)
    for match, participants in _absorbed(list(found)):
        event = _event(article, match, participants, arguments, statements, dates, ontology)
        events.setdefault(event.id, event)
    return tuple(sorted(events.values(), key=lambda event: (event.trigger, event.type)))


_Filled = tuple[Match, Participants]


def _first_with_participants(matches: Iterable[Match], arguments: Arguments) -> _Filled | None:
    """The most specific frame of a trigger whose participants the text gives."""
    filled = ((match, arguments.participants(match)) for match in matches)
    return next(((match, participants) for match, participants in filled if participants), None)


def _outermost(found: Iterable[_Filled | None]) -> Iterator[_Filled]:
    """Events without those whose trigger another one has used: "talks" of "held talks" tells no second event."""
    events = [event for event in found if event]
    used = {token.i for match, _ in events for token in match.words[1:]}
    return ((match, participants) for match, participants in events if match.trigger.i not in used)


def _absorbed(events: Sequence[_Filled]) -> Iterator[_Filled]:
    """Promises and refusals with what they are about: "agreed to release the crew" is one AGREE, with both parties."""
    promises = {match.trigger.i for match, _ in events if match.frame.type in _TAKING_IN}
    inner: dict[int, Participants] = {}
    for match, participants in events:
        above = match.trigger.head.i
        if match.trigger.dep_ == "xcomp" and above in promises and match.frame.type in _PROMISED:
            inner[above] = participants
    for match, participants in events:
        if match.trigger.dep_ == "xcomp" and match.trigger.head.i in inner and match.frame.type in _PROMISED:
            continue
        deed = inner.get(match.trigger.i)
        if deed and not participants.targets:
            others = tuple(id for id in (*deed.actors, *deed.targets) if id not in participants.actors)
            yield match, Participants(actors=participants.actors, targets=others)
        else:
            yield match, participants


def _event(
    article: Article,
    match: Match,
    participants: Participants,
    arguments: Arguments,
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    ontology: Ontology,
) -> Event:
    frame, trigger = match.frame, match.trigger
    date = date_of(trigger, dates)
    modality = modality_of(trigger, date=date, published=article.published, uttered=frame.type in _UTTERED)
    polarity = polarity_of(trigger)
    relation = ontology.when_planned(frame.relation) if modality is Modality.PLANNED else frame.relation
    if _is_refusal(frame, polarity, modality):
        relation, polarity, modality = _REFUSED, Polarity.AFFIRMED, Modality.ASSERTED
    type_ = ontology.event_relations[relation]
    mode = frame.mode if type_ == frame.type else None
    span = _trigger_span(match)
    sentence = text_span(token for token in trigger.sent if not token.is_space)
    event_type = ontology.types[type_]
    return Event(
        id=claim_id(article.id, type_, span),
        type=type_,
        mode=mode,
        contexts=tuple(sorted(frame.contexts)),
        relation=relation,
        quad=event_type.quad,
        score=ontology.score(type_, mode),
        trigger=span,
        actors=participants.actors,
        targets=participants.targets,
        polarity=polarity,
        modality=modality,
        attributed_to=_attribution(trigger, type_, participants, statements),
        date=date or _publication(article, modality),
        place=arguments.place_of(match, participants.targets),
        evidence=sentence,
        rule=f"{frame.id}/{match.kind}",
        confidence=_confidence(match, participants),
    )


def _is_refusal(frame: Frame, polarity: Polarity, modality: Modality) -> bool:
    """Whether somebody will not do a friendly thing: "Oslo will not lift the ban" refuses to."""
    return frame.type in _PROMISED and polarity is Polarity.NEGATED and modality is Modality.PLANNED


def _trigger_span(match: Match) -> Span:
    words = sorted(match.words, key=lambda token: token.i)
    near = words[-1].i - words[0].i <= _REACH
    return text_span(words) if near else token_span(match.trigger)


def _attribution(trigger: Token, type_: str, participants: Participants, statements: Sequence[Statement]) -> str | None:
    """Who vouches for a deed; one's own act of speech, told by the article itself, has nobody behind it."""
    speaker = speaker_of(trigger.idx, statements)
    own_words = type_ in _SPEECH_ACTS and speaker in participants.actors
    return None if own_words else speaker


def _publication(article: Article, modality: Modality) -> EventDate | None:
    """The day of publication as a fallback that says so; nothing for what is background, or has yet to happen."""
    day = article.published if modality is Modality.ASSERTED else None
    return EventDate(start=day, end=day, precision=Precision.UNKNOWN, basis=Basis.PUBLISHED) if day else None


def _confidence(match: Match, participants: Participants) -> float:
    """How sure the rule is: a verb with both parties is surest, a noun or a lone party less so."""
    both = bool(participants.actors and participants.targets) or len(participants.actors) > 1
    sure = 0.9 if both else 0.65
    return round(sure - (0.15 if match.kind != "verb" else 0) + (0.05 if len(match.words) > 1 else 0), 3)
