from pathlib import Path

import pytest

from kg.errors import InputError
from kg.files import replacing


def test_the_new_file_takes_the_old_ones_place_with_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with replacing(path, "file") as file:
        file.write("é\n\r\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == b"\xc3\xa9\n\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_never_whole_leaves_the_old_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError), replacing(path, "file") as file:
        file.writelines(["half", "\ud800"])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "nowhere" / "out.txt"):
        with (
            pytest.raises(InputError, match=rf"{path.name}: the picture cannot be written"),
            replacing(path, "picture"),
        ):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_what_utf8_cannot_hold_may_become_a_question_mark(tmp_path: Path) -> None:
    with replacing(tmp_path / "out.txt", "file", errors="replace") as file:
        file.write("\ud800")
    assert (tmp_path / "out.txt").read_bytes() == b"?"
