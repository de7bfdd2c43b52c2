"""The kinds of file that can be read: how each is known, who reads it, and what it tells beside the text."""

import re
from dataclasses import dataclass

from kg.errors import InputError
from loaders.base import Reader
from loaders.readers import archives, docx, feeds, jsonl, lists, mail, pages, parquet, pdf, plaintext, tables, warc

HEAD = 4096  # bytes that a kind is known by
_BOM = b"\xef\xbb\xbf"
_PLAIN = "text/plain"  # which servers also say of much that they do not know


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file.

    `mark` is how it begins, so plain that it beats a suffix: a page that was saved as .txt is still a page; `hint`
    counts only without a suffix. `media` are the types of content by which servers call it. `tells` says what is known
    beside the text. `guarded` where a parser of others reads it, which may hang or crash on a hostile file; `single`
    where it holds one article. `module` is what has to be installed beside kg, by its extra.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    tells: str
    mark: re.Pattern[bytes] | None = None
    hint: re.Pattern[bytes] | None = None
    media: tuple[str, ...] = ()
    guarded: bool = False
    single: bool = False
    module: str | None = None
    extra: str | None = None


def _mark(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


_ALL = (
    FileKind(
        name="text",
        suffixes=(".txt", ".text"),
        read=plaintext.read,
        tells="nothing: give --published",
        media=(_PLAIN,),
        single=True,
    ),
    FileKind(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        read=jsonl.read,
        tells="id, title, published, source, url, language: by these names or --map",
        media=("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
        hint=_mark(rb"\{"),
    ),
    FileKind(
        name="html",
        suffixes=(".html", ".htm", ".xhtml"),
        read=pages.read,
        tells="title, published, source, url: as the page has them",
        mark=_mark(rb"<!doctype\s+html|<html[\s>]|<\?xml[^>]*>\s*(?:<!doctype\s+html|<html[\s>])"),
        media=("text/html", "application/xhtml+xml"),
        guarded=True,
        single=True,
    ),
    FileKind(
        name="feed",
        suffixes=(".rss", ".atom", ".rdf", ".xml"),
        read=feeds.read,
        tells="title, published, source, url, language: of each entry",
        mark=_mark(rb"<(?:[?!].{0,4000}?<)?(?:rss|feed|rdf:RDF)[\s>]"),
        media=("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
        guarded=True,
    ),
    FileKind(
        name="eml",
        suffixes=(".eml",),
        read=mail.read,
        tells="title (subject), published (date), source (sender)",
        hint=_mark(
            rb"(?:(?:received|return-path|delivered-to|mime-version|message-id|date|from|to|subject):[^\n]*\n){2}"
        ),
        media=("message/rfc822",),
        guarded=True,
        single=True,
    ),
    FileKind(
        name="mbox",
        suffixes=(".mbox", ".mbx"),
        read=mail.read_box,
        tells="title (subject), published (date), source (sender)",
        media=("application/mbox",),
        hint=_mark(rb"from \S+ [^\n]*\d{4}\r?\n[!-9;-~]+:"),
    ),
    FileKind(
        name="csv",
        suffixes=(".csv", ".tsv", ".tab"),
        read=tables.read,
        tells="what its columns hold: by usual names or --map",
        media=("text/csv", "text/tab-separated-values"),
    ),
    FileKind(
        name="json",
        suffixes=(".json",),
        read=lists.read,
        tells="what its fields hold: by usual names or --map",
        media=("application/json", "application/feed+json"),
        guarded=True,
    ),
    FileKind(
        name="parquet",
        suffixes=(".parquet",),
        read=parquet.read,
        tells="what its columns hold: by usual names or --map",
        mark=_mark(rb"PAR1"),
        media=("application/vnd.apache.parquet",),
        guarded=True,
        module="pyarrow",
        extra="parquet",
    ),
    FileKind(
        name="pdf",
        suffixes=(".pdf",),
        read=pdf.read,
        tells="title: give --published",
        mark=_mark(rb"%PDF-"),
        media=("application/pdf",),
        guarded=True,
        single=True,
    ),
    FileKind(
        name="zip",
        suffixes=(".zip",),
        read=archives.read_zip,
        tells="what the files in it tell",
        mark=_mark(rb"PK\x05\x06|PK\x03\x04(?!.{26}(?:\[content_types\]|mimetype|_rels))"),  # no spreadsheet, no book
    ),
    FileKind(
        name="gz",
        suffixes=(".gz",),
        read=archives.read_gz,
        tells="what the file in it tells",
        mark=_mark(rb"\x1f\x8b"),
    ),
    FileKind(
        name="docx",
        suffixes=(".docx",),
        read=docx.read,
        tells="title, language: give --published",
        hint=_mark(rb"PK\x03\x04"),
        media=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        guarded=True,
        single=True,
    ),
    FileKind(
        name="warc",
        suffixes=(".warc",),
        read=warc.read,
        media=("application/warc",),
        tells="url, and what the pages in it tell",
        mark=_mark(rb"WARC/\d"),
    ),
)
KINDS = {kind.name: kind for kind in _ALL}
_INNER = {"fragment": FileKind(name="fragment", suffixes=(), read=pages.read_fragment, tells="", guarded=True)}
_MEDIA = {media: kind for kind in _ALL for media in kind.media}


def kind_named(name: str) -> FileKind:
    """The kind that a user or a reader names. Raises `InputError` when there is none."""
    try:
        return KINDS.get(name) or _INNER[name]
    except KeyError:
        raise InputError(f"there is no kind {name!r} of file", hint=f"kinds are {', '.join(KINDS)}") from None


def kind_of(name: str, head: bytes, media: str = "") -> FileKind | None:
    """The kind that a file's beginning, its type of content or the suffix of its name tells, or None.

    Without any of these it is text.
    """
    start = head.removeprefix(_BOM).lstrip()
    suffixed = _by_suffix(name.lower())
    marked = [kind for kind in _ALL if kind.mark and kind.mark.match(start)]
    if marked:
        return suffixed if suffixed in marked else marked[0]
    if media in _MEDIA and not (media == _PLAIN and suffixed):
        return _MEDIA[media]
    if suffixed or re.search(r"\.[^./\\]*$", name.lstrip(".")):
        return suffixed
    return next((kind for kind in _ALL if kind.hint and kind.hint.match(start)), KINDS["text"])


def _by_suffix(name: str) -> FileKind | None:
    """The kind with the longest suffix that the name has."""
    known = [(len(suffix), kind.name) for kind in _ALL for suffix in kind.suffixes if name.endswith(suffix)]
    return KINDS[max(known)[1]] if known else None
