"""Decide who nominals and pronouns stand for: "the leader", "Turkish police", "his country", "it".

A nominal stands for somebody named before when number, kind, role and country allow it; else it is an unnamed actor of
its own, which a state or group modifier makes findable again ("Turkish police"). A pronoun goes to the most recent
figure that fits, subjects first. Where nobody fits, nobody is meant: a missing mention is better than a wrong one.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Token

from kg.gazetteer import Gazetteer, RoleNoun
from kg.ids import digest, entity_id
from kg.model import Form, Kind, Statement
from kg.names import normal
from loaders.cast import Figure, Resolved, described, known_figure, new_figure
from loaders.grammar import (
    child,
    conjuncts,
    first_conjunct,
    is_verbal,
    rising,
    sentence_numbers,
    subject,
    text_of,
    words_of,
)
from loaders.mentions import Found, standing_nouns
from loaders.pronouns import Candidate, antecedent
from loaders.resolution import Names
from loaders.titles import body_of
from loaders.words import load_words, word_set

_words = partial(word_set, "mentions")
_SUBJECTS = ("nsubj", "nsubjpass")
_WINDOW = 3  # sentences that a pronoun looks back


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody an article mentions: its mentions with their entities, and the entities as figures."""

    mentions: tuple[Resolved, ...]
    figures: dict[str, Figure]


def _bears(figure: Figure, noun: str) -> bool:
    """Whether somebody bears a role, also where the text shortens it: "the minister" for a foreign minister."""
    return any(role == noun or role.endswith(f" {noun}") for role in figure.roles)


def link(
    doc: Doc, found: Sequence[Found], names: Names, gazetteer: Gazetteer, published: datetime.date | None
) -> People:
    """Names, nominals and pronouns together, each mention with its entity; mentions of nobody are left out."""
    linker = _Linker(doc, found, names, gazetteer, published)
    for number in sorted(range(len(found)), key=lambda at: (found[at].head, -found[at].last)):
        linker.resolve(number)  # by head, so that "the country" is known before "the country's army"
    mentions = tuple(
        Resolved(found=mention, entity=linker.entity_of[number], reading=names.reading_of.get(number))
        for number, mention in enumerate(found)
        if number in linker.entity_of
    )
    return People(mentions=mentions, figures=linker.figures)


class _Linker:
    """One pass over the mentions of an article, from left to right."""

    def __init__(
        self, doc: Doc, found: Sequence[Found], names: Names, gazetteer: Gazetteer, published: datetime.date | None
    ) -> None:
        self.doc, self.found, self.gazetteer, self.published = doc, found, gazetteer, published
        self.home = names.home
        self.entity_of, self.figures = dict(names.entity_of), dict(names.figures)
        self.holders: defaultdict[int, list[int]] = defaultdict(list)
        self.serving: set[tuple[str, str]] = set()  # persons with the bodies that their titles name
        for title in names.titles:
            self.holders[title.nominal].append(title.holder)
            if title.body is not None:
                self.serving.add((self.entity_of.get(title.holder, ""), self.entity_of.get(title.body, "")))
        sentences = sentence_numbers(doc)
        self.sentence_of = [sentences[mention.head] for mention in found]
        self.in_sentence: defaultdict[int, list[int]] = defaultdict(list)
        for at, sentence in enumerate(self.sentence_of):
            self.in_sentence[sentence].append(at)
        self.counted, self.count = 0, Counter[str]()  # how often each figure is meant before a sentence
        self.by_head = {mention.head: number for number, mention in enumerate(found)}
        self.fighting: set[str] = set()  # organisations whose fighters were named
        self.scope = digest([text_of(doc)], 8)

    def resolve(self, number: int) -> None:
        """Give one nominal or pronoun its entity, if it has one."""
        mention = self.found[number]
        if mention.form is Form.NAME:
            return
        figure = self._of_pronoun(number) if mention.form is Form.PRONOUN else self._of_nominal(number)
        if figure:
            self.figures.setdefault(figure.id, figure)
            self.entity_of[number] = figure.id

    # --- nominals -----------------------------------------------------------------------------------------------------

    def _of_nominal(self, number: int) -> Figure | None:
        mention = self.found[number]
        if number in self.holders:  # "North Korean leader" before or beside the name
            return self._together({self.entity_of[at] for at in self.holders[number] if at in self.entity_of})
        if (same := self._renamed(number)) is not None:
            return same
        body = self._body(number)
        noun = self.doc[mention.head].lemma_.lower()
        if mention.plural and self._counts_two(mention):
            return self._pair(number)
        if noun in _words("state_nouns"):
            return self._of_state_noun(number, noun, body)
        if mention.kind is Kind.PERSON:
            return self._of_person(number, body)
        if mention.kind is Kind.GROUP and mention.role:
            return self._of_group(number, body)
        if mention.plural and noun in _words("bodies"):  # "civil society groups", "aid agencies"
            return self._unnamed(mention, Kind.GROUP, body)
        if noun in standing_nouns() and body is None and not self._is_organ(mention):
            return self._recent_organization(number, noun) if self._is_definite(mention) else None
        return self._of_body_part(number, body)

    def _of_state_noun(self, number: int, noun: str, body: Figure | None) -> Figure | None:
        """Resolve "the government", "the Pakistani side" as a state, "security officials" as a group."""
        mention = self.found[number]
        if body and body.entity.kind is Kind.COUNTRY:
            return body
        if noun == "official" and mention.plural and child(self.doc[mention.head], "compound") is not None:
            return self._unnamed(mention, Kind.GROUP, None)
        return None if noun == "side" else self._recent_state(number)

    def _renamed(self, number: int) -> Figure | None:
        """Who a predicate or apposition tells something about: "Hamas is a terrorist group" speaks of Hamas alone."""
        head = self.doc[self.found[number].head]
        if head.dep_ == "attr":
            told = subject(head.head)
        else:
            told = head.head if head.dep_ == "appos" and head.head.i < head.i else None
        at = self.by_head.get(told.i) if told is not None else None
        if at not in self.entity_of:
            return None
        figure = self.figures[self.entity_of[at]]
        alike = (figure.entity.kind is Kind.PERSON) == (self.found[number].kind is Kind.PERSON)
        return figure if alike and not self.found[number].plural else None

    def _body(self, number: int) -> Figure | None:
        """The state or organisation that modifies a nominal: "Iraqi", "the country's", "Trump" of an administration."""
        at = body_of(self.doc, self.found, number)
        if at is not None and at in self.entity_of:
            return self.figures[self.entity_of[at]]
        for word in self.doc[self.found[number].head].children:
            owner = self.by_head.get(word.i) if word.dep_ in ("poss", "compound") else None
            if owner in self.entity_of:
                figure = self.figures[self.entity_of[owner]]
                return self._state(figure.entity.country) if figure.entity.kind is Kind.PERSON else figure
        return None

    def _of_person(self, number: int, body: Figure | None) -> Figure | None:
        """Resolve "the Turkish president": somebody of the article, the holder of the office, or the office."""
        mention = self.found[number]
        noun = mention.role.noun if mention.role else self.doc[mention.head].lemma_.lower()
        if noun == "counterpart":
            return self._of_counterpart(number, body)
        for figure in self._recent(number, (Kind.PERSON,)):
            if _bears(figure, noun) and self._serves(figure, body):
                return figure
        if body and mention.role and (holder := self._holder(body, mention.role)):
            return holder
        if mention.first == mention.head and self.doc[mention.head].dep_ not in _SUBJECTS:
            return None  # "took them hostage", "as president": what somebody is, nobody of his own
        return self._unnamed(mention, Kind.PERSON, body if body and body.entity.kind is Kind.COUNTRY else None)

    def _serves(self, figure: Figure, body: Figure | None) -> bool:
        """Whether somebody's role may be the one in a body: a country's people, but only the bloc's own leader."""
        if body is None or body.entity.kind is Kind.COUNTRY:
            return body is None or figure.entity.country == body.entity.country
        if (figure.id, body.id) in self.serving or any(office.of == body.id for office in figure.offices):
            return True
        served = {id_ for id_, _ in self.serving}
        free = figure.id not in served and not figure.offices  # whose spokesman the one named before is, was not told
        return free and (figure.entity.country is None or figure.entity.country == body.entity.country)

    def _of_counterpart(self, number: int, body: Figure | None) -> Figure | None:
        """Resolve "his Turkish counterpart": who holds the owner's office there, else a nameless one."""
        owner = child(self.doc[self.found[number].head], "poss")
        at = self.by_head.get(owner.i) if owner is not None else None
        if body is None or body.entity.kind is not Kind.COUNTRY or at not in self.entity_of:
            return None
        figure = self.figures[self.entity_of[at]]
        for noun in sorted(figure.roles & self.gazetteer.roles.keys(), key=len, reverse=True):
            role = self.gazetteer.roles[noun]
            if role.offices and (holder := self._holder(body, role)):
                return holder
        return self._unnamed(self.found[number], Kind.PERSON, body)

    def _holder(self, body: Figure, role: RoleNoun) -> Figure | None:
        """Who holds an office on the day of the article, if that is sure."""
        for office in role.offices if self.published else ():
            holders = self.gazetteer.holders(body.id, office, self.published) if self.published else ()
            if len(holders) == 1:
                return known_figure(holders[0])
        return None

    def _of_group(self, number: int, body: Figure | None) -> Figure | None:
        """Resolve "Turkish police": a group with country and sector; without a state it stays in its article."""
        mention = self.found[number]
        noun, sector = (mention.role.noun, mention.role.sector) if mention.role else ("", None)
        if noun == "member":  # "members of the council" act as the council; "members" alone are nobody
            return body if body and body.entity.kind is Kind.ORGANIZATION else None
        if body and body.entity.kind is Kind.ORGANIZATION and sector in _words("fighter_sectors"):
            self.fighting.add(body.id)
            return body  # "al-Shabab militants" act as al-Shabab
        if body is None and sector in _words("armed_sectors") and (group := self._armed_group(number)):
            return group
        if body is None and self._is_definite(mention):
            for figure in self._recent(number, (Kind.GROUP,)):
                if noun in figure.roles:
                    return figure
        if body is None and (fellows := self._fellows(number, noun)):
            return fellows
        if body is None and self._is_organ(mention):
            body = self._leading_state(number)
        return self._unnamed(mention, Kind.GROUP, body)

    def _fellows(self, number: int, noun: str) -> Figure | None:
        """Those whom the article has called by another word: "protesters" after "marchers", "officers" after police."""
        nouns = {word for row in load_words("mentions")["alike"] if noun in row for word in row} - {noun}
        recent = self._recent(number, (Kind.GROUP, Kind.ORGANIZATION)) if nouns else iter(())
        return next((figure for figure in recent if figure.roles & nouns), None)

    def _armed_group(self, number: int) -> Figure | None:
        """Whose "the militants" are: of the one armed group that the article has named, or whose fighters it has."""
        groups = [
            one for one in self._recent(number, (Kind.ORGANIZATION,)) if one.entity.sector in _words("armed_sectors")
        ]
        fighting = [one for one in groups if one.id in self.fighting]
        return next((some[0] for some in (fighting, groups) if len(some) == 1), None)

    def _of_body_part(self, number: int, body: Figure | None) -> Figure | None:
        """Resolve "Iraqi army", "the military": an organ; the gazetteer may name it."""
        mention = self.found[number]
        head = self.doc[mention.head]
        if body and body.entity.kind is Kind.ORGANIZATION and head.lemma_.lower() in _words("general_nouns"):
            owner = child(head, "poss")
            if owner is None:  # "the Islamic State group" is Islamic State; "Islamic State's agency" is not
                return body
        if self._is_organ(mention) and (body is None or self._owner_is_organ(head)):
            if (known := self._called_so(number)) is not None:
                return known
            body = self._leading_state(number)
        return None if mention.plural else self._unnamed(mention, Kind.ORGANIZATION, body)

    @staticmethod
    def _owner_is_organ(head: Token) -> bool:
        """Whether an organ is another one's: "parliament's lower house" is the state's as much as the parliament is."""
        owner = child(head, "poss")
        return owner is not None and owner.lemma_.lower() in _words("organ_nouns")

    def _called_so(self, number: int) -> Figure | None:
        """The organ last called by the same noun: "the military" after "the Pakistani army" is Pakistan's."""
        armies = _words("armies")
        noun = self.doc[self.found[number].head].lemma_.lower()
        alike = armies if noun in armies else {noun}
        for at in range(number - 1, -1, -1):
            if at in self.entity_of and self.doc[self.found[at].head].lemma_.lower() in alike:
                figure = self.figures[self.entity_of[at]]
                return figure if figure.entity.kind in (Kind.ORGANIZATION, Kind.GROUP) else None
        return None

    def _is_organ(self, mention: Found) -> bool:
        """Whether a nominal is an organ that every state has one of: "the military", "police"."""
        noun = mention.role.noun if mention.role else self.doc[mention.head].lemma_.lower()
        return noun in _words("organ_nouns")

    def _leading_state(self, number: int) -> Figure | None:
        """The state that the article has named most often so far, the latest of equals: whose "the police" are."""
        seen = [self.entity_of[at] for at in range(number) if at in self.entity_of]
        states = [id_ for id_ in seen if self.figures[id_].entity.kind is Kind.COUNTRY]
        return self.figures[max(reversed(states), key=Counter(states).__getitem__)] if states else None

    def _unnamed(self, mention: Found, kind: Kind, body: Figure | None) -> Figure:
        """An actor without a name; one of a state is called by it wherever it is met ("Turkish police")."""
        role = mention.role
        name = self._description(mention, body)
        if body and (known := self._known_as(name)):
            return known
        id_ = None if body else f"{entity_id(kind, name)}--{self.scope}"
        ours = kind is not Kind.PERSON and role is not None and role.sector in _words("home_sectors")
        country = body.entity.country if body else self.home if ours else None
        figure = replace(new_figure(kind, name, id=id_, country=country), local=body is None)
        return described(
            figure, country=country, sector=role.sector if role else None, roles={role.noun} if role else ()
        )

    def _description(self, mention: Found, body: Figure | None) -> str:
        """The words of a nominal without article and number; an organ gets its state's adjective if it lacks it."""
        words = self.doc[mention.first : mention.last]
        if self._owner_is_organ(self.doc[mention.head]):
            words = words[[token.tag_ for token in words].index("POS") + 1 :]
        said = next((token.i + 1 for token in words[:-1] if token.lower_ == "of" and token.i < mention.head), None)
        said = said or next((token.i + 1 for token in reversed(words[:-1]) if token.pos_ == "NUM"), words.start)
        words = self.doc[said : mention.last]  # without how many: "hundreds of people", "at least 20 passengers"
        while len(words) > 1 and (words[0].pos_ in ("DET", "PRON", "NUM") or words[0].is_punct):
            words = words[1:]
        name = " ".join(words.text.split()).rstrip("'")
        entry = self.gazetteer.entries.get(body.id) if body else None
        if entry and entry.demonyms and not any(token.i in self.by_head for token in words[:-1]):
            name = f"{entry.demonyms[0]} {name}"
        return name[0].upper() + name[1:]

    def _known_as(self, name: str) -> Figure | None:
        """The gazetteer's organisation or group of a name, if there is just one."""
        senses = [sense for sense in self.gazetteer.lookup(name) if sense.entry.kind in (Kind.ORGANIZATION, Kind.GROUP)]
        return known_figure(senses[0].entry) if len(senses) == 1 else None

    def _counts_two(self, mention: Found) -> bool:
        """As in "the two leaders", "both sides"; "two women" are no two who were named before."""
        words = {token.lower_ for token in self.doc[mention.first : mention.head]}
        return "both" in words or bool(words & _words("pairs") and words & _words("definite"))

    def _pair(self, number: int) -> Figure | None:
        """Resolve "the two leaders", "both sides": the last sentence's two of that kind, else the leading two."""
        people = self.found[number].kind in (Kind.PERSON, Kind.GROUP)
        kinds = (Kind.PERSON,) if people else (Kind.COUNTRY, Kind.ORGANIZATION)
        here = self.sentence_of[number]
        earlier = [at for at in range(number) if at in self.entity_of and self.sentence_of[at] < here]
        fitting = [at for at in earlier if self.figures[self.entity_of[at]].entity.kind in kinds]
        last = {self.entity_of[at] for at in fitting if self.sentence_of[at] == here - 1}
        count = Counter(self.entity_of[at] for at in fitting)
        leading = [id_ for id_, _ in count.most_common(2)]
        members = list(last) if len(last) == 2 else leading
        return self._together(set(members)) if len(members) > 1 else None

    def _together(self, members: set[str]) -> Figure | None:
        """Several figures as one that is nobody of its own; one alone is itself."""
        if len(members) < 2:
            return self.figures[members.pop()] if members else None
        figure = new_figure(Kind.GROUP, " and ".join(sorted(members)))
        return replace(figure, members=tuple(sorted(members)), plural=True)

    def _is_definite(self, mention: Found) -> bool:
        return self.doc[mention.first].lower_ in _words("definite")

    def _recent_state(self, number: int) -> Figure | None:
        """Resolve "the country", "his country": the owner's state, else the state most recently in play."""
        owner = child(self.doc[self.found[number].head], "poss")
        if owner is not None:
            at = self.by_head.get(owner.i)
            return self._state(self.figures[self.entity_of[at]].entity.country) if at in self.entity_of else None
        if not self._is_definite(self.found[number]):
            return None
        return self._state_of_subject(number) or next(self._recent(number, (Kind.COUNTRY,)), None)

    def _state_of_subject(self, number: int) -> Figure | None:
        """The state of the person whose sentence it is: "Kim boasted that the country …" speaks of North Korea."""
        head = self.doc[self.found[number].head]
        for verb in rising(head):
            doer = subject(verb) if is_verbal(verb) else None
            at = self.by_head.get(doer.i) if doer is not None and doer != head else None
            if at in self.entity_of:
                entity = self.figures[self.entity_of[at]].entity
                return self._state(entity.country) if entity.kind is Kind.PERSON and entity.country else None
        return None

    def _state(self, code: str | None) -> Figure | None:
        """The country with a code, from the article or the gazetteer; without one it is no country that once was."""
        if code is None:
            return None
        for figure in self.figures.values():
            if figure.entity.kind is Kind.COUNTRY and figure.entity.country == code:
                return figure
        entries = self.gazetteer.entries.values()
        return next(
            (known_figure(entry) for entry in entries if entry.kind is Kind.COUNTRY and entry.country == code), None
        )

    def _recent_organization(self, number: int, noun: str) -> Figure | None:
        """Resolve "the council": the organisation last in play that is called one; "the group" may be any."""
        recent = list(self._recent(number, (Kind.ORGANIZATION,)))
        role = self.found[number].role
        words = role.noun if role else noun  # "the upper house" is no lower house
        named = [figure for figure in recent if f" {normal(figure.entity.name)}".endswith(f" {words}")]
        fitting = [one for one in recent if noun not in _words("media_nouns") or one.entity.sector == "JRN"]
        return next(iter(named or (fitting if noun in _words("general_nouns") else [])), None)

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def _of_pronoun(self, number: int) -> Figure | None:
        word = self.doc[self.found[number].head].lower_
        if word in _words("masculine") or word in _words("feminine"):
            return self._of_personal(number, "male" if word in _words("masculine") else "female")
        if word in _words("neuter"):
            return next(self._recent(number, (Kind.COUNTRY, Kind.ORGANIZATION), 1, heads_only=True), None)
        groups = self._recent(number, (Kind.GROUP, Kind.ORGANIZATION, Kind.COUNTRY), 1, heads_only=True)
        return self._people_together(number) or next(groups, None)

    def _people_together(self, number: int) -> Figure | None:
        """Resolve "they" to the people who were the subject together: "Ruiz and Soto met. They embraced."."""
        here = self.sentence_of[number]
        for sentence in (here, here - 1):
            for at in self._meant(sentence):
                head = self.doc[self.found[at].head]
                joined = [self.by_head.get(item.i) for item in conjuncts(head)] if head.dep_ in _SUBJECTS else []
                known = [self.entity_of[one] for one in joined if one in self.entity_of and one < number]
                people = [id_ for id_ in dict.fromkeys(known) if self.figures[id_].entity.kind is Kind.PERSON]
                if len(people) > 1 and len(people) == len(joined):
                    return self._together(set(people))
        return None

    def _of_personal(self, number: int, gender: str) -> Figure | None:
        """Resolve "he" and "she": the person of that gender, or of unknown gender, who weighs most."""
        here, candidates = self.sentence_of[number], []
        fellows = self._fellow_arguments(number)
        count = self._times_before(here - _WINDOW)
        for at in sorted(at for back in range(_WINDOW + 1) for at in self._meant(here - back)):
            mention, figure = self.found[at], self.figures[self.entity_of[at]]
            count[figure.id] += mention.head < self.found[number].head
            if figure.entity.kind is Kind.PERSON and figure.gender in (None, gender) and figure.id not in fellows:
                distance = here - self.sentence_of[at]
                candidates.append(Candidate(figure.id, mention, distance, count[figure.id]))
        chosen = antecedent(self.doc[self.found[number].head], candidates)
        if chosen is None:
            return None
        self.figures[chosen] = described(self.figures[chosen], gender=gender)  # "he" is nobody who was "she" before
        return self.figures[chosen]

    def _fellow_arguments(self, number: int) -> set[str]:
        """Whom a pronoun cannot mean, as its own verb names them beside it: "He urged Ruiz to return" is not Ruiz."""
        pronoun = self.doc[self.found[number].head]
        if pronoun.dep_ not in _SUBJECTS or not is_verbal(pronoun.head):
            return set()
        objects = (self.by_head.get(item.i) for item in pronoun.head.children if item.dep_ in ("dobj", "dative"))
        named = (at for at in objects if at is not None and self.found[at].form is Form.NAME)
        return {self.entity_of[at] for at in named if at in self.entity_of}

    def _meant(self, sentence: int) -> Iterator[int]:
        """The numbers of a sentence's mentions whose entity is known by now."""
        return (at for at in self.in_sentence.get(sentence, ()) if at in self.entity_of)

    def _times_before(self, sentence: int) -> Counter[str]:
        """How often each figure is meant before a sentence, going on from what was counted for an earlier one."""
        while self.counted < sentence:
            self.count.update(self.entity_of[at] for at in self._meant(self.counted))
            self.counted += 1
        return self.count.copy()

    def _recent(
        self, number: int, kinds: tuple[Kind, ...], window: int | None = None, *, heads_only: bool = False
    ) -> Iterator[Figure]:
        """Figures of some kinds mentioned before, nearest sentence first and in it subjects first, then the nearest.

        `heads_only` leaves out those that only modify: "it" after "the German chancellor" is not Germany.
        """
        here, first, seen = self.sentence_of[number], self.found[number].first, set[str]()
        for sentence in range(here, -1 if window is None else max(here - window, 0) - 1, -1):
            earlier = (at for at in self._meant(sentence) if at < number and self.found[at].last <= first)
            fitting = [at for at in earlier if self.figures[self.entity_of[at]].entity.kind in kinds]
            for at in sorted(fitting, key=lambda at: (not self._is_subject(at), -at)):
                figure = self.figures[self.entity_of[at]]
                if figure.id not in seen and not (heads_only and self._only_modifies(at)):
                    seen.add(figure.id)
                    yield figure

    def _is_subject(self, number: int) -> bool:
        return first_conjunct(self.doc[self.found[number].head]).dep_ in _SUBJECTS

    def _only_modifies(self, number: int) -> bool:
        return self.doc[self.found[number].head].dep_ in ("amod", "compound", "nmod")


def link_first_person(doc: Doc, people: People, statements: Sequence[Statement]) -> People:
    """Resolve "We urge Iran …", she said: who speaks of himself inside a quotation is its speaker."""
    spoken = [one for one in statements if one.quoted and one.speaker in people.figures]
    found = []
    first_person = _words("first_person")
    for at, word in enumerate(words_of(doc)):
        if word in first_person:
            place = doc[at].idx
            speaker = next((one.speaker for one in spoken if one.content.start <= place < one.content.end), None)
            if speaker:
                mention = Found(first=at, last=at + 1, head=at, form=Form.PRONOUN)
                found.append(Resolved(found=mention, entity=speaker))
    mentions = sorted([*people.mentions, *found], key=lambda one: (one.found.first, -one.found.last))
    return replace(people, mentions=tuple(mentions))
