"""Whether a person's name is a man's or a woman's."""

import pytest

from loaders.genders import gender_of_given_name
from loaders.pipeline import Extractor
from loaders.words import load_words
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Margaret Hale left.", "Margaret Hale", "female"),  # a given name
        ("Victor Stone left.", "Victor Stone", "male"),
        ("Ms Lindqvist left.", "Lindqvist", "female"),  # an honorific
        ("The actress Robin Hale left.", "Robin Hale", "female"),  # a noun before the name
        ("Robin Hale, his sister, left.", "Robin Hale", "female"),  # a noun after it
        ("Robin Hale was a salesman.", "Robin Hale", "male"),  # a predicate
        ("Victor left.", "Victor", None),  # alone it may be a surname
        ("Margaret left.", "Margaret", "female"),  # as few women's names are
        ("Robin Hale left.", "Robin Hale", None),  # women and men bear the name
    ],
)
def test_gender(extractor: Extractor, text: str, name: str, gender: str | None) -> None:
    figure = stage(extractor, text).figure(name)
    assert figure
    assert figure.gender == gender


def test_no_given_name_is_both() -> None:
    names = {gender: set(text.split()) for gender, text in load_words("given_names").items()}
    assert not names["male"] & names["female"]
    assert gender_of_given_name("José") == gender_of_given_name("Jose")  # accents do not count
