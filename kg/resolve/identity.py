"""Which ids are one entity: clusters are the connected components of pairs that are the same.

A pair is the same by the user's decision, or by an exact rule. What contradicts itself does not hold: where a component
would unite two of whom one cannot be the other, nobody can say to which of the two the others belong. So it falls back
to what the user decided; and where decisions contradict each other, which `kg.decisions` refuses, to single ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from kg.decisions import Decision, Pair, in_force, united
from kg.gazetteer import Gazetteer
from kg.resolve.exact import Link, exact_links
from kg.resolve.profiles import Profile, listed_profile

Contradiction = Callable[[str, str], bool]


@dataclass(frozen=True)
class Identity:
    """The canonical id of every id in the records, and the links that make them so, in order of their ids."""

    canonical: Mapping[str, str]
    links: tuple[Link, ...] = ()
    apart: frozenset[Pair] = frozenset()  # canonical ids that the user keeps apart

    def of(self, id: str) -> str:
        """The canonical id; an unknown id is its own."""
        return self.canonical.get(id, id)

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Canonical id → its ids, itself among them if records have it, in order."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for id in sorted(self.canonical):
            members[self.canonical[id]].append(id)
        return {id: tuple(ids) for id, ids in members.items()}

    def reasons(self, id: str) -> tuple[Link, ...]:
        """The links that hold the entity of an id together."""
        return tuple(link for link in self.links if self.of(link.left) == self.of(id))


def resolve(
    profiles: Mapping[str, Profile], decisions: Sequence[Decision] = (), gazetteer: Gazetteer | None = None
) -> Identity:
    """The identity of all ids of the records. Decisions about ids that no record has change nothing."""
    force = in_force(decisions)
    number = {decision: place for place, decision in enumerate(decisions, start=1)}
    forbidden = {pair for pair, decision in force.items() if not decision.same}
    same = [Link(*pair, f"decision {number[decided]}") for pair, decided in force.items() if decided.same]
    exact = [link for link in exact_links(profiles, gazetteer) if link.pair not in force]
    known = {**_listed(exact, gazetteer), **profiles}

    def kept_apart(left: str, right: str) -> bool:
        return _pair(left, right) in forbidden

    decided = _holding(same, (), kept_apart)
    root = united(link.pair for link in decided)

    def contradict(left: str, right: str) -> bool:
        one = left in root and root[left] == root.get(right)
        return kept_apart(left, right) or (not one and _differ(known, left, right))

    links = _holding([*decided, *exact], decided, contradict)
    canonical = {id: best for id, best in _canonical(known, links).items() if id in profiles}
    apart = {_pair(canonical.get(left, left), canonical.get(right, right)) for left, right in forbidden}
    return Identity(canonical, tuple(links), frozenset(apart))


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)


def _holding(links: Iterable[Link], otherwise: Iterable[Link], contradict: Contradiction) -> list[Link]:
    """The links of components without a contradiction, and in the other components only those given for that case."""
    links = sorted(set(links))
    root = united(link.pair for link in links)
    broken = {component for component, ids in _components(root).items() if _any_pair(ids, contradict)}
    return [link for link in links if root[link.left] not in broken or link in set(otherwise)]


def _components(root: Mapping[str, str]) -> Mapping[str, list[str]]:
    components: defaultdict[str, list[str]] = defaultdict(list)
    for id, component in root.items():
        components[component].append(id)
    return components


def _any_pair(ids: Iterable[str], contradict: Contradiction) -> bool:
    return any(contradict(left, right) for left, right in combinations(ids, 2))


def _differ(profiles: Mapping[str, Profile], left: str, right: str) -> bool:
    """Whether two ids cannot mean one entity: both are listed, or their kinds or countries differ."""
    one, other = profiles.get(left), profiles.get(right)
    if one is None or other is None:
        return False
    countries = {one.country, other.country} - {None}
    return (one.listed and other.listed) or one.kind is not other.kind or len(countries) > 1


def _listed(links: Iterable[Link], gazetteer: Gazetteer | None) -> dict[str, Profile]:
    """Profiles of the listed entities that links lead to, whether or not a record has them."""
    entries = gazetteer.entries if gazetteer else {}
    return {link.right: listed_profile(entries[link.right]) for link in links if link.right in entries}


def _canonical(profiles: Mapping[str, Profile], links: Iterable[Link]) -> dict[str, str]:
    """Id → the listed id of its component, else the most mentioned one, else the smallest."""
    canonical = {id: id for id in profiles}
    for ids in _components(united(link.pair for link in links)).values():
        some = [profiles[id] for id in ids if id in profiles]
        ranked = sorted(some, key=lambda profile: (not profile.listed, -profile.mentions, profile.id))
        canonical |= {profile.id: ranked[0].id for profile in some}
    return canonical
