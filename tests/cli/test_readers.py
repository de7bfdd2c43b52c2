"""`kg readers`, and the options that say how files are read."""

import gzip
import json
from pathlib import Path

import pytest

from kg.store import Store
from loaders.kinds import KINDS
from tests.cli.conftest import Run
from tests.loaders.readers import test_archives, test_feeds, test_mail, test_warc

PAGE = b"""<!doctype html><html><head><title>Quake</title><meta property="og:site_name" content="Example Courier">
<meta property="article:published_time" content="2024-05-08T07:00:00Z"></head><body><article><h1>Quake</h1>
<p>France sent rescue teams to Chile on Monday after the quake, the ministry said in a statement.</p>
<p>Chile thanked France for the help, and the two presidents spoke by telephone.</p></article></body></html>"""


def test_every_kind_is_listed(kg: Run) -> None:
    rows = json.loads(kg("readers", "--format", "json").out)
    assert [row["kind"] for row in rows] == [*KINDS, "URL", "OPML"]
    assert all(row["tells"] for row in rows)


def article(kg: Run, *arguments: str, stdin: bytes = b"") -> dict[str, object]:
    (record,) = map(json.loads, kg("extract", *arguments, stdin=stdin).out.splitlines())
    return dict(record["article"])


@pytest.mark.usefixtures("loaded_once")
def test_a_page_is_read_with_what_it_tells_and_an_option_wins(kg: Run, folder: Path) -> None:
    (folder / "page.txt").write_bytes(PAGE)
    told = article(kg, "page.txt")
    assert (told["published"], told["source"], told["title"]) == ("2024-05-08", "Example Courier", "Quake")
    assert article(kg, "page.txt", "--source", "Mine")["source"] == "Mine"


@pytest.mark.usefixtures("loaded_once")
def test_columns_are_mapped_and_a_kind_is_named(kg: Run) -> None:
    row = {"id": "one", "body": "France criticized Germany.", "day": "8 May 2024"}
    told = article(kg, "-", "--as", "jsonl", "--map", "text=body, published=day", stdin=json.dumps(row).encode())
    assert (told["id"], told["published"]) == ("one", "2024-05-08")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--as", "novel"), "error: there is no kind 'novel' of file — kinds are text, jsonl"),
        (("--map", "body=text"), "error: --map has 'body=text' — write FIELD=COLUMN, where FIELD is id, text"),
    ],
)
def test_an_option_that_cannot_be_used_is_told_first(kg: Run, options: tuple[str, ...], error: str) -> None:
    result = kg("extract", "-", *options, stdin=b"News.")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(error)


def test_a_text_that_is_too_long_is_refused_with_the_option_that_raises_the_limit(kg: Run) -> None:
    result = kg("extract", "-", "--max-chars", "3", stdin=b"News.")
    assert result.err == "skipped: standard input: the text is longer than 3 characters (--max-chars raises that)\n"


GERMAN = (
    "Der Minister sagte am Montag in Oslo, dass das Abkommen mit Island noch in diesem Jahr in Kraft treten soll. " * 3
)


@pytest.mark.usefixtures("loaded_once")
def test_another_language_is_skipped_unless_the_user_knows_better(kg: Run) -> None:
    result = kg("extract", "-", stdin=GERMAN.encode())
    assert (result.status, result.out) == (1, "")
    assert "it seems to be in German, and the model reads English; if the guess is wrong, give --language" in result.err
    assert article(kg, "-", "--language", "en", stdin=GERMAN.encode())["language"] == "en"


@pytest.mark.usefixtures("loaded_once")
def test_a_heap_of_kinds_is_read_in_one_go_and_quotes_hold(kg: Run, folder: Path) -> None:
    mail = test_mail.mail(None, f"<p>{'France criticized Germany “again”. ' * 3}</p>").as_bytes()
    heap = {
        "a.mbox": b"From a@b.example Mon May  6 10:00:00 2024\n" + mail,
        "b.xml": test_feeds.RSS.format(items=test_feeds.FULL.replace("c.example/1", "c.example/2")).encode(),
        "c.warc.gz": gzip.compress(test_warc.record(test_warc.http(PAGE))),
        "d.tsv": b"text\tdate\nPeru thanked Chile.\t2024-05-07\n",
        "e.pdf": b"%PDF-1.4 nonsense",
    }
    (folder / "heap.zip").write_bytes(test_archives.zipped(**heap))
    result = kg("extract", "heap.zip")
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [record["article"]["source"] for record in records] == ["Example Courier"] * 3 + [None]
    assert result.status == 3
    assert result.err.startswith("skipped: heap.zip!e.pdf: the PDF is damaged (")
    kg("ingest", "heap.zip")
    with Store.open(folder / "graph.kg", read_only=True) as store:
        stored = {article.id: article.text for article in store.articles()}
    for record in records:
        text = stored[record["article"]["id"]]
        assert record["mentions"]
        assert all(span["text"] == text[span["start"] : span["end"]] for span in record["mentions"])
