import pytest

from kg.cli.tables import column_widths, table_lines


@pytest.mark.parametrize(
    ("room", "widths"),
    [(None, [7, 20]), (40, [7, 20]), (23, [7, 13]), (18, [7, 8]), (17, None)],
    ids=["a pipe", "whole", "wrapped", "least", "no"],
)
def test_columns_give_way_until_a_word_would_break(room: int | None, widths: list[int] | None) -> None:
    columns = [("name", "actor-x"), ("title", "Timeline of an actor")]
    assert column_widths(columns, room) == widths


def test_a_table_is_names_a_rule_and_rows_with_numbers_at_the_right() -> None:
    lines = table_lines(["name", "events"], [["Ali", "3"], ["", "12"]], [False, True], None)
    assert lines == ["name   events", "─────────────", "Ali         3", "           12"]


def test_in_a_narrow_room_texts_are_broken_between_words() -> None:
    lines = table_lines(["name", "title"], [["actor", "Timeline of an actor"]], [False, False], 20)
    assert lines == ["name    title", "────────────────────", "actor   Timeline of", "        an actor"]
    assert table_lines(["name", "title"], [["actor", "Timeline of an actor"]], [False, False], 15) is None


@pytest.mark.parametrize(
    ("text", "blanks"),
    [("Zoë", 5), ("“no”", 4), ("金正恩", 2), ("e\u0301clair", 2)],
    ids=["accent", "quotation marks", "two columns a letter", "a mark on a letter"],
)
def test_columns_are_counted_as_a_terminal_draws_them(text: str, blanks: int) -> None:
    lines = table_lines(["12345678", "b"], [[text, "x"]], [False, False], None)
    assert lines
    assert lines[-1] == f"{text}{' ' * blanks}   x"


def test_a_text_of_wide_letters_is_broken_by_its_width() -> None:
    lines = table_lines(["name"], [["金正恩 金正恩"]], [False], 7)
    assert lines == ["name", "───────", "金正恩", "金正恩"]
