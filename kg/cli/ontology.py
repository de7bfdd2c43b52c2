"""`kg ontology`: the event types, modes, contexts and relationship types that kg knows."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import FormatOption, OntologyOption, StoreOption, settings
from kg.cli.output import Format, print_rows
from kg.errors import NotFoundError
from kg.render import Rows
from kg.stored import Own

if TYPE_CHECKING:
    from kg.ontology import Ontology

EXAMPLE = "kg ontology SANCTION"

_TYPES = ("type", "quad", "score", "CAMEO", "modes", "meaning")
_PARTS = ("part", "name", "score", "meaning")

TypeArgument = Annotated[
    str | None, typer.Argument(metavar="TYPE", help="An event type, or CONTEXTS, or LASTING for relations that last.")
]


def command(
    type: TypeArgument = None,
    format: FormatOption = Format.TABLE,
    ontology: OntologyOption = None,
    store: StoreOption = None,
) -> None:
    """Say which events and relations there are.

    Without TYPE all event types of PLOVER, with their quad class (1 and 2 cooperation, 3 and 4 conflict; 2 and 4
    material), their score from -10 to 10 and their modes; with TYPE what belongs to it.
    """
    known = Own.of(settings(ontology=ontology, store=store)).ontology()
    rows = Rows(_PARTS, tuple(_parts(known, type.upper()))) if type else Rows(_TYPES, tuple(_types(known)))
    print_rows(rows, format)


def _types(known: "Ontology") -> Iterator[tuple[Any, ...]]:
    for name, one in known.types.items():
        yield name, one.quad, one.score, one.cameo_root, [*one.modes], one.meaning


def _parts(known: "Ontology", name: str) -> Iterator[tuple[Any, ...]]:
    """The modes and relationship types of an event type, or the contexts, or what lasts; `NotFoundError` for others."""
    if name == "CONTEXTS":
        from loaders.words import load_words

        meanings = load_words("contexts")
        yield from (("context", context, None, meanings[context]["meaning"]) for context in sorted(known.contexts))
    elif name == "LASTING":
        yield from (("relation", one, None, known.meanings[one]) for one in sorted(known.lasting_relations))
    elif name in known.types:
        yield from (("mode", mode, score, "") for mode, score in known.types[name].modes.items())
        own = sorted(one for one, type_ in known.event_relations.items() if type_ == name)
        yield from (("relation", one, None, known.meanings[one]) for one in own)
    else:
        near = difflib.get_close_matches(name, [*known.types, "CONTEXTS", "LASTING"], n=1)
        hint = f"did you mean {near[0]}?" if near else "`kg ontology` lists them"
        raise NotFoundError(f"there is no event type {name!r}", hint=hint)
