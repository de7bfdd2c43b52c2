"""Pairs that are the same without asking anybody: an exact name, and an office with its holder on that day.

What is not certain is left to `kg.resolve.candidates`: a surname alone, an acronym, another spelling.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.decisions import Pair
from kg.gazetteer import Gazetteer, GazetteerEntry, Use, winners
from kg.model import Kind
from kg.resolve.profiles import Profile, Tenure
from kg.resolve.spelling import form, words


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two ids that mean one entity, and why; by an exact rule, `right` is listed if one of them is."""

    left: str
    right: str
    reason: str

    @property
    def pair(self) -> Pair:
        """The two ids, the smaller one first."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


def exact_links(profiles: Mapping[str, Profile], gazetteer: Gazetteer | None) -> Iterator[Link]:
    """All pairs that an exact rule makes the same; they may still contradict each other."""
    yield from _same_name(profiles)
    if gazetteer:
        for profile in profiles.values():
            if not profile.listed:
                yield from _listed_name(profile, gazetteer)
                yield from _office_holder(profile, gazetteer)


def _same_name(profiles: Mapping[str, Profile]) -> Iterator[Link]:
    """Exact alias among the records: one name, one kind, whatever the spelling of "defence"."""
    bearers: defaultdict[tuple[Kind, str], list[Profile]] = defaultdict(list)
    for profile in profiles.values():
        if profile.named:
            for key in {form(name) for name in profile.names if _is_telling(profile.kind, name)}:
                bearers[profile.kind, key].append(profile)
    for (_, key), some in bearers.items():
        first, *others = sorted(some, key=lambda profile: (not profile.listed, profile.id))
        if sum(profile.listed for profile in some) > 1:  # lists tell them apart, so the name alone does not
            continue
        for other in others:
            yield Link(other.id, first.id, f"exact alias: both are called “{_called(other, key)}”")


def _listed_name(profile: Profile, gazetteer: Gazetteer) -> Iterator[Link]:
    """Exact alias in the gazetteer, which may know more today than when the article was read."""
    for name in profile.names:
        senses = winners(gazetteer.lookup(name))
        found = [sense.entry for sense in senses if sense.use in (Use.NAME, Use.ALIAS)]
        if len(found) == 1 and found[0].kind is profile.kind and _is_telling(profile.kind, name):
            yield Link(profile.id, found[0].id, f"exact alias: the gazetteer lists “{name}”")


def _office_holder(profile: Profile, gazetteer: Gazetteer) -> Iterator[Link]:
    """Dated role: every article that has this person gives the office that one listed bearer of the name then held."""
    if profile.kind is not Kind.PERSON or {told.article for told in profile.tenures} != profile.articles:
        return
    holders = {told: _holders(profile, told, gazetteer) for told in profile.tenures}
    if all(holders.values()) and len({entry.id for entries in holders.values() for entry in entries}) == 1:
        told = min(holders, key=lambda told: (told.day, told.office))
        yield Link(profile.id, holders[told][0].id, f"dated role: {told.office} on {told.day}")


def _holders(profile: Profile, told: Tenure, gazetteer: Gazetteer) -> list[GazetteerEntry]:
    """Listed holders of an office on a day who bear the person's name, or anybody where the person has no name."""
    if told.day is None:
        return []
    roles = gazetteer.roles.get(told.title.lower())
    holders = {
        entry.id: entry
        for role in (roles.offices if roles else ())
        for entry in gazetteer.holders(told.of, role, told.day)
    }
    return [entry for entry in holders.values() if not profile.named or _bears(entry, profile.name)]


def _bears(entry: GazetteerEntry, name: str) -> bool:
    """Whether a surname, or a name with initials, is the listed person's: "Doe" and "J. Doe" are Jane Doe's."""
    *given, surname = words(name)
    full = words(entry.name)
    surnames = {words(entry.surname)[-1] if entry.surname else full[-1]}
    return surname in surnames and all(any(word.startswith(part) for word in full) for part in given)


def _is_telling(kind: Kind, name: str) -> bool:
    """Whether a name is enough to know somebody by: a person's must be more than a surname."""
    return kind is not Kind.PERSON or len(words(name)) > 1


def _called(profile: Profile, key: str) -> str:
    return next(name for name in profile.names if form(name) == key)
