"""`kg status`: the settings in force, and what the store holds."""

import os
from pathlib import Path
from typing import Any

from kg.cli.llm import present_extractor
from kg.cli.options import (
    DatabaseOption,
    GazetteerOption,
    ModelOption,
    OntologyOption,
    StoreOption,
    StyleOption,
    UriOption,
    UserOption,
    settings,
)
from kg.cli.output import Style, print_fields, print_json, say
from kg.errors import KgError
from kg.settings import PASSWORD, Settings

EXAMPLE = "kg status --format json"
_UNSET = {"model": "(the one that comes with kg)", "neo4j_database": "(the server's default)"}


def command(
    format: StyleOption = Style.TEXT,
    model: ModelOption = None,
    gazetteer: GazetteerOption = None,
    ontology: OntologyOption = None,
    uri: UriOption = None,
    user: UserOption = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
) -> None:
    """Print the settings and what the store holds.

    Each setting with where it comes from: option, environment, kg.toml or default.
    """
    given = settings(
        store=store, model=model, gazetteer=gazetteer, ontology=ontology, uri=uri, user=user, database=database
    )
    origins = setting_origins(given)
    contents = store_contents(Path(given.store.value), given)
    if format is Style.JSON:
        print_json({"settings": origins, "contents": contents})
        return
    print_fields(
        {name: f"{row['value'] or _UNSET.get(name, '(none)')}   [{row['origin']}]" for name, row in origins.items()}
    )
    say()
    if contents is None:
        print_fields({"contents": "there is no store yet; `kg ingest ARTICLE.txt` makes it"})
        return
    outdated = contents["outdated"]
    advice = (
        f"{outdated}, read by an older kg or with other settings; `kg recode` reads them anew" if outdated else None
    )
    events = f"{contents['events']}, of which one that several articles tell counts in each"
    print_fields({**contents, "events": events, "outdated": advice})


def setting_origins(given: Settings) -> dict[str, dict[str, str | None]]:
    """Each setting's value and origin; of the password only whether it is set."""
    rows: dict[str, dict[str, str | None]] = {
        name: {"value": setting.value or None, "origin": setting.origin} for name, setting in given.items()
    }
    password = os.environ.get(PASSWORD)
    rows["neo4j_password"] = {
        "value": "(set, not shown)" if password else None,
        "origin": f"environment {PASSWORD}" if password else "asked for when needed",
    }
    return rows


def store_contents(path: Path, given: Settings) -> dict[str, Any] | None:
    """How much the store holds, or None when there is none. Raises `StoreError` for a file that is no store.

    "outdated" is the number of articles that `kg recode` would read anew, or None when nobody could read.
    """
    from kg.store import Store

    if not path.exists():
        return None
    with Store.open(path, read_only=True) as store:
        contents = {**store.counts(), "corrected": store.corrected(), "digest": store.digest()}
        try:
            return {**contents, "outdated": len(store.outdated(present_extractor(given)))}
        except KgError:  # a model or setting that cannot be used is told by whom it stops
            return {**contents, "outdated": None}
