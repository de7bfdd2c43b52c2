"""Small questions to a dependency parse: whose subject, which auxiliaries, what is joined, how far a phrase goes.

Dependency labels are spaCy's English ones (ClearNLP style). Functions take tokens and return tokens or a `Span` of
character offsets; none of them changes anything.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.model import Span
from loaders.words import word_set

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
AUXILIARIES = frozenset({"aux", "auxpass"})
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis", "acl", "pcomp", "xcomp", "csubj", "csubjpass"})
# The subject of these clauses stands elsewhere: "agreed to meet", "visited X, signing …", "left after praising X".
_BORROWING = frozenset({"xcomp", "advcl", "conj", "pcomp", "dep", "ccomp"})
_LOOSE = frozenset({"relcl", "appos", "advcl", "parataxis"})  # hangs loosely on any noun of a phrase
_LISTED = frozenset({"acl", "cc", "conj", "punct"})  # hangs loosely on the head of the phrase
_TRIMMED = " \t\r\n,;:-–—\u00a0"


# --- spans ------------------------------------------------------------------------------------------------------------


def token_span(token: Token) -> Span:
    """The offsets of one token."""
    return Span(token.idx, token.idx + len(token))


def text_of(doc: Doc) -> str:
    """A text as the model read it, kept: `Doc.text` joins all tokens anew each time, quadratic over a long article."""
    if "text" not in doc.user_data:
        doc.user_data["text"] = doc.text
    text: str = doc.user_data["text"]
    return text


def words_of(doc: Doc) -> list[str]:
    """The tokens of a text in small letters, kept as `text_of` is."""
    if "words" not in doc.user_data:
        doc.user_data["words"] = [token.lower_ for token in doc]
    words: list[str] = doc.user_data["words"]
    return words


def lemmas_of(doc: Doc) -> list[str]:
    """The lemmas of a text's tokens, kept as `text_of` is."""
    if "lemmas" not in doc.user_data:
        doc.user_data["lemmas"] = [token.lemma_ for token in doc]
    lemmas: list[str] = doc.user_data["lemmas"]
    return lemmas


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of the sentence that each token of a text stands in, kept as `text_of` is."""
    if "sentences" not in doc.user_data:
        doc.user_data["sentences"] = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
    numbers: list[int] = doc.user_data["sentences"]
    return numbers


def text_span(tokens: Iterable[Token]) -> Span:
    """The offsets from the first to the last of some tokens, white space and outer commas or dashes left out."""
    ordered = sorted(tokens, key=lambda token: token.i)
    return trimmed(text_of(ordered[0].doc), ordered[0].idx, ordered[-1].idx + len(ordered[-1]))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span `start..end` without white space, commas and dashes at its edges (as it is if nothing is left)."""
    kept = text[start:end]
    left = len(kept) - len(kept.lstrip(_TRIMMED))
    right = len(kept.rstrip(_TRIMMED))
    return Span(start + left, start + right) if left < right else Span(start, end)


def subtree_span(token: Token) -> Span:
    """The offsets of a token with everything that depends on it."""
    return text_span(token.subtree)


def noun_phrase(noun: Token) -> list[Token]:
    """The tokens of a noun's own phrase: "the head of the agency" of "the head of the agency, who left, and others"."""
    return [token for token in noun.subtree if not _hangs_loosely(token, noun)]


def noun_phrase_span(noun: Token) -> Span:
    """The offsets of a noun's own phrase, without relative clauses, appositions and what it is joined with."""
    return text_span(noun_phrase(noun))


def _hangs_loosely(token: Token, noun: Token) -> bool:
    while token != noun:
        if token.dep_ in _LOOSE or (token.dep_ in _LISTED and token.head == noun and token.text != "-"):
            return True
        token = token.head
    return False


# --- neighbours in the tree -------------------------------------------------------------------------------------------


def children(token: Token, *labels: str) -> list[Token]:
    """The children of a token that bear one of the labels, in order."""
    return [child for child in token.children if child.dep_ in labels]


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels."""
    return next(iter(children(token, *labels)), None)


def after(head: Token, *prepositions: str) -> list[Token]:
    """The nouns after some prepositions of a noun or verb."""
    return [noun for prep in children(head, "prep") if prep.lower_ in prepositions for noun in children(prep, "pobj")]


def conjuncts(token: Token) -> list[Token]:
    """A token and what is joined to it after it: "Russia, China and Iran" read from "Russia"."""
    found = [token]
    for item in found:
        found += children(item, "conj")
    return sorted(found, key=lambda item: item.i)


def first_conjunct(token: Token) -> Token:
    """The first member of the list that a token is in, or the token."""
    while token.dep_ == "conj":
        token = token.head
    return token


def rising(token: Token) -> Iterator[Token]:
    """A token, its head, the head of that, up to the root."""
    yield token
    while token.head != token:
        token = token.head
        yield token


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a copula with its complement."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in AUXILIARIES


def clause_verb(token: Token) -> Token:
    """The nearest verb at or above a token; the root when there is none."""
    last = token
    for last in rising(token):
        if is_verbal(last):
            return last
    return last


# --- clauses ----------------------------------------------------------------------------------------------------------


def own_subject(verb: Token) -> Token | None:
    """The subject written at this verb, or at its auxiliary, where the parser hangs some: "Kim" of "Kim is ready"."""
    helpers = children(verb, *AUXILIARIES)
    return next((found for item in (verb, *helpers) if (found := child(item, *SUBJECTS))), None)


def subject(verb: Token) -> Token | None:
    """The head of a verb's subject, also where it is shared or understood; a relative pronoun gives its antecedent.

    "Kim met Lee and left" (conjunct), "Kim agreed to leave" (control), "Kim urged Lee to leave" (Lee), "Kim spoke,
    praising Lee" (participle), "the minister accusing Lee", "the minister who accused Lee" and "the jailed minister"
    (modified noun).
    """
    own = own_subject(verb)
    if own is not None:
        return antecedent(own)
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if verb.dep_ == "amod":  # "the jailed banker Lee"
        return verb.head.head if verb.head.dep_ == "compound" else verb.head
    if verb.dep_ not in _BORROWING:
        return None
    return _controller(verb) or subject(clause_verb(verb.head))


def owned_by(noun: Token) -> list[Token]:
    """Whose a noun is by "of": "Peru" in "the vetoes of Peru"."""
    return [owner for of in children(noun, "prep") if of.lower_ == "of" for owner in children(of, "pobj")]


def is_told_of(token: Token, noun: Token) -> bool:
    """Whether a word stands in a clause of its own under a noun: "Noria" in "the claim that Noria attacked"."""
    clauses = (item for item in rising(token) if item.dep_ in {"acl", "relcl", "ccomp"} and item != noun)
    clause = next(clauses, None)
    return clause is not None and noun in clause.ancestors and own_subject(clause) is not None


def _controller(verb: Token) -> Token | None:
    """The object that is to act: "Kim urged Lee to leave", "Kim called on Lee to leave", "blamed Lee for leaving".

    So is who is only warned: "warned Lee against leaving".
    """
    above = verb.head
    if verb.dep_ == "pcomp":
        above = first_conjunct(above)  # "over his remarks and for defying the court"
    if verb.dep_ == "pcomp" and above.head.pos_ == "ADJ" and own_subject(above.head) is not None:
        return own_subject(above.head)  # "found Lee guilty of leaking it"
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"of", "for", "from", "against"} and above.head.pos_ == "VERB":
        return None if is_passive(above.head) else child(above.head, "dobj")
    if verb.dep_ not in {"xcomp", "ccomp", "advcl"} or above.lemma_ not in word_set("grammar", "object_control"):
        return None
    if verb.dep_ == "advcl" and not is_infinitive(verb):  # "Kim wanted peace, having met Lee"
        return None
    if above.lemma_ == "call":
        preposition = next((item for item in children(above, "prep") if item.lower_ in {"on", "upon"}), None)
        return child(preposition, "pobj") if preposition is not None else None
    return child(above, "dobj", "dative")


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for ("the minister" in "the minister who left"); any other token is itself."""
    if token.tag_ not in {"WDT", "WP", "WP$"} and token.lower_ != "that":
        return token
    relative = next((item for item in rising(token) if item.dep_ == "relcl"), None)
    return named(relative.head) if relative is not None else _before_comma(token)


def named(noun: Token) -> Token:
    """The name that a noun only explains: "Lee" of "Lee, a Russian who had killed"; any other noun is itself."""
    return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" else noun


def _before_comma(relative: Token) -> Token:
    """The noun before a clause that the parser hung elsewhere: "abuses, all of which were documented"."""
    quantity = relative.head.head if relative.head.lower_ == "of" else relative
    before = relative.doc[max(0, quantity.left_edge.i - 2) : quantity.left_edge.i]
    found = len(before) == 2 and before[1].text == "," and before[0].pos_ in {"NOUN", "PROPN"}
    return before[0] if found and relative.tag_ != "WP$" else relative


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "was killed", "the man killed by police", "the jailed man"."""
    if any(item.dep_ in {"auxpass", "nsubjpass"} for item in verb.children):
        return True
    if verb.tag_ != "VBN" or children(verb, *AUXILIARIES):
        return False
    if verb.dep_ == "conj" and own_subject(verb) is None:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "amod"}


def passive_agent(verb: Token) -> Token | None:
    """Who did what a passive verb tells: "police" of "was killed by police".

    The parser likes to hang "by" on the name before it: "was granted to Lee by Kim".
    """
    phrases = [item for preposition in children(verb, "prep", "dative") for item in children(preposition, "pobj")]
    stray = (item for phrase in phrases for item in children(phrase, "prep") if item.lower_ == "by")
    by = child(verb, "agent") or next(stray, None)
    return child(by, "pobj", "pcomp") if by is not None else None


def auxiliaries(verb: Token) -> list[Token]:
    """A verb's auxiliaries, "to" of an infinitive among them; a conjunct without own ones has the first one's."""
    own = children(verb, *AUXILIARIES)
    shares = not own and verb.dep_ == "conj" and own_subject(verb) is None and is_verbal(verb.head)
    return auxiliaries(verb.head) if shares and verb.tag_ == verb.head.tag_ else own


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is a to-infinitive: "to leave"."""
    return any(item.lower_ == "to" for item in auxiliaries(verb))


def is_subjunctive(verb: Token) -> bool:
    """Whether a clause's verb is a bare form that tells what is asked for: "demanded that he resign", "he be freed".

    In the plural it looks like the present, and only the past tense above it tells: "demanded that the rebels disarm".
    """
    helpers = {item.lower_ for item in auxiliaries(verb)}
    if helpers - {"be", "not"}:
        return False
    doer = own_subject(verb)
    lone = (
        doer is not None and doer.ent_type_ == "GPE" and not children(doer, "conj")
    )  # a state "works", or is to "work"
    plain = verb.tag_ == "VBP" and (lone or verb.head.tag_ in {"VBD", "VBN"})
    return plain or "be" in helpers or verb.tag_ == "VB"


def is_mandative(verb: Token) -> bool:
    """Whether a clause tells what is asked for: "recommended that he resign", "recommended that he should resign"."""
    return is_subjunctive(verb) or any(item.lower_ == "should" for item in auxiliaries(verb))


def is_future(verb: Token) -> bool:
    """Whether a verb tells of the future: "will leave", "is going to leave", "is to leave", "is set to leave"."""
    helpers = {item.lower_ for item in auxiliaries(verb)}
    if helpers & {"will", "'ll", "shall", "wo"}:
        return True
    return (
        "to" in helpers and verb.dep_ in {"xcomp", "advcl", "ccomp"} and verb.head.lemma_ in {"go", "be", "set", "due"}
    )


def is_past(verb: Token) -> bool:
    """Whether a verb is finite and past: "left", "had left", "has left", "was leaving"."""
    helpers = auxiliaries(verb)
    return verb.tag_ == "VBD" or any(item.tag_ == "VBD" or item.lemma_ == "have" for item in helpers)


def is_past_perfect(verb: Token) -> bool:
    """Whether a verb is in the past perfect: "had left"."""
    return any(item.lower_ in {"had", "'d"} and item.tag_ == "VBD" for item in auxiliaries(verb)) and verb.tag_ == "VBN"
