"""Which tellings are of one event: the clusters of all claims, a function of the set of records.

The likeliest pairs are joined first. Two groups are joined only if no telling of one contradicts a telling of the other
and all their pairs together are likely, so that a chain of likely pairs never ties what does not belong together. What
is vague, because it is only dated by month or year or leaves somebody out, comes last: it joins the one event that it
fits better than any other, if there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from kg.errors import RecordError
from kg.merge.blocks import Pair, candidates, may_be_one
from kg.merge.contradictions import contradictions
from kg.merge.features import Scored, compare, facts_of
from kg.merge.nodes import gather
from kg.merge.parties import Parties
from kg.merge.rules import Rules, load_rules
from kg.merge.tellings import Cluster, Telling
from kg.model import Event, Extraction
from kg.ontology import Ontology

_ENOUGH = 12  # tellings of a group that are compared when groups are joined: those with the smallest ids


def cluster_claims(extractions: Iterable[Extraction], ontology: Ontology) -> list[Cluster]:
    """The events that some extractions tell, in order of id."""
    records, rules = tuple(extractions), load_rules()
    parties = Parties(records, rules)
    groups = Grouping(tellings_of(records, ontology), parties, rules).groups()
    clusters = (Cluster(tuple(group), contradictions(group, parties, rules)) for group in groups)
    return sorted(clusters, key=lambda cluster: cluster.id)


def tellings_of(extractions: Iterable[Extraction], ontology: Ontology) -> list[Telling]:
    """The claims of some extractions. Raises `RecordError` for an event type that the ontology lacks."""
    return [
        Telling(extraction.article, _in_ontology(event, ontology))
        for extraction in extractions
        for event in extraction.events
    ]


def _in_ontology(event: Event, ontology: Ontology) -> Event:
    """The event with a relation of the closed list: its own, else its type's plainest one."""
    if event.type not in ontology.types:
        raise RecordError(f"{event.type} is no event type of the ontology", where=event.id)
    if event.relation in ontology.event_relations:
        return event
    return replace(event, relation=ontology.types[event.type].relation)


class Grouping:
    """Tellings on their way to groups; a group is known by the place of its first node."""

    def __init__(self, tellings: Iterable[Telling], parties: Parties, rules: Rules) -> None:
        self._parties, self._rules = parties, rules
        self._nodes = gather(tellings, parties, rules)
        self._scores: dict[Pair, Scored] = {}
        self._group = list(range(len(self._nodes)))  # place of a node → place of the first node of its group
        self._members = {place: [place] for place in self._group}

    def groups(self) -> Iterator[list[Telling]]:
        """The groups, each in order of claim id."""
        self._join()
        for members in self._members.values():
            tellings = (telling for place in members for telling in self._nodes[place].tellings)
            yield sorted(tellings, key=lambda telling: telling.event.id)

    def _join(self) -> None:
        """Join what is sharp; then what is vague to that, what else is vague to what joined, and the rest."""
        likely = [pair for pair in candidates(self._nodes, self._parties, self._rules) if self._is_likely(pair)]
        vague = frozenset(place for place in range(len(self._nodes)) if self._is_vague(place))
        self._join_likely(pair for pair in likely if vague.isdisjoint(pair))
        self._join_vague(likely, vague)
        self._join_vague(likely, self._alone(vague))
        alone = self._alone(vague)
        self._join_likely(pair for pair in likely if alone.issuperset(pair))

    def _alone(self, places: Iterable[int]) -> frozenset[int]:
        """Those of some nodes that have joined nothing yet."""
        return frozenset(place for place in places if len(self._members[self._group[place]]) == 1)

    def _join_likely(self, likely: Iterable[Pair]) -> None:
        """Join the groups of all likely pairs, the likeliest first."""
        refused: set[tuple[int, int, int, int]] = set()
        for one, other in sorted(likely, key=self._rank):
            left, right = sorted((self._group[one], self._group[other]))
            state = (left, right, len(self._members[left]), len(self._members[right]))
            if left != right and state not in refused:
                if self._fit(left, right) >= self._rules.together:
                    self._unite(left, right)
                else:
                    refused.add(state)

    def _join_vague(self, likely: Iterable[Pair], vague: frozenset[int]) -> None:
        """Join each vague telling to the one event that it fits, if no other one fits it as well."""
        choices: defaultdict[int, set[int]] = defaultdict(set)
        for pair in likely:
            if len(vague.intersection(pair)) == 1:
                loose, sharp = sorted(pair, key=vague.__contains__, reverse=True)
                choices[loose].add(self._group[sharp])
        decided = []
        for place, groups in choices.items():
            (fit, group), *rest = sorted(((self._fit(place, group), group) for group in groups), reverse=True)
            if fit >= self._rules.together and not (rest and fit - rest[0][0] < self._rules.margin):
                decided.append((-fit, place, group))
        for _, place, group in sorted(decided):
            if self._fit(place, self._group[group]) >= self._rules.together:  # others may have joined it meanwhile
                self._unite(place, group)

    def _unite(self, left: int, right: int) -> None:
        left, right = sorted((self._group[left], self._group[right]))
        moved = self._members.pop(right)
        self._members[left] += moved
        for place in moved:
            self._group[place] = left

    def _fit(self, left: int, right: int) -> float:
        """The mean score of the pairs of two groups; less than anything when one of them is forbidden."""
        some, others = (sorted(self._members[group])[:_ENOUGH] for group in (left, right))
        scores = []
        for one, other in product(some, others):
            if not may_be_one(self._nodes[one].facts, self._nodes[other].facts, self._rules):
                continue
            scored = self._score((min(one, other), max(one, other)))
            if scored.forbidden:
                return float("-inf")
            scores.append(scored.score)
        return sum(scores) / len(scores)

    def _is_likely(self, pair: Pair) -> bool:
        scored = self._score(pair)
        return scored.score >= self._rules.threshold and not scored.forbidden

    def _score(self, pair: Pair) -> Scored:
        if pair not in self._scores:
            one, other = self._nodes[pair[0]], self._nodes[pair[1]]
            together = not one.articles.isdisjoint(other.articles)
            self._scores[pair] = compare(one.facts, other.facts, self._parties, self._rules, together=together)
        return self._scores[pair]

    def _rank(self, pair: Pair) -> tuple[float, int, Pair]:
        """The likeliest first, then those nearest in time."""
        one, other = (self._nodes[place].facts.when for place in pair)
        gap = abs((one.last - other.last).days) if one and other else 0
        return -self._score(pair).score, gap, pair

    def _is_vague(self, place: int) -> bool:
        """Whether a telling is only dated by month or year, or leaves out who did it or to whom."""
        facts = self._nodes[place].facts
        actors, targets = (sum(map(self._parties.is_somebody, side)) for side in (facts.actors, facts.targets))
        whole = actors > 1 or (actors and targets)
        return not whole or (facts.when is not None and not facts.when.exact)


def reasons(one: Telling, other: Telling, extractions: Sequence[Extraction]) -> Scored:
    """How likely two tellings are of one event, and by which features; `extractions` are those of their articles."""
    rules = load_rules()
    parties = Parties(extractions, rules)
    left, right = (facts_of(telling, parties, rules) for telling in (one, other))
    return compare(left, right, parties, rules, together=one.article.id == other.article.id)
