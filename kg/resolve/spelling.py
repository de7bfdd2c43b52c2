"""Forms of a name in which different spellings of it are equal."""

from functools import cache

from kg.names import slug

_AMERICAN = {"defence": "defense", "centre": "center", "organisation": "organization", "labour": "labor"} | {
    "programme": "program",
    "harbour": "harbor",
    "theatre": "theater",
}
_SMALL = frozenset("a an and at d de e for from in of on the to".split())  # words that an acronym leaves out
_PARTICLES = frozenset("al el ul ad bin ibn ben abu de da van von der".split())  # that a name may come without
# Sounds that are written in several ways when a name is brought into Latin letters, longer ones first; a capital is
# a sound that has no letter of its own.
_SOUNDS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("ch", "C"), ("sh", "S"), ("kh", "k"), ("gh", "g"), ("dh", "d"),
    ("ph", "f"), ("th", "t"), ("dj", "j"), ("zh", "j"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
)  # fmt: skip
_VOWELS = frozenset("aeiouy")
_SHORTEST, _LONG = 3, 5  # consonants that tell names apart, or letters of a word: "jn" would be Jean, Jane and Joan


@cache
def form(name: str) -> str:
    """The name as it is compared exactly; an acronym keeps its capitals, so that WHO is not "Who"."""
    letters = name.replace(".", "")
    if letters.isupper() and " " not in letters:
        return letters
    return " ".join(_AMERICAN.get(word, word) for word in words(name) if word != "and")


def words(name: str) -> list[str]:
    """The words of a name in small letters, without accents, apostrophes and hyphens."""
    return slug(name).split("-")


def content(name: str) -> list[str]:
    """The words that count, in order of the alphabet."""
    return sorted(word for word in form(name).casefold().split() if word not in _SMALL)


def initials(name: str) -> str:
    """First letters of the words that count: "Workers' Party of Korea" is WPK."""
    return "".join(word[0] for word in words(name) if word not in _SMALL).upper()


@cache
def skeleton(word: str) -> str:
    """The consonants of a word by sound: Mohammed and Muhammad are "mhmd"; a word of few consonants is left alone."""
    sounds = word.removesuffix("h").replace("y", "i", 1) if word.startswith("y") else word.removesuffix("h")
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    bones = sounds[:1]
    for char in sounds[1:]:
        bones += char if char not in _VOWELS and not bones.endswith(char) else ""
    return bones if len(bones) >= _SHORTEST or len(word) >= _LONG else word


def spoken(name: str) -> list[str]:
    """The words of a name without particles such as "al" or "bin"."""
    return [word for word in words(name) if word not in _PARTICLES] or words(name)


def skeletons(name: str) -> list[str]:
    """The skeletons of a name's words, without particles."""
    return [skeleton(word) for word in spoken(name)]
