"""PDF; the files are written here, object by object."""

import io
import time
import zlib

import pytest

from kg.model import Article
from loaders.base import Item, Options, Skipped
from loaders.readers.pdf import read
from loaders.worker import read_bytes

FONT = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def pdf(*pages: str, title: str = "", content: str | None = None) -> bytes:
    """A PDF with a line of text for each line of each page, or with some content of its first page instead."""
    numbers = range(3, 3 + 2 * len(pages), 2)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] /Count {len(pages)} >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        words = " ".join(f"({line}) Tj T*" for line in page.split("\n"))
        stream = content or f"BT /F1 12 Tf 14 TL 72 700 Td {words} ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R {FONT} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /CreationDate (D:20240507100000) >>")
    return _file(objects)


def _file(objects: list[str]) -> bytes:
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    root = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R"
    end = f"trailer << {root} >>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def locked(password: str) -> bytes:
    from pypdf import PdfWriter

    writer, data = PdfWriter(clone_from=io.BytesIO(pdf("Norway signed."))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(data)
    return data.getvalue()


def read_pdf(data: bytes, options: Options | None = None) -> list[Item]:
    return list(read_bytes(read, data, "a.pdf", options or Options()))


@pytest.mark.parametrize(
    ("data", "text", "title"),
    [
        (pdf("Norway signed an agree-\nment in Oslo.", "It is\nfair.", title="Pact"),
         "Norway signed an agreement in Oslo.\nIt is\nfair.", "Pact"),
        (pdf("Norway signed.", title="Microsoft Word - pact.doc"), "Norway signed.", None),
        (locked(""), "Norway signed.", None),
    ],
    ids=["pages", "a program's title", "no password needed"],
)  # fmt: skip
def test_a_pdf_gives_the_text_of_its_pages_and_its_title(data: bytes, text: str, title: str | None) -> None:
    (article,) = read_pdf(data)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.published) == (text, title, None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the PDF is damaged (Cannot read an empty file)"),
        (b"%PDF-1.4\nnonsense", "the PDF is damaged ("),
        (pdf(""), "there is no text in it; it may hold pictures of pages"),
        (locked("secret"), "it is encrypted; save it without a password"),
        (pdf("x").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "the PDF is damaged (Detected cyclic page references.)"),
    ],
    ids=["empty", "nonsense", "no text", "encrypted", "pages in a circle"],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    (skipped,) = read_pdf(data)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize(
    "data",
    [
        pdf("x", content="[" * 100_000),
        pdf("x", content="q " * 200_000),
        pdf("x").replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
        pdf("x").replace(b"/Contents 4 0 R", b"/Contents 3 0 R"),
        pdf("x").replace(b"/Root 1 0 R", b"/Prev 99999"),
        pdf("x")[:300],
    ],
    ids=["arrays", "states", "its own parent", "its own content", "no root", "cut"],
)
def test_a_hostile_pdf_is_read_or_refused_in_time(data: bytes) -> None:
    start = time.monotonic()
    items = read_pdf(data)
    assert time.monotonic() - start < 20
    assert items
    assert all(isinstance(item, Article | Skipped) for item in items)


def test_a_stream_that_unpacks_to_far_too_much_is_refused() -> None:
    packed = zlib.compress(bytes(200 << 20)).decode("latin-1")
    data = pdf("x", content=packed).replace(b"<< /Length", b"<< /Filter /FlateDecode /Length")
    assert all(isinstance(item, Skipped) for item in read_pdf(data))


def test_no_more_is_read_than_may_be() -> None:
    (skipped,) = read_pdf(pdf(*["Norway signed."] * 50), Options(max_characters=100))
    assert skipped == Skipped("a.pdf", "the text is longer than 100 characters (--max-chars raises that)")
