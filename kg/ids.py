"""Ids, all made from content: never from a random number or the clock.

The same assertion always has the same id, so reading an article twice adds nothing (after followthemoney's statements).
"""

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.names import slug

if TYPE_CHECKING:
    from kg.model import Kind, Span

_WIKIDATA = re.compile(r"Q\d+")
_RESERVED = re.compile(
    r"(Q\d+|(person|organization|country|place|group|event|source)/.*|.*:(says|[A-Z_]+):\d+-\d+(:.*)?)"
)


def digest(parts: Iterable[str | None], length: int = 16) -> str:
    """Hexadecimal digest of some strings; which of them are missing counts, and so does where each ends."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x02")
    return sha.hexdigest()[:length]


def text_sha256(text: str) -> str:
    """SHA-256 of an article's text in UTF-8, as the record gives it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_id(*, url: str | None, source: str | None, title: str | None, published: str | None, text: str) -> str:
    """Id of an article that came without one."""
    return "article-" + digest([url, source, title, published, text])


def is_wikidata(id: str) -> bool:
    """Whether an id is one of Wikidata's, such as `Q423`."""
    return _WIKIDATA.fullmatch(id) is not None


def is_reserved(article: str) -> bool:
    """Whether an article's id would read as the id of another node, such as `Q423`, `person/jane-doe` or a claim's."""
    return _RESERVED.fullmatch(article) is not None


def entity_id(kind: "Kind", name: str) -> str:
    """Id of an entity that no listed source identifies: kind/slug."""
    return f"{kind.lower()}/{slug(name)}"


def claim_id(article: str, type_: str, trigger: "Span") -> str:
    """Id of one article's telling of one event; this is `events[].id` of the record."""
    return f"{article}:{type_}:{trigger.start}-{trigger.end}"


def relation_claim_id(article: str, type_: str, source: str, target: str, evidence: "Span") -> str:
    """Id of one article's telling of a lasting relation."""
    return f"{article}:{type_}:{evidence.start}-{evidence.end}:{digest([source, target], 8)}"


def statement_id(article: str, content: "Span", cue: "Span | None") -> str:
    """Id of a statement within its article."""
    return f"{article}:says:{content.start}-{content.end}" + (f":{cue.start}" if cue else "")


def event_id(claims: Iterable[str]) -> str:
    """Id of an event from the ids of the claims that tell it: a hash of the smallest."""
    return "event/" + digest([min(claims)])


def source_id(name: str) -> str:
    """Id of a news source, by name."""
    return f"source/{slug(name)}"


def edge_id(source: str, type_: str, target: str, since: str | None = None) -> str:
    """Id of the only edge of a type between two nodes, or of the only one that holds since a day, month or year."""
    return digest([source, type_, target, *([since] if since else [])], 24)
