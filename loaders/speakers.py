"""Who a speaker is: the phrase that names it, and the entity that a mention in this phrase stands for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from spacy.tokens import Token

from kg.model import Mention, Span
from loaders import grammar
from loaders.words import load_words

_begin = attrgetter("span.start")


def speaker_span(speaker: Token, verb: Token) -> Span:
    """The speaker's phrase, up to the relative pronoun where the cue is in a relative clause: "the envoy, who"."""
    span = grammar.noun_phrase_span(speaker)
    pronoun = grammar.own_subject(verb)
    if pronoun is not None and pronoun.tag_ in {"WP", "WDT"} and span.end <= pronoun.idx:
        return Span(span.start, pronoun.idx + len(pronoun))
    return span


def speaker_entity(speaker: Token, mentions: Sequence[Mention]) -> str | None:
    """The entity that speaks: of the mention headed by the speaker, of its apposition, or of who issued the words.

    "the foreign minister", "the spokesman, Mira Talvik," and, for what is written or only speaks for another, "a
    statement from the ministry", "the ministry's report".
    """
    for token in (speaker, *grammar.children(speaker, "appos"), *_issuers(speaker)):
        if (mention := _headed_by(token, mentions)) is not None:
            return mention.entity
    return None


def _headed_by(head: Token, mentions: Sequence[Mention]) -> Mention | None:
    """The longest mention that holds a token and no more than the phrase the token heads."""
    place, phrase = grammar.token_span(head), grammar.subtree_span(head)
    near = mentions[bisect_left(mentions, phrase.start, key=_begin) : bisect_right(mentions, place.start, key=_begin)]
    fitting = [one for one in near if one.span.covers(place) and phrase.covers(one.span)]
    return max(fitting, key=lambda one: one.span.end - one.span.start, default=None)


def _issuers(noun: Token) -> list[Token]:
    """Whose words a document or office may hold, likeliest first.

    "a statement from the ministry", "Estmark's embassy", "a recent U.N. report".
    """
    if noun.lemma_.lower() not in load_words("statements")["documents"]["words"]:
        return []
    links = [link for link in grammar.children(noun, "prep") if link.lower_ in {"from", "by", "of", "for", "at"}]
    found = [grammar.child(link, "pobj") for link in links]
    found += [grammar.child(noun, "poss"), *grammar.children(noun, "compound", "nmod"), *grammar.children(noun, "amod")]
    return [token for token in found if token is not None]
