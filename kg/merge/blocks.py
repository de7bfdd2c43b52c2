"""Which tellings are compared at all: those of one family of deeds that share parties and time, so that cost stays low.

A block holds tellings of one family about the same two parties, by country or by a word of the name; within it only
those whose times overlap are compared. Who names but one party, or tells on somebody's word, is compared with all that
share one party; and so are the tellings of one article, and what happens to somebody once.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from kg.decisions import united
from kg.merge.features import Facts
from kg.merge.nodes import Node
from kg.merge.parties import Parties
from kg.merge.rules import Rules
from kg.merge.times import When

Pair = tuple[int, int]
_AROUND = (7, 3)  # days before and after what is only guessed from the day of publication
_Block = list[int]  # places of nodes
_Blocks = defaultdict[Hashable, _Block]


def candidates(nodes: Sequence[Node], parties: Parties, rules: Rules) -> Iterator[Pair]:
    """Pairs of places in `nodes`, each once and the smaller place first, in no order."""
    seen: set[Pair] = set()
    for pair in _pairs(nodes, parties, rules):
        if pair not in seen and may_be_one(nodes[pair[0]].facts, nodes[pair[1]].facts, rules):
            seen.add(pair)
            yield pair


def may_be_one(one: Facts, other: Facts, rules: Rules) -> bool:
    """Whether a type, or relations that can tell one deed, make a comparison worth while."""
    return one.type == other.type or rules.kindred(one.relation, other.relation)


def _pairs(nodes: Sequence[Node], parties: Parties, rules: Rules) -> Iterator[Pair]:
    families = _families(nodes, rules)
    whole: _Blocks = defaultdict(list)
    single: _Blocks = defaultdict(list)
    untimed: _Blocks = defaultdict(list)
    for place, node in enumerate(nodes):
        family = families[node.facts.relation]
        keys = [parties.keys(id) for id in sorted(node.facts.parties)]
        for both in _both(keys):
            whole[family, both].append(place)
        for key in frozenset[str]().union(*keys):
            single[family, key].append(place)
        for article in node.articles:
            untimed[family, article].append(place)
        for key in _once(node.facts, parties, rules):
            untimed["once", key].append(place)
    for block in untimed.values():
        yield from combinations(block, 2)
    for block in whole.values():
        yield from _meeting(block, nodes)
    loose = frozenset(place for place, node in enumerate(nodes) if _is_loose(node.facts, parties))
    for block in single.values():
        if not loose.isdisjoint(block):
            yield from _meeting(block, nodes, loose)


def _both(keys: Sequence[frozenset[str]]) -> set[tuple[str, ...]]:
    """Pairs of keys of two parties."""
    pairs = (pair for some, others in combinations(keys, 2) for pair in product(some, others))
    return {tuple(sorted(pair)) for pair in pairs}


def _once(facts: Facts, parties: Parties, rules: Rules) -> set[str]:
    """The words of the names of those who suffer what nobody suffers twice."""
    if facts.relation not in rules.once:
        return set()
    return {word for id in facts.targets for word in parties.words(id)}


def _families(nodes: Iterable[Node], rules: Rules) -> Mapping[str, str]:
    """Relation → family: relations that are connected by a type or a group."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    for node in nodes:
        types[node.facts.relation].add(f"type {node.facts.type}")
    links = [(relation, type_) for relation, some in types.items() for type_ in some]
    links += [(relation, f"group {group}") for relation in types for group in rules.groups_of(relation)]
    return united(links)


def _is_loose(facts: Facts, parties: Parties) -> bool:
    """Whether a telling has one party only, or one of no known country, or stands on somebody's word."""
    strange = any(parties.entities[id].country is None for id in facts.parties)
    return len(facts.parties) == 1 or strange or facts.attributed


def _meeting(block: _Block, nodes: Sequence[Node], loose: frozenset[int] | None = None) -> Iterator[Pair]:
    """Pairs of a block whose times are near; with `loose`, only those of which one is loose."""
    timed = sorted((*_reach(when), place) for place in block if (when := nodes[place].facts.when))
    waiting: list[tuple[int, int]] = []
    for first, last, place in timed:
        waiting = [(end, other) for end, other in waiting if end >= first]
        for _, other in waiting:
            if loose is None or place in loose or other in loose:
                yield (place, other) if place < other else (other, place)
        waiting.append((last, place))


def _reach(when: When) -> tuple[int, int]:
    """The days, by number, in which what is compared with a time must lie."""
    before, after = (0, 1) if when.given else _AROUND  # a stay may be told by its next day
    return when.first.toordinal() - before, when.last.toordinal() + after
