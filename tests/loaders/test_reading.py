import io
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import FetchError
from kg.model import Article
from loaders.base import Held, Metadata, Options, Skipped, Told
from loaders.fetching.exchange import Answer
from loaders.reading import read_articles

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LINE = b'{"id": "%s", "text": "x"}\n'
NOTHING = Metadata()


def read(*sources: object, stdin: bytes = b"", defaults: Metadata = NOTHING) -> list[Told]:
    return list(read_articles([str(source) for source in sources], Options(metadata=defaults), io.BytesIO(stdin)))


def write(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def texts(items: list[Told]) -> list[str]:
    return [
        item.text if isinstance(item, Article) else f"skipped {Path(getattr(item, 'where', '')).name}" for item in items
    ]


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
        ("a.jpg", "no reader knows .jpg files (kg readers lists the kinds, and --as KIND names one)"),
    ],
)
def test_what_cannot_be_found_or_opened_is_skipped(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".keep").touch()
    (tmp_path / "file.txt").touch()
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8")
    assert read(tmp_path / name) == [Skipped(str(tmp_path / name), reason)]


class Endless(io.RawIOBase):
    """A pipe that gives a line whenever it is asked."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        line = LINE % b"1"
        memoryview(buffer)[: len(line)] = line
        return len(line)


def test_an_input_is_read_as_it_is_needed() -> None:
    endless = read_articles(["-"], Options(), io.BufferedReader(Endless()))
    assert texts(list(islice(endless, 2))) == ["x", "x"]


@pytest.mark.parametrize("defaults", [Metadata(url="https://g.example/1"), Metadata(title="T")], ids=["url", "title"])
def test_a_title_or_url_is_given_to_one_article_only(tmp_path: Path, defaults: Metadata) -> None:
    write(tmp_path, a_txt=b"a", b_txt=b"b")
    first, second = read(tmp_path, defaults=defaults)
    assert isinstance(first, Article)
    assert (first.url, first.title) == (defaults.url, defaults.title)
    assert isinstance(second, Skipped)
    assert second.reason == "--title and --url describe one article, and this is another"


class Shelf:
    """Stands for the network: a few pages, one of which is known."""

    def __init__(self, **pages: tuple[str, str]) -> None:
        self.pages = {f"https://c.example/{name}": page for name, page in pages.items()}
        self.asked: list[str] = []

    def open(self, url: str) -> Answer:
        return self.follow(url)

    def knows(self, url: str) -> bool:
        return url.endswith("/known")

    def follow(self, url: str) -> Answer:
        self.asked.append(url.rpartition("/")[2])
        if url not in self.pages:
            raise FetchError("it is not there")
        media, body = self.pages[url]
        return Answer(url=url, status=200, headers={"content-type": media}, body=body.encode())


ROW = '{{"url": "https://c.example/{}", "title": "Of the list", "published": "2024-05-07"}}'
FEED = "<rss><channel><item><title>T</title><link>{}</link></item></channel></rss>"


@pytest.mark.parametrize("url", ["https://c.example/a", "HTTP://c.example/a", "file:///etc/passwd"])
def test_without_a_network_nothing_is_fetched(url: str) -> None:
    assert read(url) == [Skipped(url, "nothing is fetched here")]


def test_what_a_list_says_of_a_page_counts_where_the_page_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, a_json=f"[{ROW.format('bare')}, {ROW.format('known')}, {ROW.format('none')}]".encode())
    web = Shelf(bare=("text/plain", "Chile left."))
    article, known, missing = read_articles([str(tmp_path / "a.json")], Options(follow=True), web=web)
    assert isinstance(article, Article)
    assert (article.text, article.title, str(article.published)) == ("Chile left.", "Of the list", "2024-05-07")
    assert article.url == "https://c.example/bare"
    assert (known, missing) == (Held("https://c.example/known"), Skipped("https://c.example/none", "it is not there"))


@pytest.mark.parametrize(
    ("follow", "asked"), [(None, ["feed", "a"]), (True, ["feed", "a"]), (False, ["feed"])], ids=["usual", "yes", "no"]
)
def test_a_fetched_feed_is_followed_unless_the_user_does_not_want_it(follow: bool | None, asked: list[str]) -> None:
    web = Shelf(feed=("application/rss+xml", FEED.format("/a")), a=("text/plain", "Chile left."))
    list(read_articles(["https://c.example/feed"], Options(follow=follow), web=web))
    assert web.asked == asked


def test_a_fetched_list_is_followed_only_when_the_user_wants_it() -> None:
    web = Shelf(list=("application/json", f"[{ROW.format('a')}]"), a=("text/plain", "Chile left."))
    (skipped,) = read_articles(["https://c.example/list"], Options(), web=web)
    assert isinstance(skipped, Skipped)
    assert web.asked == ["list"]


def test_what_a_followed_page_names_is_not_followed() -> None:
    web = Shelf(feed=("text/xml", FEED.format("/feed2")), feed2=("text/xml", FEED.format("/a")))
    list(read_articles(["https://c.example/feed"], Options(follow=True), web=web))
    assert web.asked == ["feed", "feed2"]


def test_articles_in_a_fetched_file_do_not_get_its_address() -> None:
    web = Shelf(rows=("application/jsonl", '{"text": "Chile left."}\n{"text": "Peru left."}'))
    articles = [*read_articles(["https://c.example/rows"], Options(), web=web)]
    assert [article.url for article in articles if isinstance(article, Article)] == [None, None]
