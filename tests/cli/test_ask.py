"""`kg ask` on the three invented articles."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_question_is_answered_by_a_query_that_is_named(kg: Run, store: Path) -> None:
    result = kg("ask", "What did Norland sign?", "--format", "json")
    assert result.status == 0
    assert result.err == "Agreements: kg query run agreements --param actor=Norland\n"
    assert {row["relation"] for row in json.loads(result.out)} == {"SIGNED_AGREEMENT_WITH"}


def test_words_need_no_quotation_marks(kg: Run, store: Path) -> None:
    assert kg("ask", "who", "met", "talvik", "--dry-run").out == (
        "kg query run acts --param kind=MET_WITH --param other=talvik\n"
    )


def test_the_query_that_is_printed_gives_the_same_rows(kg: Run, store: Path) -> None:
    asked = kg("ask", "What happened between Norland and Estmark?", "--format", "csv")
    line = kg("ask", "What happened between Norland and Estmark?", "--dry-run").out
    assert asked.out == kg(*line.split()[1:], "--format", "csv").out
    assert asked.out.count("\n") > 1


def test_whoever_is_unknown_is_told_with_those_who_are_near(kg: Run, store: Path) -> None:
    result = kg("ask", "Who attacked Norlund?")
    assert (result.status, result.out) == (1, "")
    assert result.err.endswith("error: there is no entity 'norlund' — did you mean Norland?\n")


def test_a_question_that_fits_nothing_is_refused(kg: Run, store: Path) -> None:
    result = kg("ask", "Why is the sky blue?")
    assert (result.status, result.out) == (1, "")
    assert "(unknown here: sky, blue)" in result.err
