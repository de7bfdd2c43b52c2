import pytest

from kg.errors import DataError
from loaders import words


def test_a_word_list_is_read_as_its_file_has_it() -> None:
    assert words.load_words("dates")["weekdays"]["monday"] == 0


def test_one_list_is_a_set_of_words() -> None:
    assert words.word_set("dates", "settings", "words") == {"at", "during", "in", "on"}


def test_a_missing_word_list_is_named() -> None:
    with pytest.raises(DataError, match="no-such-list"):
        words.load_words("no-such-list")
