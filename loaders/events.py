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
from loaders.words import load_words

_REACH = 4  # tokens that a trigger of several words may span; else only its first word is shown
_PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
_TAKING_IN = frozenset({"AGREE", "REJECT", "THREATEN"})
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
    """Promises, refusals and threats that have taken in their deed: "agreed to release the crew" is one AGREE."""
    outer = {match.trigger.i: match.frame for match, _ in events if match.frame.type in _TAKING_IN}
    inner: dict[int, Participants] = {}
    taken = set()
    for match, participants in events:
        holder = _deed_of(match)
        if holder is not None and holder.i in outer and _takes_in(outer[holder.i], match.frame):
            inner[holder.i] = participants
            taken.add(id(match))
    for match, participants in events:
        if id(match) not in taken:
            yield match, _with_deed(match, participants, inner.get(match.trigger.i))


def _takes_in(outer: Frame, deed: Frame) -> bool:
    """Whether a deed is no event beside the words that promise it; nothing is that is only refused or threatened."""
    return outer.type != "AGREE" or deed.type in _PROMISED


def _deed_of(match: Match) -> Token | None:
    """The verb that an event is promised, refused or threatened with: "agreed to release", "refused to hold talks"."""
    verb = match.trigger
    if match.kind == "noun" and verb.dep_ == "dobj" and verb.head.lemma_ in load_words("arguments")["light_verbs"]:
        verb = verb.head
    return verb.head if verb.dep_ == "xcomp" else None


def _with_deed(match: Match, own: Participants, deed: Participants | None) -> Participants:
    """An event's parties, with those of the deed it is about where its own words name no target."""
    guessed = not own.targets or (match.frame.type != "AGREE" and "clause" in match.frame.targets)
    others = [id_ for id_ in (*deed.actors, *deed.targets) if id_ not in own.actors] if deed and guessed else []
    return Participants(actors=own.actors, targets=tuple(dict.fromkeys(others))) if others else own


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
    relation = _relation(match, participants, modality, ontology)
    if _is_refusal(frame, polarity, modality):
        relation, participants = _REFUSED, _one_sided(participants) if frame.reciprocal else participants
    type_ = ontology.event_relations[relation]
    mode = frame.mode if type_ == frame.type else None
    date = date or publication(article, modality)
    if type_ != frame.type and type_ in _UTTERED:  # "will not release", "will attack": refused and threatened already
        modality, polarity = Modality.ASSERTED, Polarity.AFFIRMED
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
        date=date,
        place=arguments.place_of(match, participants.targets),
        evidence=sentence,
        rule=f"{frame.id}/{match.kind}",
        confidence=_confidence(match, participants),
    )


def _is_refusal(frame: Frame, polarity: Polarity, modality: Modality) -> bool:
    """Whether somebody will not do a friendly thing: "Oslo will not lift the ban" refuses to."""
    return frame.type in _PROMISED and polarity is Polarity.NEGATED and modality is Modality.PLANNED


def _one_sided(both: Participants) -> Participants:
    """The parties of a meeting that one of them will not come to: "Chile will not meet Peru"."""
    return Participants(actors=both.actors[:1], targets=both.actors[1:])


def _relation(match: Match, participants: Participants, modality: Modality, ontology: Ontology) -> str:
    """What an event is called; if it is only planned, the promise or the threat that it is: "will attack Peru"."""
    relation = match.frame.relation
    planned = ontology.when_planned(relation) if modality is Modality.PLANNED else relation
    hostile = ontology.event_relations[planned] == "THREATEN" != match.frame.type
    aimed = match.kind == "verb" and participants.targets  # "funds to fight the plague" threaten nobody
    return relation if hostile and not aimed else planned


def _trigger_span(match: Match) -> Span:
    words = sorted(match.words, key=lambda token: token.i)
    near = words[-1].i - words[0].i <= _REACH
    return text_span(words) if near else token_span(match.trigger)


def _attribution(trigger: Token, type_: str, participants: Participants, statements: Sequence[Statement]) -> str | None:
    """Who vouches for a deed; one's own act of speech, told by the article itself, has nobody behind it."""
    speaker = speaker_of(trigger.idx, statements)
    own_words = type_ in _SPEECH_ACTS and speaker in participants.actors
    return None if own_words else speaker


def publication(article: Article, modality: Modality) -> EventDate | None:
    """The day of publication as a fallback that says so; nothing for what is background, or has yet to happen."""
    day = article.published if modality is Modality.ASSERTED else None
    return EventDate(start=day, end=day, precision=Precision.UNKNOWN, basis=Basis.PUBLISHED) if day else None


def _confidence(match: Match, participants: Participants) -> float:
    """How sure the rule is: a verb with both parties is surest, a noun or a lone party less so."""
    both = bool(participants.actors and participants.targets) or len(participants.actors) > 1
    sure = 0.9 if both else 0.65
    return round(sure - (0.15 if match.kind != "verb" else 0) + (0.05 if len(match.words) > 1 else 0), 3)
