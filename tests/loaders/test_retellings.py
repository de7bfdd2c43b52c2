"""Later tellings of an event take the parties that were named before: sentences, and the last event with its rule."""

from collections.abc import Callable

import pytest

from kg.model import Extraction
from tests.loaders.test_events import told


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # a definite noun
        ("Iraq attacked Kuwait. Oil rose after the attack.", "ASSAULT ATTACKED Iraq → Kuwait"),
        ("Iraq bombed Kuwait on Monday. Monday's raid shocked Europe.", "ASSAULT ATTACKED Iraq → Kuwait"),
        ("Kenya held talks with Chad. The talks went on.", "CONSULT HELD_TALKS_WITH Kenya, Chad → "),
        # one whose doer nobody knows
        ("A bombing in Kuwait shocked Europe. The bombing came at noon.", "ASSAULT BOMBED  → Kuwait"),
        # its possessor is one of those who acted
        ("Iraq attacked Kuwait. Iraq's attacks went on.", "ASSAULT ATTACKED Iraq → Kuwait"),
        # a passive verb without its agent
        ("Israel bombed Ali Khamenei's house. Ali Khamenei was killed.", "ASSAULT KILLED Israel → Ali Khamenei"),
        ("Iraq bombed Kuwait. Nine Kuwaiti soldiers died in the attack.", "ASSAULT KILLED Iraq → Kuwaiti soldiers"),
        # who owns up to it, or is said to be behind it
        (
            "A general of Peru was killed in Lima. Chile was behind the attack.",
            "ASSAULT ATTACKED Chile → Peruvian general",
        ),
        (
            "Luis Arce was shot in Lima. Hamas claimed responsibility for the attack.",
            "ASSAULT ATTACKED Hamas → Luis Arce",
        ),
        # what is refused or praised is another's deed
        ("Kenya accused Chad of fraud. Chad rejected the allegation.", "REJECT REJECTED Chad → Kenya"),
        ("Kenya urged Chad to act. Mali supported the call.", "SUPPORT SUPPORTED Mali → Kenya"),
        ("Iraq attacked Kuwait. Egypt condemned the attack.", "ACCUSE CONDEMNED Egypt → Iraq"),
        ("Iraq annexed Kuwait. Egypt condemned the move.", "ACCUSE CONDEMNED Egypt → Iraq"),
        ("Iran made an offer to Peru. Peru rejected its offer.", "REJECT REJECTED Peru → Iran"),
        ("Chile held a meeting with Peru. Brazil attended the meeting.", "CONSULT MET_WITH Brazil → Chile, Peru"),
        # words joined to words are said to the same
        ("Egypt criticized Iraq and demanded proof.", "REQUEST DEMANDED_FROM Egypt → Iraq"),
    ],
)
def test_a_later_telling_takes_the_parties_named_before(
    text: str, last: str, extract: Callable[..., Extraction]
) -> None:
    extraction = extract(text)
    whole = [event for event in extraction.events if event.rule.endswith("+retold")]
    assert last in told(extraction)
    assert [event.confidence <= 0.75 for event in whole] == [True] * len(whole) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an indefinite noun tells of another event
        ("Iraq attacked Kuwait. An attack came at noon.", ["ASSAULT ATTACKED Iraq → Kuwait"]),
        # another's deed of the same type
        (
            "Iraq attacked Kuwait. Egypt's attack failed.",
            ["ASSAULT ATTACKED Iraq → Kuwait", "ASSAULT ATTACKED Egypt → "],
        ),
        # it lies too far back, or is told in other words
        (
            "Iraq attacked Kuwait. It was May. It rained. Oil rose. Gold fell. The raid shocked Peru.",
            ["ASSAULT ATTACKED Iraq → Kuwait"],
        ),
        (
            "Iraq attacked Kuwait. The uprising in Yemen failed.",
            ["ASSAULT ATTACKED Iraq → Kuwait", "ASSAULT ATTACKED  → Yemen"],
        ),
        # nobody kills himself
        (
            "Ali Khamenei fought Iraq. Ali Khamenei was killed.",
            ["ASSAULT FOUGHT_WITH Ali Khamenei, Iraq → ", "ASSAULT KILLED Iraq → Ali Khamenei"],
        ),
        # it is done to somebody else
        (
            "Iraq arrested Ali Khamenei. The arrest of one of his aides followed.",
            ["COERCE ARRESTED Iraq → Ali Khamenei", "COERCE ARRESTED  → Iranian aides"],
        ),
        # it is only spoken of
        ("Kenya held talks with Chad. The talk about peace goes on.", ["CONSULT HELD_TALKS_WITH Kenya, Chad → "]),
        # it was only wanted
        (
            "Iraq wants to attack Kuwait. The attack shocked Peru.",
            ["THREATEN THREATENED_FORCE_AGAINST Iraq → Kuwait"],
        ),
        # it did not happen
        (
            "Iraq did not attack Kuwait. Peru condemned the attack.",
            ["ASSAULT ATTACKED Iraq → Kuwait", "ACCUSE CONDEMNED Peru → "],
        ),
        # nothing of that type was told before
        ("Iraq thanked Kuwait. Oil rose after the attack.", ["SUPPORT THANKED Iraq → Kuwait"]),
        # thanks are no words to whom the next ones are
        ("Egypt thanked Iraq and demanded proof.", ["SUPPORT THANKED Egypt → Iraq", "REQUEST DEMANDED_FROM Egypt → "]),
        # nobody rejects his own words
        (
            "Kenya accused Chad of fraud. Kenya rejected the claim.",
            ["ACCUSE ACCUSED Kenya → Chad", "REJECT REJECTED Kenya → "],
        ),
    ],
)
def test_what_does_not_fit_takes_nothing(text: str, expected: list[str], extract: Callable[..., Extraction]) -> None:
    assert told(extract(text)) == expected


def test_a_demand_is_not_told_twice(extract: Callable[..., Extraction]) -> None:
    assert told(extract("Kenya demanded that Chad must stop.")) == ["REQUEST DEMANDED_FROM Kenya → Chad"]
