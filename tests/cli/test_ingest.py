"""`kg ingest` and `kg extract`, with the real language model."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest

from kg.store import Store
from tests.cli.conftest import Run

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("loaded_once")]

NEWS = "Norway signed a fisheries agreement with Iceland in Oslo on 3 May 2024. “It is fair,” said the prime minister."
LINES = [
    {"id": "one", "text": NEWS, "published": "2024-05-04", "source": "Example Courier"},
    {"id": "two", "text": "France criticized Germany on Monday.", "published": "2024-05-08"},
]


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def held(path: Path) -> dict[str, str]:
    with Store.open(path, read_only=True) as store:
        return {article.id: article.text for article in store.articles()}


def test_ingest_keeps_what_it_read_and_says_so(kg: Run, folder: Path) -> None:
    result = kg("ingest", "-", stdin=jsonl(*LINES))
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines()[0] == "read   2 articles"
    assert result.out.splitlines()[-1] == "kept   2 added in graph.kg"
    assert held(folder / "graph.kg") == {row["id"]: row["text"] for row in LINES}


def test_what_was_read_is_told_as_json(kg: Run, folder: Path) -> None:
    told = json.loads(kg("ingest", "-", "--format", "json", stdin=jsonl(*LINES, {"text": ""})).out)
    assert (told["read"], told["skipped"], told["store"]) == (2, 1, "graph.kg")
    assert told["kept"] == {"added": 2, "replaced": 0, "recoded": 0, "unchanged": 0}
    assert told["found"]["events"] == 2


def test_a_second_time_changes_nothing(kg: Run, folder: Path) -> None:
    kg("ingest", "-", stdin=jsonl(*LINES))
    kg("export", "first.json")
    result = kg("ingest", "-", stdin=jsonl(*LINES[::-1]))
    assert (result.status, result.out) == (0, "read  2 articles\nkept  2 unchanged in graph.kg\n")
    kg("export", "second.json")
    assert (folder / "second.json").read_bytes() == (folder / "first.json").read_bytes()


def test_no_model_is_loaded_when_nothing_is_new(kg: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg("ingest", "-", stdin=jsonl(*LINES))
    monkeypatch.setattr("kg.cli.extraction.load_extractor", None)
    assert kg("ingest", "-", stdin=jsonl(*LINES)).out == "read  2 articles\nkept  2 unchanged in graph.kg\n"


def test_a_changed_article_replaces_its_older_self(kg: Run, folder: Path) -> None:
    kg("ingest", "-", stdin=jsonl(*LINES))
    result = kg("ingest", "-", stdin=jsonl({**LINES[1], "text": "France praised Germany."}))
    assert result.out.splitlines()[-1] == "kept   1 replaced in graph.kg"
    assert held(folder / "graph.kg")["two"] == "France praised Germany."


def test_an_id_given_twice_is_told_and_the_later_article_stays(kg: Run, folder: Path) -> None:
    result = kg("ingest", "-", stdin=jsonl(LINES[0], {"id": "one", "text": "France praised Germany."}))
    assert result.err == "note: one: its id or URL was given before in this batch; the later article replaces it\n"
    assert held(folder / "graph.kg") == {"one": "France praised Germany."}


@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_the_later_article_stays_also_when_the_store_had_it_before(kg: Run, folder: Path, workers: str) -> None:
    other = {**LINES[0], "text": "France praised Germany."}
    kg("ingest", "-", stdin=jsonl(LINES[0]))
    kg("ingest", "-", "--workers", workers, stdin=jsonl(other, LINES[0]))
    assert held(folder / "graph.kg") == {"one": LINES[0]["text"]}


def test_options_describe_a_plain_text(kg: Run, folder: Path) -> None:
    (folder / "a.txt").write_bytes(NEWS.encode())
    options = ("--published", "2024-05-04", "--source", "S", "--title", "T", "--url", "https://s.example/1")
    (record,) = map(json.loads, kg("extract", "a.txt", *options).out.splitlines())
    article = record["article"]
    assert (article["published"], article["source"], article["title"]) == ("2024-05-04", "S", "T")
    assert article["url"] == "https://s.example/1"
    kg("ingest", "a.txt", *options)
    assert list(held(folder / "graph.kg")) == [article["id"]]


def test_extract_prints_a_record_a_line_in_order_and_keeps_nothing(kg: Run, folder: Path) -> None:
    result = kg("extract", "-", stdin=jsonl(*LINES))
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [record["article"]["id"] for record in records] == ["one", "two"]
    assert all(span["text"] == NEWS[span["start"] : span["end"]] for span in records[0]["mentions"])
    assert "“It is fair,”" in result.out  # as it is, not as \u escapes
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("out", ["records.jsonl", "memory:///out/records.jsonl"])
def test_extract_writes_the_records_where_it_is_told_to(kg: Run, folder: Path, out: str) -> None:
    result = kg("extract", "-", "--out", out, stdin=jsonl(*LINES))
    assert (result.status, result.out) == (0, "")
    with fsspec.open(out, "rb") as written:
        assert written.read().decode() == kg("extract", "-", stdin=jsonl(*LINES)).out


def test_extract_of_nothing_leaves_the_records_that_are_there(kg: Run, folder: Path) -> None:
    (folder / "records.jsonl").write_text("{}\n")
    assert kg("extract", "-", "--out", "records.jsonl").status == 1
    assert (folder / "records.jsonl").read_text() == "{}\n"
    assert [path.name for path in folder.iterdir()] == ["records.jsonl"]


def test_extract_says_where_it_cannot_write(kg: Run, folder: Path) -> None:
    result = kg("extract", "-", "--out", "none/records.jsonl", stdin=jsonl(*LINES))
    assert result.status == 1
    assert "none/records.jsonl: the file of records cannot be written: No such file or directory" in result.err


BAD = [
    ("empty.txt", b"", "skipped: empty.txt: the file is empty\n"),
    ("binary.txt", b"\x00\x01", "skipped: binary.txt: the file is binary, or not in UTF-8\n"),
    ("bad.jsonl", b"oops", "skipped: bad.jsonl:1: the line is not JSON (Expecting value)\n"),
    ("bad.jsonl", b'{"id": "a"}', "skipped: bad.jsonl:1: the line lacks a text\n"),
    ("photo.jpg", b"\xff\xd8", "skipped: photo.jpg: no reader knows .jpg files (kg readers lists the kinds, and "
     "--as KIND names one)\n"),
    ("nothing/", b"", "skipped: nothing: there is nothing in the folder\n"),
    ("missing.txt", None, "skipped: missing.txt: there is no such file or folder\n"),
]  # fmt: skip


def make(folder: Path, name: str, data: bytes | None) -> str:
    """Put a file there, or a folder where the name ends so, or nothing; its name."""
    if name.endswith("/"):
        (folder / name).mkdir()
    elif data is not None:
        (folder / name).write_bytes(data)
    return name.rstrip("/")


@pytest.mark.parametrize("command", ["ingest", "extract"])
@pytest.mark.parametrize(("name", "data", "error"), BAD, ids=[f"{name} {data!r}" for name, data, _ in BAD])
def test_nothing_that_can_be_read_is_one_line(
    kg: Run, folder: Path, command: str, name: str, data: bytes | None, error: str
) -> None:
    result = kg(command, make(folder, name, data))
    assert (result.status, result.err) == (1, error)
    assert not (folder / "graph.kg").exists()


@pytest.mark.parametrize(("command", "done"), [("ingest", "2 added"), ("extract", '"id": "two"')])
def test_what_cannot_be_read_stops_nothing(kg: Run, folder: Path, command: str, done: str) -> None:
    sources = {make(folder, name, data): error for name, data, error in BAD}
    result = kg(command, "-", *sources, "-", stdin=jsonl(LINES[0], 7, LINES[1]))
    assert result.status == 3
    assert result.err.splitlines(keepends=True)[1:-1] == list(sources.values())
    assert done in result.out


def test_a_reserved_id_is_skipped(kg: Run, folder: Path) -> None:
    result = kg("ingest", "-", stdin=jsonl({**LINES[0], "id": "Q30"}, LINES[1]))
    assert result.status == 3
    assert result.err == "skipped: Q30: the id has a form kept for other nodes; give another id\n"
    assert list(held(folder / "graph.kg")) == ["two"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--store", "."), "error: .: this is a folder, not a store file\n"),
        (("--store", "no/graph.kg"), "error: no/graph.kg: its folder does not exist — make the folder"),
        (("--store", "bad.kg"), "error: bad.kg: this is no store of kg — name another file\n"),
        (("--model", "no_such_model"), "error: no_such_model: the language model cannot be found"),
    ],
)
def test_what_makes_all_work_vain_is_told_first(kg: Run, folder: Path, options: tuple[str, ...], error: str) -> None:
    (folder / "bad.kg").write_bytes(b"not a store, but long enough to look at" * 50)
    result = kg("ingest", "-", *options, stdin=jsonl(LINES[0]))
    assert result.status == 1
    assert result.err.startswith(error)
    assert result.err.count("\n") == 1


def test_a_wrong_day_is_a_usage_error(kg: Run) -> None:
    result = kg("ingest", "-", "--published", "June", stdin=jsonl(LINES[0]))
    assert result.status == 2
    assert "'June' does not match the format" in result.err


@pytest.mark.slow
def test_several_workers_keep_what_one_keeps(kg: Run, folder: Path) -> None:
    rows = [{**LINES[number % 2], "id": f"a{number}"} for number in range(30)]
    exported = []
    for options in ((), ("--workers", "2")):
        store = f"{len(options)}.kg"
        result = kg("ingest", "-", "--store", store, *options, stdin=jsonl(*rows))
        assert (result.status, result.err) == (0, "")
        assert kg("export", "graph.json", "--store", store).status == 0
        exported.append((folder / "graph.json").read_bytes())
    assert exported[0] == exported[1]


@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_interrupted_it_keeps_what_is_done_and_goes_on_later(folder: Path, workers: str) -> None:
    rows = [{**LINES[0], "id": f"a{number:03}", "text": f"{NEWS} {NEWS} ({number})"} for number in range(300)]
    (folder / "many.jsonl").write_bytes(jsonl(*rows))
    command = [sys.executable, "-m", "kg.cli", "ingest", "many.jsonl", "--workers", workers]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 90
    while not _some(folder / "graph.kg") and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    kept = len(held(folder / "graph.kg"))
    assert process.returncode == 130
    assert err == "interrupted: what is counted below is kept, and the same command goes on from there\n"
    assert f"{kept} added in graph.kg" in out
    assert 0 < kept < len(rows)
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    assert len(held(folder / "graph.kg")) == len(rows)


def _some(path: Path) -> bool:
    try:
        return bool(held(path))
    except Exception:  # noqa: BLE001 - not yet there, or just being made
        return False
