"""The sample articles that ship with kg."""

import datetime
import json
import re
from typing import Any

import pytest

from kg.evaluate.gold import articles_file
from kg.ids import is_reserved
from kg.resources import data_folder

Row = dict[str, Any]

ROWS: list[Row] = [json.loads(line) for line in articles_file(data_folder()).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
class TestSample:
    def test_has_all_fields(self, row: Row) -> None:
        assert list(row) == ["id", "title", "published", "source", "url", "language", "text"]
        assert row["id"].startswith("sample-")
        assert not is_reserved(row["id"])
        assert row["language"] == "en"

    def test_comes_from_an_invented_outlet_at_a_reserved_address(self, row: Row) -> None:
        assert row["source"].endswith("(invented)")
        assert row["url"].startswith("https://example.org/")

    def test_is_a_short_dated_report(self, row: Row) -> None:
        assert 2015 <= datetime.date.fromisoformat(row["published"]).year <= 2025
        assert 90 <= len(row["text"].split()) <= 220

    def test_quotation_marks_are_curly_and_paired(self, row: Row) -> None:
        assert not re.search(r"""["']""", row["text"])
        assert row["text"].count("“") == row["text"].count("”")


def test_each_has_an_id_of_its_own() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 23


def test_several_outlets_tell_the_same_event() -> None:
    met = {
        row["source"] for row in ROWS if "Trump" in row["text"] and "Kim" in row["text"] and "Singapore" in row["text"]
    }
    assert len(met) >= 2
