"""Give each direct quotation the word that reports it and the one who speaks.

A quotation finds its cue right before it ("Talvik said: “…”"), right after it ("“…,” said Talvik"), at the end of the
sentence before ("Talvik went on:"), or it goes on with what the last speaker said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import Span
from loaders.cues import Telling, cue_lemmas, speaker_token
from loaders.grammar import SUBJECTS, child, text_of, token_span
from loaders.quotations import Quotation

_GROUPS = ("say", "tell", "think", "claim", "vow")
_GOES_ON_AFTER = re.compile(r"[,?!—–…-][)\]]?$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?…:”\"\n)])\s*$")
_LEAD_IN = re.compile(r"\s*[,:—–]\s*$")
_RESUMES = re.compile(r"^[^.!?]*[,;–—-]\s*(?:and|but|or|that|because|so|while)?\s*$")
_SENTENCE_ENDS = re.compile(r"(?<!\b[A-Z])(?<!Gen|Sen|Rep|Gov)[.!?][”\"']?\s+(?=[A-Z“\"])")
_LEAST_WORDS = 3


def find_speech(doc: Doc, quotations: Sequence[Quotation]) -> list[Telling]:
    """A telling for each utterance: a quotation that somebody is seen to say, with what follows of it in its paragraph.

    "“The talks failed,” Talvik said. “We shall try again.”" is one utterance, from its first word to its last.
    """
    found: list[Telling] = []
    last: Quotation | None = None
    for number, quotation in enumerate(quotations):
        before = quotations[number - 1] if number else None
        after = quotations[number + 1] if number + 1 < len(quotations) else None
        hit = _cue(doc, quotation, before, after)
        goes_on = last is not None and _goes_on(doc, quotation, last)
        resumes = last is not None and _resumes(doc, found[-1], last, quotation)
        if hit and not (resumes and hit[0] == found[-1].verb):
            verb, rule, confidence = hit
            found.append(_telling(verb, speaker_near(verb, quotation), quotation, rule, confidence))
        elif resumes or (goes_on and last is not None and quotation.paragraph == last.paragraph):
            found[-1] = replace(found[-1], content=Span(found[-1].content.start, quotation.inner.end))
        elif goes_on:
            found.append(_telling(found[-1].verb, found[-1].speaker, quotation, "continued", 0.7))
        if hit or goes_on or resumes:
            last = quotation
    return found


def _telling(verb: Token, speaker: Token | None, quotation: Quotation, rule: str, confidence: float) -> Telling:
    return Telling(
        verb=verb,
        cue=token_span(verb),
        speaker=speaker,
        content=quotation.inner,
        rule=f"statement.quote-{rule}",
        confidence=confidence,
    )


def speaker_near(verb: Token, quotation: Quotation) -> Token | None:
    """The speaker that the parse gives, if outside the quotation; else the noun next to the verb.

    Long quotations break the parse: "“…,” Mira Talvik, who leads the ministry, told reporters".
    """
    speaker = speaker_token(verb)
    if speaker is not None and not quotation.outer.covers(token_span(speaker)):
        return speaker
    beside = [token for token in verb.sent if token.dep_ in SUBJECTS or token.pos_ == "PROPN" or token.tag_ == "PRP"]
    outside = [token for token in beside if not quotation.outer.covers(token_span(token)) and token.i != verb.i]
    after_quotation = [token for token in outside if token.idx > quotation.outer.end]
    return next(iter(after_quotation or outside), None)


def _cue(
    doc: Doc, quotation: Quotation, before: Quotation | None, after: Quotation | None
) -> tuple[Token, str, float] | None:
    """The cue verb of a quotation with the rule's name and confidence."""
    start = max(quotation.paragraph.start, before.outer.end if before else 0)
    end = min(quotation.paragraph.end, after.outer.start if after else quotation.paragraph.end)
    lead = text_of(doc)[start : quotation.outer.start]
    if _LEAD_IN.search(lead) and (verb := _last_verb(doc, start, quotation.outer.start)):
        return verb, "after-cue", 0.95
    if _goes_on_outside(doc, quotation) and (verb := _first_verb(doc, quotation.outer.end, end)):
        follows = text_of(doc)[verb.idx + len(verb) : end] if after else "."
        if _is_comma_ended(doc, quotation) or not _LEAD_IN.fullmatch(follows):
            return verb, "before-cue", 0.95
    if not lead.strip() and (verb := _announced(doc, quotation)):
        return verb, "announced", 0.85
    return None


def _goes_on_outside(doc: Doc, quotation: Quotation) -> bool:
    """A quotation that its sentence goes on after: "“We won,” she said", and not a few words within a sentence."""
    inner = text_of(doc)[quotation.inner.start : quotation.outer.end].rstrip("”\"'» ")
    lead = text_of(doc)[quotation.paragraph.start : quotation.outer.start]
    return bool(_GOES_ON_AFTER.search(inner)) and bool(_OPENS_SENTENCE.search(lead))


def _is_comma_ended(doc: Doc, quotation: Quotation) -> bool:
    """Whether the sentence of a quotation surely goes on: "“Why?” He said, “…”" is two sentences."""
    return not text_of(doc)[quotation.inner.start : quotation.inner.end].endswith(("?", "!", "…", "."))


def _last_verb(doc: Doc, start: int, end: int) -> Token | None:
    """The last speech verb of the sentence that leads into a quotation; any last verb with a subject before a colon."""
    tokens = _sentence_tail(_tokens(doc, start, end))
    spoken = [token for token in tokens if _speaks(token)]
    if spoken or not text_of(doc)[start:end].rstrip().endswith(":"):
        return spoken[-1] if spoken else None
    verbs = [token for token in tokens if token.pos_ == "VERB" and child(token, "nsubj") is not None]
    if verbs and verbs[-1].lemma_ == "follow":
        return None  # "The transcript follows:"
    return verbs[-1] if verbs else None


def _sentence_tail(tokens: Sequence[Token]) -> list[Token]:
    ends = [number for number, token in enumerate(tokens) if token.text in {".", "!", "?"}]
    return list(tokens[ends[-1] + 1 if ends else 0 :])


def _first_verb(doc: Doc, start: int, end: int) -> Token | None:
    """The first speech verb after a quotation, in the same sentence."""
    for token in _tokens(doc, start, end):
        if _speaks(token):
            return token
        if token.text in {".", "!", "?"}:
            return None
    return None


def _speaks(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.lemma_ in cue_lemmas(*_GROUPS)


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    if start >= end:
        return []
    return list(doc.char_span(start, end, alignment_mode="expand") or ())


def _announced(doc: Doc, quotation: Quotation) -> Token | None:
    """The verb of a paragraph that ends in a colon right before the quotation's own: "Talvik went on:"."""
    lead = text_of(doc)[: quotation.paragraph.start].rstrip()
    return _last_verb(doc, max(0, lead.rfind("\n")), len(lead)) if lead.endswith(":") else None


def _resumes(doc: Doc, telling: Telling, last: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation takes up a sentence that only its cue broke off: "“The talks,” she said, “have failed.”"."""
    if quotation.paragraph != last.paragraph or not last.outer.end <= telling.cue.start < quotation.outer.start:
        return False
    return bool(_RESUMES.search(text_of(doc)[last.outer.end : quotation.outer.start]))


def _goes_on(doc: Doc, quotation: Quotation, last: Quotation) -> bool:
    """Whether a quotation without a cue goes on with what the last one said.

    It opens a sentence, is no mere phrase, and stands in the same paragraph or opens the next one.
    """
    text = text_of(doc)
    if not _OPENS_SENTENCE.search(text[quotation.paragraph.start : quotation.outer.start]):
        return False
    if len(quotation.inner.of(text).split()) < _LEAST_WORDS:
        return False
    between = text[last.outer.end : quotation.outer.start]
    if quotation.paragraph == last.paragraph:
        return len(_SENTENCE_ENDS.findall(between)) <= 1  # the rest of the cue's own sentence
    return not text[last.paragraph.end : quotation.outer.start].strip()
