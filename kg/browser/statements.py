"""A saved query with its values, in the forms that the Neo4j Browser takes.

A favourite and a link hold one statement, since the Browser draws nothing of several that are run together: there the
values stand in the text. A guide sets parameters first, with a line for each, and then runs the query as it is saved.
Every value is a literal by `kg.cypher`, whatever it holds.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from kg.cypher import literal
from kg.queries import ParameterType, SavedQuery, Value, place_values

_HEAD = re.compile(r"\A(?://[^\n]*\n)*")
# The Browser's own reader of `:param` trips over more than these, and its link ends at & and #.
_UNUSUAL = re.compile(r"[^\w \-/.:,'()+\\]", re.ASCII)
_ENDS_LINK = re.compile("[&#]")
_NOT_IN_REMARK = re.compile(r"[^\w .,()-]|_")


@dataclass(frozen=True, slots=True)
class Bound:
    """A saved query with a typed value for each of its parameters, and the names of the entities among them."""

    query: SavedQuery
    values: Mapping[str, Value]
    names: Mapping[str, str]

    @classmethod
    def of(cls, query: SavedQuery, values: Mapping[str, Value], name_of: Callable[[str], str]) -> Self:
        """A query with its values; `name_of` gives the name of an entity by id."""
        entities = (parameter.name for parameter in query.parameters if parameter.type is ParameterType.ENTITY)
        return cls(query, values, {name: name_of(str(values[name])) for name in entities if values[name]})

    @property
    def text(self) -> str:
        """The Cypher without its head."""
        return _HEAD.sub("", self.query.text).strip()

    @property
    def literals(self) -> dict[str, str]:
        """What may stand in the Cypher in place of each parameter, with a remark by which it is found and changed."""
        return {name: f"{_operand(value)} /* {self._remark(name)} */" for name, value in self.values.items()}

    @property
    def statement(self) -> str:
        """The Cypher with values in place of its parameters."""
        return place_values(self.text, self.literals)

    @property
    def parameters(self) -> str:
        """Lines that set the parameters in the Browser, or nothing."""
        lines = (f":param {name} => {_escaped(_UNUSUAL, literal(value))};" for name, value in self.values.items())
        return "\n".join(lines)

    @property
    def favourite(self) -> str:
        """What a file dropped on the Browser holds; its first line is the favourite's name."""
        return f"// {self.query.title}\n// {self.query.description}\n{self.statement}\n"

    def _remark(self, name: str) -> str:
        """A parameter's name and whom it means, with nothing that could end the comment in which it stands."""
        return f"{name}: {_NOT_IN_REMARK.sub(' ', self.names[name])}" if name in self.names else name


def deep_link(bound: Bound, host: str | None = None, port: int = 7474) -> str:
    """The address that opens the Neo4j Browser of a host, else of this machine, with a query in its editor.

    What would end the link inside the Browser is written with Cypher's escapes, which mean the same.
    """
    text = _escaped(_ENDS_LINK, f"// {bound.query.title}\n{bound.statement}")
    where = f"[{host}]" if host and ":" in host else host or "localhost"
    return f"http://{where}:{port}/browser/?cmd=edit&arg={quote(text, safe='/:*,', errors='replace')}"


def _operand(value: Value) -> str:
    """A literal that stays whole beside any operator."""
    text = literal(value)
    return f"({text})" if text.startswith("-") or "' + '" in text else text


def _escaped(unusual: re.Pattern[str], text: str) -> str:
    """The text with some characters as Cypher's escapes, of which one beyond Unicode's first plane takes two."""
    return unusual.sub(lambda found: "".join(map("\\u{:04x}".format, _units(found[0]))), text)


def _units(character: str) -> list[int]:
    data = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
