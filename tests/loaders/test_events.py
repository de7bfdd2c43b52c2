"""What happened, as a table: construction, sentence, and the events as "TYPE RELATION actors → targets"."""

import datetime
from collections.abc import Callable

import pytest

from kg.model import Basis, Event, Extraction, Modality, Polarity, Precision

PUBLISHED = datetime.date(2024, 12, 30)  # a Monday

ROWS = [
    # --- who did it to whom -------------------------------------------------------------------------------------------
    ("active", "Estonia accused Latvia of delay.", ["ACCUSE ACCUSED Estonia → Latvia"]),
    ("passive with agent", "Latvia was accused by Estonia of delay.", ["ACCUSE ACCUSED Estonia → Latvia"]),
    ("passive without agent", "Latvia was accused of delay.", ["ACCUSE ACCUSED  → Latvia"]),
    (
        "relative pronoun as object",
        "It aimed at Latvia, which Estonia accused of delay.",
        ["ACCUSE ACCUSED Estonia → Latvia"],
    ),
    (
        "relative pronoun as subject",
        "Estonia, which accused Latvia of delay, has since gone quiet.",
        ["ACCUSE ACCUSED Estonia → Latvia"],
    ),
    (
        "reduced relative",
        "Estonia, accused by Latvia of delay, has since gone quiet.",
        ["ACCUSE ACCUSED Latvia → Estonia"],
    ),
    (
        "participles share subject and co-party",
        "Angela Merkel visited Peru, signing a trade treaty and thanking Chile.",
        [
            "CONSULT VISITED Angela Merkel → Peru",
            "SUPPORT SIGNED_AGREEMENT_WITH Angela Merkel → Peru",
            "SUPPORT THANKED Angela Merkel → Chile",
        ],
    ),
    (
        "joined verbs share the subject",
        "Kenya condemned Chad and thanked Mali.",
        ["ACCUSE CONDEMNED Kenya → Chad", "SUPPORT THANKED Kenya → Mali"],
    ),
    (
        "joined actors and targets",
        "France and Spain condemned Chad and Mali.",
        ["ACCUSE CONDEMNED France, Spain → Chad, Mali"],
    ),
    (
        "reciprocal: all are actors",
        "Chile and Peru signed a treaty on water.",
        ["SUPPORT SIGNED_AGREEMENT_WITH Chile, Peru → "],
    ),
    (
        "along with somebody",
        "Chile, along with Peru and Brazil, condemned Cuba.",
        ["ACCUSE CONDEMNED Chile, Peru, Brazil → Cuba"],
    ),
    (
        "names after a nominal",
        "Council members Chile and Peru condemned Cuba.",
        ["ACCUSE CONDEMNED Chile, Peru → Cuba"],
    ),
    ("whose visit it is", "During a visit to Peru, Angela Merkel slept.", ["CONSULT VISITED Angela Merkel → Peru"]),
    ("deeds promised", "Chile agreed to release Cuban sailors.", ["AGREE AGREED_WITH Chile → Cuba"]),
    ("a demand by must", "Chile must act now, Peru said.", ["REQUEST CALLED_ON Peru → Chile"]),
    ("reciprocal with", "Chile held talks with Peru.", ["CONSULT HELD_TALKS_WITH Chile, Peru → "]),
    ("spoken of", "Chile issued a note to Peru over the war.", []),
    ("noun between", "Talks between Chile and Peru went on.", ["CONSULT HELD_TALKS_WITH Chile, Peru → "]),
    ("noun with possessor", "Oil rose after Iraq's invasion of Kuwait.", ["ASSAULT INVADED Iraq → Kuwait"]),
    ("noun with demonym", "Oil rose after the Iraqi invasion of Kuwait.", ["ASSAULT INVADED Iraq → Kuwait"]),
    (
        "whom an attack harms",
        "An Iraqi airstrike killed Qassem Soleimani.",
        ["ASSAULT STRUCK_FROM_AIR Iraq → Qasem Soleimani", "ASSAULT KILLED Iraq → Qasem Soleimani"],
    ),
    (
        "harmed in whose attack",
        "Qassem Soleimani was killed in an Iraqi airstrike.",
        ["ASSAULT KILLED Iraq → Qasem Soleimani", "ASSAULT STRUCK_FROM_AIR Iraq → Qasem Soleimani"],
    ),
    (
        "who dies in whose attack",
        "Qassem Soleimani died in an Iraqi airstrike.",
        ["ASSAULT KILLED Iraq → Qasem Soleimani", "ASSAULT STRUCK_FROM_AIR Iraq → Qasem Soleimani"],
    ),
    ("light verb", "Iraq launched an attack on Kuwait.", ["ASSAULT ATTACKED Iraq → Kuwait"]),
    (
        "nominal target split into its actors",
        "Cuba criticized Peruvian ties with Chile and Brazil.",
        ["ACCUSE CRITICIZED Cuba → Peru, Chile, Brazil"],
    ),
    (
        "object control, and what is demanded",
        "Kenya urged Chad to release the sailors.",
        ["REQUEST CALLED_ON Kenya → Chad", "RETREAT RELEASED Chad → Sailors"],
    ),
    ("clause of a demand", "Kenya demanded that Chad disarm.", ["REQUEST DEMANDED_FROM Kenya → Chad"]),
    (
        "whose fault it is",
        "Kenya blamed Chad for attacking Mali.",
        ["ACCUSE BLAMED Kenya → Chad", "ASSAULT ATTACKED Chad → Mali"],
    ),
    (
        "a victim is no attacker",
        "Ali Khamenei died, killed in a raid targeting Tehran.",
        ["ASSAULT KILLED  → Ali Khamenei", "ASSAULT ATTACKED  → Ali Khamenei"],
    ),
    (
        "officials of two states",
        "Kenyan and Chadian officials condemned Mali.",
        ["ACCUSE CONDEMNED Kenya, Chad → Mali"],
    ),
    ("a claim's clause names no target", "Kenya rejected the claim that Chad had lost.", ["REJECT REJECTED Kenya → "]),
    (
        "journalists are no audience here",
        "Chad arrested Kenyan journalists.",
        ["COERCE ARRESTED Chad → Kenyan journalists"],
    ),
    (
        "a war is called by where it was",
        "Angela Merkel met Ali Khamenei after the Iraq war.",
        ["CONSULT MET_WITH Angela Merkel, Ali Khamenei → ", "ASSAULT ATTACKED  → "],
    ),
    (
        "beside whom it is done",
        "Peru expelled Angela Merkel along with Ali Khamenei.",
        ["COERCE DEPORTED Peru → Angela Merkel"],
    ),
    (
        "captured with another",
        "Ali Khamenei was captured alongside Angela Merkel.",
        ["COERCE ARRESTED  → Ali Khamenei"],
    ),
    ("a town is not released", "Mosul was freed by Kenya.", []),
    ("nobody is asked", "Every child should read, Angela Merkel said.", []),
    ("over time", "Peru took a third of the profits from Chile over the course of a year.", []),
    (
        "what is to be stopped is its own object",
        "Chad will hold talks with Mali to stop the rain.",
        ["AGREE AGREED_TO_MEET Chad, Mali → "],
    ),
    # the place stands for those who are not named
    ("people of a place", "Hamas killed nine people in Israel.", ["ASSAULT KILLED Hamas → People, Israel"]),
    ("a place between enemies", "Israel and Hamas clashed in Gaza.", ["ASSAULT FOUGHT_WITH Israel, Hamas → "]),
    ("a state arrests on its ground", "Ali Khamenei was arrested in Chad.", ["COERCE ARRESTED Chad → Ali Khamenei"]),
    ("nameless people", "Gunmen killed a priest.", ["ASSAULT KILLED Gunmen → Priest"]),
    ("a noun with its target alone", "The killing of Ali Khamenei shocked many.", ["ASSAULT KILLED  → Ali Khamenei"]),
    ("by force", "He will not be stopped by force, Kenya told Chad.", []),
    ("done to its possessor", "Ali Khamenei's arrest by Israel failed.", ["COERCE ARRESTED Israel → Ali Khamenei"]),
    (
        "its possessor does it to another",
        "Israel's killing of Ali Khamenei failed.",
        ["ASSAULT KILLED Israel → Ali Khamenei"],
    ),
    ("a row of objects", "Israel fired shells, rockets and bombs at Hamas.", ["ASSAULT FIRED_ON Israel → Hamas"]),
    ("several of a kind", "Israel launched a series of attacks on Hamas.", ["ASSAULT ATTACKED Israel → Hamas"]),
    (
        "their own groups",
        "Kenya is calm. Opposition lawmakers condemned the army.",
        ["ACCUSE CONDEMNED Opposition lawmakers → Kenya Defence Forces"],
    ),
    (
        "whose words a text is",
        "Kenya issued a statement. The statement threatened sanctions on Chad.",
        ["THREATEN THREATENED_SANCTIONS_ON Kenya → Chad"],
    ),
    ("call on", "Kenya called on Chad to stop.", ["REQUEST CALLED_ON Kenya → Chad"]),
    (
        "hostile vow with the target inside an adjective",
        "Cuba vowed to carry out the toughest anti-Chilean counteraction yet.",
        ["THREATEN VOWED_ACTION_AGAINST Cuba → Chile"],
    ),
    (
        "a row of capitals stands for governments",
        "Norway tested a missile, and Sweden praised Oslo, Riga and Tallinn.",
        ["MOBILIZE TESTED_MISSILE_AGAINST Norway → ", "SUPPORT PRAISED Sweden → Norway, Latvia, Estonia"],
    ),
    # --- what it is (PLOVER's coding rules) ---------------------------------------------------------------------------
    ("will sign is AGREE", "Chile will sign a treaty with Peru.", ["AGREE AGREED_TO_SIGN_WITH Chile → Peru"]),
    ("signed is SUPPORT", "Chile signed a treaty with Peru.", ["SUPPORT SIGNED_AGREEMENT_WITH Chile → Peru"]),
    ("a coming visit is AGREE", "Angela Merkel will visit Peru.", ["AGREE PLANS_TO_VISIT Angela Merkel → Peru"]),
    ("will not is REJECT", "Chile will not lift the embargo on Peru.", ["REJECT REFUSED Chile → Peru"]),
    ("a refusal takes in the deed", "Chile refused to meet with Peru.", ["REJECT REFUSED Chile → Peru"]),
    ("a preposition at the object", "Chile returned the bones to Peru.", ["RETREAT RETREATED_FROM Chile → Peru"]),
    ("withdrew is RETREAT", "Chad withdrew its troops from Mali.", ["RETREAT WITHDREW_FROM Chad → Mali"]),
    (
        "announced withdrawal is CONCEDE",
        "Chad announced the withdrawal of its troops from Mali.",
        ["CONCEDE ANNOUNCED_WITHDRAWAL_FROM Chad → Mali"],
    ),
    (
        "joint exercise is COOPERATE",
        "Chile held joint exercises with Peru.",
        ["COOPERATE HELD_EXERCISE_WITH Chile, Peru → "],
    ),
    (
        "expelled diplomats are SANCTION",
        "Chile expelled two Peruvian diplomats.",
        ["SANCTION EXPELLED_DIPLOMATS_OF Chile → Peru"],
    ),
    (
        "a hostile deed to come is THREATEN",
        "Chad will invade Mali within days.",
        ["THREATEN THREATENED_FORCE_AGAINST Chad → Mali"],
    ),
    (
        "what is threatened is no second event",
        "Chad threatened to expel diplomats from Mali.",
        ["THREATEN THREATENED Chad → Mali"],
    ),
    ("but tariffs are announced", "Chile will impose tariffs on Peru.", ["COERCE IMPOSED_TARIFFS_ON Chile → Peru"]),
    ("a deed without victim is no threat", "Chile agreed to help fight the plague.", ["AGREE AGREED_WITH Chile → "]),
    ("what will not be is REJECT", "Chile will not lift sanctions on Peru.", ["REJECT REFUSED Chile → Peru"]),
    ("a meeting that will not be", "Chile will not meet Peru.", ["REJECT REFUSED Chile → Peru"]),
    (
        "what is refused is no second event",
        "Chile refused to hold talks with Peru.",
        ["REJECT REFUSED Chile → Peru"],
    ),
    ("a day is no part of a phrasal verb", "Chile called Cuban cigars good on Monday.", []),
    (
        "who is told to be to blame is accused",
        "Chad was behind the raid, Mali said.",
        ["ACCUSE ACCUSED Mali → Chad", "ASSAULT ATTACKED Chad → "],
    ),
    ("what holds with no not", "Chile does not recognise Peru.", ["REJECT REFUSED Chile → Peru"]),
    (
        "why it was asked for",
        "Chile called for a vote after Peru had fired a missile.",
        ["REQUEST CALLED_FOR Chile → ", "ASSAULT FIRED_ON Peru → "],
    ),
    ("whom an adjective describes", "Chile, wary of Peru, slept.", ["ACCUSE EXPRESSED_CONCERN_ABOUT Chile → Peru"]),
    (
        "a participle like an adjective",
        "Chile is disappointed with Peru.",
        ["ACCUSE EXPRESSED_CONCERN_ABOUT Chile → Peru"],
    ),
    ("whom a small clause is about", "Chile holds Peru responsible for it.", ["ACCUSE BLAMED Chile → Peru"]),
    ("a condition asks nobody", "Chile would sing should Peru wish so, Mali said.", []),
    # --- what is no event ---------------------------------------------------------------------------------------------
    ("opinion", "Some experts warn that the remarks may signal an escalation.", []),
    ("a forecast", "Growing hostility between neighbours worries Europe.", []),
    ("an audience", "Angela Merkel spoke to reporters in Lima.", []),
    ("what a thing does", "Decisions that threaten Peru must be avoided.", []),
    ("goods without a seller", "Grain was sold to Chad.", []),
    ("what is only supposed", "If Chile escalates, we will leave, Peru said.", []),
    ("no comment", "Chile declined to comment on Peru.", []),
    ("a private journey", "Anna Smith flew to Peru on Monday.", []),
    ("an infinitive's own to", "Chile wants to agree.", []),
    ("nobody named", "The committee visited the museum.", []),
]


def told(extraction: Extraction) -> list[str]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return [
        f"{event.type} {event.relation} {', '.join(names[id] for id in event.actors)}"
        f" → {', '.join(names[id] for id in event.targets)}"
        for event in extraction.events
    ]


@pytest.mark.parametrize(("sentence", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_events(sentence: str, expected: list[str], extract: Callable[..., Extraction]) -> None:
    assert told(extract(sentence)) == expected


def only(extraction: Extraction) -> Event:
    (event,) = extraction.events
    return event


@pytest.mark.parametrize(
    ("sentence", "polarity", "modality"),
    [
        ("Estonia accused Latvia of delay.", Polarity.AFFIRMED, Modality.ASSERTED),
        ("Estonia did not accuse Latvia of delay.", Polarity.NEGATED, Modality.ASSERTED),
        ("Estonia never attacked Latvia.", Polarity.NEGATED, Modality.ASSERTED),
        ("Estonia may attack Latvia.", Polarity.AFFIRMED, Modality.HYPOTHETICAL),
        ("Estonia will visit Latvia.", Polarity.AFFIRMED, Modality.PLANNED),
        ("Estonia will attack Latvia.", Polarity.AFFIRMED, Modality.ASSERTED),  # a threat, which is made now
        ("Estonia will not aid Latvia.", Polarity.AFFIRMED, Modality.ASSERTED),  # so is a refusal
    ],
)
def test_polarity_and_modality(
    sentence: str, polarity: Polarity, modality: Modality, extract: Callable[..., Extraction]
) -> None:
    event = only(extract(sentence))
    assert (event.polarity, event.modality) == (polarity, modality)


@pytest.mark.parametrize(
    ("sentence", "start", "end", "precision", "basis"),
    [
        ("In June, Angela Merkel visited Peru.", "2024-06-01", "2024-06-30", Precision.MONTH, Basis.TEXT),
        ("Angela Merkel visited Peru on 3 May 2019.", "2019-05-03", "2019-05-03", Precision.DAY, Basis.TEXT),
        ("Over the weekend, Cuba condemned Chile.", "2024-12-28", "2024-12-29", Precision.RANGE, Basis.TEXT),
        ("Cuba condemned Chile on Friday.", "2024-12-27", "2024-12-27", Precision.DAY, Basis.TEXT),
        ("“We condemn Chile,” Angela Merkel said on Friday.", "2024-12-27", "2024-12-27", Precision.DAY, Basis.TEXT),
        (
            "Angela Merkel visited Peru for the first time in 24 years.",
            "2024-12-30",
            "2024-12-30",
            Precision.UNKNOWN,
            Basis.PUBLISHED,
        ),
    ],
)
def test_dates(
    sentence: str, start: str, end: str, precision: Precision, basis: Basis, extract: Callable[..., Extraction]
) -> None:
    date = only(extract(sentence)).date
    assert date is not None
    assert (str(date.start), str(date.end), date.precision, date.basis) == (start, end, precision, basis)


@pytest.mark.parametrize(
    "sentence", ["Cuba may attack Chile.", "Cuba will attack Chile.", "Cuba had attacked Chile in 1962."]
)
def test_only_what_is_told_as_a_fact_falls_back_to_the_day_of_publication(
    sentence: str, extract: Callable[..., Extraction]
) -> None:
    date = only(extract(sentence)).date
    assert date is None or date.basis is Basis.TEXT


def test_nothing_is_dated_without_a_day_of_publication(extract: Callable[..., Extraction]) -> None:
    assert only(extract("Cuba condemned Chile on Friday.", published=None)).date is None


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Cuba condemned Chile.", None),
        ("Reuters reported that Cuba had attacked Chile.", "organization/reuters"),
        ("Cuba attacked Chile, according to Reuters.", "organization/reuters"),
        ("Cuba said it condemned Chile.", None),  # one's own act of speech
        ("Cuba said it had attacked Chile.", "Q241"),  # one's own deed, on one's own word
    ],
)
def test_who_vouches(sentence: str, speaker: str | None, extract: Callable[..., Extraction]) -> None:
    assert only(extract(sentence)).attributed_to == speaker


def test_who_asks_for_a_deed_stands_behind_it(extract: Callable[..., Extraction]) -> None:
    asked, deed = extract("Cuba urged Chile to release the sailors.").events
    assert (asked.attributed_to, deed.attributed_to, deed.modality) == (None, "Q241", Modality.DEMANDED)


def test_who_accuses_vouches_for_the_deed(extract: Callable[..., Extraction]) -> None:
    accused, deed = extract("Cuba blamed Chile for the raid on Lima.").events
    assert (accused.attributed_to, deed.attributed_to, deed.type) == (None, "Q241", "ASSAULT")


def test_evidence_is_the_sentence_and_the_trigger_its_word(extract: Callable[..., Extraction]) -> None:
    text = "Rain fell.\n\n“No,” it said. Cuba’s army did not attack Chile on Friday. Nobody slept."
    extraction = extract(text)
    event = only(extraction)
    assert event.trigger.of(text) == "attack"
    assert event.evidence.of(text) == "Cuba’s army did not attack Chile on Friday."
    assert event.id == f"test:{event.type}:{event.trigger.start}-{event.trigger.end}"
