"""Tellings with equal facts, taken together before anything is compared: what a thousand papers print is one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.merge.features import Facts, facts_of
from kg.merge.parties import Parties
from kg.merge.rules import Rules
from kg.merge.tellings import Telling


@dataclass(frozen=True, slots=True)
class Node:
    """Tellings of which the same is known, in order of claim id, and the articles that have them."""

    facts: Facts
    tellings: tuple[Telling, ...]
    articles: frozenset[str]

    @property
    def id(self) -> str:
        """The smallest id of its claims."""
        return self.tellings[0].event.id


def gather(tellings: Iterable[Telling], parties: Parties, rules: Rules) -> list[Node]:
    """The nodes of some tellings, in order of id.

    Only what words date by the day, and what has somebody on each side, is one by equal facts alone; any other telling
    is a node of its own article.
    """
    groups: defaultdict[tuple[Facts, str], list[Telling]] = defaultdict(list)
    for telling in tellings:
        facts = facts_of(telling, parties, rules)
        groups[facts, "" if _is_plain(facts) else telling.article.id].append(telling)
    nodes = []
    for (facts, _), some in groups.items():
        ordered = tuple(sorted(some, key=lambda telling: telling.event.id))
        nodes.append(Node(facts, ordered, frozenset(telling.article.id for telling in some)))
    return sorted(nodes, key=lambda node: node.id)


def _is_plain(facts: Facts) -> bool:
    whole = len(facts.actors) > 1 or (facts.actors and facts.targets)
    return bool(whole) and facts.when is not None and facts.when.given and facts.when.exact
