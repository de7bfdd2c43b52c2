"""Who says what: direct speech, indirect speech and named sources, each with speaker, cue and the words said."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import Mention, Span, Statement
from loaders import grammar
from loaders.cues import Telling, cue_lemmas, find_tellings
from loaders.labels import find_labelled
from loaders.quotations import Quotation, find_quotations
from loaders.speakers import speaker_entity, speaker_span
from loaders.speech import find_speech
from loaders.words import load_words

_MOSTLY = 0.6  # a quotation that fills so much of a clause at its end is what is said, the rest leads into it


def find_statements(doc: Doc, mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """Every statement that a text reports, by the place of its words.

    `mentions` say who the speakers are; a speaker whom no mention resolves is None and keeps its span. An utterance is
    one statement, a cue that interrupts it included: "“We won,” she said. “They lost.”" is what she said.
    """
    quotations = find_quotations(doc)
    labelled = find_labelled(doc, quotations)
    unlabelled = [one for one in quotations if not any(one.inner.overlaps(turn.content) for turn in labelled)]
    direct = [*find_speech(doc, unlabelled), *labelled]
    tellings = find_tellings(doc)
    indirect = [
        telling
        for telling in tellings
        if not (_is_told(telling, direct) or _is_nested(telling, quotations) or _is_own_belief(telling, tellings))
    ]
    statements = [_statement(doc, telling, True, mentions) for telling in direct]
    statements += [_indirect(doc, telling, quotations, mentions) for telling in indirect]
    unique = {(one.content, one.cue): one for one in reversed(statements)}
    ordered = sorted(unique.values(), key=lambda one: (one.content, one.cue or one.content))
    return tuple(_with_issuers(grammar.text_of(doc), ordered))


def _with_issuers(text: str, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, "the statement" that goes on speaking given the one whom the text last let speak."""
    written, last = load_words("statements")["documents"]["read_on"], None
    for one in statements:
        words = one.speaker_span.of(text).lower().split() if one.speaker_span else []
        reads_on = one.rule != "statement.source" and len(words) == 2 and words[0] in {"a", "the"}
        if one.speaker is None and reads_on and words[1] in written:
            one = replace(one, speaker=last)
        last = one.speaker or last
        yield one


def speaker_of(offset: int, statements: Sequence[Statement]) -> str | None:
    """Who vouches for what is told at an offset: the speaker of the innermost statement around it."""
    around = [one for one in statements if one.content.start <= offset < one.content.end]
    return min(around, key=lambda one: one.content.end - one.content.start).speaker if around else None


def _is_told(telling: Telling, direct: Sequence[Telling]) -> bool:
    """Whether a quotation of the same cue already has these words, or all that it reports: "“We won,” she said"."""
    same = [one for one in direct if one.cue == telling.cue]
    return any(one.content.overlaps(telling.content) or one.content.end <= telling.cue.start for one in same)


def _is_own_belief(telling: Telling, tellings: Sequence[Telling]) -> bool:
    """Whether a speaker only says what he believes: of "said he expects that …" the first statement is enough."""
    held = cue_lemmas("think", "vow", "claim") - cue_lemmas("say", "tell", "describe", "call")
    if telling.speaker is None or telling.speaker.pos_ != "PRON" or telling.verb.lemma_ not in held:
        return False
    return any(other.content.covers(telling.cue) for other in tellings if other is not telling)


def _is_nested(telling: Telling, quotations: Sequence[Quotation]) -> bool:
    """Whether a telling stands inside a quotation and is no clear report by somebody named: "“People say it rains”"."""
    if not any(one.inner.start <= telling.cue.start < one.inner.end for one in quotations):
        return False
    named = telling.speaker is not None and telling.speaker.pos_ in {"NOUN", "PROPN"}
    return not (named and telling.rule == "statement.clause" and telling.verb.lemma_ in cue_lemmas("say", "tell"))


def _indirect(doc: Doc, telling: Telling, quotations: Sequence[Quotation], mentions: Sequence[Mention]) -> Statement:
    """The statement of a telling that the parse showed.

    A quotation that alone is said, or nearly so, is the content: "called it “baseless”", "said it “will not yield”".
    Else the content takes in each quotation that it touches, or stays inside the one that the cue is in.
    """
    content = telling.content
    for quotation in quotations:
        inside, touches = quotation.inner.covers(telling.cue), quotation.outer.overlaps(content)
        if inside and quotation.inner.overlaps(content):
            content = _common(content, quotation.inner)
        elif touches and not inside and _is_said_alone(grammar.text_of(doc), telling, quotation, content):
            return _statement(doc, replace(telling, content=quotation.inner), True, mentions)
        elif touches and not quotation.outer.overlaps(telling.cue):
            content = Span(min(content.start, quotation.outer.start), max(content.end, quotation.outer.end))
    return _statement(doc, replace(telling, content=content), False, mentions)


def _common(first: Span, second: Span) -> Span:
    return Span(max(first.start, second.start), min(first.end, second.end))


def _is_said_alone(text: str, telling: Telling, quotation: Quotation, content: Span) -> bool:
    """Whether the quotation ends a content that it fills mostly, or wholly but for what is called or described so."""
    size, whole = quotation.inner.end - quotation.inner.start, content.end - content.start
    if telling.rule in {"statement.call", "statement.describe"}:
        return _is_last(text, quotation, content) or quotation.outer.start <= content.start + len("the ")
    return _is_last(text, quotation, content) and size >= _MOSTLY * whole


def _is_last(text: str, quotation: Quotation, content: Span) -> bool:
    """Whether nothing but punctuation is said after the quotation."""
    return not any(char.isalnum() for char in text[quotation.outer.end : max(quotation.outer.end, content.end)])


def _statement(doc: Doc, telling: Telling, quoted: bool, mentions: Sequence[Mention]) -> Statement:
    sentence = telling.verb.sent
    return Statement(
        speaker=speaker_entity(telling.speaker, mentions) if telling.speaker is not None else None,
        speaker_span=speaker_span(telling.speaker, telling.verb) if telling.speaker is not None else None,
        cue=telling.cue,
        content=grammar.trimmed(grammar.text_of(doc), telling.content.start, telling.content.end),
        quoted=quoted,
        evidence=grammar.trimmed(grammar.text_of(doc), sentence.start_char, sentence.end_char),
        rule=telling.rule,
        confidence=telling.confidence,
    )
