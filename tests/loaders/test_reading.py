from itertools import islice, repeat
from pathlib import Path

import pytest

from kg.model import Article
from loaders.base import Defaults, Skipped
from loaders.reading import read_articles

LINE = b'{"id": "%s", "text": "x"}\n'
NOTHING = Defaults()


def read(*sources: object, stdin: bytes = b"", defaults: Defaults = NOTHING) -> list[Article | Skipped]:
    return list(read_articles([str(source) for source in sources], defaults, stdin.splitlines(keepends=True)))


def write(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def texts(items: list[Article | Skipped]) -> list[str]:
    return [item.text if isinstance(item, Article) else f"skipped {Path(item.where).name}" for item in items]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b'{"text": "x"}', ['{"text": "x"}']),
        ("a.TXT", b"News.", ["News."]),
        ("a.text", b"News.", ["News."]),
        ("a.jsonl", b'{"text": "x"}\n{"text": "y"}', ["x", "y"]),
        ("a.ndjson", b'{"text": "x"}', ["x"]),
        ("article", b"News.\n\n{not JSON}", ["News.\n\n{not JSON}"]),
        ("article", b'\xef\xbb\xbf\n\n  {"text": "x"}', ["x"]),
        ("article", b"", ["skipped article"]),
        ("a.pdf", b"%PDF", ["skipped a.pdf"]),
    ],
)
def test_a_file_is_read_by_its_suffix_else_by_how_it_begins(
    tmp_path: Path, name: str, data: bytes, expected: list[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert texts(read(tmp_path / name)) == expected


def test_a_folder_is_read_whole_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    write(
        tmp_path, b_txt=b"b", a__c_txt=b"c", a__d_jsonl=b'{"text": "d"}', _hidden_txt=b"h", _git__x_txt=b"g", e_jpg=b"e"
    )
    assert texts(read(tmp_path)) == ["c", "d", "b", "skipped e.jpg"]


def test_sources_come_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, a_txt=b"a", b_txt=b"b")
    assert texts(read(tmp_path / "b.txt", "-", tmp_path / "a.txt", stdin=b"from a pipe")) == ["b", "from a pipe", "a"]


@pytest.mark.parametrize(
    ("stdin", "expected"),
    [
        (LINE % b"1" + LINE % b"2", ["x", "x"]),
        (b"\n\n" + LINE % b"1", ["x"]),
        (b'\n{"no text": 1}\n' + LINE % b"2", ["skipped standard input:2", "x"]),
        (b"\nA report.\n{", ["\nA report.\n{"]),
        (b"[1]", ["[1]"]),
        (b"", ["skipped standard input"]),
    ],
)
def test_standard_input_is_json_lines_when_it_begins_with_a_brace(stdin: bytes, expected: list[str]) -> None:
    assert texts(read("-", stdin=stdin)) == expected


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "there is no such file or folder"),
        ("empty", "there is nothing in the folder"),
        ("file.txt/inside.txt", "it cannot be read (Not a directory)"),
        (
            "a.html",
            "no reader knows .html files (known: .txt, .text, .jsonl, .ndjson); if it is text, give it to -",
        ),
    ],
)
def test_what_cannot_be_found_or_opened_is_skipped(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".keep").touch()
    (tmp_path / "file.txt").touch()
    assert read(tmp_path / name) == [Skipped(str(tmp_path / name), reason)]


def test_an_input_is_read_as_it_is_needed() -> None:
    endless = read_articles(["-"], NOTHING, repeat(LINE % b"1"))
    assert texts(list(islice(endless, 2))) == ["x", "x"]


@pytest.mark.parametrize("defaults", [Defaults(url="https://g.example/1"), Defaults(title="T")], ids=["url", "title"])
def test_a_title_or_url_is_given_to_one_article_only(tmp_path: Path, defaults: Defaults) -> None:
    write(tmp_path, a_txt=b"a", b_txt=b"b")
    first, second = read(tmp_path, defaults=defaults)
    assert isinstance(first, Article)
    assert (first.url, first.title) == (defaults.url, defaults.title)
    assert isinstance(second, Skipped)
    assert second.reason == "--title and --url describe one article, and this is another"
