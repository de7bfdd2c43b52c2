"""Articles with one text: wire copies, cut and lightly rewritten versions, which are one source between them.

A copy need not be like the whole of the other text, since an outlet drops the last paragraphs or adds its own. It is
*contained* in it: most runs of four words of the shorter text stand in the longer one, in both of its halves. Words in
quotation marks do not count, because everybody may quote one statement. Nor is a text a copy that fills the same form
with other figures, such as a report of the weather.

MinHash only proposes the pairs to look at; exact sets of words decide. Who is credited ("KCNA reported") is an
attribution and plays no part here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import networkx as nx

from kg.ids import source_id
from kg.merge.minhash import signatures
from kg.model import Article

RUN = 4  # words; runs of three make strangers alike ("the Foreign Ministry said"), and a rewrite breaks those of five
CONTAINED = 0.4  # of the runs of each half of the shorter text, which leaves it one new word in six
KIN = 0.2  # of the runs, between any two of a family: three reports are not one because a digest holds them all
FIGURES = 0.7  # of the shorter text's figures and days, since a copy may correct one or two
FEWEST = 20  # runs; of less, lines are alike by chance, and only all the same words make a copy
# Texts that share a quarter of their runs share one of 64 bands of two values with a probability of .98, strangers
# hardly ever.
BANDS, SEED = 64, 1
SUSPECT = 0.1  # of the runs of both, by the estimate, whose standard deviation is .03 there

_WORD = re.compile(r"\w+")
# A mark that is never closed must not swallow the rest of the text, nor a straight one that closes open anything.
_QUOTED = re.compile(r"“[^“”\n]{1,800}”|(?<![^\s(—–])\"(?=\S)[^\"\n]{1,800}(?<=\S)\"")
_ACCENT = re.compile("[\u0300-\u036f]")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d)")
# "KYIV, July 3 (Reuters) - " stands before a text and is no part of it.
_DATELINE = re.compile(r"^[A-Z]{3}[^\n]{0,80}?\s[-–—]{1,2}\s", re.MULTILINE)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

Pair = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """The text of an article as it is compared with others."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """All words but for the dateline, without accents and capitals: "Erdoğan’s 1,700" is erdogan, s, 1700."""
        return _WORD.findall(self._plain)

    @cached_property
    def runs(self) -> list[str]:
        """Every four words that stand together outside quotations."""
        own = _WORD.findall(_QUOTED.sub(" ", self._plain))
        return list(map(" ".join, zip(*(own[start:] for start in range(RUN)), strict=False)))

    @property
    def marks(self) -> list[str]:
        """What its copies have in common with it."""
        return self.runs if len(self.runs) >= FEWEST else [" ".join(self.words)]

    @cached_property
    def known(self) -> frozenset[str]:
        """The runs, to look one up."""
        return frozenset(self.runs)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Numbers in digits, and days of the week."""
        own = {word for run in self.runs for word in run.split()}
        return frozenset(word for word in own if word in _DAYS or word[0].isdigit())

    @cached_property
    def _plain(self) -> str:
        told = _THOUSANDS.sub("", _DATELINE.sub("", self.text))
        return _ACCENT.sub("", unicodedata.normalize("NFKD", told)).casefold()

    def share_in(self, other: "Text") -> float:
        """The share of this text's runs that stand in another; 1 for the same words."""
        return 1.0 if self.words == other.words else _share(self.runs, other.known)

    def least_share_in(self, other: "Text") -> float:
        """The share of the runs of this text's first or second half that stand in another, where it is less."""
        middle = len(self.runs) // 2
        return min(_share(half, other.known) for half in (self.runs[:middle], self.runs[middle:]))


def families(articles: Iterable[Article]) -> Mapping[str, str]:
    """For the id of each article that has copies, the smallest id of its family.

    A function of the set of articles: their order changes nothing.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    suspects = list(_suspects(ordered))
    named = {id for pair in suspects for id in pair}
    texts = {article.id: Text(article.text) for article in ordered if article.id in named}
    copies = [pair for pair in suspects if are_copies(*(texts[id] for id in pair))]
    return {id: min(family) for family in _grown(copies, texts) for id in family}


def are_copies(one: Text, other: Text) -> bool:
    """Whether one of two texts is the other, or the greater part of it is taken from there."""
    if one.words == other.words:
        return True
    shorter, longer = _by_length(one, other)
    if len(shorter.runs) < FEWEST or len(shorter.figures & longer.figures) < FIGURES * len(shorter.figures):
        return False  # figures first: a form that was filled a thousand times has half a million pairs
    return shorter.least_share_in(longer) >= CONTAINED


def independent(articles: Iterable[Article], family: Mapping[str, str]) -> int:
    """How many independent sources some articles are: those of one outlet are one, and so are those of one family.

    An article without a source is a source of its own. An outlet that copies another is one with it in all that either
    of them tells, so that the number is never too high.
    """
    told = {
        (source_id(article.source) if article.source else article.id, family.get(article.id, article.id))
        for article in articles
    }
    if len(told) < 2:
        return len(told)
    links: nx.Graph[Pair] = nx.Graph((("source", source), ("text", text)) for source, text in told)
    return nx.number_connected_components(links)


def _suspects(articles: Sequence[Article]) -> Iterator[Pair]:
    """Pairs of ids, in order, of articles that may be copies: nearly all that are, and few others."""
    marks = ([mark.encode() for mark in Text(article.text).marks] for article in articles)
    values = signatures(marks, 2 * BANDS, SEED)
    met: set[tuple[int, int]] = set()
    for band in range(BANDS):
        places: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, signature in enumerate(values):
            places[signature[2 * band : 2 * band + 2].tobytes()].append(place)
        met.update(pair for together in places.values() for pair in combinations(together, 2))
    for left, right in sorted(met):
        if (values[left] == values[right]).sum() >= SUSPECT * 2 * BANDS:
            yield articles[left].id, articles[right].id


def _grown(copies: Iterable[Pair], texts: Mapping[str, Text]) -> list[set[str]]:
    """Families, grown from the surest pair on; two become one if each of the one is akin to each of the other."""

    def by_share(pair: Pair) -> tuple[float, Pair]:
        shorter, longer = _by_length(*(texts[id] for id in pair))
        return -shorter.share_in(longer), pair

    family: dict[str, set[str]] = {}
    for pair in sorted(copies, key=by_share):
        left, right = (family.setdefault(id, {id}) for id in pair)
        if left is not right and all(_akin(texts[one], texts[other]) for one, other in product(left, right)):
            left |= right
            family.update(dict.fromkeys(right, left))
    return [one for id, one in family.items() if id == min(one) and len(one) > 1]


def _akin(one: Text, other: Text) -> bool:
    shorter, longer = _by_length(one, other)
    return shorter.share_in(longer) >= KIN


def _by_length(one: Text, other: Text) -> tuple[Text, Text]:
    shorter, longer = sorted((one, other), key=lambda text: (len(text.runs), text.runs))
    return shorter, longer


def _share(runs: Sequence[str], known: frozenset[str]) -> float:
    return sum(run in known for run in runs) / max(1, len(runs))
