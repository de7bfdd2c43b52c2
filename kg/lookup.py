"""Finding an entity by what a person types: an id, a name or an alias."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import NotFoundError
from kg.names import normal

if TYPE_CHECKING:
    import networkx as nx

_SUGGESTIONS = 3
_ALIKE = 0.65  # of the letters of a misspelt name; who has less in common with it is somebody else


class EntityIndex:
    """The entities of a graph by id, name, alias and surname; case, accents and "the" do not count.

    `ids` leads from each id that is known, also of those that turned out to be somebody else, to the entity's. A form
    of a name leads to all that are called so, the most mentioned first.
    """

    def __init__(self, ids: dict[str, str], by_form: dict[str, list[str]], names: dict[str, str]) -> None:
        self._ids, self._by_form, self._names = ids, by_form, names

    @classmethod
    def from_graph(cls, graph: "nx.MultiDiGraph[str]", identity: Mapping[str, str] | None = None) -> Self:
        """The index of a graph made by `kg.graph` with an identity; without one, every id is its own."""
        entities = {id: data for id, data in graph.nodes(data=True) if data["labels"][0] == "Entity"}
        mentions: defaultdict[str, int] = defaultdict(int)
        for entity, _, data in graph.edges(data=True):
            if data["type"] == "MENTIONED_IN":
                mentions[entity] += data["count"]
        by_form: defaultdict[str, list[str]] = defaultdict(list)
        ranked = sorted(entities, key=lambda entity: (-mentions[entity], entity))
        for id in ranked:
            for form in {normal(name) for name in (entities[id]["name"], *entities[id].get("aliases", ()))}:
                by_form[form].append(id)
        surnames: defaultdict[str, list[str]] = defaultdict(list)
        for id in ranked:
            if "Person" in entities[id]["labels"]:
                surnames[normal(entities[id]["name"]).rpartition(" ")[2]].append(id)
        forms = surnames | by_form  # "Putin": a surname counts where nobody is called just so
        forms.pop("", None)
        names = {id: data["name"] for id, data in entities.items()}
        return cls({id: id for id in entities} | dict(identity or {}), forms, names)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The index that was written into a file, or None where the file holds none."""
        try:
            return cls(*json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Write the index into a file."""
        path.write_text(json.dumps([self._ids, self._by_form, self._names]), encoding="utf-8")

    def get(self, text: str) -> str | None:
        """Id of the entity that is meant, as `find` gives it, or None."""
        return self._ids.get(text) or next(iter(self._by_form.get(normal(text), ())), None)

    def namesakes(self, text: str) -> list[str]:
        """Ids of the others that a name may mean, the most mentioned first; none for an id."""
        return [] if text in self._ids else self._by_form.get(normal(text), [])[1:]

    def names(self) -> list[str]:
        """The names of all entities, in order."""
        return sorted(set(self._names.values()))

    def find(self, text: str) -> str:
        """Id of the entity that is meant; of several with that name, the one mentioned most.

        Raises `NotFoundError` with the nearest names.
        """
        if id := self.get(text):
            return id
        form = normal(text)
        near = self._nearest(form)
        hint = f"did you mean {', '.join(near)}?" if near else "give the name as an article has it"
        raise NotFoundError(f"there is no entity {text!r}", hint=hint)

    def name(self, id: str) -> str:
        """What an entity is called; an id that is not known is its own name."""
        return self._names.get(id, id)

    def _nearest(self, form: str) -> list[str]:
        """Names of entities that contain the words, then of those that are spelled alike."""
        from difflib import get_close_matches

        parts = [known for known in self._by_form if form and f" {form} " in f" {known} "]
        forms = [*sorted(parts), *get_close_matches(form, sorted(self._by_form), n=_SUGGESTIONS, cutoff=_ALIKE)]
        names = dict.fromkeys(self._names[self._by_form[known][0]] for known in forms)
        return list(names)[:_SUGGESTIONS]
