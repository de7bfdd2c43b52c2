"""In which language a text is."""

from pathlib import Path

import pytest

from loaders.languages import ENOUGH, code_of, guess_language, language_of_model, name_of

LANGUAGES = {
    "en": "Norway and Iceland signed a fisheries agreement in Oslo on Monday, and the ministers said it was fair. ",
    "de": "Norwegen und Island haben am Montag in Oslo ein Abkommen über die Fischerei unterzeichnet, hieß es. ",
    "fr": "La Norvège et l'Islande ont signé lundi à Oslo un accord sur la pêche, ont annoncé les deux ministères. ",
    "ru": "Норвегия и Исландия подписали в понедельник в Осло соглашение о рыболовстве, сообщили министерства. ",
    "nl": "Noorwegen en IJsland hebben maandag in Oslo een akkoord over visserij getekend, zeiden beide ministeries. ",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_where_the_text_is_long_enough(language: str) -> None:
    text = LANGUAGES[language] * 3
    assert guess_language(text) == language
    assert guess_language(text[: ENOUGH - 1]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Oslo Reykjavík Moskva Kyiv Warszawa Praha Budapest Wien Berlin Paris " * 5,
        "12 34 56 78 " * 30,
        LANGUAGES["en"] * 2 + "“" + LANGUAGES["de"] + "”",
    ],
    ids=["names", "numbers", "a German quotation"],
)
def test_in_doubt_it_is_english(text: str) -> None:
    assert guess_language(text) in ("en", None)


@pytest.mark.parametrize(
    ("given", "code"), [("en-GB", "en"), ("ENG", "en"), ("English", "en"), ("pt_BR", "pt"), ("tlh", "tlh")]
)
def test_a_language_has_many_names(given: str, code: str) -> None:
    assert code_of(given) == code


def test_what_it_is_called() -> None:
    assert (name_of("de"), name_of("xx")) == ("German", "the language 'xx'")


def test_a_model_says_its_language(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "de"}')
    assert language_of_model(str(tmp_path)) == "de"
    assert language_of_model("fr_core_news_md") == "fr"
