"""How likely two tellings are of one event: the features of the table `kg/data/merging.toml` that the pair has."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.merge.parties import Match, Parties
from kg.merge.rules import Feature, Rules
from kg.merge.tellings import Telling
from kg.merge.times import When, relation_in_time, when
from kg.model import Kind, Modality, Polarity

_FEWEST = 4  # words of a sentence of which it means something that none is in the other
_NEAR = 0.5  # degrees of latitude and longitude within which two places may be one
_LATER = frozenset({"published days after", "published long after"})
_GUESSED = _LATER | {"about the same days", "published together"}
_NEXT = 1  # days from one to the next
_LESS = 0.5  # share of doubt about what is done often, where words date one of the two
_SURE = 0.9  # likeness from which on two parties are taken for one


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a telling is compared; tellings with equal facts are one node."""

    type: str
    relation: str
    stems: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    when: When | None
    place: str | None
    polarity: Polarity
    modality: Modality
    attributed: bool
    words: frozenset[str] = field(default=frozenset(), compare=False)  # stems of the sentence
    at: int = field(default=0, compare=False)  # where the sentence begins

    @property
    def parties(self) -> frozenset[str]:
        """All who take part."""
        return self.actors | self.targets


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of a pair, the features behind it with what each added, and whether one forbids that they are one."""

    score: float
    features: tuple[tuple[Feature, float], ...]

    @property
    def forbidden(self) -> bool:
        """Whether the two cannot be one event."""
        return any(feature.forbids for feature, _ in self.features)


def facts_of(telling: Telling, parties: Parties, rules: Rules) -> Facts:
    """What of a telling is compared."""
    event, article = telling.event, telling.article
    told = rules.stems(event.trigger.of(article.text))
    names = (parties.stems(id) for id in (*event.actors, *event.targets))
    return Facts(
        type=event.type,
        relation=event.relation,
        stems=told,
        actors=frozenset(event.actors),
        targets=frozenset(event.targets),
        when=when(event, article, rules.lag),
        place=event.place,
        polarity=event.polarity,
        modality=event.modality,
        attributed=event.attributed_to is not None,
        words=rules.stems(event.evidence.of(article.text)).difference(told, *names),
        at=event.evidence.start,
    )


def compare(one: Facts, other: Facts, parties: Parties, rules: Rules, *, together: bool = False) -> Scored:
    """The score of two tellings, in either order; `together` says that one article has both."""
    pair = _Pair(one, other, parties, rules, together)
    found = tuple((rules.features[name], share * rules.features[name].weight) for name, share in pair.features())
    return Scored(round(sum(added for _, added in found), 3), found)


Found = Iterator[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two tellings, with what is needed to compare them."""

    one: Facts
    other: Facts
    known: Parties
    rules: Rules
    together: bool

    def features(self) -> Found:
        """The names of the features that the pair has, each with the share of its weight."""
        yield from self._deed()
        yield from self._who()
        yield from self._time()
        yield from self._place()
        yield from self._wording()
        yield from self._reality()

    # --- what --------------------------------------------------------------------------------------------------

    def _deed(self) -> Found:
        one, other = self.one, self.other
        kindred = self.rules.kindred(one.relation, other.relation)
        if one.type == other.type or kindred:
            yield ("same type" if one.type == other.type else "kindred type"), 1.0
        if one.relation == other.relation or self._one_word():
            yield "same deed", 1.0
        else:
            yield ("kindred deed" if kindred else "other deed"), 1.0
        if self.together and {one.type, other.type} & self.rules.speech:
            yield ("one article, said again" if self._one_word() else "one article, said otherwise"), 1.0
        elif self.together and self._one_word():
            yield "one article", 1.0

    def _one_word(self) -> bool:
        """Whether both triggers have a word; "freed" may be coded as a rescue or as a release."""
        may_be = self.one.type == self.other.type or self.rules.kindred(self.one.relation, self.other.relation)
        return may_be and not self.one.stems.isdisjoint(self.other.stems)

    # --- who ---------------------------------------------------------------------------------------------------

    def _who(self) -> Found:
        one, other = self.one, self.other
        if self._is_mutual(one) or self._is_mutual(other):
            match = self.known.match(one.parties, other.parties)
            whole = match is not None and (match.known > 1 or match.differs)
            yield from _sides(None if whole else match, match if whole else None, whole=whole)
            return
        actors = self.known.match(one.actors, other.actors, strictly=True)
        targets = self._targets()
        if actors and actors.differs and self._is_disputed(targets):
            yield "disputed actor", 1.0
            return
        told = bool(one.actors and other.actors), bool(one.targets and other.targets)
        if (one.type == other.type or self._one_word()) and all(told) and (actors is None) != (targets is None):
            match = actors or targets
            if match and not match.differs:
                yield ("same actor, somebody" if actors else "same target, somebody"), match.score
                return
        alone = {one.type, other.type} <= self.rules.alone and not (one.targets or other.targets)
        yield from _sides(actors, targets, whole=alone)

    def _is_mutual(self, facts: Facts) -> bool:
        """Whether several do it together, as when two meet; a visit has two sides, but is no less so."""
        return facts.type == "CONSULT" or (
            facts.type in self.rules.mutual and not facts.targets and len(facts.actors) > 1
        )

    def _targets(self) -> Match | None:
        """How alike the targets are; a raid on rebels in Norland may be told as a raid on Norland."""
        one, other = self.one, self.other
        match = self.known.match(one.targets, other.targets)
        if match is None or not match.differs or not {one.type, other.type} <= self.rules.bodily:
            return match
        here, there = (facts.targets | ({facts.place} if facts.place else set()) for facts in (one, other))
        matches = (self.known.match(one.targets, there), self.known.match(here, other.targets))
        return max((wide for wide in matches if wide and not wide.differs), key=lambda wide: wide.score, default=match)

    def _is_disputed(self, targets: Match | None) -> bool:
        """Whether two tell of other actors of one deed, and one of them on somebody's word."""
        told = (self.one.attributed or self.other.attributed) and targets and targets.score == 1
        return bool(told) and self._in_time() == "same days"

    # --- when --------------------------------------------------------------------------------------------------

    def _time(self) -> Found:
        name = self._in_time()
        if self._is_once():
            yield "once in a life", 1.0
            name = self._disputed_day() if name == "other days" else None if name in _LATER else name
        if name:
            yield name, 1.0
        if name in _GUESSED and not {self.one.type, self.other.type}.isdisjoint(self.rules.often):
            yield "done often", 1.0 if name != "about the same days" else _LESS

    def _in_time(self) -> str | None:
        one, other = self.one.when, self.other.when
        name = relation_in_time(one, other, self.rules.stale)
        if self.together and name in _GUESSED:
            return "told together"  # an article gives its deed's day once
        if name == "other days" and {self.one.relation, self.other.relation} <= self.rules.stays and one and other:
            return "days of one stay" if one.exact and other.exact and one.distance(other) <= _NEXT else name
        return name

    def _disputed_day(self) -> str:
        """What happens once has one day: articles that give days of one week then contradict each other."""
        one, other = self.one.when, self.other.when
        near = one and other and one.exact and other.exact and one.distance(other) <= self.rules.lag
        return "disputed day" if near else "other days"

    def _is_once(self) -> bool:
        if not {self.one.relation, self.other.relation} <= self.rules.once:
            return False
        pairs = ((one, other) for one in self.one.targets for other in self.other.targets)
        return any(
            (self.known.alike(one, other) or 0.0) >= _SURE
            and (self.known.is_named_person(one) or self.known.is_named_person(other))
            for one, other in pairs
        )

    # --- where -------------------------------------------------------------------------------------------------

    def _place(self) -> Found:
        one, other = self.one.place, self.other.place
        if one is None or other is None:
            return
        left, right = self.known.entities[one], self.known.entities[other]
        if one == other or (left.country == right.country is not None and Kind.COUNTRY in (left.kind, right.kind)):
            yield "same place", 1.0
        elif left.country and right.country and not self._near(one, other):
            yield "other place", 1.0

    def _near(self, one: str, other: str) -> bool:
        left, right = self.known.entities[one], self.known.entities[other]
        if left.latitude is None or right.latitude is None or left.longitude is None or right.longitude is None:
            return False
        return abs(left.latitude - right.latitude) < _NEAR and abs(left.longitude - right.longitude) < _NEAR

    # --- how told ----------------------------------------------------------------------------------------------

    def _wording(self) -> Found:
        """How many words the two sentences share, of those of the shorter one."""
        if self.together and self.one.words == self.other.words:
            return  # one sentence
        fewer = min(len(self.one.words), len(self.other.words))
        shared = len(self.one.words & self.other.words) / fewer if fewer else 0.0
        if fewer >= _FEWEST and shared <= self.rules.strange:
            yield "other words", 1.0
        elif (share := (shared - self.rules.strange) / (self.rules.akin - self.rules.strange)) > 0:
            yield "same words", min(share, 1.0)

    def _reality(self) -> Found:
        real = [one.modality in self.rules.real for one in (self.one, self.other)]
        if real[0] != real[1]:
            unreal = self.one if real[1] else self.other
            yield ("plan and deed" if unreal.modality is Modality.PLANNED else "wish and deed"), 1.0
        if self.one.polarity is not self.other.polarity:
            own = self.together and not (self.one.attributed or self.other.attributed)
            yield ("denied in one article" if own else "denied"), 1.0


def _sides(actors: Match | None, targets: Match | None, *, whole: bool) -> Found:
    """The feature of two sides, each None when it cannot be compared; `whole` says that one side is all there is."""
    known = [match for match in (actors, targets) if match]
    share = sum(match.score for match in known) / max(len(known), 1)
    if any(match.differs for match in known):
        yield "other parties", 1.0
    elif not known:
        yield "nobody in common", 1.0
    elif whole or len(known) > 1:
        yield "same parties", share
    else:
        yield ("same actor" if actors else "same target"), share
