"""By what a store is known: its id, the user's decisions, and a digest of all that it holds.

Every question asks for it, so nothing here imports what articles and records need.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ids import digest
from kg.store_file import explained, open_file

if TYPE_CHECKING:
    from kg.decisions import Decision


def read_state(path: Path) -> tuple[str, str]:
    """A store's id, and the digest of its contents. Raises `StoreError` when there is none."""
    with closing(open_file(path, read_only=True, create=False)) as connection, explained(path):
        return store_id(connection), contents_digest(connection)


def store_id(connection: sqlite3.Connection) -> str:
    """The random token that was made with the store's file."""
    ((id,),) = connection.execute("SELECT value FROM meta WHERE key = 'id'")
    return str(id)


def store_version(connection: sqlite3.Connection) -> int:
    """The version of the store's tables."""
    ((version,),) = connection.execute("PRAGMA user_version")
    return int(version)


def stored_decisions(connection: sqlite3.Connection) -> "list[Decision]":
    """All that the user decided, in order."""
    if store_version(connection) < 2:
        return []
    rows = connection.execute("SELECT left, right, same FROM decisions ORDER BY number").fetchall()
    if not rows:
        return []
    from kg.decisions import Decision

    return [Decision(left, right, bool(same)) for left, right, same in rows]


def contents_digest(connection: sqlite3.Connection) -> str:
    """Digest of the contents and of the decisions in force, the same in whatever order they came."""
    rows = connection.execute("SELECT article_digest, record_digest FROM articles ORDER BY id")
    decisions = stored_decisions(connection)
    parts = [part for row in rows for part in row]
    if decisions:
        from kg.decisions import in_force

        parts += map(str, in_force(decisions).values())
    return digest(parts, length=32)
