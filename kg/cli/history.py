"""`kg history`: the versions of an article, and what each correction changed."""

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.differences import rows_of
from kg.cli.options import StoreOption, StyleOption
from kg.cli.output import Style, print_blocks, print_json
from kg.cli.stored import store_path

if TYPE_CHECKING:
    from kg.model import Article, Extraction

EXAMPLE = "kg history article-0123456789abcdef"
_METADATA = ("id", "title", "published", "source", "url", "language")
_SENTENCES = re.compile(r"(?<=[.!?”\"])\s+|\n+")

ArticleArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id or URL of an article.")]


def command(article: ArticleArgument, format: StyleOption = Style.TEXT, store: StoreOption = None) -> None:
    """Show the versions of an article.

    The oldest comes first. For each that was corrected: what the version in its place has otherwise, in its data, in
    its text, and in the events that were read in it. The graph is made of the newest version only.
    """
    from kg.store import Store

    with Store.open(store_path(store), read_only=True) as opened:
        id = opened.find(article)
        versions = [*opened.history(id), opened.extraction(id)]
    found = list(told(versions))
    if format is Style.JSON:
        print_json(found)
    else:
        print_blocks(map(_lines, found))


def told(versions: "Sequence[Extraction]") -> Iterator[dict[str, Any]]:
    """Each version with its data, and what differs in the one that took its place; that of the newest is None."""
    for number, version in enumerate(versions, start=1):
        later = successor(versions, number - 1)
        yield {
            "version": number,
            **_data(version.article),
            "extractor": version.extractor,
            "characters": len(version.article.text),
            "events": len(version.events),
            "replacedBy": later + 1 if later is not None else None,
            "correction": correction(version, versions[later]) if later is not None else None,
        }


def successor(versions: "Sequence[Extraction]", at: int) -> int | None:
    """Which version took the place of another: the next that shares id or URL, as two articles may have become one."""
    old = versions[at].article
    for number, version in enumerate(versions[at + 1 :], start=at + 1):
        if version.article.id == old.id or (old.url and version.article.url == old.url):
            return number
    return None


def correction(old: "Extraction", new: "Extraction") -> dict[str, Any]:
    """What the newer version has otherwise: data as {name: [old, new]}, the text as lines of a diff, and facts."""
    before, after = _data(old.article), _data(new.article)
    return {
        "data": {name: [before[name], after[name]] for name in _METADATA if before[name] != after[name]},
        "text": text_diff(old.article.text, new.article.text),
        "changes": list(rows_of(old, new)),
    }


def text_diff(old: str, new: str) -> list[str]:
    """The sentences that only the old text has, after "-", and those that only the new one has, after "+"."""
    left, right = (_SENTENCES.split(text.strip()) for text in (old, new))
    lines = list(unified_diff(left, right, n=0, lineterm=""))[2:]
    return [line for line in lines if not line.startswith("@@")]


def _data(article: "Article") -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    return {name: getattr(article, name) for name in _METADATA} | {"published": published}


def _lines(row: dict[str, Any]) -> dict[str, Any]:
    changed = row["correction"] or {"data": {}, "text": [], "changes": []}
    events = [one for one in changed["changes"] if one["kind"] == "event"]
    return {
        "version": f"{row['version']}, replaced by {row['replacedBy']}"
        if row["replacedBy"]
        else f"{row['version']}, the newest",
        **{name: row[name] for name in _METADATA},
        "length": f"{row['characters']} characters, {row['events']} events",
        "then": [f"{name}: {old or 'none'} → {new or 'none'}" for name, (old, new) in changed["data"].items()],
        "text": changed["text"],
        "events": [_event_line(one) for one in events],
    }


def _event_line(row: dict[str, Any]) -> str:
    return f"{row['change']}: " + " → ".join(filter(None, (row["old"], row["new"])))
