"""How likely two profiles are one entity: a table of features, each a small function that returns score and reason.

The names speak first: the best of the name features counts. What surrounds the names then raises or lowers it. No score
unites anybody; it only puts the pairs that a user is asked about in order.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from kg.model import Kind
from kg.resolve.profiles import Profile
from kg.resolve.spelling import content, form, initials, skeleton, skeletons, spoken, words

Said = tuple[float, str]  # 0 to 1, and the reason in words
Compare = Callable[[Profile, Profile], Said | None]

_ALIKE, _ALIKE_ALONE = 0.6, 0.8  # share of equal letters in each word of another spelling, and in an only word
_UNKNOWN = "UNK"  # PLOVER's sector of somebody whose sector is not known
_MIXABLE = {Kind.ORGANIZATION, Kind.GROUP}  # one and the same body is often read as either


@dataclass(frozen=True, slots=True)
class Scored:
    """A score from 0 to 1, and the reasons for it, the names' first."""

    score: float
    reasons: tuple[str, ...]


def compare(left: Profile, right: Profile) -> Scored | None:
    """How likely two profiles are one entity; None when they cannot be, or no name speaks for it."""
    if not comparable(left, right):
        return None
    names = list(_weighted(NAMES, left, right))
    if not names:
        return None
    best, why = max(names, key=lambda said: said[0])
    others = list(_weighted(SURROUNDINGS, left, right))
    total = best + sum(score for score, _ in others)
    return Scored(round(min(max(total, 0.0), 1.0), 2), (why, *(reason for _, reason in others)))


def comparable(left: Profile, right: Profile) -> bool:
    """Whether it makes sense to ask: kinds that may be one, not both listed, and each with a name somewhere."""
    kinds = left.kind is right.kind or {left.kind, right.kind} == _MIXABLE
    return kinds and left.named and right.named and not (left.listed and right.listed)


# --- names ---------------------------------------------------------------------------------------------------


def same_name(left: Profile, right: Profile) -> Said | None:
    """Both are called so, though an exact rule did not unite them: their kinds or countries differ, or a surname."""
    shared = _shared(left.names, right.names)
    return (1.0, f"both are called “{shared}”") if shared and _is_full(left, shared) else None


def name_in_article(left: Profile, right: Profile) -> Said | None:
    """An article calls one so, and that is the other's name: "the Coalition", "ENN"."""
    for one, other in ((left, right), (right, left)):
        shared = _shared(one.aliases, (*other.names, *other.aliases))
        if shared and _is_full(one, shared):
            return 1.0, f"an article calls {one.name} “{shared}”"
    return None


def same_words(left: Profile, right: Profile) -> Said | None:
    """The same words in another order: "Bank of Norland", "Norland Bank"."""
    for one, other in _name_pairs(left, right):
        if len(words(one)) > 1 and content(one) == content(other) and form(one) != form(other):
            return 1.0, f"“{one}” and “{other}” have the same words"
    return None


def spelled_alike(left: Profile, right: Profile) -> Said | None:
    """The same consonants by sound, particles aside: "Mohammed al-Sayed", "Muhammad El Sayyid"; or "Moonjae"."""
    for one, other in _name_pairs(left, right):
        if form(one) != form(other) and _is_full(left, one) and (_one_but_for_blanks(one, other) or _sound(one, other)):
            return 1.0, f"“{one}” and “{other}” are spelled alike"
    return None


def given_names(left: Profile, right: Profile) -> Said | None:
    """One surname, and given names that are initials of each other or left out: "J. R. Doe", "Jane Doe"."""
    if left.kind is not Kind.PERSON:
        return None
    for one, other in _name_pairs(left, right):
        (*first, surname), (*second, same) = spoken(one), spoken(other)
        if surname == same and first and second and first != second and _go_together(first, second):
            return 1.0, f"“{one}” and “{other}” differ by initials or middle names"
    return None


def surname_alone(left: Profile, right: Profile) -> Said | None:
    """One is only known by the other's surname."""
    for one, other in ((left, right), (right, left)):
        if _is_single(one) and not _is_single(other) and words(one.name) == [other.surname]:
            return 1.0, f"“{one.name}” may be {other.name}"
    return None


def short_name(left: Profile, right: Profile) -> Said | None:
    """One is only known by a name that an article uses for the other, such as a given name."""
    for one, other in ((left, right), (right, left)):
        if _is_single(one) and not _is_single(other) and _shared([one.name], (*other.names, *other.aliases)):
            return 1.0, f"an article calls {other.name} “{one.name}”"
    return None


def acronym(left: Profile, right: Profile) -> Said | None:
    """One is only known by the first letters of the other's name."""
    for one, other in ((left, right), (right, left)):
        letters = form(one.name)
        if one.kind is not Kind.PERSON and len(letters) > 2 and all(name.isupper() for name in one.names):
            for name in other.names:
                if initials(name) == letters and len(words(name)) > 1:
                    return 1.0, f"{one.name} are the initials of “{name}”"
    return None


# --- what surrounds the names --------------------------------------------------------------------------------


def same_country(left: Profile, right: Profile) -> Said | None:
    """Both act for one country."""
    return (1.0, f"both of {left.country}") if left.country and left.country == right.country else None


def other_country(left: Profile, right: Profile) -> Said | None:
    """They act for different countries."""
    differ = left.country and right.country and left.country != right.country
    return (1.0, f"one of {left.country}, one of {right.country}") if differ else None


def other_sector(left: Profile, right: Profile) -> Said | None:
    """They are of different sectors."""
    known = {left.sector, right.sector} - {None, _UNKNOWN}
    return (1.0, f"one {left.sector}, one {right.sector}") if len(known) > 1 else None


def other_kind(left: Profile, right: Profile) -> Said | None:
    """One is read as an organisation, one as a group."""
    return (1.0, f"one {left.kind}, one {right.kind}") if left.kind is not right.kind else None


def same_office(left: Profile, right: Profile) -> Said | None:
    """Articles give them one office."""
    shared = {told.office for told in left.tenures} & {told.office for told in right.tenures}
    return (1.0, f"both {min(shared)}") if shared else None


def same_partners(left: Profile, right: Profile) -> Said | None:
    """They deal with the same others; two in common count in full."""
    shared = sorted(name for id, name in left.partners & right.partners if id not in (left.id, right.id))
    return (min(len(shared) / 2, 1.0), f"both with {' and '.join(shared[:2])}") if shared else None


def one_article(left: Profile, right: Profile) -> Said | None:
    """An article has both, and took them for two."""
    shared = left.articles & right.articles
    return (1.0, f"article {min(shared)} tells them apart") if shared else None


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature with its weight: what a score of 1 adds."""

    weight: float
    compare: Compare


NAMES = (
    Feature(0.90, same_name),
    Feature(0.75, name_in_article),
    Feature(0.75, same_words),
    Feature(0.75, spelled_alike),
    Feature(0.70, given_names),
    Feature(0.60, acronym),
    Feature(0.50, surname_alone),
    Feature(0.40, short_name),
)
SURROUNDINGS = (
    Feature(+0.10, same_country),
    Feature(+0.20, same_office),
    Feature(+0.10, same_partners),
    Feature(-0.05, other_kind),
    Feature(-0.10, other_sector),
    Feature(-0.20, one_article),
    Feature(-0.50, other_country),
)


def _weighted(features: Iterable[Feature], left: Profile, right: Profile) -> Iterator[Said]:
    for feature in features:
        if said := feature.compare(left, right):
            yield feature.weight * said[0], said[1]


def _shared(some: Iterable[str], others: Iterable[str]) -> str | None:
    forms = {form(name) for name in others}
    return next((name for name in some if form(name) in forms), None)


def _is_single(profile: Profile) -> bool:
    return profile.kind is Kind.PERSON and not any(len(words(name)) > 1 for name in profile.names)


def _is_full(profile: Profile, name: str) -> bool:
    """Whether a name can tell who is meant: a person's has two words."""
    return profile.kind is not Kind.PERSON or len(words(name)) > 1


def _name_pairs(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    return product(left.names, right.names)


def _one_but_for_blanks(one: str, other: str) -> bool:
    return "".join(words(one)) == "".join(words(other))


def _sound(one: str, other: str) -> bool:
    """Whether the consonants of each word are the same and most of its letters; an acronym is not spoken."""
    if one.isupper() or other.isupper() or skeletons(one) != skeletons(other):
        return False
    pairs = list(zip(spoken(one), spoken(other), strict=True))
    return min(SequenceMatcher(None, *pair).ratio() for pair in pairs) >= (_ALIKE if len(pairs) > 1 else _ALIKE_ALONE)


def _go_together(some: list[str], others: list[str]) -> bool:
    """Whether given names may be one person's: the first ones agree, and the shorter list has nothing of its own."""
    fewer, more = sorted((some, others), key=len)
    rest = iter(more)
    return _agree(fewer[0], more[0]) and all(any(_agree(part, word) for word in rest) for part in fewer)


def _agree(one: str, other: str) -> bool:
    """Whether two given names sound alike, or one is the other's initial."""
    return skeleton(one) == skeleton(other) or (min(len(one), len(other)) == 1 and one[0] == other[0])
