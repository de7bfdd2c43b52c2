"""Files in zip and gz files, read as the user reads them."""

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest

from kg.model import Article
from loaders.base import Options, Skipped
from loaders.reading import read_articles

ARTICLE = b'{"id": "%s", "text": "News."}\n'


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def read(tmp_path: Path, name: str, data: bytes) -> list[str]:
    (tmp_path / name).write_bytes(data)
    folder = f"{tmp_path}/"
    items = read_articles([f"{tmp_path}/{name}"], Options())
    told = [
        item.text if isinstance(item, Article) else f"{item.where.removeprefix(folder)}: {item.reason}"
        for item in items
        if isinstance(item, Article | Skipped)
    ]
    assert [path.name for path in tmp_path.iterdir()] == [name]  # nothing is unpacked
    return told


def test_files_in_a_zip_are_read_by_their_kind_in_the_order_of_names(tmp_path: Path) -> None:
    files = {"b.txt": b"b", "a__c.jsonl": ARTICLE % b"1" + ARTICLE % b"2", "a__.hidden": b"h", "d.jpg": b"\xff\xd8"}
    reason = "no reader knows .jpg files (kg readers lists the kinds, and --as KIND names one)"
    assert read(tmp_path, "a.zip", zipped(**files)) == ["News.", "News.", "b", f"a.zip!d.jpg: {reason}"]


def test_a_gz_is_read_by_what_is_in_it(tmp_path: Path) -> None:
    assert read(tmp_path, "a.jsonl.gz", gzip.compress(ARTICLE % b"1" + b"oops")) == [
        "News.",
        "a.jsonl.gz:2: the line is not JSON (Expecting value)",
    ]


def test_archives_nest_but_not_for_ever(tmp_path: Path) -> None:
    data = gzip.compress(zipped(**{"in.zip": zipped(**{"a.txt": b"deep"})}))
    assert read(tmp_path, "a.zip.gz", data) == ["deep"]


def test_a_zip_in_a_zip_in_a_zip_and_so_on_is_refused(tmp_path: Path) -> None:
    data = b"News."
    for _ in range(6):
        data = zipped(**{"a.zip" if data.startswith(b"PK") else "a.txt": data})
    assert read(tmp_path, "a.zip", data) == ["a.zip!a.zip!a.zip!a.zip!a.zip!a.zip: files nest too deep in one another"]


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a\x1b[2J.txt"])
def test_a_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, "a.zip", zipped(**{name: b"News."})) == ["News."]


def bomb() -> bytes:
    """Three hundred megabytes of zeros."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"{number}.jsonl", "w", force_zip64=True) as member:
                for _ in range(100):
                    member.write(bytes(1 << 20))
    return data.getvalue()


def test_a_zip_bomb_is_not_unpacked_for_long(tmp_path: Path) -> None:
    start = time.monotonic()
    told = read(tmp_path, "a.zip", bomb())
    assert time.monotonic() - start < 30
    assert told[-1] == "a.zip!2.jsonl: far more comes out of it than is in it (over 100 times), so it is not read on"


def damaged(data: bytes) -> bytes:
    return data[:30] + bytes(8) + data[38:]


def encrypted(data: bytes) -> bytes:
    """The flag of encryption set, in the member's own head and in the list of members."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data = data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
    return data


ONE = zipped(**{"a.txt": b"News. " * 100})


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.zip", b"", "a.zip: the zip file is damaged (File is not a zip file)"),
        ("a.zip", ONE[:50], "a.zip: the zip file is damaged (File is not a zip file)"),
        ("a.zip", zipped(), "a.zip: there is nothing in the zip file"),
        ("a.zip", encrypted(ONE), "a.zip!a.txt: it is encrypted"),
        ("a.zip", damaged(ONE), "a.zip!a.txt: it is damaged or cannot be unpacked ("),
        ("a.gz", b"\x1f\x8b\x08nonsense", "a.gz: it is damaged or cannot be unpacked ("),
        ("a.gz", gzip.compress(b"News.")[:-4], "a.gz: it is damaged or cannot be unpacked ("),
        ("a.gz", b"", "a.gz: the file is empty"),
    ],
    ids=["empty", "cut", "no file", "encrypted", "damaged", "no gz", "cut gz", "empty gz"],
)
def test_what_cannot_be_unpacked_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (line,) = read(tmp_path, name, data)
    assert line.startswith(told)
