"""The words around a picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture shows, what is counted in it, and what it was made from."""

    title: str
    counted: str
    source: str
