"""tests/tools/type_tables.py: the tables of EVALUATION.md."""

import pytest

from tests.tools.type_tables import Count, confusion, count, measures

PAIRS = [("AID", "AID"), ("AID", "none"), ("AID", "ASSAULT"), ("ASSAULT", "ASSAULT"), ("AGREE", "AID")]


def test_types_are_counted_in_the_gold_and_in_ours() -> None:
    assert count(PAIRS) == {"AGREE": Count(0, 0, 1), "AID": Count(1, 2, 3), "ASSAULT": Count(1, 2, 1)}


@pytest.mark.parametrize(
    ("counted", "shares"),
    [(Count(1, 2, 3), (0.5, 1 / 3, 0.4)), (Count(0, 0, 3), (0, 0, 0)), (Count(0, 2, 0), (0, 0, 0))],
)
def test_shares(counted: Count, shares: tuple[float, ...]) -> None:
    assert (counted.precision, counted.recall, counted.f1) == pytest.approx(shares)


def test_the_matrix_has_a_row_for_each_gold_type_and_a_column_for_each_of_ours() -> None:
    assert confusion(PAIRS).splitlines() == [
        "| gold ↓ · ours → | aid | assault | none |",
        "|---|---:|---:|---:|",
        "| AGREE | 1 | · | · |",
        "| AID | **1** | 1 | 1 |",
        "| ASSAULT | · | **1** | · |",
    ]


def test_measures_begin_with_the_most_frequent_type() -> None:
    assert measures(count(PAIRS)).splitlines()[:3] == [
        "| type | gold | ours | precision | recall | F1 |",
        "|---|---:|---:|---:|---:|---:|",
        "| AID | 3 | 2 | 0.50 | 0.33 | 0.40 |",
    ]
