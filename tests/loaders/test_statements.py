from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.model import Form, Mention, Span, Statement
from loaders.statements import find_statements, speaker_of

Read = Callable[[str], Doc]
Said = tuple[str | None, str | None, str, bool]


def mention(text: str, words: str, entity: str) -> Mention:
    start = text.index(words)
    return Mention(span=Span(start, start + len(words)), form=Form.NAME, entity=entity)


def said(text: str, statements: tuple[Statement, ...]) -> list[Said]:
    """Each statement as the words of its speaker, its cue and its content, and whether it is quoted."""
    return [
        (
            one.speaker_span.of(text) if one.speaker_span else None,
            one.cue.of(text) if one.cue else None,
            one.content.of(text),
            one.quoted,
        )
        for one in statements
    ]


DIRECT: list[tuple[str, list[Said]]] = [
    (
        "“The talks have failed,” Talvik said in a speech.",
        [("Talvik", "said", "The talks have failed", True)],
    ),
    (
        '"We reject the offer," said Mira Talvik, the foreign minister.',
        [("Mira Talvik", "said", "We reject the offer", True)],
    ),
    (
        "Talvik told reporters: “The border is closed. Nobody will cross it.”",
        [("Talvik", "told", "The border is closed. Nobody will cross it.", True)],
    ),
    (
        "The envoy tweeted, “Peace is near.”",
        [("The envoy", "tweeted", "Peace is near.", True)],
    ),
    (
        "“We will not yield!” the general shouted.",
        [("the general", "shouted", "We will not yield!", True)],
    ),
    (
        "“The war,” Talvik said, “is over.”",
        [("Talvik", "said", "The war,” Talvik said, “is over.", True)],
    ),
    (
        "“We are ready,” Talvik said. “The army stands by.”",
        [("Talvik", "said", "We are ready,” Talvik said. “The army stands by.", True)],
    ),
    (
        "“We are ready,” Talvik said. The crowd cheered for a while. People sang. “They left us no choice.”",
        [("Talvik", "said", "We are ready", True)],
    ),
    (
        "The general went on:\n\n“Noria has no right to the island.”",
        [("The general", "went", "Noria has no right to the island.", True)],
    ),
    (
        "“We are ready,” Talvik said.\n\n“The army stands by, and so does the fleet.”",
        [
            ("Talvik", "said", "We are ready", True),
            ("Talvik", "said", "The army stands by, and so does the fleet.", True),
        ],
    ),
]

LABELLED: list[tuple[str, list[Said]]] = [
    (
        "Talvik: Noria must leave the island.\n\nThe council met on Monday.",
        [("Talvik", ":", "Noria must leave the island.", True)],
    ),
    (
        "The two met on air.\n\nLEE: Will the fleet sail on Sunday?\n\nTALVIK: The fleet will not sail on Sunday."
        "\n\nLEE: Is that what the council wants?\n\nTALVIK: That is what all of us want.",
        [
            ("LEE", ":", "Will the fleet sail on Sunday?", True),
            ("TALVIK", ":", "The fleet will not sail on Sunday.", True),
            ("LEE", ":", "Is that what the council wants?", True),
            ("TALVIK", ":", "That is what all of us want.", True),
        ],
    ),
    (
        "Readers wrote to us.\n\n“The war must end.” — Ana Ruiz\n\n“It has only begun.” ― Jan Talvik.",
        [("Ana Ruiz", "—", "The war must end.", True), ("Jan Talvik", "―", "It has only begun.", True)],
    ),
    ("The council met on Monday.\n\nNote: the fleet sailed on Sunday at noon.", []),
]

INDIRECT: list[tuple[str, list[Said]]] = [
    (
        "Talvik said that the talks had failed.",
        [("Talvik", "said", "the talks had failed", False)],
    ),
    (
        "The talks had failed, Talvik said on Monday.",
        [("Talvik", "said", "The talks had failed", False)],
    ),
    (
        "The talks, Talvik said, had failed.",
        [("Talvik", "said", "The talks, Talvik said, had failed", False)],
    ),
    (
        "Talvik told the council the fleet had left.",
        [("Talvik", "told", "the fleet had left", False)],
    ),
    (
        "Estmark denies that its troops crossed the border.",
        [("Estmark", "denies", "its troops crossed the border", False)],
    ),
    (
        "The port was shelled at dawn, according to the mayor of Noria.",
        [("the mayor of Noria", "according to", "The port was shelled at dawn", False)],
    ),
    (
        "According to police, nine people died.",
        [("police", "According to", "nine people died", False)],
    ),
    (
        "Two ships sank, per a report from the harbour office.",
        [("a report from the harbour office", "per", "Two ships sank", False)],
    ),
    (
        "As previously reported by the Gazette, the two leaders have met twice.",
        [("the Gazette", "reported", "the two leaders have met twice", False)],
    ),
    (
        "Talvik visited Noria, saying that peace was near.",
        [("Talvik", "saying", "peace was near", False)],
    ),
    (
        "The envoy, who said the war was over, has left.",
        [("The envoy, who", "said", "the war was over", False)],
    ),
    (
        "Talvik vowed to defend every village.",
        [("Talvik", "vowed", "to defend every village", False)],
    ),
    (
        "Noria accused Estmark of shelling the port.",
        [("Noria", "accused", "shelling the port", False)],
    ),
    (
        "The president confirmed the killing of the rebel chief.",
        [("The president", "confirmed", "the killing of the rebel chief", False)],
    ),
    (
        "The governor denounced the raid as an attack on the constitution.",
        [("The governor", "denounced", "the raid as an attack on the constitution", False)],
    ),
    (
        "Estmark's claim that the ship was armed has not been proved.",
        [("Estmark's", "claim", "the ship was armed", False)],
    ),
    (  # the teller goes on in the teller's own voice
        "Talvik said the talks had failed, arguing that Noria wanted war.",
        [("Talvik", "said", "the talks had failed", False), ("Talvik", "arguing", "Noria wanted war", False)],
    ),
    (
        "Talvik says a truce is possible but says Noria must leave.",
        [("Talvik", "says", "a truce is possible", False), ("Talvik", "says", "Noria must leave", False)],
    ),
    (
        "The general told a cabinet meeting that he had met with the envoys.",
        [("The general", "told", "he had met with the envoys", False)],
    ),
    (
        "One of the envoys said the talks had failed.",
        [("One of the envoys", "said", "the talks had failed", False)],
    ),
    (
        "Talvik sent a letter saying the fleet would leave.",
        [("Talvik", "saying", "the fleet would leave", False)],
    ),
    (
        "A new poll shows the government losing ground.",
        [("A new poll", "shows", "the government losing ground", False)],
    ),
    (
        "Talvik acknowledged the loss of three ships.",
        [("Talvik", "acknowledged", "the loss of three ships", False)],
    ),
]

MIXED: list[tuple[str, list[Said]]] = [
    (
        "The ministry called the accusations “baseless.”",
        [("The ministry", "called", "baseless.", True)],
    ),
    (
        "Talvik said Noria “will keep the strait open to all ships.”",
        [("Talvik", "said", "will keep the strait open to all ships.", True)],
    ),
    (
        "Talvik said Noria was “flagrantly” breaking the treaty that it had signed.",
        [("Talvik", "said", "Noria was “flagrantly” breaking the treaty that it had signed", False)],
    ),
    (
        "Talvik vowed to “defend every village in the valley.”",
        [("Talvik", "vowed", "defend every village in the valley.", True)],
    ),
]

NOTHING_SAID = [
    "The minister did not say whether he would resign.",
    "The so-called “peace train” left at noon.",
    "Nine per cent of the voters stayed at home.",
    "It is raining in the valley.",
    "The army declined to say how many died.",
    "The party chose a council, viewed as a step towards elections.",
    "The transcript follows:\n\n“A long day at the harbour.”",
]


@pytest.mark.parametrize(("text", "expected"), DIRECT + LABELLED + INDIRECT + MIXED)
def test_statements(read: Read, text: str, expected: list[Said]) -> None:
    assert said(text, find_statements(read(text), ())) == expected


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_where_nothing_is_said(read: Read, text: str) -> None:
    assert find_statements(read(text), ()) == ()


def test_first_person_beliefs_within_a_quotation_are_the_speakers_own(read: Read) -> None:
    text = "“I think the talks have failed,” Talvik said."
    assert said(text, find_statements(read(text), ())) == [("Talvik", "said", "I think the talks have failed", True)]


def test_a_report_within_a_quotation_has_its_own_speaker(read: Read) -> None:
    text = "“The agency reported that the ship sank,” Talvik said."
    assert [(who, what) for who, _, what, _ in said(text, find_statements(read(text), ()))] == [
        ("Talvik", "The agency reported that the ship sank"),
        ("The agency", "the ship sank"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Mira Talvik said the war was over.", "Mira Talvik", "Q1"),
        ("The foreign minister, Mira Talvik, said the war was over.", "Mira Talvik", "Q1"),
        ("A statement from the ministry said the war was over.", "the ministry", "Q2"),
        ("The Norian statement said the war was over.", "Norian", "Q3"),
        ("A recent Norian report said the war was over.", "Norian", "Q3"),
        ("Talvik issued a statement saying the war was over.", "Talvik", "Q1"),
        ("The fleet left. A statement said the war was over.", "The fleet", None),
        ("Police in Noria said the war was over.", "Noria", None),
    ],
)
def test_speaker(read: Read, text: str, words: str, entity: str | None) -> None:
    mentions = [mention(text, words, entity or "Q9")]
    assert [one.speaker for one in find_statements(read(text), mentions)] == [entity]


def test_a_statement_that_goes_on_speaks_for_whom_spoke_last(read: Read) -> None:
    text = "The ministry denied that its ships had left. The statement added that the war was over."
    assert [one.speaker for one in find_statements(read(text), [mention(text, "The ministry", "Q2")])] == ["Q2", "Q2"]


def test_a_report_by_pronoun_within_another_report_is_kept_unless_it_is_a_belief(read: Read) -> None:
    text = "Talvik vowed to end what she called “a war of lies”. Lee said he expects that the war will end."
    assert [one.cue.of(text) for one in find_statements(read(text), ()) if one.cue] == ["vowed", "called", "said"]


def test_the_longest_mention_of_the_speakers_phrase_speaks(read: Read) -> None:
    text = "Norian troops said the war was over."
    mentions = [mention(text, "Norian troops", "group/norian-troops"), mention(text, "Norian", "Q3")]
    assert [one.speaker for one in find_statements(read(text), mentions)] == ["group/norian-troops"]


def test_speaker_of_is_the_innermost(read: Read) -> None:
    text = "Talvik said the mayor had told reporters that the port was shelled. The fleet left."
    mentions = [mention(text, "Talvik", "Q1"), mention(text, "the mayor", "Q2")]
    statements = find_statements(read(text), mentions)
    assert speaker_of(text.index("shelled"), statements) == "Q2"
    assert speaker_of(text.index("told"), statements) == "Q1"
    assert speaker_of(text.index("fleet"), statements) is None


def test_evidence_is_the_sentence(read: Read) -> None:
    text = "The fleet left. Talvik said the war was over. Nobody came."
    (statement,) = find_statements(read(text), ())
    assert statement.evidence.of(text) == "Talvik said the war was over."


def test_statements_are_sorted_and_repeat(read: Read) -> None:
    text = "Talvik said he would go. “We stay,” Lee said. According to police, nine people died."
    once, again = find_statements(read(text), ()), find_statements(read(text), ())
    assert once == again
    assert [one.content.start for one in once] == sorted(one.content.start for one in once)


def test_a_cue_in_a_quotation_whose_words_stand_outside_it_makes_no_empty_span(read: Read) -> None:
    text = "The envoy was firm, vowing in March that “the days of waiting, he said,” were over for all."
    assert all(one.content.of(text) for one in find_statements(read(text), ()))
