"""Tellings taken together before anything is compared: those with equal facts, and those that complete each other.

What a thousand papers print is one node. And an article tells of one attack in parts: "The strike killed nine. Norland
had fired six missiles" leaves out who struck, then at whom; taken together, the two say both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.merge.features import Facts, compare, facts_of
from kg.merge.parties import Parties
from kg.merge.rules import Rules
from kg.merge.tellings import Telling

_NEAR = 400  # characters between the beginnings of two sentences that go on telling the same


@dataclass(frozen=True, slots=True)
class Node:
    """Tellings that are one beyond doubt, in order of claim id, what they say together, and their articles."""

    facts: Facts
    tellings: tuple[Telling, ...]
    articles: frozenset[str]

    @property
    def id(self) -> str:
        """The smallest id of its claims."""
        return self.tellings[0].event.id


_Part = tuple[Facts, list[Telling]]


def gather(tellings: Iterable[Telling], parties: Parties, rules: Rules) -> list[Node]:
    """The nodes of some tellings, in order of id.

    Only what words date by the day, and what has somebody on each side, is one by equal facts alone; any other telling
    is a node of its own article.
    """
    plain: defaultdict[Facts, list[Telling]] = defaultdict(list)
    parts: defaultdict[str, list[_Part]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: telling.event.id):
        facts = facts_of(telling, parties, rules)
        if _is_plain(facts):
            plain[facts].append(telling)
        else:
            parts[telling.article.id].append((facts, [telling]))
    nodes = [_node(facts, some) for facts, some in plain.items()]
    nodes += [_node(facts, some) for found in parts.values() for facts, some in _completed(found, parties, rules)]
    return sorted(nodes, key=lambda node: node.id)


def _node(facts: Facts, tellings: Sequence[Telling]) -> Node:
    ordered = tuple(sorted(tellings, key=lambda telling: telling.event.id))
    return Node(facts, ordered, frozenset(telling.article.id for telling in tellings))


def _is_plain(facts: Facts) -> bool:
    return _is_whole(facts) and facts.when is not None and facts.when.given and facts.when.exact


def _is_whole(facts: Facts) -> bool:
    return len(facts.actors) > 1 or bool(facts.actors and facts.targets)


# --- tellings of one article that complete each other -----------------------------------------------------------------


def _completed(parts: Sequence[_Part], parties: Parties, rules: Rules) -> Iterator[_Part]:
    """The tellings of one article, those that complete each other as one."""
    groups: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: part[0].at):
        group = next((group for group in groups if _go_on(group, part, parties, rules)), None)
        if group is None:
            groups.append([part])
        else:
            group.append(part)
    for group in groups:
        yield _united([facts for facts, _ in group]), [telling for _, some in group for telling in some]


def _go_on(group: Sequence[_Part], part: _Part, parties: Parties, rules: Rules) -> bool:
    """Whether a telling goes on with what those of a group told, of whom none contradicts it."""
    facts = part[0]
    return facts.at - group[-1][0].at <= _NEAR and all(_complete(other, facts, parties, rules) for other, _ in group)


def _complete(one: Facts, other: Facts, parties: Parties, rules: Rules) -> bool:
    """Whether two tellings of a bodily deed may be one of which each leaves somebody out."""
    if one.type != other.type or one.type not in rules.bodily or _is_whole(one) or _is_whole(other):
        return False
    if (one.polarity, one.modality) != (other.polarity, other.modality) or not (one.parties and other.parties):
        return False
    if one.actors and other.actors and one.stems.isdisjoint(other.stems):
        return False  # "The rebels stormed the train. They blew up the tracks": two deeds of one
    scored = compare(one, other, parties, rules, together=True)
    return rules.kindred(one.relation, other.relation) and not scored.forbidden


def _united(some: Sequence[Facts]) -> Facts:
    """What some tellings say together: the parties of all, and the day that words give, if some do."""
    first = some[0]
    if len(some) == 1:
        return first
    given = [facts.when for facts in some if facts.when and facts.when.given]
    actors = frozenset().union(*(facts.actors for facts in some))
    return replace(
        first,
        stems=frozenset().union(*(facts.stems for facts in some)),
        actors=actors,
        targets=frozenset().union(*(facts.targets for facts in some)) - actors,
        when=min(given, default=first.when),
        place=next((facts.place for facts in some if facts.place), None),
        words=frozenset().union(*(facts.words for facts in some)),
    )
