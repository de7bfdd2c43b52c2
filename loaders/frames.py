"""Find the words that tell of an event: which frames a token triggers, and by which words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from loaders import grammar
from loaders.frame_files import Frame, read_frames
from loaders.words import word_set

_COMPLEMENTS = ("xcomp", "ccomp", "dobj", "nsubjpass", "oprd", "acomp", "attr", "prep", "advcl")
_NOUN_LIKE = ("nsubj", "nsubjpass", "dobj", "pobj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A frame found at a trigger of some `kind`; `words` are all tokens that carry it, the trigger first."""

    frame: Frame
    kind: str  # "verb", "noun" or "adjective"
    words: tuple[Token, ...]

    @property
    def trigger(self) -> Token:
        """The token whose grammar says who takes part."""
        return self.words[0]


_Entries = tuple[tuple[Frame, tuple[str, ...]], ...]  # a frame with the words of one of its triggers
_WordsOf = Callable[[Frame, Token, tuple[str, ...]], tuple[Token, ...] | None]


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, found by the lemma of their trigger."""

    all: tuple[Frame, ...]
    by_verb: Mapping[str, _Entries]
    by_noun: Mapping[str, _Entries]
    by_adjective: Mapping[str, _Entries]

    def matches(self, token: Token) -> list[Match]:
        """The frames that a token triggers, the most specific first."""
        kind, words_of, entries = self._candidates(token)
        if not entries:
            return []
        near, second = _words_near(token), 0 if kind == "noun" else 1
        hopeful = (one for one in entries if len(one[1]) == 1 or one[1][second] in near or one[0].transitive)
        found = ((frame, words_of(frame, token, words)) for frame, words in hopeful)
        matches = [
            Match(frame=frame, kind=kind, words=words)
            for frame, words in found
            if words and not _is_unlike(frame.unlike, token)
        ]
        return sorted(matches, key=_specificity, reverse=True)

    def _candidates(self, token: Token) -> tuple[str, _WordsOf, _Entries]:
        """What sort of trigger a token may be, how to find its other words, and the frames to try."""
        lemma = token.lemma_.lower()
        if token.tag_ == "VBG" and token.dep_ in _NOUN_LIKE and token.lower_ in self.by_noun:  # "Fighting resumed"
            return "noun", _noun_words, self.by_noun[token.lower_]
        if token.tag_ == "VBN" and token.lower_ in self.by_adjective and lemma not in self.by_verb:
            return "adjective", _adjective_words, self.by_adjective[token.lower_]  # "are disappointed with Peru"
        if token.pos_ == "VERB" and lemma not in self.by_verb and lemma in self.by_noun and _is_misread(token):
            return "noun", _noun_words, self.by_noun[lemma]  # "the airstrikes by Chad", read as a verb
        if token.pos_ in ("VERB", "AUX"):
            return "verb", _verb_words, self.by_verb.get(lemma, ())
        if token.pos_ in ("NOUN", "PROPN"):
            return "noun", _noun_words, self.by_noun.get(lemma, ())
        if token.pos_ == "ADJ":
            return "adjective", _adjective_words, self.by_adjective.get(lemma, ())
        return "", _adjective_words, ()


def _is_misread(token: Token) -> bool:
    """Whether a verb is a noun that the tagger misread: "the relentless airstrikes", "halt airstrikes"."""
    return token.lemma_.lower() in word_set("grammar", "never_verbs") or any(
        child.dep_ in ("det", "poss", "amod") for child in token.lefts
    )


def _words_near(token: Token) -> frozenset[str]:
    """The words that hang on a token: most frames of a frequent verb are ruled out by a look at them."""
    children = [*token.children]
    children += [word for child in children for word in child.children if word.dep_ == "aux"]
    return frozenset(form for child in children for form in (child.lower_, child.lemma_.lower()))


def _specificity(match: Match) -> tuple[int, bool]:
    return (len(match.words), bool(match.frame.subjects or match.frame.objects or match.frame.clause))


def _verb_words(frame: Frame, verb: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    if verb.dep_ == "amod" and (verb.tag_ != "VBN" or frame.relation not in word_set("arguments", "attributive")):
        return None
    found = _following(verb, words[1:], _objects(verb) if frame.transitive else ())
    if found is None or (frame.subjects and not _is_done_by(verb, frame.subjects)):
        return None
    if frame.objects:
        limited = next((token for token in _limited(verb, found) if token.lemma_.lower() in frame.objects), None)
        if limited is None:
            return None
        found = (*found, limited)
    if frame.bare and any(child.dep_ in ("dobj", "ccomp") and child not in found for child in verb.children):
        return None
    if frame.unless and any(token.lemma_.lower() in frame.unless for token in _complements(verb, found)):
        return None
    if frame.transitive and not any(_objects(verb)):
        return None
    if frame.clause and not _clause_holds(verb, frame.clause):
        return None
    return found


def _limited(verb: Token, words: Sequence[Token]) -> Iterator[Token]:
    """What `objects` limits: the verb's objects, or that of the trigger's own preposition: "pull out of the treaty"."""
    yield from _objects(verb)
    for word in words[1:]:
        yield from (child for child in word.children if child.dep_ == "pobj")


def _objects(verb: Token) -> Iterator[Token]:
    """What a verb is done to, and what is joined to it: "signed a treaty and a protocol"; the subject of a passive."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd"):
            yield from (part for joined in (child, *child.conjuncts) for part in _parts(joined))
        if child.dep_ == "conj":  # "first imposing and then delaying a tariff"
            yield from (shared for shared in child.children if shared.dep_ == "dobj")
    if verb.dep_ in ("acl", "relcl", "amod") and not _has_noun(verb):  # "the signed treaty", "talks to stop the war"
        yield from _parts(verb.head)


def _has_noun(verb: Token) -> bool:
    """Whether a verb has an object of its own that is no "that" or "which"."""
    found = grammar.child(verb, "dobj")
    return found is not None and found.pos_ in ("NOUN", "PROPN")


def _parts(noun: Token) -> Iterator[Token]:
    """A noun, and what a quantity is of: "some of its troops"."""
    yield grammar.antecedent(noun)
    if noun.lemma_.lower() in word_set("grammar", "quantities"):
        yield from (grammar.antecedent(whole) for whole in grammar.owned_by(noun))


def _complements(verb: Token, words: Sequence[Token]) -> Iterator[Token]:
    """The heads of what completes a verb: its objects, those of its prepositions ("went to school") and clauses."""
    yield from _limited(verb, words)
    yield from grammar.children(verb, *_COMPLEMENTS)


def _clause_holds(verb: Token, words: frozenset[str]) -> bool:
    clauses = grammar.children(verb, *_COMPLEMENTS)
    return any(token.lemma_.lower() in words for clause in clauses for token in clause.subtree)


def _is_unlike(words: frozenset[str], trigger: Token) -> bool:
    """Whether a word hangs on the trigger, or on what does, that shows another sense: "war on drugs"."""
    near = (token for child in trigger.children for token in (child, *child.children)) if words else ()
    return any(not words.isdisjoint((token.lemma_.lower(), token.lower_)) for token in near)


def _is_done_by(verb: Token, words: frozenset[str]) -> bool:
    agent = grammar.passive_agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
    return agent is not None and any(token.lemma_.lower() in words for token in grammar.conjuncts(agent))


def _following(trigger: Token, words: tuple[str, ...], beside: Iterable[Token] = ()) -> tuple[Token, ...] | None:
    """The trigger with the words that must hang on it, each on one before: "take" + "aim" + "at".

    They may also hang on what stands `beside` it, as the parser likes "returned [the statue to Peru]".
    """
    found, beside = [trigger], tuple(beside)
    for word in words:
        holders = (*found, *beside)
        near = (child for token in holders for child in _hanging(token) if word in (child.lower_, child.lemma_.lower()))
        hit = next(near, None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def _adjective_words(_: Frame, adjective: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    return _following(adjective, words[1:])


def _hanging(token: Token) -> Iterator[Token]:
    """What hangs on a token, and the "to" of its infinitive: "needs to act"."""
    for child in token.children:
        if not _is_of_time(child) and not _is_own_to(child):
            yield child
        if child.dep_ in ("xcomp", "ccomp", "advcl"):
            yield from (word for word in child.children if word.dep_ == "aux")


def _is_own_to(helper: Token) -> bool:
    """As in "to agree", which is no "agree to"."""
    return helper.dep_ == "aux" and helper.tag_ == "TO" and helper.head.i > helper.i


def _is_of_time(preposition: Token) -> bool:
    """As "on" of "called Lee on Monday", which is no "call on", nor "over" of "took it over the course of a year"."""
    objects = grammar.children(preposition, "pobj")
    return any(word.ent_type_ in ("DATE", "TIME") or word.lemma_ in ("course", "span") for word in objects)


def _noun_words(_: Frame, noun: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The noun with the modifiers that must stand before it: "missile" + "test"."""
    found = [noun]
    for word in words[:-1]:
        near = (child for child in noun.lefts if word in (child.lower_, child.lemma_.lower()))
        hit = next(near, None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def load_frames(own: Path | None = None) -> Frames:
    """The frames that ship with the loaders, and those of a user's folder. Raises `DataError`, see `read_frames`."""
    frames = read_frames(own)
    return Frames(
        frames,
        _index((frame, words, words[0]) for frame in frames for words in frame.verbs),
        _index((frame, words, words[-1]) for frame in frames for words in frame.nouns),
        _index((frame, words, words[0]) for frame in frames for words in frame.adjectives),
    )


def _index(
    triggers: Iterator[tuple[Frame, tuple[str, ...], str]],
) -> dict[str, _Entries]:
    index: defaultdict[str, list[tuple[Frame, tuple[str, ...]]]] = defaultdict(list)
    for frame, words, key in triggers:
        index[key].append((frame, words))
    return {key: tuple(found) for key, found in index.items()}
