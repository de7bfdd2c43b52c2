"""Whatever bytes a file holds, a reader gives articles or says why not; KG_FUZZ=8000 tries more than CI does."""

import gzip
import io
import json
import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Article
from loaders.base import Link, Noted, Options, Part, Skipped
from loaders.kinds import HEAD, KINDS, FileKind, kind_named, kind_of
from loaders.worker import read_bytes
from tests.loaders.readers import test_archives, test_docx, test_feeds, test_mail, test_pages, test_pdf, test_warc

EXAMPLES = int(os.environ.get("KG_FUZZ", "140"))  # of each kind; 14 kinds make 2,000
NEWS = "Norway’s minister signed a pact with Iceland in Oslo on Monday."
ROW = {"id": "a", "text": NEWS, "title": "T", "published": "2024-05-07", "url": "https://c.example/1"}


def parquet() -> bytes:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    data = io.BytesIO()
    parquet.write_table(arrow.table({"text": [NEWS, "x"], "date": ["2024-05-07", None]}), data)
    return data.getvalue()


MAIL = test_mail.mail(NEWS, f"<p>{NEWS}</p>").as_bytes()
SAMPLES: dict[str, Callable[[], bytes]] = {
    "text": lambda: NEWS.encode(),
    "jsonl": lambda: (json.dumps(ROW) + "\n").encode() * 3,
    "html": test_pages.page,
    "feed": lambda: test_feeds.RSS.format(items=test_feeds.FULL + test_feeds.SHORT).encode(),
    "eml": lambda: MAIL,
    "mbox": lambda: (b"From a@b.example Mon May  6 10:00:00 2024\n" + MAIL + b"\n") * 2,
    "zip": lambda: test_archives.zipped(**{"a.txt": NEWS.encode(), "b.jsonl": json.dumps(ROW).encode()}),
    "gz": lambda: gzip.compress(NEWS.encode()),
    "csv": lambda: f"text,title,date\n“{NEWS}”,T,2024-05-07\n{NEWS},,\n".encode(),
    "json": lambda: json.dumps({"articles": {"results": [ROW, ROW]}}).encode(),
    "parquet": parquet,
    "pdf": lambda: test_pdf.pdf("Norway signed a pact.\nIt is fair.", "Page two.", title="T"),
    "docx": lambda: test_docx.docx(
        word__document=test_docx.document(test_docx.TEXT + test_docx.DELETED), docProps__core=test_docx.CORE
    ),
    "warc": lambda: test_warc.record(test_warc.http()) * 2,
}

INTERESTING = [
    b"\0",
    b"\xff",
    b"\xf0\x9f",
    b"<",
    b"&#xD800;",
    b"%PDF-",
    b"PK\x03\x04",
    b'"',
    b"\n",
    b"-1",
    b"9" * 30,
    b"\x1b[2J",
]
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.sampled_from(INTERESTING), st.binary(max_size=12))),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some stretches replaced: where they begin (as a share), how long they are, and by what."""
    for place, length, other in changes:
        at = int(place * len(data))
        data = data[:at] + other + data[at + length :]
    return data


def read_all(kind: FileKind, data: bytes, depth: int = 0) -> Iterator[Article | Skipped | Noted]:
    """What the readers make of some bytes and of what is in them, in this process."""
    read = read_bytes(kind.read, data, "a", Options()) if kind.guarded else kind.read(io.BytesIO(data), "a", Options())
    try:
        for item in read:
            if isinstance(item, Link):
                yield Noted("a", item.url)
            elif not isinstance(item, Part):
                yield item
            elif depth < 4 and (inner := _content(item)) is not None:
                known = kind_named(item.kind) if item.kind else kind_of(item.name, inner[:HEAD])
                yield from read_all(known, inner, depth + 1) if known else ()
    except KgError as error:
        yield Skipped("a", error.what)


def _content(part: Part) -> bytes | None:
    """What `loaders.reading` would hand on; that a member breaks while it is read is told there."""
    try:
        return part.stream.read(1 << 20)
    except Exception:  # noqa: BLE001 - the same errors as in `loaders.reading`, which has its own tests
        return None


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_is_read(name: str) -> None:
    assert any(isinstance(item, Article) for item in read_all(KINDS[name], SAMPLES[name]()))


@pytest.mark.parametrize("name", KINDS)
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(changes=CHANGES, anything=st.none() | st.binary(max_size=300))
def test_whatever_the_bytes_there_is_an_answer(
    name: str, changes: list[tuple[float, int, bytes]], anything: bytes | None
) -> None:
    data = changed(SAMPLES[name](), changes) if anything is None else anything
    for item in read_all(KINDS[name], data):
        if isinstance(item, Article):
            assert item.text.encode("utf-8")
        else:
            assert (item.reason if isinstance(item, Skipped) else item.what).strip()
