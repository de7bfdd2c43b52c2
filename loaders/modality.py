"""Whether the text says that an event happened, and how real it is: planned, possible, demanded, long past.

The words decide, climbing from the trigger through the infinitives, clauses and phrases that hold it. Lists are in
`patterns/modality.toml`; the meaning of each value is that of the project's annotation guide.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache, partial

from spacy.tokens import Token

from kg.model import EventDate, Modality, Polarity
from loaders import grammar
from loaders.words import load_words, word_set

_words = partial(word_set, "modality")
_LONG_AGO = datetime.timedelta(days=200)  # older deeds are the story's background, younger ones may be part of it
_ORDER = (Modality.DEMANDED, Modality.HYPOTHETICAL, Modality.PLANNED)


def _listed(modality: Modality, part: str) -> frozenset[str]:
    return _words(modality.value, part) if part in load_words("modality")[modality] else frozenset()


def _is_carrier(word: Token) -> bool:
    """Whether a verb only says that the deed of its noun takes place: "hold talks"."""
    return word.lemma_ in _words("carriers", "verbs")


@cache
def _long_past() -> re.Pattern[str]:
    return re.compile("|".join(load_words("modality")["historical"]["patterns"]), re.IGNORECASE)


# --- modality ---------------------------------------------------------------------------------------------------------


def modality_of(
    trigger: Token, *, date: EventDate | None = None, published: datetime.date | None = None, uttered: bool = False
) -> Modality:
    """How real the text says that a trigger's event is.

    `date` is the event's own date and `published` the article's day: a deed long before it is background. `uttered`
    says that the trigger is itself the threat, demand or refusal that somebody speaks ("we will shut it off", "you
    must leave"): then its own auxiliaries make it no less real.
    """
    chain = list(_chain(trigger))
    own = uttered and not _is_speech_to_come(trigger)
    found = next((one for token in chain[own:] if (one := _at(token, trigger)) is not None), None)
    if found is not None:
        return found
    past = date is not None and published is not None and date.end < published - _LONG_AGO
    return Modality.HISTORICAL if past or _is_background(trigger) else Modality.ASSERTED


def _is_speech_to_come(trigger: Token) -> bool:
    """As in "he said he would ask the council": a demand not made yet; but "I would ask you to leave" makes it."""
    subject = grammar.own_subject(trigger)
    spoken = subject is not None and subject.lower_ in {"i", "we"}
    return trigger.lemma_ in _listed(Modality.DEMANDED, "verbs") and trigger.tag_ == "VB" and not spoken


def _is_background(trigger: Token) -> bool:
    """As in "a previous raid", "who had negotiated with them", "during his first term"."""
    words = _listed(Modality.HISTORICAL, "modifiers")
    if any(item.lower_ in words for item in grammar.children(trigger, "amod")):
        return True
    if trigger.tag_ == "VBD" and any(item.lower_ == "once" for item in trigger.lefts):
        return True  # "the rebels once ruled the city"
    relative = trigger.dep_ == "relcl" and trigger.left_edge.tag_ in {"WP", "WDT"}
    return (relative and grammar.is_past_perfect(trigger)) or bool(_long_past().search(trigger.sent.text))


def _chain(trigger: Token) -> Iterator[Token]:
    """The trigger and what holds it, as far as its own reality hangs on theirs.

    Upward from "visit": "plans to visit", "fears of a visit", "wants talks", "may hold talks". It ends where a word
    with a meaning of its own comes between: in "urged the court to punish the attack" nobody asks for the attack.
    """
    token = trigger
    yield token
    while (above := _holder(token)) is not None:
        yield above
        if token.pos_ in {"NOUN", "PROPN"} and not (_is_listed(above) or _is_carrier(above)):
            return
        token = above


def _is_listed(word: Token) -> bool:
    part = {"NOUN": "nouns", "ADJ": "adjectives"}.get(word.pos_, "verbs")
    return any(word.lemma_ in _listed(modality, part) for modality in _ORDER)


def _holder(token: Token) -> Token | None:
    """What a token's reality hangs on: the verb of an infinitive, the noun of "of …", the carrier of a noun."""
    if token.dep_ == "conj" and grammar.own_subject(token) is None:
        return _holder(grammar.first_conjunct(token))
    if token.pos_ in {"NOUN", "PROPN"}:
        return _noun_holder(token)
    if token.dep_ == "acomp":  # "must be united in condemning it"
        return token.head
    infinitive = grammar.is_infinitive(token) and token.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"}
    gerund = token.tag_ == "VBG" and (token.dep_ in {"xcomp", "ccomp"} or _is_gerund_of(token))
    told = token.dep_ in {"ccomp", "acl"} and (
        not grammar.is_past(token) or token.head.lemma_ == "be" or token.head.pos_ == "ADJ"
    )
    told = told and (token.dep_ == "ccomp" or _mark(token) == "that")  # "the demand that the mayor resign"
    return _over_preposition(token.head) if infinitive or gerund or told else None


def _mark(verb: Token) -> str:
    """The conjunction that opens a verb's clause."""
    return next((item.lower_ for item in grammar.children(verb, "mark")), "")


def _is_gerund_of(token: Token) -> bool:
    """As in "the risk of losing", "preparations for launching", "ruled out sending"; not "jailed for shelling"."""
    if token.dep_ != "pcomp":
        return False
    word, above = token.head.lower_, token.head.head
    if word in {"in", "for"}:  # "interested in talking", "preparations for launching"; not "an arrest for spying"
        return above.pos_ == "ADJ" if word == "in" else above.pos_ == "NOUN" and _is_listed(above)
    return word in {"of", "to", "on", "about", "out", "against"}


def _noun_holder(noun: Token) -> Token | None:
    """The verb whose object or subject a noun is, or the noun or verb before its preposition."""
    if noun.dep_ in {"dobj", "attr", "nsubjpass", "nsubj"}:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "for", "to", "into", "on", "about"}:
        return _over_preposition(noun.head)
    return None


def _over_preposition(token: Token) -> Token:
    return token.head if token.pos_ == "ADP" and token.dep_ in {"prep", "agent", "dative"} else token


def _at(token: Token, trigger: Token) -> Modality | None:
    """What one link of the chain says; the trigger itself speaks by auxiliaries, a holder also by its meaning."""
    if token == trigger:
        return _by_conjunction(token) or _by_auxiliaries(token) or _by_command(token) or _by_modifiers(token)
    return _by_meaning(token, trigger) or (_by_auxiliaries(token) if _passes_on(token, trigger) else None)


def _by_auxiliaries(verb: Token) -> Modality | None:
    """As in "may attack", "must stop", "will meet", "said he would ask" (planned), "would support" (hypothetical)."""
    helpers = {item.lower_ for item in grammar.auxiliaries(verb)}
    for modality in (Modality.DEMANDED, Modality.HYPOTHETICAL):
        if helpers & _listed(modality, "auxiliaries"):
            return modality
    told = grammar.first_conjunct(verb).dep_ == "ccomp"
    if grammar.is_future(verb) or ("would" in helpers and told):
        return Modality.HYPOTHETICAL if _has_condition(verb) or _is_guess(verb) else Modality.PLANNED
    return Modality.HYPOTHETICAL if "would" in helpers else None


def _has_condition(verb: Token) -> bool:
    """As in "If the ban stays, Estmark will retaliate"."""
    return any(_by_conjunction(clause) for clause in grammar.children(verb, "advcl"))


def _is_guess(verb: Token) -> bool:
    """As in "Observers predict that the president will resign", "fears that he will"."""
    part = "nouns" if verb.dep_ == "acl" else "verbs"
    return verb.dep_ in {"ccomp", "acl"} and verb.head.lemma_ in _listed(Modality.HYPOTHETICAL, part)


def _by_conjunction(verb: Token) -> Modality | None:
    """As in "If Noria attacks", "whether the rebels shot down the plane", "Had he signed", "Perhaps they shot"."""
    marks = {item.lower_ for item in grammar.children(verb, "mark")}
    listed = bool(marks & _listed(Modality.HYPOTHETICAL, "conjunctions"))
    perhaps = any(item.lower_ in _listed(Modality.HYPOTHETICAL, "adverbs") for item in grammar.children(verb, "advmod"))
    return Modality.HYPOTHETICAL if listed or perhaps or _is_inverted_condition(verb) else None


def _is_inverted_condition(verb: Token) -> bool:
    """As in "Should Noria attack, …", "Had the envoy signed, …", "Were the rebels to disarm, …"."""
    first = verb.sent[0]
    if first.lower_ not in {"should", "had", "were"} or verb.sent.text.rstrip().endswith("?"):
        return False
    clause = first if first.dep_ == "advcl" else first.head
    return clause.dep_ == "advcl" and clause.head.i > verb.i and (verb == clause or clause in verb.ancestors)


def _by_command(verb: Token) -> Modality | None:
    """As in "“Stop the raids,” the mayor told the army": a bare verb opens what is said."""
    bare = verb.tag_ == "VB" and grammar.own_subject(verb) is None and not grammar.auxiliaries(verb)
    opens = verb.left_edge.i == verb.i or verb.left_edge.is_quote
    return Modality.DEMANDED if bare and opens and verb.dep_ in {"ROOT", "ccomp", "advcl"} else None


def _by_modifiers(noun: Token) -> Modality | None:
    """As in "the planned visit", "a possible strike"."""
    words = {item.lower_ for item in grammar.children(noun, "amod", "compound")}
    for modality in (Modality.HYPOTHETICAL, Modality.PLANNED):
        if words & _listed(modality, "modifiers"):
            return modality
    return None


def _by_meaning(holder: Token, trigger: Token) -> Modality | None:
    """What a verb, adjective or noun says of what hangs on it: "urged", "likely", "risk of"."""
    if holder.pos_ == "NOUN":
        return next((one for one in _ORDER if holder.lemma_ in _listed(one, "nouns")), None)
    if holder.pos_ == "ADJ":
        return next((one for one in _ORDER if _is_so(holder, one)), None)
    if holder.lemma_ in _words("demanded", "obliging") and _obliges(holder, trigger):
        return Modality.DEMANDED
    if holder.lemma_ == "be" and (state := grammar.child(holder, "acomp")) is not None and state != trigger:
        return Modality.HYPOTHETICAL if _is_so(state, Modality.HYPOTHETICAL) else None
    return next((one for one in _ORDER if holder.lemma_ in _listed(one, "verbs") and _fits(one, holder, trigger)), None)


def _is_so(state: Token, modality: Modality) -> bool:
    """Whether an adjective makes what hangs on it planned or possible; who "was able to free her" did, or did not."""
    return state.lower_ in _listed(modality, "adjectives") and not (
        state.lower_ == "able" and grammar.is_past(state.head)
    )


def _obliges(holder: Token, trigger: Token) -> bool:
    """As in "wants the state to free him", "they have to leave" and, in somebody's words, "said they had to leave".

    The plain "they had to leave" tells that they left.
    """
    below = _link_below(holder, trigger)
    if not grammar.is_infinitive(below):
        return False
    if holder.lemma_ == "want":
        return grammar.own_subject(below) is not None
    return below.dep_ == "xcomp" and (not grammar.is_past(holder) or holder.dep_ == "ccomp")


def _fits(modality: Modality, holder: Token, trigger: Token) -> bool:
    """Whether a verb of a list takes the trigger as what is planned, feared or asked for, not as its subject."""
    below = _link_below(holder, trigger)
    if below.dep_ in grammar.SUBJECTS and not grammar.is_passive(holder):
        return False
    if below.dep_ == "nsubjpass":  # "the talks are planned", but "the attack was planned in secret"
        return not grammar.is_past(holder)
    if modality is Modality.DEMANDED:
        return _is_asked(holder, below)
    if below.pos_ in {"NOUN", "PROPN"} and modality is Modality.PLANNED:
        return holder.lemma_ in {
            "plan",
            "propose",
            "schedule",
            "seek",
            "promise",
            "prepare",
            "want",
            "threaten",
            "offer",
        }
    return True


def _is_asked(holder: Token, below: Token) -> bool:
    """As in "urged X to stop", "called for talks", "demanded the release", "insisted that the rebels disarm"."""
    if holder.lemma_ == "warn" or holder.lemma_ == "tell":
        return grammar.is_infinitive(below) or below.dep_ == "pcomp"  # "warned them to stay", "against leaving"
    if below.dep_ in {"ccomp", "acl"} and not grammar.is_infinitive(below):
        helpers = {item.tag_ for item in grammar.auxiliaries(below)}
        return below.tag_ in {"VB", "VBP"} or "VB" in helpers  # "that the rebels disarm", "be arrested"
    if holder.lemma_ == "call" and below.pos_ == "NOUN":
        return any(item.lower_ == "for" for item in grammar.children(holder, "prep") if below in item.subtree)
    return True


def _link_below(holder: Token, trigger: Token) -> Token:
    """The child of a holder through which it holds the trigger, prepositions passed over."""
    links = [item for item in grammar.rising(trigger) if item != holder and item.pos_ != "ADP"]
    below = trigger
    for item in links:
        if item.head == holder or (item.head.pos_ == "ADP" and item.head.head == holder):
            return item
        below = item
    return below


def _passes_on(holder: Token, trigger: Token) -> bool:
    """Whether a holder only carries the trigger: "will hold talks", "could continue to shell", "a test could end it".

    "The test could end it" tells of a test that was made, "the ban will stay" of a ban that is there.
    """
    noun = grammar.first_conjunct(trigger)
    if holder.lemma_ in _words("lasting", "verbs"):
        return False
    if noun.dep_ == "nsubj" and not _is_carrier(holder):
        article = grammar.child(noun, "det", "poss")
        return article is None or article.lower_ in {"a", "an", "any", "another"}
    return _is_carrier(holder) or grammar.is_infinitive(trigger) or trigger.tag_ == "VBG"


# --- polarity ---------------------------------------------------------------------------------------------------------


def polarity_of(trigger: Token) -> Polarity:
    """Whether the text says that a trigger's event happened or that it did not.

    Refusing or rejecting is an event of its own, so "refused to sign" is no negation.
    """
    found = _is_negated(trigger) or _is_kept_from(trigger) or _is_unwanted(trigger)
    return Polarity.NEGATED if found else Polarity.AFFIRMED


def _is_unwanted(trigger: Token) -> bool:
    """As in "does not want to attack", "is not ready to meet", "has no intention of leaving"; not "cannot refuse"."""
    holder = _over_preposition(trigger.head)
    state = holder.head if holder.pos_ == "ADJ" and holder.dep_ == "acomp" else holder
    if trigger.dep_ == "pcomp" and holder.pos_ == "NOUN":
        part = "nouns"
    elif trigger.dep_ == "xcomp" and grammar.is_infinitive(trigger):
        part = "adjectives" if holder.pos_ == "ADJ" else "verbs"
    else:
        return False
    willing = _listed(Modality.PLANNED, part) | _words("negated", "wanting")
    return holder.lemma_ in willing and _is_negated(state)


def _is_negated(trigger: Token) -> bool:
    """As in "did not attack", "no talks", "neither side fired", "nobody attacked", "without meeting"."""
    if any(_denies(item) for item in trigger.children) or _previous(trigger) == "neither":
        return True
    if (
        trigger.dep_ == "acl"
        and grammar.is_infinitive(trigger)
        and any(_denies(item) for item in trigger.head.children)
    ):
        return trigger.head.lemma_ in _listed(Modality.PLANNED, "nouns")  # "no plans to expel"
    subject = grammar.own_subject(trigger)
    if subject is not None and (_is_negation(subject) or any(_denies(item) for item in subject.children)):
        return True
    if trigger.dep_ == "acomp" and _is_negated(trigger.head):  # "is not ready for talks"
        return True
    if trigger.dep_ == "pcomp":
        return bool({trigger.head.lower_, _previous(trigger.head)} & _words("negated", "prepositions"))
    return _carried_negation(trigger) or _is_disbelieved(trigger)


def _previous(token: Token) -> str:
    return token.nbor(-1).lower_ if token.i > 0 else ""


def _is_disbelieved(trigger: Token) -> bool:
    """As in "I do not believe there will be an arrest"."""
    link = trigger.head if trigger.pos_ == "NOUN" and trigger.head.lemma_ == "be" else trigger
    doubts = link.dep_ == "ccomp" and link.head.lemma_ in {"believe", "think", "expect", "see"}
    return doubts and any(item.dep_ == "neg" for item in link.head.children)


def _is_negation(word: Token) -> bool:
    return word.lower_ in _words("negated", "adverbs")


def _denies(item: Token) -> bool:
    if item.lower_ == "longer":
        return any(_denies(below) for below in item.children)  # "no longer fight"
    if item.dep_ not in {"neg", "det", "preconj", "advmod"} or not _is_negation(item):
        return item.dep_ == "cc" and (item.lower_ == "neither" or (item.lower_ == "nor" and item.i < item.head.i))
    following = item.doc[item.i + 1].lower_ if item.i + 1 < len(item.doc) else ""
    return following not in {"only", "before", "just"}


def _carried_negation(trigger: Token) -> bool:
    """As in "did not hold talks", where a carrier is negated, and "nor spoke" by its conjunction."""
    if trigger.pos_ == "NOUN" and trigger.dep_ == "dobj" and _is_carrier(trigger.head):
        return _is_negated(trigger.head)
    return trigger.dep_ == "conj" and any(item.lower_ == "nor" for item in grammar.children(trigger.head, "cc"))


def _is_kept_from(trigger: Token) -> bool:
    """As in "denied attacking", "failed to stop", "ruled out sending", "has yet to recognise", "is unable to go"."""
    holder, words = trigger.head, load_words("modality")["negated"]
    if trigger.dep_ == "pobj":
        return holder.lower_ == "of" and holder.head.lemma_ in words["nouns"]  # "the lack of talks"
    if trigger.dep_ == "advcl" and _mark(trigger) == "than":
        return trigger.left_edge.lower_ == "rather"  # "rather than negotiate"
    if trigger.dep_ not in {"xcomp", "ccomp", "pcomp", "dobj"} or holder == trigger:
        return False
    holder = _over_preposition(holder)
    if _is_negated(holder):
        return False  # "could not stop the army from shelling"
    if holder.lower_ in words["adjectives"]:
        return True
    if holder.lower_ == "short" and holder.head.lemma_ in {"stop", "fall"}:
        return True  # "stopped short of condemning"
    if holder.lemma_ in words["verbs"] and (trigger.dep_ != "dobj" or holder.lemma_ not in {"stop", "prevent"}):
        return True
    particles = {f"{holder.lemma_} {item.lower_}" for item in grammar.children(holder, "prt")}
    if particles & set(words["phrases"]):
        return True
    return grammar.is_infinitive(trigger) and any(item.lower_ == "yet" for item in holder.children)
