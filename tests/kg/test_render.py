import csv
import datetime
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.render import Rows, json_text, to_csv, to_json, to_jsonl

ROWS = Rows(
    ("when", "who", "others", "quoted", "score", "link", "nothing"),
    (
        (datetime.date(2024, 6, 19), "Zoë “Z” Ünal", ["b", "a"], True, -4.5, {"b": 1, "a": [2]}, None),
        (None, 'says "no", twice\nand goes', [], False, 3, {}, None),
    ),
)


def test_json_keeps_column_order_lists_and_types() -> None:
    objects = json.loads(to_json(ROWS))
    assert [list(one) for one in objects] == [list(ROWS.columns)] * 2
    assert objects[0] == {
        "when": "2024-06-19",
        "who": "Zoë “Z” Ünal",
        "others": ["b", "a"],
        "quoted": True,
        "score": -4.5,
        "link": {"a": [2], "b": 1},
        "nothing": None,
    }
    assert "Zoë" in to_json(ROWS)


def test_keys_of_a_map_come_sorted_whatever_the_engine() -> None:
    assert '"link": {"a": [2], "b": 1}' in to_jsonl(ROWS)


def test_jsonl_is_an_object_a_line() -> None:
    lines = to_jsonl(ROWS).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(to_json(ROWS))


def test_csv_reads_back() -> None:
    header, first, second = csv.reader(io.StringIO(to_csv(ROWS)))
    assert header == list(ROWS.columns)
    assert first == ["2024-06-19", "Zoë “Z” Ünal", "b; a", "true", "-4.5", '{"a": [2], "b": 1}', ""]
    assert second == ["", 'says "no", twice\nand goes', "", "false", "3", "{}", ""]


def test_no_rows() -> None:
    none = Rows(("a", "b"), ())
    assert (to_json(none), to_jsonl(none), to_csv(none)) == ("[]\n", "", '"a","b"\n')


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+1 day", "'+1 day"),
        ("-dash", "'-dash"),
        ("@name", "'@name"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        (["=a", "b"], "'=a; b"),
        ("a=b", "a=b"),
        ("", ""),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
    ],
)
def test_only_text_that_would_run_as_a_formula_is_guarded(value: object, cell: str) -> None:
    _, (read,) = csv.reader(io.StringIO(to_csv(Rows(("x",), ((value,),))), newline=""))
    assert read == cell


def test_a_header_is_guarded_too() -> None:
    assert to_csv(Rows(("=x",), ())) == '"\'=x"\n'


@given(st.recursive(st.text(), lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts)))
def test_json_is_one_line_on_which_no_terminal_acts_and_the_same_value(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert len(text.splitlines()) == 1
    assert not [char for char in text if unicodedata.category(char) == "Cc" or char in "\u061c\u200e\u200f\u202e\u2066"]
