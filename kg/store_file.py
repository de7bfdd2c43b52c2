"""The store's file: its tables and how older ones become these, opening it, and SQLite's errors in our words.

The write-ahead log with `synchronous = FULL` keeps what was committed, after a killed process and after a power cut.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

VERSION = 4  # of the tables below; raise it with every change to them, and say in _UPGRADES how older ones follow
APPLICATION_ID = 0x6B676772  # "kggr", by which a store is told from any other SQLite file
BUSY_SECONDS = 30.0  # that a writer waits for another; forgetting takes 15 s in a store of 100,000 articles
_HEAD = 100  # bytes with which every SQLite file begins

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT, published TEXT, source TEXT, url TEXT UNIQUE, language TEXT,
    extractor TEXT NOT NULL, article_digest TEXT NOT NULL, record_digest TEXT NOT NULL,
    mentions INTEGER NOT NULL, events INTEGER NOT NULL, statements INTEGER NOT NULL, relations INTEGER NOT NULL,
    text BLOB NOT NULL, record BLOB NOT NULL
)
"""
# Version → what makes the version's tables of those before it.
_UPGRADES = {
    2: "CREATE TABLE decisions "
    "(number INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, same INTEGER NOT NULL)",
    3: "CREATE TABLE versions "
    "(article TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, title TEXT, published TEXT, source TEXT, "
    "url TEXT, language TEXT, extractor TEXT NOT NULL, article_digest TEXT NOT NULL, record_digest TEXT NOT NULL, "
    "text BLOB NOT NULL, record BLOB NOT NULL, PRIMARY KEY (article, number))",
    # What the digest and the counts of the whole store ask for, so that they need not turn the pages of the texts.
    4: "CREATE INDEX summary ON articles "
    "(id, article_digest, record_digest, source, mentions, events, statements, relations)",
}

DAMAGED = ("the store is damaged or cut short", "take a copy from before, or remove it and ingest the articles again")
_PROTECTED = ("the store cannot be opened or written", "check the rights of the file and of its folder")
_DISK = ("the store cannot be read or written", "check that the disk is there and has room")
_BUSY = ("another program is writing to the store", "wait until it is done, then run this again")
_FAILURES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_READONLY: _PROTECTED,
    sqlite3.SQLITE_PERM: _PROTECTED,
    sqlite3.SQLITE_CANTOPEN: _PROTECTED,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_FULL: _DISK,
}


def open_file(path: Path, *, read_only: bool, create: bool) -> sqlite3.Connection:
    """A connection to a store's file, which is made when it is not there, unless `read_only` or not `create`.

    A store of an older version is brought up to this one, unless `read_only`. Raises `StoreError` when there is no
    store, or the file is no store of this version or before.
    """
    with explained(path):
        must_exist = read_only or not create
        _check_file(path, must_exist=must_exist)
        connection = _connect(path, read_only=read_only)
        try:
            connection.execute("PRAGMA application_id")  # this first undoes what a killed program left half done
            if not _size(path):
                if must_exist:
                    raise _empty(path)
                _make_tables(connection)
            _check_owner(connection, path)
            _configure(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection


# The file must not be opened and closed by other means while a connection to it is open: on POSIX systems that ends the
# connection's locks, and another program that leaves would take away the log in which this one goes on to write.


def _check_file(path: Path, *, must_exist: bool) -> None:
    """Raise `StoreError` when it cannot be a store, or must be there and is not."""
    if path.is_dir():
        raise StoreError("this is a folder, not a store file", where=str(path))
    if not path.exists() and must_exist:
        raise StoreError(
            "there is no store here", where=str(path), hint="ingest something first: kg ingest ARTICLE.txt"
        )
    if not path.parent.is_dir():
        raise StoreError("its folder does not exist", where=str(path), hint="make the folder, or name another file")
    if not _size(path):
        if path.exists() and must_exist:
            raise _empty(path)
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.startswith(b"SQLite format 3\0"):
        raise StoreError("this is no store of kg", where=str(path), hint="name another file")
    if len(head) < _HEAD:
        raise StoreError(DAMAGED[0], where=str(path), hint=DAMAGED[1])


def _empty(path: Path) -> StoreError:
    return StoreError("the store file is empty", where=str(path), hint=DAMAGED[1])


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    # A reader opens the file for writing too, where it may, because the last one to leave then tidies up the log. Where
    # the folder is write-protected no log can be made, and "immutable" reads the file alone.
    log = path.with_name(path.name + "-wal")
    alone = read_only and not os.access(path.parent, os.W_OK) and not log.exists()
    mode = "immutable=1&mode=ro" if alone else "mode=rw" if read_only else "mode=rwc"
    address = f"{path.absolute().as_uri()}?{mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _make_tables(connection: sqlite3.Connection) -> None:
    import secrets  # here, as few programs make a store

    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA application_id").fetchone()[0]:
            return  # another program was faster
        for statement in (*_TABLES.split(";"), *_UPGRADES.values()):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('id', ?)", (secrets.token_hex(8),))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StoreError` unless the file is a store of this version or an older one."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise StoreError("this is another program's SQLite file", where=str(path), hint="name another file")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not 1 <= version <= VERSION:
        raise StoreError(
            f"the store has version {version}, and this kg knows only up to {VERSION}",
            where=str(path),
            hint="upgrade kg",
        )


def _configure(connection: sqlite3.Connection, *, read_only: bool) -> None:
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        return
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    with connection:
        connection.execute("BEGIN IMMEDIATE")  # so that a write-protected file fails here, not after the first article
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for newer in range(version + 1, VERSION + 1):
            connection.execute(_UPGRADES[newer])
            connection.execute(f"PRAGMA user_version = {newer}")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on, once others let it.

    SQLite does not wait here for a program that holds the lock to write, as one does that is just making the store.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        what, hint = _FAILURES.get(_code(error), (f"the store cannot be used: {error}", None))
        raise StoreError(what, where=str(path), hint=hint) from error
    except OSError as error:
        raise StoreError(_PROTECTED[0], where=str(path), hint=_PROTECTED[1]) from error


def _code(error: sqlite3.Error) -> int:
    """What failed, as SQLite numbers it; 0 when it was not SQLite."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # the rest of an extended code is detail
