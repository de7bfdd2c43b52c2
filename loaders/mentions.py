"""Find the spans that name or stand for somebody: names, nominals ("Turkish police") and pronouns.

Names come from the gazetteer and from the model's name finder. The model's spans are good, its labels are what fails,
so the gazetteer decides what a name is wherever it knows the name. Who is meant is decided later.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.gazetteer import Gazetteer, RoleNoun, Sense, Use
from kg.model import Form, Kind
from loaders.genders import gender_of_given_name
from loaders.grammar import sentence_numbers, words_of
from loaders.surfaces import Surfaces
from loaders.words import load_words, word_set

_words = partial(word_set, "mentions")
KINDS = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORGANIZATION,
    "NORP": Kind.GROUP,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
}
_LONGEST = 50  # tokens before a name's head
_ON_MAPS = (Kind.COUNTRY, Kind.PLACE)
_LINKS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "case", "det", "punct", "npadvmod", "advmod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mention whose entity is not known yet; `first`, `last` (exclusive) and `head` are token numbers.

    `senses` are what the gazetteer knows of the name, `inside` what it knows of names inside it ("Hungarian" in
    "Hungarian Socialist Party"), `role` the role noun that heads a nominal, `kind` what the model or the noun suggests.
    """

    first: int
    last: int
    head: int
    form: Form
    kind: Kind | None = None
    senses: tuple[Sense, ...] = ()
    inside: tuple[Sense, ...] = ()
    role: RoleNoun | None = None
    plural: bool = False

    def covers(self, other: "Found") -> bool:
        """Whether the other mention's tokens lie inside this one's."""
        return self.first <= other.first and other.last <= self.last


_begin = attrgetter("first")


def numbers_near(found: Sequence[Found], tokens: Collection[int]) -> range:
    """The numbers of the mentions, which are in order, that may have their head among some tokens."""
    if not tokens:
        return range(0)
    first = bisect_left(found, min(tokens) - _LONGEST, key=_begin)
    return range(first, bisect_right(found, max(tokens), key=_begin))


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Finds mentions with one gazetteer; make it once, use it for many articles."""

    gazetteer: Gazetteer
    surfaces: Surfaces = field(repr=False)

    @classmethod
    def make(cls, nlp: Language, gazetteer: Gazetteer) -> "MentionFinder":
        """A finder of the gazetteer's names, as this model splits them into tokens."""
        surfaces = sorted({surface.replace("’", "'") for surface, _, _ in gazetteer.surfaces()})
        surfaces += [f"{surface}." for surface in surfaces if len(surface) == 1]
        surfaces += _in_capitals(gazetteer, set(surfaces))
        return cls(gazetteer, Surfaces(nlp, surfaces))

    def find(self, doc: Doc) -> tuple[Found, ...]:
        """All mentions of a text, by position, a longer one before those inside it."""
        names = [name for name in self._names(doc) if not self._is_in_a_role(doc, name)]
        inside = {token for name in names for token in range(name.first, name.last)}
        nominals = list(self._nominals(doc, names, inside))
        pronouns = _pronouns()
        stand_ins = [
            Found(first=at, last=at + 1, head=at, form=Form.PRONOUN, plural=word.startswith("the"))
            for at, word in enumerate(words_of(doc))
            if word in pronouns and not _is_expletive(doc[at])
        ]
        return tuple(sorted([*names, *nominals, *stand_ins], key=lambda found: (found.first, -found.last)))

    # --- names --------------------------------------------------------------------------------------------------------

    def _names(self, doc: Doc) -> list[Found]:
        known = [found for found in self._known_names(doc) if found]
        suggested = _joined([found for found in map(self._suggested_name, doc.ents) if found])
        at: defaultdict[int, list[Found]] = defaultdict(list)  # token → the known names that begin there
        for name in known:
            at[name.first].append(name)
        chosen: dict[int, Found] = {}  # first token → name
        taken: set[int] = set()
        for found in sorted([*known, *suggested], key=_preference):
            tokens = range(found.first, found.last)
            if taken.isdisjoint(tokens):
                within = [name for token in tokens for name in at.get(token, ()) if name.last <= found.last]
                inside = tuple(name.senses[0] for name in within if name.senses != found.senses)
                chosen[found.first] = replace(found, inside=inside)
                taken.update(tokens)
        nested = [inner for inner in known if (outer := chosen.get(inner.first)) and _is_nested(outer, inner)]
        people = _as_places(doc, _as_people(doc, list(chosen.values())))
        return [*people, *_seen_again(doc, people), *nested]

    def _known_names(self, doc: Doc) -> Iterator[Found | None]:
        for first, last in self.surfaces.find(doc):
            span = doc[first:last]
            text = span.text.rstrip(".") if len(span.text) == 2 else span.text  # "posted on X."
            senses = self.gazetteer.lookup(text) if len(text) > 1 or _is_platform(span) else ()
            if senses and span.text[0].isupper() | span.text[0].isdigit() | (span.text[:3] in ("al-", "the")):
                yield Found(
                    first=first, last=last, head=span.root.i, form=Form.NAME, senses=senses, kind=senses[0].entry.kind
                )

    def _suggested_name(self, entity: Span) -> Found | None:
        """A name of the model's, without article, clitic and title: "the U.N. envoy Jan Egeland's" is Jan Egeland."""
        kind = KINDS.get(entity.label_)
        span = self._trimmed(entity)
        if kind is None or span is None or not any(token.pos_ == "PROPN" or token.is_upper for token in span):
            return None  # "Missiles" at the head of a sentence
        if span.text[0].islower() and re.split(r"[\s-]", span.text)[0] not in _words("name_particles"):
            return None  # "communist", "anti-U.S.": an adjective, not a name
        senses = self.gazetteer.lookup(span.text)
        if not senses and span[-1].lower_ in _words("no_actors"):
            return None  # "the Dayton Accords", "the National Security Act"
        if not senses and kind is Kind.ORGANIZATION and _is_like_a_person(span):
            kind = Kind.PERSON
        return Found(
            first=span.start,
            last=span.end,
            head=span.root.i,
            form=Form.NAME,
            senses=senses,
            kind=senses[0].entry.kind if senses else kind,
        )

    def _trimmed(self, entity: Span) -> Span | None:
        first, last = entity.start, entity.end
        doc = entity.doc
        while first < last and (doc[first].is_space or doc[first].is_punct or doc[first].pos_ in ("DET", "NUM")):
            first += 1
        while first < last and (doc[last - 1].is_space or doc[last - 1].tag_ == "POS" or doc[last - 1].text in ",.;:"):
            last -= 1
        if entity.label_ == "PERSON":
            while first < last - 1 and self._is_title(doc[first]):
                first += 1
            last = next((token.i for token in doc[first + 1 : last] if _ends_a_person(token)), last)
        return doc[first:last] if first < last else None

    def _is_title(self, token: Token) -> bool:
        """Whether a word before a name is its bearer's role, nationality or honour: "President", "Mr"."""
        demonym = any(sense.use is Use.DEMONYM for sense in self.gazetteer.lookup(token.text))
        return demonym or token.lower_ in self.gazetteer.roles or token.lower_ in _words("honorifics")

    # --- nominals -----------------------------------------------------------------------------------------------------

    def _nominals(self, doc: Doc, names: Iterable[Found], inside: set[int]) -> Iterator[Found]:
        """Noun phrases whose head is a role noun or stands for a state or group: "Turkish police", "the regime"."""
        heads_of_names = {name.head for name in names}
        for token in doc:
            modifies = token.dep_ in ("compound", "amod", "nmod") and token.head.i not in heads_of_names
            modifies = modifies or token.dep_ in ("npadvmod", "oprd")  # "took hundreds hostage", "was named leader"
            bare = token.lower_ in _words("bare") and not any(token.children)  # "by force"
            if token.pos_ not in ("NOUN", "PROPN") or token.i in inside or modifies or bare:
                continue  # "military" of "military movements" is nobody; "leader" of "leader Kim Jong Un" is
            longer = self._role_with_of(token)
            role, end = longer or (self._role(token), token.i + 1)
            kind = (
                standing_nouns().get(token.lemma_.lower())
                or _kind_of_pair(token)
                or _kind_of_side(token, heads_of_names)
            )
            if role is None and kind is None:
                continue
            first = _first_word(_quantity(token) or token)
            plural = token.tag_ in ("NNS", "NNPS")
            kind = Kind(role.kind) if role else kind
            if kind is Kind.PERSON and plural:
                kind = Kind.GROUP
            yield Found(first=first, last=end, head=token.i, form=Form.NOMINAL, kind=kind, role=role, plural=plural)

    def _is_in_a_role(self, doc: Doc, name: Found) -> bool:
        """Whether a name is only a word of somebody's role: "State" of "Secretary of State", "Defense Minister"."""
        if name.senses:
            return False
        roles = (self._role_with_of(doc[at]) for at in range(max(0, name.first - 3), name.first))
        words = doc[name.first : name.last + 1].text.lower()  # with the word after it
        return words in self.gazetteer.roles or any(role and role[1] >= name.last for role in roles)

    def _role_with_of(self, token: Token) -> tuple[RoleNoun, int] | None:
        """A role whose name goes on, and where it ends: "secretary of state", "ambassador to the United Nations"."""
        after = words_of(token.doc)[token.i + 1 : token.i + 5]
        if not after or after[0] not in ("of", "to"):
            return None
        for end in range(min(len(after), token.sent.end - token.i - 1), 1, -1):
            if role := self.gazetteer.roles.get(" ".join([token.lemma_.lower(), *after[:end]])):
                return role, token.i + 1 + end
        return None

    def _role(self, token: Token) -> RoleNoun | None:
        """The longest role noun that ends in this token: "foreign minister" before "minister"."""
        lemma = token.lemma_.lower()
        if token.pos_ == "PROPN" and lemma not in self.gazetteer.roles:  # "Militants" at the head of a sentence
            lemma = lemma.removesuffix("s")
        words, text, sentences = [lemma], words_of(token.doc), sentence_numbers(token.doc)
        best = self.gazetteer.roles.get(lemma) or self.gazetteer.roles.get(token.lower_)
        for at in (token.i - 1, token.i - 2):
            if at < 0 or sentences[at] != sentences[token.i]:
                break
            words.insert(0, text[at])
            best = self.gazetteer.roles.get(" ".join(words).replace(" 's", "'s").replace(" ’s", "'s")) or best
        return best


def _is_platform(letter: Span) -> bool:
    """Whether a name of one letter is a network's: "posted on X", "the X platform"."""
    doc, first, last = letter.doc, letter.start, letter.end
    before = doc[first - 1].lower_ if first else ""
    after = doc[last].lower_ if last < len(doc) else ""
    return before in ("on", "via") or after in _words("platforms")


def _in_capitals(gazetteer: Gazetteer, known: set[str]) -> list[str]:
    """The names of countries and larger words for places as headlines write them: "PERU", "BAGHDAD"."""
    entries = gazetteer.entries.values()
    names = {(one.kind, name.upper()) for one in entries for name, _ in one.surfaces() if one.kind in _ON_MAPS}
    return sorted({name for kind, name in names if kind is Kind.COUNTRY or len(name) > 4} - known)


def _kind_of_pair(noun: Token) -> Kind | None:
    """What "the two men" or "both sides" are: people, or states and organisations."""
    if not any(child.lower_ in _words("pairs") for child in noun.lefts):
        return None
    if noun.lemma_.lower() in _words("paired_people"):
        return Kind.GROUP
    return Kind.COUNTRY if noun.lemma_.lower() in _words("paired_parties") else None


def _kind_of_side(noun: Token, names: set[int]) -> Kind | None:
    """What "the Pakistani side" is: a state; "the far side" is nobody."""
    named = any(child.i in names and child.dep_ in ("amod", "compound", "poss") for child in noun.lefts)
    return Kind.COUNTRY if noun.lower_ == "side" and named else None


@cache
def _pronouns() -> frozenset[str]:
    return _words("masculine") | _words("feminine") | _words("neuter") | _words("plural")


@cache
def standing_nouns() -> dict[str, Kind]:
    """Nouns that stand for a state or an organisation named before, with its kind: "the bloc"."""
    return {noun: Kind(kind) for kind, nouns in load_words("mentions")["standing_nouns"].items() for noun in nouns}


def _ends_a_person(token: Token) -> bool:
    """Whether a small word cannot be part of a person's name: "Dodik to" is Dodik."""
    return token.is_lower and token.is_alpha and token.lower_ not in _words("name_particles")


def _joined(names: Sequence[Found]) -> list[Found]:
    """Names with adjacent pieces of one person's name put together: "Abdul" and "Qadir Khan"."""
    joined: list[Found] = []
    for name in names:
        before = joined[-1] if joined else None
        if before and before.last == name.first and {before.kind, name.kind} == {Kind.PERSON} and not name.senses:
            joined[-1] = replace(name, first=before.first, senses=())
        else:
            joined.append(name)
    return joined


def _as_people(doc: Doc, names: Sequence[Found]) -> list[Found]:
    """The names with every part of a person's name being that person's, also where the name finder missed it.

    "Ann Hale arrived. Hale left." has two names of a person, whatever the model calls the second.
    """
    parts = _parts_of_people(doc, names)
    parts |= {token.text for token in doc if _does_as_people_do(token)}
    renamed = [
        replace(name, kind=Kind.PERSON)
        if not name.senses and name.last - name.first == 1 and doc[name.first].text in parts
        else name
        for name in names
    ]
    taken = {token for name in names for token in range(name.first, name.last)}
    missed = [
        Found(first=token.i, last=token.i + 1, head=token.i, form=Form.NAME, kind=Kind.PERSON)
        for token in doc
        if token.i not in taken and token.pos_ == "PROPN" and token.text in parts
    ]
    return renamed + missed


def _as_places(doc: Doc, names: Sequence[Found]) -> list[Found]:
    """The names with those that the text calls a place being one: "the town of Brod", "Huize county"."""
    return [
        replace(name, kind=Kind.PLACE) if not name.senses and _is_called_a_place(doc, name) else name for name in names
    ]


def _is_called_a_place(doc: Doc, name: Found) -> bool:
    settlements, before = _words("settlements"), name.first - 2
    after = doc[name.last].lower_ if name.last < len(doc) else ""
    called = before >= 0 and doc[before + 1].lower_ == "of" and doc[before].lower_ in settlements
    return called or after in settlements or doc[name.last - 1].lower_ in settlements


def _does_as_people_do(token: Token) -> bool:
    """Whether a name of one word does or has what only people do or have: "Hale married", "Hale's widow"."""
    if token.pos_ != "PROPN" or token.is_upper or not token.text[0].isupper():
        return False
    alone = not any(child.dep_ in ("compound", "nmod") for child in token.children)
    deed = token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in _words("personal_deeds")
    kin = token.dep_ == "poss" and token.head.lemma_ in _words("kin")
    return alone and (deed or kin)


def _seen_again(doc: Doc, names: Sequence[Found]) -> list[Found]:
    """Names of one word that the name finder knew once and missed elsewhere: "the front (ABF) … The ABF said"."""
    taken = {token for name in names for token in range(name.first, name.last)}
    single = [name for name in names if name.last - name.first == 1 and doc[name.first].pos_ == "PROPN"]
    known = {doc[name.first].text: name for name in single}
    return [
        replace(known[token.text], first=token.i, last=token.i + 1, head=token.i)
        for token in doc
        if token.i not in taken and token.pos_ == "PROPN" and len(token) > 1 and token.text in known
    ]


def _is_like_a_person(span: Span) -> bool:
    """Whether a name that the model takes for an organisation begins as a person's does: "Carol Ann"."""
    plain = all(token.is_alpha and not token.is_upper for token in span)
    return len(span) <= 3 and plain and gender_of_given_name(span[0].text) is not None


def _parts_of_people(doc: Doc, names: Sequence[Found]) -> set[str]:
    """Given names and last words of full names of people, and one-word names that are mostly taken for people's."""
    full = set()
    for name in names:
        if name.kind is Kind.PERSON and name.last - name.first > 1:
            given = doc[name.first].text
            full |= {doc[name.last - 1].text} | ({given} if gender_of_given_name(given) else set())
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    for name in names:
        if name.last - name.first == 1 and not name.senses:
            kinds[doc[name.first].text].append(name.kind is Kind.PERSON)
    single = {text for text, personal in kinds.items() if 2 * sum(personal) >= len(personal)}
    return {text for text in full | single if text[0].isupper() and len(text) > 2}


def _preference(found: Found) -> tuple[int, bool, int]:
    """Longer first; at equal length the gazetteer's before the model's; then by position."""
    return (found.first - found.last, not found.senses, found.first)


def _is_nested(outer: Found, inner: Found) -> bool:
    """Whether a name that another one begins with is a mention of its own: "Russian" in "Russian Foreign Ministry"."""
    shorter = inner.last < outer.last
    return shorter and outer.kind is not Kind.PERSON and inner.kind in (Kind.COUNTRY, Kind.ORGANIZATION)


def _is_expletive(token: Token) -> bool:
    """Whether "it" stands for nobody: "it is unclear whether …"."""
    return token.dep_ == "expl" or (token.lower_ == "it" and token.head.lemma_ in _words("expletive"))


def _quantity(noun: Token) -> Token | None:
    """The noun that says how many: "hundreds" of "hundreds of people"."""
    above = noun.head.head
    counted = (
        noun.dep_ == "pobj" and noun.head.lower_ == "of" and above.lemma_.lower() in word_set("grammar", "quantities")
    )
    return above if counted and above.i < noun.i else None


def _first_word(head: Token) -> int:
    """Where a noun phrase begins that ends in its head: "the" of "the North Korean leader"."""
    first = head.i
    for child in head.lefts:
        if child.dep_ in _LINKS and child.i < first:
            edge = child.left_edge.i
            if all(not head.doc[i].is_punct or head.doc[i].text in "-'\"“”" for i in range(edge, head.i)):
                first = edge
    return first
