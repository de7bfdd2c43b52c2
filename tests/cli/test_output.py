import csv
import io
import json

import pytest

from kg.cli.output import Format, cell, clean, counted, line, print_fields, print_rows
from kg.render import Rows

ROWS = Rows(("name", "count"), (("[bold]Ali[/bold] \x1b[31mred\x1b[0m", 3), ("Zoë :smile:", None)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text” – Türkiye 🕊\n\ttabbed", "plain “text” – Türkiye 🕊\n\ttabbed"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Hgone", "gone"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("lone \x1b escape", "lone  escape"),
        ("bell\x07 back\x08 nul\x00 del\x7f return\r.", "bell back nul del return."),
        ("a\u202eb\u2066c\u200f", "abc"),
    ],
)
def test_clean_takes_out_what_could_steer_a_terminal(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_line_makes_one_line() -> None:
    assert line(" one\r\n\n two\t\x1b[1mthree ") == "one two three"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (13 / 15, "0.867"),
        (100.0, "100"),
        (-77.0365, "-77.037"),
        (["a", None, "b\nc"], "a; ; b c"),
        ({"k": "é"}, '{"k": "é"}'),
    ],
)
def test_a_cell_shows_a_value_in_one_line(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_a_table_reads_no_markup_and_gives_a_row_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    long = Rows(("sentence",), (("word " * 200,),))
    print_rows(ROWS, Format.TABLE)
    print_rows(long, Format.TABLE)
    out = capsys.readouterr().out
    assert "[bold]Ali[/bold] red" in out
    assert "Zoë :smile:" in out
    assert "\x1b" not in out
    assert ("word " * 200).strip() in out


def test_the_data_formats_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    given = [{"name": row[0], "count": row[1]} for row in ROWS.rows]
    print_rows(ROWS, Format.JSON)
    assert json.loads(capsys.readouterr().out) == given
    print_rows(ROWS, Format.JSONL)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == given
    print_rows(ROWS, Format.CSV)
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["name", "count"],
        [ROWS.rows[0][0], "3"],
        ["Zoë :smile:", ""],
    ]


def test_no_rows_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(Rows((), ()), Format.TABLE)
    assert capsys.readouterr() == ("", "no rows\n")


def test_on_a_terminal_data_are_cleaned(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_rows(ROWS, Format.CSV)
    assert "\x1b" not in capsys.readouterr().out


def test_fields_leave_out_what_is_empty_and_list_parts_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    print_fields({"name": "A\nB", "none": None, "zero": 0, "list": ["x", "y"], "empty": []})
    assert capsys.readouterr().out == "name  A B\nzero  0\nlist  x\n      y\n"


@pytest.mark.parametrize(
    ("number", "noun", "text"), [(1, "article", "1 article"), (0, "event", "0 events"), (2, "entity", "2 entities")]
)
def test_a_number_and_its_noun_agree(number: int, noun: str, text: str) -> None:
    assert counted(number, noun) == text


def test_a_block_shows_values_as_a_table_does(capsys: pytest.CaptureFixture[str]) -> None:
    print_fields({"quoted": False})
    assert capsys.readouterr().out == "quoted  no\n"


def test_on_a_narrow_terminal_words_stay_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "24")
    print_fields({"name": "one two three four five"})
    assert capsys.readouterr().out == "name  one two three four\n      five\n"
    print_rows(Rows(("name", "title"), (("actor", "Timeline of an actor"),)), Format.TABLE)
    assert [part.strip() for part in capsys.readouterr().out.splitlines()][2:] == ["actor   Timeline of an", "actor"]


def test_a_table_has_no_empty_line_before_or_after(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, Format.TABLE)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all(text.strip() for text in lines)
