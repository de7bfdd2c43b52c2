"""`kg push`: bring the graph into Neo4j."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DatabaseOption, FormatOption, StoreOption, UriOption, UserOption, settings
from kg.cli.output import Format, print_rows, warn
from kg.cli.progress import progress
from kg.cli.stored import connect, ontology, read_store, store_state
from kg.render import Rows
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.database import PushReport

EXAMPLE = "kg push --uri bolt://localhost:7687 --dry-run"
SEAL = "seal"
_COLUMNS = ("created", "updated", "deleted", "kept", "unchanged")

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be changed.")]


def command(
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    dry_run: DryRunOption = False,
    format: FormatOption = Format.TABLE,
    store: StoreOption = None,
) -> None:
    """Bring the graph into Neo4j.

    Writes what differs, removes what the store no longer holds, and touches nothing else. A second push changes
    nothing. The password comes from KG_NEO4J_PASSWORD, or is asked for.
    """
    report = push(given=settings(store=store, uri=uri, user=user, database=database), dry_run=dry_run)
    parts = (("nodes", report.nodes), ("edges", report.edges))
    rows = tuple((name, *(getattr(part, column) for column in _COLUMNS)) for name, part in parts)
    print_rows(Rows(("part", *_COLUMNS), rows), format)
    if dry_run:
        warn("dry run: nothing was written")


def push(*, given: Settings, dry_run: bool) -> "PushReport":
    """Push the store's graph, which is not even made when its seal is known and Neo4j holds what has that seal.

    Raises `StoreError`, `SettingsError` or `DatabaseError`.
    """
    from kg.database import PushReport, Seal

    path = Path(given.store.value)
    id, kept = store_state(path)
    with connect(given) as neo4j, progress("comparing") as advance:
        if (seal := Seal.read(kept.find(SEAL))) and neo4j.seal(id) == seal:
            return PushReport.unchanged(seal)
        report = neo4j.push(read_store(path).graph, id, ontology(), dry_run=dry_run, progress=advance)
    if store_state(path) == (id, kept):  # else somebody has written to the store, and who knows what was read
        kept.keep(SEAL, report.seal.write)
    return report
