"""Likely duplicates for the user to judge. Only profiles that share a block are compared, never all with all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.decisions import Pair
from kg.model import Kind
from kg.resolve.features import compare
from kg.resolve.identity import Identity
from kg.resolve.profiles import Profile
from kg.resolve.spelling import content, form, initials, skeleton, skeletons, words

LEAST = 0.4  # the score from which a pair is worth asking about
_LARGEST = 200  # profiles in a block; a larger one is of a word so common that it says nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two profiles that may be one entity, with the score and its reasons."""

    left: Profile
    right: Profile
    score: float
    reasons: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        """The two ids, the smaller one first."""
        return self.left.id, self.right.id


def candidates(profiles: Mapping[str, Profile], least: float = LEAST) -> list[Candidate]:
    """All likely duplicates, the likeliest first, then the most mentioned; what is decided already is among them."""
    found = [
        Candidate(profiles[left], profiles[right], scored.score, scored.reasons)
        for left, right in sorted(_pairs(profiles))
        if (scored := compare(profiles[left], profiles[right])) and scored.score >= least
    ]
    return sorted(found, key=lambda one: (-one.score, -min(one.left.mentions, one.right.mentions), one.pair))


def undecided(found: list[Candidate], identity: Identity) -> list[Candidate]:
    """Those whose answer does not follow from the identity; of several pairs of the same two entities, the first."""
    left: dict[Pair, Candidate] = {}
    for candidate in found:
        one, other = sorted(map(identity.of, candidate.pair))
        if one != other and (one, other) not in identity.apart:
            left.setdefault((one, other), candidate)
    return list(left.values())


def _pairs(profiles: Mapping[str, Profile]) -> set[Pair]:
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for profile in profiles.values():
        for key in _blocks(profile):
            blocks[key].add(profile.id)
    small = (sorted(block) for block in blocks.values() if len(block) <= _LARGEST)
    return {pair for block in small for pair in combinations(block, 2)}


def _blocks(profile: Profile) -> Iterator[str]:
    """The blocks of a profile: its names, their sound, words and letters, its surname, its acronym."""
    if not profile.named:
        return
    for name in (*profile.names, *profile.aliases):
        yield f"name {form(name)}"
        yield f"sound {' '.join(skeletons(name))}"
        yield f"words {' '.join(content(name))}"
        yield f"letters {''.join(words(name))}"
        if profile.kind is not Kind.PERSON:
            yield f"acronym {initials(name) if len(words(name)) > 1 else name.replace('.', '')}"
    if profile.surname:
        yield f"surname {skeleton(profile.surname)}"
