"""DOCX; the files are written here."""

import io
import zipfile

import pytest

from kg.model import Article
from loaders.base import Item, Options, Skipped
from loaders.readers.docx import read
from loaders.worker import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "<w:p><w:r><w:t>Norway </w:t></w:r><w:r><w:t>signed.</w:t></w:r></w:p><w:p/>"
DELETED = (
    "<w:p><w:del><w:r><w:delText>Chile</w:delText></w:r></w:del><w:r><w:t>Peru</w:t><w:br/><w:t>left.</w:t></w:r></w:p>"
)
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Pact</dc:title><dc:language>en-GB</dc:language>
</cp:coreProperties>"""


def document(body: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def docx(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", content)
    return data.getvalue()


def read_docx(data: bytes) -> list[Item]:
    return list(read_bytes(read, data, "a.docx", Options()))


def test_a_document_gives_its_paragraphs_without_what_was_deleted() -> None:
    (article,) = read_docx(docx(word__document=document(TEXT + DELETED), docProps__core=CORE))
    assert isinstance(article, Article)
    assert article.text == "Norway signed.\n\nPeru\nleft."
    assert (article.title, article.language, article.published) == ("Pact", "en", None)


def bomb() -> str:
    """Ten billion characters, told in a thousand (the "billion laughs")."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(8))
    return document("<w:p><w:r><w:t>A &e7; B</w:t></w:r></w:p>", f"<!DOCTYPE x [{entities}]>")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the DOCX is damaged (File is not a zip file)"),
        (docx(other="x"), "it is no DOCX: it holds no document"),
        (docx(word__document=document("")), "there is no text in it"),
        (docx(word__document=document("<w:p>")), "the DOCX is damaged ("),
        (docx(word__document=document("<w:p>" * 100_000)), "the DOCX is damaged ("),
        (docx(word__document=document(f"<w:p><w:r><w:t>{'x' * 70_000_000}</w:t></w:r></w:p>")),
         "it has more than 67,108,864 bytes in one piece"),
    ],
    ids=["empty", "no document", "no text", "broken", "deep", "zip bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, reason: str) -> None:
    (skipped,) = read_docx(data)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize(
    "data",
    [
        docx(word__document=bomb()),
        docx(word__document=document(
            "<w:p><w:r><w:t>A &e; B</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    ],
    ids=["entity bomb", "file entity"],
)  # fmt: skip
def test_an_entity_is_not_resolved(data: bytes) -> None:
    (item,) = read_docx(data)
    assert isinstance(item, Skipped) or (
        isinstance(item, Article) and len(item.text) < 100 and "root:" not in item.text
    )
