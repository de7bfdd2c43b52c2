"""Find what happened: frames over the parse, with participants, polarity, modality, date, place and attribution."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.ids import claim_id
from kg.model import Article, Basis, Event, EventDate, Modality, Polarity, Precision, Span, Statement
from kg.ontology import Ontology
from loaders.arguments import Arguments, Participants
from loaders.contexts import Contexts
from loaders.coreference import People
from loaders.dates import DateMention, date_of, find_dates
from loaders.frame_files import Frame
from loaders.frames import Frames, Match
from loaders.grammar import text_span, token_span
from loaders.modality import modality_of, polarity_of
from loaders.modes import mode_of
from loaders.retellings import UTTERED, Telling, complete
from loaders.statements import speaker_of
from loaders.words import word_set

_REACH = 4  # tokens that a trigger of several words may span; else only its first word is shown
_PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
_TAKING_IN = frozenset({"AGREE", "REJECT", "REQUEST", "THREATEN"})
_ASKING = frozenset({"REQUEST", "THREATEN"})
_REFUSED = "REFUSED"
_SPEECH_ACTS = UTTERED | {"AGREE"}


def find_events(
    article: Article, doc: Doc, people: People, statements: Sequence[Statement], frames: Frames, ontology: Ontology
) -> tuple[Event, ...]:
    """The events that a text tells, by position of their trigger; one for each trigger."""
    arguments = Arguments(doc, people, statements)
    dates, contexts = find_dates(doc, article.published), Contexts(doc)
    events: dict[str, Event] = {}
    tellings = list(_absorbed(list(complete(_tellings(doc, frames, arguments), arguments))))
    askers = {
        one.match.trigger.i: one.parties.actors[0] for one in tellings if one.type in _ASKING and one.parties.actors
    }
    accusations = {one.match.trigger: one.parties for one in tellings if one.type == "ACCUSE" and one.parties.actors}
    for telling in tellings:
        event = _event(article, telling, arguments, statements, dates, contexts, ontology)
        if event.attributed_to is None:
            asker = _asker(telling.match.trigger, askers) if event.modality is Modality.DEMANDED else None
            event = replace(event, attributed_to=asker or _accuser(telling, accusations))
        events.setdefault(event.id, event)
    return tuple(sorted(events.values(), key=lambda event: (event.trigger, event.type)))


def _tellings(tokens: Iterable[Token], frames: Frames, arguments: Arguments) -> list[Telling]:
    """What each trigger tells, without those whose trigger another one has used: "talks" of "held talks"."""
    found = [one for token in tokens if (one := _telling(frames.matches(token), arguments))]
    used = {token.i for one in found if one.enough for token in one.match.words[1:]}
    return [one for one in found if one.match.trigger.i not in used]


def _telling(matches: Sequence[Match], arguments: Arguments) -> Telling | None:
    """The most specific frame of a trigger whose parties the text gives, else the most specific with what it has."""
    lacking: Telling | None = None
    for match in matches:
        parties = arguments.parties(match)
        if arguments.is_enough(match, parties):
            return Telling(match=match, parties=parties)
        lacking = lacking or Telling(match=match, parties=parties, enough=False)
    return lacking


def _absorbed(tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Promises, refusals and threats that have taken in their deed: "agreed to release the crew" is one AGREE."""
    outer = {one.match.trigger.i: one for one in tellings if one.type in _TAKING_IN}
    deeds: dict[int, Telling] = {}
    for one in tellings:
        holder = _deed_of(one.match)
        if holder is not None and holder.i in outer and _takes_in(outer[holder.i], one):
            deeds[holder.i] = one
    taken = {deed.match.trigger.i for deed in deeds.values()}
    protests = {one.match.trigger for one in tellings if one.type == "PROTEST"}
    for one in tellings:
        if one.match.trigger.i not in taken and not (one.type == "REQUEST" and _is_slogan(one.match, protests)):
            yield _with_deed(one, deeds.get(one.match.trigger.i))


def _is_slogan(match: Match, protests: Collection[Token]) -> bool:
    """Whether a demand is what a protest is for, and so no event beside it: "marched for peace, demanding talks"."""
    return match.trigger.dep_ in ("advcl", "acl", "conj") and match.trigger.head in protests


def _takes_in(outer: Telling, deed: Telling) -> bool:
    """Whether a deed is no event beside the words that promise it; nothing is that is only refused or threatened.

    "Asked to join" is one REQUEST, "asked Peru to join" tells also what Peru is to do.
    """
    if outer.type == "REQUEST":
        return set(deed.parties.actors) <= set(outer.parties.actors)
    return outer.type != "AGREE" or deed.type in _PROMISED


def _deed_of(match: Match) -> Token | None:
    """The verb that an event is promised, refused or threatened with: "agreed to release", "refused to hold talks"."""
    verb = match.trigger
    if match.kind == "noun" and verb.dep_ == "dobj" and verb.head.lemma_ in word_set("arguments", "light_verbs"):
        verb = verb.head
    return verb.head if verb.dep_ == "xcomp" else None


def _with_deed(telling: Telling, deed: Telling | None) -> Telling:
    """An event with the parties of the deed it is about where its own words name no target."""
    frame, own = telling.match.frame, telling.parties
    guessed = not own.targets or (frame.type != "AGREE" and "clause" in frame.targets)
    if deed is None or not guessed:
        return telling
    others = [id_ for id_ in (*deed.parties.actors, *deed.parties.targets) if id_ not in own.actors]
    parties = Participants(actors=own.actors, targets=tuple(dict.fromkeys(others)))
    return replace(telling, parties=parties) if others else telling


def _event(
    article: Article,
    telling: Telling,
    arguments: Arguments,
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    contexts: Contexts,
    ontology: Ontology,
) -> Event:
    match, participants = telling.match, telling.parties
    frame, trigger = match.frame, match.trigger
    spoken = "speaker" in frame.actors  # "it was likely that Chad was to blame, he said on Monday": said then
    cue = _cue(trigger, statements) if frame.type in UTTERED else None
    date = date_of(trigger, dates, trigger.sent.root if spoken else cue)
    modality = modality_of(trigger, date=date, published=article.published, uttered=frame.type in UTTERED)
    if spoken and modality is Modality.HYPOTHETICAL:  # "it is likely that Chad is to blame, he said": he blames it
        modality = Modality.ASSERTED
    denied = any(word.dep_ == "neg" for word in match.words)  # "does not recognise": what is told is the "not"
    polarity = Polarity.AFFIRMED if denied else polarity_of(trigger)
    relation = _relation(match, participants, modality, polarity, ontology)
    if _is_refusal(frame, polarity, modality):
        relation, participants = _REFUSED, _one_sided(participants) if frame.reciprocal else participants
    type_ = ontology.event_relations[relation]
    mode = mode_of(match, type_)
    date = date or publication(article, modality)
    if type_ != frame.type and type_ in UTTERED:  # "will not release", "will attack": refused and threatened already
        modality, polarity = Modality.ASSERTED, Polarity.AFFIRMED
    span = _trigger_span(match)
    sentence = text_span(token for token in trigger.sent if not token.is_space)
    event_type = ontology.types[type_]
    return Event(
        id=claim_id(article.id, type_, span),
        type=type_,
        mode=mode,
        contexts=tuple(sorted({*frame.contexts, *contexts.at(trigger), *ontology.contexts.intersection([mode])})),
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
        place=telling.place or arguments.place_of(match, participants.targets),
        evidence=sentence,
        rule=f"{frame.id}/{match.kind}" + "+retold" * telling.retold + "+ground" * participants.grounded,
        confidence=_confidence(telling),
    )


def _is_refusal(frame: Frame, polarity: Polarity, modality: Modality) -> bool:
    """Whether somebody will not do a friendly thing: "Oslo will not lift the ban" refuses to."""
    return frame.type in {*_PROMISED, "AGREE"} and polarity is Polarity.NEGATED and modality is Modality.PLANNED


def _one_sided(both: Participants) -> Participants:
    """The parties of a meeting that one of them will not come to: "Chile will not meet Peru"."""
    return Participants(actors=both.actors[:1], targets=both.actors[1:])


def _relation(
    match: Match, participants: Participants, modality: Modality, polarity: Polarity, ontology: Ontology
) -> str:
    """What an event is called; if it is only planned, the promise or the threat that it is: "will attack Peru"."""
    relation = match.frame.relation
    planned = ontology.when_planned(relation) if modality is Modality.PLANNED else relation
    hostile = ontology.event_relations[planned] == "THREATEN" != match.frame.type
    # "funds to fight the plague" threaten nobody, nor does who "does not want to attack Peru"
    aimed = match.kind == "verb" and participants.targets and polarity is Polarity.AFFIRMED
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


def _cue(trigger: Token, statements: Sequence[Statement]) -> Token | None:
    """The word that reports the quotation a trigger stands in: "“We reject it,” he said Thursday"."""
    quoted = (one for one in statements if one.quoted and one.content.start <= trigger.idx < one.content.end)
    cue = next((one.cue for one in quoted if one.cue), None)
    span = trigger.doc.char_span(cue.start, cue.end, alignment_mode="expand") if cue else None
    return span.root if span is not None else None


def _asker(trigger: Token, askers: Mapping[int, str]) -> str | None:
    """On whose word a deed is asked for: "Kenya urged Chad to withdraw" has the withdrawal from Kenya."""
    return next((askers[token.i] for token in trigger.ancestors if token.i in askers), None)


def _accuser(telling: Telling, accusations: Mapping[Token, Participants]) -> str | None:
    """Who says that somebody did it: "Kenya blamed Chad for the raid" has the raid from Kenya."""
    verbs = word_set("arguments", "accusing")  # "condemned the raid" takes it for granted
    holders = (token for token in telling.match.trigger.ancestors if token.lemma_ in verbs)
    above = (accusations[token] for token in holders if token in accusations)
    accused = (one for one in above if set(one.targets) & set(telling.parties.actors))
    return next((one.actors[0] for one in accused), None) if telling.match.kind == "noun" else None


def publication(article: Article, modality: Modality) -> EventDate | None:
    """The day of publication as a fallback that says so; nothing for what is background, or has yet to happen."""
    day = article.published if modality is Modality.ASSERTED else None
    return EventDate(start=day, end=day, precision=Precision.UNKNOWN, basis=Basis.PUBLISHED) if day else None


def _confidence(telling: Telling) -> float:
    """How sure the rule is: a verb with both parties is surest; a noun, a lone party or one named elsewhere less so."""
    match, parties = telling.match, telling.parties
    both = bool(parties.actors and parties.targets) or len(parties.actors) > 1
    sure = 0.9 if both else 0.65
    doubts = 0.15 * (match.kind != "verb") + 0.2 * (telling.retold or parties.grounded)
    return round(sure - doubts + (0.05 if len(match.words) > 1 else 0), 3)
