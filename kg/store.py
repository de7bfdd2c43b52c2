"""The store: articles, their extraction records and the user's decisions in one SQLite file. It is the truth.

The graph is made from it, of the newest version of each article only; older versions are its history. A decision is
kept apart from the articles, so it survives their forgetting and re-reading.

Every `put`, `renew` and `forget` is one transaction, so a program killed in mid-work leaves whole articles only.
"""

import datetime
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.decisions import Decision, check_agreement, in_force
from kg.errors import ArticleError, NotFoundError, StoreError
from kg.ids import digest, is_reserved
from kg.kept import discard
from kg.model import Article, Extraction
from kg.record import check, from_record, to_record
from kg.store_file import DAMAGED, explained, open_file
from kg.store_state import contents_digest, store_id, store_version, stored_decisions

_SUGGESTIONS = 3

_PUT = """
INSERT INTO articles VALUES (
    :id, :title, :published, :source, :url, :language, :extractor, :article_digest, :record_digest,
    :mentions, :events, :statements, :relations, :text, :record
)
"""
_DELETE = "DELETE FROM articles WHERE id = ?"
# The history of an article that another replaces follows the other's own, and then comes the article itself.
_TAKE_OVER = (
    "DELETE FROM versions WHERE article = :new"
    " AND article_digest IN (SELECT article_digest FROM versions WHERE article = :old)",
    "UPDATE versions SET article = :new, number = number + :last WHERE article = :old",
)
_KEEP_VERSION = """
INSERT INTO versions SELECT :new, :last + 1, id, title, published, source, url, language, extractor,
    article_digest, record_digest, text, record FROM articles WHERE id = :old
"""
_DROP_VERSION = "DELETE FROM versions WHERE article = ? AND article_digest = ?"
_COUNTS = """
SELECT count(*), count(DISTINCT source), coalesce(sum(mentions), 0), coalesce(sum(events), 0),
    coalesce(sum(statements), 0), coalesce(sum(relations), 0) FROM articles
"""


@dataclass(frozen=True, slots=True)
class HeldArticles:
    """Articles that a store holds, by id and digest; a value that can be sent to another machine."""

    articles: frozenset[tuple[str, str]]

    def __contains__(self, article: object) -> bool:
        """Whether exactly this article is among them: id, text and metadata."""
        return isinstance(article, Article) and (article.id, _article_digest(article)) in self.articles


class Store:
    """An open store; use it in a `with` statement, or `close` it.

    `id` is a random token made with the file: it tells stores apart and is never exported. Every method raises
    `StoreError` when the file is locked, damaged or cannot be written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        with explained(path):
            self.id, self._version = store_id(connection), store_version(connection)

    @classmethod
    def open(cls, path: Path | str, read_only: bool = False, create: bool = True) -> Self:
        """The store in a file, which is made when it is not there, unless `read_only` or not `create`.

        A store of an older version is brought up to this one, unless `read_only`. Raises `StoreError` when there is no
        store, or the file is no store of this version or before.
        """
        path = Path(path)
        connection = open_file(path, read_only=read_only, create=create)
        try:
            with explained(path):
                store = cls(path, connection)
                if not read_only and list(store._rows("SELECT 1 FROM meta WHERE key = 'scrub'")):
                    store._scrub()
                return store
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, extraction: Extraction) -> str:
        """Keep an article and what it says; "added", "replaced", "recoded" or "unchanged".

        An article with a known id or URL is a correction: it replaces the older one, which becomes history; of several
        with the same contents the history keeps the last. "recoded" is the same article, of which something else was
        made. Raises `ArticleError` for an id of another node's form or characters that UTF-8 lacks, and `RecordError`
        for a broken extraction.
        """
        article = extraction.article
        _check_article(article)
        check(extraction)
        row = _row(extraction)
        with self._writing():
            query = (
                "SELECT id, article_digest, record_digest FROM articles WHERE id = ?1 OR url = ?2 ORDER BY id != ?1, id"
            )
            older = [tuple(found) for found in self._rows(query, (article.id, article.url))]
            if older == [(article.id, row["article_digest"], row["record_digest"])]:
                return "unchanged"
            same = [found[:2] for found in older] == [(article.id, row["article_digest"])]
            if not same:
                self._keep_versions(article.id, older)
                self._connection.execute(_DROP_VERSION, (article.id, row["article_digest"]))
            self._connection.executemany(_DELETE, [(id,) for id, *_ in older])
            self._connection.execute(_PUT, row)
        return "recoded" if same else "replaced" if older else "added"

    def renew(self, extraction: Extraction) -> bool:
        """Keep what was made anew of a stored article, unless it was forgotten or corrected in the meantime."""
        check(extraction)
        row = _row(extraction)
        with self._writing():
            query = "SELECT 1 FROM articles WHERE id = ? AND article_digest = ?"
            if not list(self._rows(query, (row["id"], row["article_digest"]))):
                return False
            self._connection.execute(_DELETE, (row["id"],))
            self._connection.execute(_PUT, row)
        return True

    def holds(self, article: Article, extractor: str | None = None) -> bool:
        """Whether exactly this article is there: id, text and metadata; and, if asked, read by this extractor."""
        query = "SELECT extractor FROM articles WHERE id = ? AND article_digest = ?"
        rows = self._rows(query, (article.id, _article_digest(article)))
        return any(extractor in (None, made_by) for (made_by,) in rows)

    def held_by(self, extractor: str) -> HeldArticles:
        """The articles that this extractor has read, to be asked elsewhere."""
        query = "SELECT id, article_digest FROM articles WHERE extractor = ?"
        return HeldArticles(frozenset((id, digest) for id, digest in self._rows(query, (extractor,))))

    def outdated(self, extractor: str) -> list[str]:
        """Ids of the articles that another extractor than this one has read, in order."""
        return [id for (id,) in self._rows("SELECT id FROM articles WHERE extractor != ? ORDER BY id", (extractor,))]

    def ids(self, source: str | None = None) -> list[str]:
        """Ids of all articles, or of those of a source, in order."""
        return [
            id for (id,) in self._rows("SELECT id FROM articles WHERE ?1 IS NULL OR source = ?1 ORDER BY id", (source,))
        ]

    def urls(self) -> set[str]:
        """URLs of all articles that have one."""
        return {url for (url,) in self._rows("SELECT url FROM articles WHERE url IS NOT NULL")}

    def recall(self, name: str) -> str | None:
        """What was remembered under a name, beside the articles."""
        return next(
            (str(value) for (value,) in self._rows("SELECT value FROM meta WHERE key = ?", (f"kept {name}",))), None
        )

    def remember(self, name: str, text: str) -> None:
        """Remember a text under a name; it is no part of the contents."""
        if self.recall(name) != text:
            with self._writing():
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"kept {name}", text))

    def find(self, name: str) -> str:
        """Id of the article that an id or a URL means. Raises `NotFoundError` with what may be meant."""
        for (id,) in self._rows("SELECT id FROM articles WHERE ?1 IN (id, url) ORDER BY id != ?1", (name,)):
            return str(id)
        raise self._unknown(name, self._meant(name))

    def article(self, id: str) -> Article:
        """The article with an id. Raises `NotFoundError`."""
        return _read_article(self._found("SELECT * FROM articles WHERE id = ?", id))

    def extraction(self, id: str) -> Extraction:
        """What the article with an id says. Raises `NotFoundError`."""
        return _read_extraction(self._found("SELECT * FROM articles WHERE id = ?", id))

    def history(self, id: str) -> list[Extraction]:
        """The older versions of an article and what they said, in the order in which they were replaced."""
        if self._version < 3:
            return []
        query = "SELECT * FROM versions WHERE article = ? ORDER BY number"
        return [_read_extraction(row) for row in self._rows(query, (id,))]

    def articles(self) -> Iterator[Article]:
        """All articles, in order of id."""
        yield from map(_read_article, self._rows("SELECT * FROM articles ORDER BY id"))

    def extractions(self) -> Iterator[Extraction]:
        """What each article says, in order of article id."""
        yield from map(_read_extraction, self._rows("SELECT * FROM articles ORDER BY id"))

    def forget(self, *ids: str) -> bool:
        """Remove articles with all that they say and their history, all or none; whether no byte of them is left.

        Bytes stay for as long as another program uses the store, and go when it is done or the next one writes. Raises
        `NotFoundError`.
        """
        with self._writing():
            for id in ids:
                if not self._connection.execute(_DELETE, (id,)).rowcount:
                    raise self._unknown(id)
                self._connection.execute("DELETE FROM versions WHERE ?1 IN (article, id)", (id,))
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('scrub', 'due')")  # should we be killed now
        return self._scrub()

    def latest(self) -> datetime.date | None:
        """The day of the latest publication, or None where no article has a day."""
        ((day,),) = self._rows("SELECT max(published) FROM articles")
        return datetime.date.fromisoformat(day) if day else None

    def corrected(self) -> int:
        """How many articles have a history."""
        if self._version < 3:
            return 0
        ((number,),) = self._rows("SELECT count(DISTINCT article) FROM versions")
        return int(number)

    def decisions(self) -> list[Decision]:
        """All that the user decided, in order; the first is number 1, and a later one about a pair replaces others."""
        with explained(self.path):
            return stored_decisions(self._connection)

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Keep new decisions, all or none; how many of them were not in force already.

        Raises `InputError` when they contradict each other or earlier ones.
        """
        with self._writing():
            earlier = self.decisions()
            known = in_force(earlier)
            new = [decision for decision in decisions if known.get(decision.pair) != decision]
            check_agreement([*earlier, *new])
            rows = [(decision.left, decision.right, decision.same) for decision in new]
            self._connection.executemany("INSERT INTO decisions (left, right, same) VALUES (?, ?, ?)", rows)
        return len(new)

    def undo(self) -> Decision:
        """Take back the last decision. Raises `NotFoundError` when there is none."""
        with self._writing():
            if not (decisions := self.decisions()):
                raise NotFoundError("there is no decision to take back", where=str(self.path))
            self._connection.execute("DELETE FROM decisions WHERE number = ?", (len(decisions),))
        return decisions[-1]

    def digest(self) -> str:
        """Digest of the contents and of the decisions in force, the same in whatever order they came."""
        with explained(self.path):
            return contents_digest(self._connection)

    def counts(self) -> dict[str, int]:
        """How many articles and sources there are, and how many mentions, events and so on in their records."""
        (row,) = self._rows(_COUNTS)
        return dict(zip(("articles", "sources", "mentions", "events", "statements", "relations"), row, strict=True))

    def _rows(self, query: str, parameters: tuple[Any, ...] = ()) -> Iterator[sqlite3.Row]:
        with explained(self.path):
            yield from self._connection.execute(query, parameters)

    def _found(self, query: str, id: str) -> sqlite3.Row:
        for row in self._rows(query, (id,)):
            return row
        raise self._unknown(id)

    def _unknown(self, id: str, hint: str | None = None) -> NotFoundError:
        return NotFoundError(f"there is no article {id!r}", where=str(self.path), hint=hint)

    def _meant(self, name: str) -> str | None:
        """Whom a name that no article has may mean: who replaced it, else those that are called much alike."""
        if self._version >= 3:
            for (id,) in self._rows("SELECT article FROM versions WHERE ?1 IN (id, url) ORDER BY article", (name,)):
                return f"it was replaced by {id}"
        known = (one for row in self._rows("SELECT id, url FROM articles ORDER BY id") for one in row if one)
        near = get_close_matches(name, known, n=_SUGGESTIONS)
        return f"did you mean {', '.join(near)}?" if near else None

    def _keep_versions(self, article: str, older: Sequence[tuple[str, str, str]]) -> None:
        """Add the articles that one replaces, with their own histories, to its history."""
        for id, article_digest, _ in older:
            steps = (*(_TAKE_OVER if id != article else ()), _KEEP_VERSION)
            self._connection.execute(_DROP_VERSION, (article, article_digest))
            for step in steps:
                last = self._last_version(article)
                self._connection.execute(step, {"new": article, "old": id, "last": last})

    def _last_version(self, article: str) -> int:
        ((last,),) = self._rows("SELECT coalesce(max(number), 0) FROM versions WHERE article = ?", (article,))
        return int(last)

    def _scrub(self) -> bool:
        """Write the file anew and empty its log, since what was deleted may leave copies where rows were moved.

        What is kept beside the store goes too, as it may tell of what was deleted.
        """
        discarded = discard(self.path)
        try:
            self._connection.execute("VACUUM")
            self._connection.execute("DELETE FROM meta WHERE key = 'scrub'")
            ((busy, *_),) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:  # busy, or no room on the disk: the next to open the store will do it
            return False
        return discarded and not busy

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, all or nothing; it takes the write lock first, so that what it reads stays true."""
        with explained(self.path), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield


# --- rows ----------------------------------------------------------------------------------------------------


def _check_article(article: Article) -> None:
    if is_reserved(article.id):
        raise ArticleError("the id has a form kept for other nodes", where=article.id, hint="give another id")


def _article_digest(article: Article) -> str:
    fields = (article.id, article.text, article.title, _day(article), article.source, article.url, article.language)
    return digest(fields, length=32)


def _row(extraction: Extraction) -> dict[str, str | bytes | int | None]:
    article, record = extraction.article, json.dumps(to_record(extraction), separators=(",", ":"))
    return {
        "id": article.id,
        "title": article.title,
        "published": _day(article),
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "extractor": extraction.extractor,
        "article_digest": _article_digest(article),
        "record_digest": digest([record], length=32),
        "mentions": len(extraction.mentions),
        "events": len(extraction.events),
        "statements": len(extraction.statements),
        "relations": len(extraction.relations),
        "text": _pack(article.text),
        "record": _pack(record),
    }


def _day(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def _read_article(row: sqlite3.Row) -> Article:
    return Article(
        id=row["id"],
        text=_unpack(row["text"], row["id"]),
        title=row["title"],
        published=datetime.date.fromisoformat(row["published"]) if row["published"] else None,
        source=row["source"],
        url=row["url"],
        language=row["language"],
    )


def _read_extraction(row: sqlite3.Row) -> Extraction:
    article = _read_article(row)
    return from_record(json.loads(_unpack(row["record"], article.id)), article)


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8"), 1)  # the lowest level halves the file; higher ones only cost time


def _unpack(packed: bytes, article: str) -> str:
    try:
        return zlib.decompress(packed).decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(DAMAGED[0], where=article, hint=DAMAGED[1]) from error
