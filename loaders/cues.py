"""Find reported speech in the parse: which verb, noun or preposition reports, who speaks, and which words are said.

A *telling* is one such report before anybody is resolved: its speaker is still a token. Word lists are in
`patterns/statements.toml`; each rule below names its construction with an example.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from spacy.tokens import Doc, Token

from kg.model import Span
from loaders import grammar
from loaders.words import load_words, word_set

_words = partial(word_set, "statements")
# Whoever says "I think" is already the speaker of the words around it, and "you" and "what" say nothing.
_NOBODY = frozenset({"i", "we", "you", "us", "there", "this", "that", "which", "what", "one"})
_NOT_SAID = frozenset({"not", "n't", "never", "neither", "hardly"})
_CLAUSE_GROUPS = ("say", "tell", "think")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A report of words: the reporting word, the head of the speaker's phrase, the words, and which rule saw it."""

    verb: Token
    cue: Span
    speaker: Token | None
    content: Span
    rule: str
    confidence: float


@cache
def cue_lemmas(*groups: str) -> frozenset[str]:
    """The verbs of some groups of the word list, all verbs without a group."""
    rows = load_words("statements")["verbs"]
    return frozenset(word for row in rows if not groups or row["group"] in groups for word in row["words"])


def find_tellings(doc: Doc) -> list[Telling]:
    """Every report that the parse shows, in order of the reporting words."""
    found: list[Telling] = []
    verbs, sources, nouns = cue_lemmas(), _source_words(), _words("nouns", "words")
    for at, (word, lemma) in enumerate(zip(grammar.words_of(doc), grammar.lemmas_of(doc), strict=True)):
        if lemma not in verbs and word not in sources and lemma not in nouns:
            continue
        token = doc[at]
        if token.pos_ in {"VERB", "AUX"} and lemma in verbs:
            found += _by_verb(token)
        elif word in sources:
            found += _by_source(token)
        elif token.pos_ == "NOUN" and lemma in nouns:
            found += _by_noun(token)
    return found


@cache
def _source_words() -> frozenset[str]:
    """The first words of "according to" and the like."""
    return frozenset(phrase.split()[0] for phrase in load_words("statements")["sources"]["words"])


# --- verbs ------------------------------------------------------------------------------------------------------------


def _by_verb(verb: Token) -> Iterator[Telling]:
    """The report of a verb: the first construction that fits."""
    if is_unsaid(verb):
        return
    for rule, groups, find, confidence in _RULES:
        if verb.lemma_ in cue_lemmas(*groups) and (content := find(verb)):
            speaker = speaker_token(verb)
            if speaker is not None:
                yield Telling(
                    verb=verb,
                    cue=grammar.token_span(verb),
                    speaker=speaker,
                    content=content,
                    rule=f"statement.{rule}",
                    confidence=confidence,
                )
            return


def is_unsaid(verb: Token) -> bool:
    """Whether nothing was said: "did not say whether", "declined to say", "to say that", "if he says"."""
    if any(item.lower_ in _NOT_SAID for item in verb.children if item.dep_ == "neg"):
        return True
    helpers = {item.lower_ for item in grammar.auxiliaries(verb)}
    return "to" in helpers or bool(helpers & {"should", "must"})


def speaker_token(verb: Token) -> Token | None:
    """The head of who speaks: the subject, or the agent of a passive; None for "I", "there" and the like."""
    main = _teller_of(verb)
    if _is_bare_participle(verb):
        return None
    speaker = grammar.passive_agent(verb) if grammar.is_passive(verb) else grammar.subject(main) or _noun_before(verb)
    if speaker is None or (speaker.lower_ in _NOBODY and grammar.child(speaker, "prep") is None):
        return None  # but "one of the envoys" is somebody
    if speaker.dep_ == "dobj" and speaker.lemma_.lower() in load_words("statements")["documents"]["words"]:
        speaker = grammar.subject(speaker.head) or speaker  # "Talvik issued a statement saying": she does
    return speaker if speaker.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"} else None


def _is_bare_participle(verb: Token) -> bool:
    """As in "a council, viewed as the seat of power", where nobody is said to view it."""
    if verb.tag_ not in {"VBD", "VBN"} or verb.i == 0 or verb.nbor(-1).text != ",":
        return False
    return verb.dep_ in {"advcl", "conj"} and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "as"


def _teller_of(verb: Token) -> Token:
    """The verb whose subject speaks: of "told the group, adding that", which the parse hangs on the group, "told"."""
    aside = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.nbor(-1).text == ","
    return grammar.clause_verb(verb.head) if aside and verb.head.dep_ not in grammar.SUBJECTS else _joined_to(verb)


def _joined_to(verb: Token) -> Token:
    """The speech verb that a verb really joins: the parse of "says it is late but says it will act" joins "is"."""
    first = grammar.first_conjunct(verb)
    astray = (
        first != verb and first.dep_ == "ccomp" and first.lemma_ not in cue_lemmas() and not grammar.own_subject(verb)
    )
    return first.head if astray and first.head.tag_ == verb.tag_ and first.head.lemma_ in cue_lemmas() else verb


def _noun_before(verb: Token) -> Token | None:
    """The name right before a verb whose subject the parse lost: "In an interview, his lawyer, Jan Talvik, said"."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i == verb.sent.start:
        return None
    token = verb.nbor(-1)
    while token.i > verb.sent.start and (token.is_punct or token.pos_ in {"ADV", "AUX"}):
        token = token.nbor(-1)
    while token.dep_ in {"compound", "flat"}:
        token = token.head
    return token if token.pos_ in {"PROPN", "NOUN", "PRON"} else None


def _clause(verb: Token) -> Span | None:
    """As in "Talvik said (that) the talks had failed", "The talks had failed, Talvik said"."""
    comps = [item for item in grammar.children(verb, "ccomp") if _is_clause(item)] or _told_relative(verb)
    if not comps:
        return None
    later = [item for item in comps if item.i > verb.i]
    if later:
        said = [token for comp in later for token in comp.subtree if token.i > verb.i and not _opens(token, comp)]
        return _span(_own_words(verb, said))
    return _fronted(verb) or _span(token for token in comps[0].subtree if token.i < verb.i)


def _own_words(verb: Token, said: Sequence[Token]) -> list[Token]:
    """What is said, up to where the teller speaks on: "said it was late, arguing that …", "says yes but says …"."""
    end = min((token.i for item in said if (token := _resumed(verb, item)) is not None), default=verb.doc[-1].i + 1)
    return _without_end([token for token in said if token.i < end])


def _resumed(verb: Token, word: Token) -> Token | None:
    """The first token of what a word among the said tells in the teller's own voice, if it does."""
    if word.lemma_ not in cue_lemmas() or grammar.own_subject(word) is not None or word.i == 0:
        return None
    if word.tag_ == "VBG" and word.dep_ == "advcl" and word.nbor(-1).text == ",":
        return word
    joined = word.dep_ == "conj" and word.tag_ == verb.tag_ and word.head.tag_ != "VB"
    return next((item for item in grammar.children(word.head, "cc") if item.i < word.i), None) if joined else None


def _told_relative(verb: Token) -> list[Token]:
    """As in "Talvik told the council (that) she had resigned", where the parse hangs the clause on the council."""
    hearer = grammar.child(verb, "dobj") if verb.lemma_ in cue_lemmas("tell") else None
    clauses = grammar.children(hearer, "relcl", "acl") if hearer is not None else []
    own = [item for item in clauses if grammar.own_subject(item) is not None]
    return [item for item in own if item.left_edge.tag_ not in {"WP", "WDT"} or item.left_edge.lower_ == "that"]


def _fronted(verb: Token) -> Span | None:
    """As in "The port, a large one, was shelled, the mayor told reporters": all before the speaker and a comma.

    The parse of what stands before is not asked for more than a verb in it, since long clauses break it.
    """
    speaker = grammar.own_subject(verb)
    if speaker is None or verb.lemma_ not in cue_lemmas("say", "tell", "think"):
        return None
    first = speaker.left_edge if speaker.i < verb.i else verb
    sentence = verb.sent
    if first.i <= sentence.start + 1 or first.nbor(-1).text not in {",", '"', "”", "''"}:
        return None
    before = [token for token in verb.doc[sentence.start : first.i] if not token.is_space]
    while before and before[-1].is_punct:
        before.pop()
    return _span(before) if any(token.pos_ in {"VERB", "AUX"} for token in before) and len(before) > 2 else None


def _trailing(verb: Token) -> Span | None:
    """As in "Two ships sank, the office reported" where the parse does not see what is said."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or (grammar.child(verb, "dobj") and verb.lemma_ != "tell"):
        return None
    follows = [token for token in verb.doc[verb.i : verb.sent.end] if token.pos_ in {"VERB", "AUX"}]
    return _fronted(verb) if len(follows) == 1 and verb.dep_ != "relcl" else None


def _span(tokens: Iterable[Token]) -> Span | None:
    kept = list(tokens)
    return grammar.text_span(kept) if kept else None


def _is_clause(comp: Token) -> bool:
    if any(item.dep_ == "mark" and item.lower_ in {"whether", "if"} for item in comp.children):
        return False  # "asked whether": nothing is claimed
    return any(token.pos_ in {"VERB", "AUX"} for token in comp.subtree)


def _opens(token: Token, comp: Token) -> bool:
    return token.head == comp and token.lower_ == "that" and token.i == comp.left_edge.i


def _around(verb: Token) -> Span | None:
    """As in "The talks, Talvik said, had failed": the verb is an aside in what is said."""
    if verb.dep_ != "parataxis" or not grammar.is_verbal(verb.head):
        return None
    return _rest_of_clause(verb.head, verb)


def _as_clause(verb: Token) -> Span | None:
    """As in "As the agency reported earlier, the talks had failed"; "as" comes first, a comma parts the two."""
    first = verb.left_edge
    if verb.dep_ not in {"advcl", "parataxis"} or first.lower_ != "as":
        return None
    if grammar.child(verb, "ccomp", "dobj", "xcomp") is not None:
        return None
    parted = first.i == verb.sent.start or first.nbor(-1).text in {",", "—", "-", "("}
    return _rest_of_clause(verb.head, verb) if parted else None


def _vouched(verb: Token) -> Span | None:
    """As in "The speech, reported by the agency, took aim at Noria": what is told of the speech."""
    noun = verb.head
    if verb.dep_ != "acl" or noun.dep_ != "nsubj" or verb.i == 0 or verb.nbor(-1).text != ",":
        return None
    return _span(_without_end([token for token in noun.head.subtree if token.i >= noun.head.i]))


def _without_end(told: list[Token]) -> list[Token]:
    """Tokens without the punctuation and "but" after them."""
    while told and ((told[-1].is_punct and not told[-1].is_right_punct) or told[-1].dep_ == "cc"):
        told = told[:-1]
    return told


def _rest_of_clause(head: Token, aside: Token) -> Span | None:
    """A clause without an aside at its edge; an aside in the middle stays inside."""
    inside = set(aside.subtree)
    tokens = [token for token in head.subtree if token not in inside and not token.is_space]
    while tokens and (tokens[-1].is_punct and tokens[-1].text in {".", ","}):
        tokens.pop()
    while tokens and tokens[0].is_punct:
        tokens.pop(0)
    return grammar.text_span(tokens) if len(tokens) > 1 else None


def _infinitive(verb: Token) -> Span | None:
    """As in "Talvik vowed to defend the valley"."""
    comp = grammar.child(verb, "xcomp")
    return grammar.subtree_span(comp) if comp is not None and grammar.is_infinitive(comp) else None


def _deed(verb: Token) -> Span | None:
    """As in "Talvik confirmed the killing of the rebel chief", "Estmark denied shelling the port"."""
    comp = grammar.child(verb, "dobj", "xcomp")
    if comp is None or comp.i < verb.i or comp.pos_ in {"PRON", "DET"}:
        return None
    if verb.lemma_ == "deny" and comp.dep_ == "dobj":
        return None  # a request or a visa is denied without a word about facts
    told = [token for token in verb.subtree if token.i >= comp.left_edge.i and token.i > verb.i]
    return _span(_own_words(verb, told))


def _as_what(verb: Token) -> Span | None:
    """As in "The governor denounced the raid as an attack"; of "which he described as a raid" only "a raid"."""
    object_ = grammar.child(verb, "dobj")
    holders = [verb, *([object_] if object_ is not None else [])]  # "as" often hangs on the object
    links = [item for holder in holders for item in grammar.children(holder, "prep") if item.lower_ == "as"]
    link = next((item for item in links if item.i > verb.i and list(item.children)), None)
    if link is None:
        return None
    start = object_ if object_ is not None and object_.i > verb.i and object_.pos_ != "PRON" else next(link.children)
    return grammar.text_span([*start.subtree, *(token for token in link.subtree if token.i > link.i)])


def _call(verb: Token) -> Span | None:
    """As in "The ministry called the accusations baseless"."""
    predicate = grammar.child(verb, "oprd", "ccomp", "attr", "acomp")
    if predicate is not None and predicate.i > verb.i:
        object_ = grammar.child(verb, "dobj")
        first = [*object_.subtree] if object_ is not None and object_.i > verb.i else []
        return grammar.text_span([*first, *predicate.subtree])
    objects = grammar.children(verb, "dobj", "dative")
    late = [item for thing in objects for item in grammar.children(thing, "amod") if item.i > thing.i]
    return _span(token for item in objects for token in item.subtree) if len(objects) > 1 or late else None


def _accused_of(verb: Token) -> Span | None:
    """As in "Noria accused Estmark of shelling the port": "shelling the port"."""
    link = next((item for item in grammar.children(verb, "prep") if item.lower_ == "of"), None)
    comp = grammar.child(link, "pcomp", "pobj") if link is not None else None
    return grammar.subtree_span(comp) if comp is not None else None


def _shown(verb: Token) -> Span | None:
    """As in "A new poll shows the government losing ground": what a document shows, though no clause."""
    shower = speaker_token(verb)
    object_ = grammar.child(verb, "dobj", "ccomp")
    if shower is None or shower.lemma_.lower() not in _words("showers", "words"):
        return None
    if object_ is None or object_.i < verb.i:
        return None
    return _span(_own_words(verb, [token for token in verb.subtree if token.i > verb.i]))


_RULES = (
    ("as-reported", ("say", "claim", "cover"), _as_clause, 0.85),
    ("clause", _CLAUSE_GROUPS, _clause, 0.9),
    ("vouched", ("cover",), _vouched, 0.7),
    ("aside", ("say", "think"), _around, 0.85),
    ("trailing", ("say", "tell", "think"), _trailing, 0.8),
    ("call", ("call",), _call, 0.7),
    ("describe", ("describe",), _as_what, 0.75),
    ("accuse", ("accuse",), _accused_of, 0.7),
    ("infinitive", ("vow",), _infinitive, 0.75),
    ("deed", ("claim",), _deed, 0.7),
    ("shown", ("show",), _shown, 0.7),
)


# --- prepositions and nouns -------------------------------------------------------------------------------------------


def _by_source(word: Token) -> Iterator[Telling]:
    """As in "The port was shelled, according to the mayor", "…, per a report from the harbour office"."""
    link = grammar.child(word, "prep") if word.lower_ == "according" else word
    speaker = grammar.child(link, "pobj") if link is not None else None
    if link is None or speaker is None or (word.lower_ == "per" and not _ends_clause(word)):
        return
    aside = first_of_chain(word)
    content = _rest_of_clause(_told_clause(aside), aside)
    if content:
        cue = grammar.text_span([word, link])
        yield Telling(verb=word, cue=cue, speaker=speaker, content=content, rule="statement.source", confidence=0.9)


def first_of_chain(word: Token) -> Token:
    """The preposition itself, or "as" or "and" that it hangs on."""
    return word.head if word.head.dep_ == "prep" and word.head.lower_ == "as" else word


def _told_clause(aside: Token) -> Token:
    """The clause that a source vouches for: the sentence's main clause where the source stands at its edge."""
    sentence = [token for token in aside.sent if not token.is_punct and not token.is_space]
    at_edge = bool(sentence) and (sentence[0] in set(aside.subtree) or sentence[-1] in set(aside.subtree))
    return aside.sent.root if at_edge else grammar.clause_verb(aside.head)


def _ends_clause(word: Token) -> bool:
    """A comma stands before "per", or it opens the sentence: no "per cent", no "two per week"."""
    return word.i == word.sent.start or word.nbor(-1).text == ","


def _by_noun(noun: Token) -> Iterator[Telling]:
    """As in "Estmark's claim that the ship was armed"."""
    comp = grammar.child(noun, "acl", "ccomp")
    if comp is None or not any(_opens(item, comp) for item in comp.children):
        return
    speaker = _owner(noun)
    if speaker is not None:
        content = grammar.text_span(token for token in comp.subtree if not _opens(token, comp))
        cue = grammar.token_span(noun)
        yield Telling(verb=noun, cue=cue, speaker=speaker, content=content, rule="statement.noun", confidence=0.7)


def _owner(noun: Token) -> Token | None:
    owner = grammar.child(noun, "poss")
    if owner is not None:
        return owner
    link = next((item for item in grammar.children(noun, "prep") if item.lower_ in {"by", "of", "from"}), None)
    return grammar.child(link, "pobj") if link is not None else None
