"""What an error says: what, where, what to do."""

import pytest

from kg import errors


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.KgError("it broke"), "it broke"),
        (errors.DataError("it broke", where="a.toml:3"), "a.toml:3: it broke"),
        (errors.ModelError("it broke", hint="run `kg doctor`"), "it broke — run `kg doctor`"),
        (errors.ReadError("it broke", where="a.txt", hint="mend it"), "a.txt: it broke — mend it"),
    ],
)
def test_what_an_error_says(error: errors.KgError, text: str) -> None:
    assert str(error) == text


def test_the_tree_that_the_module_draws_is_the_one_there_is() -> None:
    drawn = errors.__doc__ or ""
    classes = [one for one in vars(errors).values() if isinstance(one, type)]
    assert [one.__name__ for one in classes if one.__name__ not in drawn] == []
    assert all(issubclass(one, errors.KgError) for one in classes)
