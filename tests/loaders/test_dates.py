import datetime
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from loaders.dates import date_of, find_dates, find_ends
from loaders.words import load_words

Read = Callable[[str], Doc]
THURSDAY = datetime.date(2024, 6, 20)

# (sentence, words of the date, first day, last day, precision), published on Thursday 20 June 2024
DATES = [
    ("Talvik left on 12 June 2018.", "12 June 2018", "2018-06-12", "2018-06-12", "day"),
    ("Talvik left on June 12, 2018.", "June 12, 2018", "2018-06-12", "2018-06-12", "day"),
    ("Talvik left on the 3rd of May.", "the 3rd of May", "2024-05-03", "2024-05-03", "day"),
    ("Talvik left on Sept. 11.", "Sept. 11", "2023-09-11", "2023-09-11", "day"),
    ("Talvik will leave on July 4.", "July 4", "2024-07-04", "2024-07-04", "day"),
    ("Talvik left on 2024-02-29.", "2024-02-29", "2024-02-29", "2024-02-29", "day"),
    ("The envoys met on Monday.", "Monday", "2024-06-17", "2024-06-17", "day"),
    ("The envoys met Thursday.", "Thursday", "2024-06-20", "2024-06-20", "day"),
    ("The envoys met on Friday.", "Friday", "2024-06-14", "2024-06-14", "day"),
    ("The envoys will meet on Friday.", "Friday", "2024-06-21", "2024-06-21", "day"),
    ("The duties would take effect Friday.", "Friday", "2024-06-21", "2024-06-21", "day"),
    ("The envoys met last Thursday.", "last Thursday", "2024-06-13", "2024-06-13", "day"),
    ("The envoys met yesterday.", "yesterday", "2024-06-19", "2024-06-19", "day"),
    ("Tomorrow the envoys meet.", "Tomorrow", "2024-06-21", "2024-06-21", "day"),
    ("The envoys met two days ago.", "two days ago", "2024-06-18", "2024-06-18", "day"),
    ("The talks failed last week.", "last week", "2024-06-10", "2024-06-16", "week"),
    ("The talks failed this week.", "this week", "2024-06-17", "2024-06-20", "week"),
    ("The talks will begin next week.", "next week", "2024-06-24", "2024-06-30", "week"),
    ("The talks failed a week ago.", "a week ago", "2024-06-10", "2024-06-16", "week"),
    ("The army attacked over the weekend.", "the weekend", "2024-06-15", "2024-06-16", "range"),
    ("The army attacked last weekend.", "last weekend", "2024-06-15", "2024-06-16", "range"),
    ("The army attacked last month.", "last month", "2024-05-01", "2024-05-31", "month"),
    ("The army attacked earlier this month.", "earlier this month", "2024-06-01", "2024-06-20", "month"),
    ("The army will attack later this month.", "later this month", "2024-06-20", "2024-06-30", "month"),
    ("The army attacked in May.", "May", "2024-05-01", "2024-05-31", "month"),
    ("The army attacked in December.", "December", "2023-12-01", "2023-12-31", "month"),
    ("The army attacked in early June 2022.", "early June 2022", "2022-06-01", "2022-06-30", "month"),
    ("The army attacked in January of this year.", "January of this year", "2024-01-01", "2024-01-31", "month"),
    ("The army attacked three months ago.", "three months ago", "2024-03-01", "2024-03-31", "month"),
    ("The army attacked last year.", "last year", "2023-01-01", "2023-12-31", "year"),
    ("The army attacked throughout 2024.", "2024", "2024-01-01", "2024-12-31", "year"),
    ("The army attacked in late 2023.", "late 2023", "2023-01-01", "2023-12-31", "year"),
    ("The army attacked in 1994.", "1994", "1994-01-01", "1994-12-31", "year"),
    ("The army attacked three years ago.", "three years ago", "2021-01-01", "2021-12-31", "year"),
    ("It was built in the summer of 2021.", "the summer of 2021", "2021-06-01", "2021-08-31", "season"),
    ("The army attacked last winter.", "last winter", "2023-12-01", "2024-02-29", "season"),
    ("Fighting raged between 3 and 7 May.", "3 and 7 May", "2024-05-03", "2024-05-07", "range"),
    ("Fighting raged May 3-7, 2020.", "May 3-7, 2020", "2020-05-03", "2020-05-07", "range"),
    ("Fighting raged from 28 May to 3 June.", "28 May to 3 June", "2024-05-28", "2024-06-03", "range"),
    ("It raged from March to June 2020.", "from March to June 2020", "2020-03-01", "2020-06-30", "range"),
    ("It raged from 2014 to 2016.", "2014 to 2016", "2014-01-01", "2016-12-31", "range"),
    ("It raged between 2014 and 2016.", "between 2014 and 2016", "2014-01-01", "2016-12-31", "range"),
    ("In the 1990s the two fought.", "the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("It raged from Monday to Wednesday.", "from Monday to Wednesday", "2024-06-17", "2024-06-19", "range"),
    ("The army struck in the first half of 2023.", "the first half of 2023", "2023-01-01", "2023-06-30", "range"),
    ("It fell in the last quarter of 2021.", "the last quarter of 2021", "2021-10-01", "2021-12-31", "range"),
    ("They met on June 3rd and 4th.", "June 3rd and 4th", "2024-06-03", "2024-06-04", "range"),
    ("They met in the week of June 3.", "the week of June 3", "2024-06-03", "2024-06-09", "week"),
    ("They met on the weekend of 8 June.", "the weekend of 8 June", "2024-06-08", "2024-06-09", "range"),
    ("They met in the last week of May.", "May", "2024-05-01", "2024-05-31", "month"),
    ("It fell in the winter of 2022-23.", "the winter of 2022-23", "2022-12-01", "2023-02-28", "season"),
    ("It fell the day before yesterday.", "the day before yesterday", "2024-06-18", "2024-06-18", "day"),
    ("The vote is due on Sunday.", "Sunday", "2024-06-23", "2024-06-23", "day"),
    ("The talks are scheduled for Friday.", "Friday", "2024-06-21", "2024-06-21", "day"),
    ("His remarks come two days after Noria left the pact.", "two days", "2024-06-18", "2024-06-18", "day"),
    ("Bombs fell on the night of 3 May.", "3 May", "2024-05-03", "2024-05-03", "day"),
    ("Bombs fell between 3 and 5 June.", "3 and 5 June", "2024-06-03", "2024-06-05", "range"),
    ("The army has held thirteen tests since May.", "since May", "2024-05-01", "2024-06-20", "range"),
    ("The army has bombed the port since Monday.", "since Monday", "2024-06-17", "2024-06-20", "range"),
]

NO_DATES = [
    "He ruled for 24 years.",
    "She came for the first time in 24 years.",
    "Tests have grown in recent months.",
    "A five-day meeting ended.",
    "The envoy is 24 years old.",
    "Prime Minister Theresa May spoke.",
    "They may march on the capital.",
    "Talvik may leave.",
    "The army has 2000 men and 1999 guns.",
    "It was the worst raid since 2010.",
    "The envoys must leave by Friday.",
    "The truce holds until June 12.",
    "It fell more than two years ago.",
    "The week was quiet.",
    "Her march to power sold 1,950 copies.",
    "Talvik left on February 31, 2023.",
    "The king died on the eve of the vote.",
    "The envoys met two days later.",
    "The envoys met a day earlier.",
    "It fell two days after the vote.",
    "It fell half a year ago.",
    "It fell over the past two weeks.",
    "They must leave within 48 hours.",
    "They met the same day.",
    "By late May the army had left.",
]

# (sentence, trigger, its date's first day or None)
GOVERNED = [
    ("In May, Talvik visited Noria, signing a treaty and thanking the king.", "visited", "2024-05-01"),
    ("In May, Talvik visited Noria, signing a treaty and thanking the king.", "signing", "2024-05-01"),
    ("In May, Talvik visited Noria, signing a treaty and thanking the king.", "thanking", "2024-05-01"),
    ("Talvik met the king on Monday.", "met", "2024-06-17"),
    ("Tuesday's attack killed nine.", "attack", "2024-06-18"),
    ("The two held talks on Tuesday.", "talks", "2024-06-18"),
    ("The summit held in February failed.", "summit", "2024-02-01"),
    ("The June 12 agreement ended the war.", "agreement", "2024-06-12"),
    ("The June 12 agreement ended the war.", "ended", None),
    ("The ministry denied the report in a statement Wednesday.", "denied", "2024-06-19"),
    ("Talvik said on Tuesday that rebels had bombed the port.", "bombed", None),
    ("Talvik said rebels bombed the port on Tuesday.", "bombed", "2024-06-18"),
    ("Talvik said rebels bombed the port on Tuesday.", "said", None),
    ("Noria refused on Monday to sign the treaty.", "sign", "2024-06-17"),
    ("On Friday the court jailed the general for shelling the port.", "shelling", None),
    ("Relations soured in 2010 after rebels stormed a ship.", "stormed", "2010-01-01"),
    ("The talks failed last week after rebels shot the envoy.", "shot", "2024-06-10"),
    ("The talks failed on Friday after rebels shot the envoy.", "shot", None),
    ("Last week Noria began the dispute by imposing duties.", "imposing", "2024-06-10"),
    ("His remarks come two days after Noria left the pact.", "left", "2024-06-18"),
    ("Starting in May 2019, Noria stopped paying its share.", "stopped", "2019-05-01"),
    ("Talvik visited Noria. The king left on Monday.", "visited", None),
]


@pytest.mark.parametrize(("text", "words", "start", "end", "precision"), DATES)
def test_dates(read: Read, text: str, words: str, start: str, end: str, precision: str) -> None:
    found = [
        (one.span.of(text), str(one.date.start), str(one.date.end), str(one.date.precision))
        for one in find_dates(read(text), THURSDAY)
    ]
    assert found == [(words, start, end, precision)]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(read: Read, text: str) -> None:
    assert find_dates(read(text), THURSDAY) == ()


@pytest.mark.parametrize("text", ["It fell on Monday.", "It fell last week.", "It fell in May.", "It fell since May."])
def test_relative_dates_need_a_day_of_publication(read: Read, text: str) -> None:
    assert find_dates(read(text), None) == ()


def test_absolute_dates_need_none(read: Read) -> None:
    assert [str(one.date.start) for one in find_dates(read("It fell on 3 May 2020."), None)] == ["2020-05-03"]


def test_every_basis_is_the_text(read: Read) -> None:
    assert {one.date.basis for one in find_dates(read("It fell on Monday and in 2019."), THURSDAY)} == {"text"}


@pytest.mark.parametrize(("text", "trigger", "start"), GOVERNED)
def test_which_event_a_date_dates(read: Read, text: str, trigger: str, start: str | None) -> None:
    doc = read(text)
    token = next(token for token in doc if token.text == trigger)
    date = date_of(token, find_dates(doc, THURSDAY))
    assert (str(date.start) if date else None) == start


def test_what_is_said_has_the_date_of_its_cue(read: Read) -> None:
    doc = read("“We reject the offer,” Talvik said Tuesday.")
    reject, said = (next(token for token in doc if token.text == word) for word in ("reject", "said"))
    dates = find_dates(doc, THURSDAY)
    assert date_of(reject, dates) is None
    assert str(getattr(date_of(reject, dates, cue=said), "start", None)) == "2024-06-18"


def test_examples_of_blockers(read: Read) -> None:
    assert all(find_dates(read(text), THURSDAY) == () for text in load_words("dates")["blockers"]["examples"])


@pytest.mark.parametrize(
    ("group", "trigger", "dated"),
    [("carriers", "treaty", True), ("apart", "shelling", False), ("settings", "denied", True)],
)
def test_examples_of_the_word_lists(read: Read, group: str, trigger: str, dated: bool) -> None:
    for text in load_words("dates")[group]["examples"]:
        doc = read(text)
        token = next(token for token in doc if token.text == trigger)
        assert (date_of(token, find_dates(doc, THURSDAY)) is not None) is dated, text


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Talvik was chief until May 2019.", ["May 2019"]),
        ("Talvik was chief from 2010 till 2014.", ["2014"]),
        ("Until last year, Talvik was chief.", ["last year"]),
        ("Talvik left in 2019.", []),
        ("Talvik must leave by 2030.", []),
        ("Talvik has been chief since 2019.", []),
    ],
)
def test_until_when_something_lasted(read: Read, text: str, ends: list[str]) -> None:
    assert [mention.span.of(text) for mention in find_ends(read(text), THURSDAY)] == ends
