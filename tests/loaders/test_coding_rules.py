"""PLOVER's coding rules, each with sentences of our own: rule, sentence, and all that may be coded from it.

An event is "TYPE/mode actors → targets". Where the guide by which articles are coded differs from the codebook, the
guide decides, and the row says so.
"""

from collections.abc import Callable

import pytest

from kg.model import Extraction

RULES = {
    1: "an agreement that will be signed is AGREE, one that was signed or ratified SUPPORT",
    2: "aid that is promised is AGREE, aid that was given AID",
    3: "a withdrawal that is announced is CONCEDE, one that was made RETREAT",
    4: "a concession to come is CONCEDE too",
    5: "an exercise of several is COOPERATE, of one country alone MOBILIZE",
    6: "codebook: mobilising together with fighting is only ASSAULT; guide: each trigger tells its own event",
    7: "troops sent to help after a disaster are AID",
    8: "summoning an ambassador is ACCUSE, disapprove",
    9: "cancelling a meeting is REJECT, meet",
    10: "barring somebody's entry is REJECT, expelling a person COERCE, deport, expelling a diplomat SANCTION, expel",
    11: "a conviction is SANCTION, convict; codebook: with prison it is COERCE too; guide: one trigger, one event",
    12: "an arrest that is ordered, but not made, is THREATEN, arrest",
    13: "pardons, acquittals and regret are CONCEDE, a release that is real RETREAT, release",
    14: "forgiving debts, freeing hostages and paying for old wrongs are AID; what a court makes one pay is SANCTION",
    15: "capturing fighters is ASSAULT, abduct",
    16: "driving people into flight is SANCTION, expel",
    17: "a visitor is the actor and the host the target; of other meetings all are actors",
    18: "a body of many states is one actor; several that are named are several",
    19: "cooperation in defence is COOPERATE",
    20: "notes of protest and protests on social media are ACCUSE, disapprove",
    21: "what a protest demands is no event of its own, what set it off is",
    22: "sanctions on a state are SANCTION, discontinue; tariffs are COERCE, restrict, as the guide says",
    23: "where two sides fight, both are actors; where one attacks, the victim is the target",
}
ROWS = [
    (1, "Chile will sign a water treaty with Peru.", ["AGREE Chile → Peru"]),
    (1, "Chile and Peru signed a treaty on water.", ["SUPPORT Chile, Peru → "]),
    (1, "Latvia's parliament ratified the accord with Estonia.", ["SUPPORT Latvia's parliament → Estonia"]),
    (2, "Norway agreed to provide aid to Haiti.", ["AGREE Norway → Haiti"]),
    (2, "Norway delivered food aid to Haiti.", ["AID Norway → Haiti"]),
    (3, "Chad announced that it would withdraw its troops from Mali.", ["CONCEDE Chad → Mali"]),
    (3, "Chad withdrew its troops from Mali.", ["RETREAT/withdraw Chad → Mali"]),
    (4, "Turkey will lift the embargo on Armenia.", ["CONCEDE Turkey → Armenia"]),
    (4, "Uganda said that it would ease its restrictions on Kenya.", ["CONCEDE Uganda → Kenya"]),
    (5, "Japan and Australia held joint naval exercises.", ["COOPERATE Japan, Australia → "]),
    (5, "China launched military exercises around Taiwan.", ["MOBILIZE/troops China → Taiwan"]),
    (
        6,
        "Eritrea massed its tanks and attacked Ethiopia.",
        ["ASSAULT Eritrea → Ethiopia", "MOBILIZE/troops Eritrea → "],
    ),
    (6, "Sudan deployed tanks, shelling Chad.", ["ASSAULT/heavy-weapons Sudan → Chad", "MOBILIZE/troops Sudan → "]),
    (7, "Peru sent soldiers to Chile to help after the earthquake.", ["AID Peru → Chile"]),
    (7, "Greece deployed two hundred troops to Turkey for flood relief.", ["AID Greece → Turkey"]),
    (8, "Finland summoned the Russian ambassador over the balloon.", ["ACCUSE/disapprove Finland → Russia"]),
    (8, "Peru's envoy was summoned by Chile.", ["ACCUSE/disapprove Chile → Peru"]),
    (9, "Afghanistan cancelled talks with Pakistan.", ["REJECT/meet Afghanistan → Pakistan"]),
    (9, "Emmanuel Macron called off his trip to Algeria.", ["REJECT/meet Emmanuel Macron → Algeria"]),
    (10, "Bahrain denied entry to Nabeel Rajab.", ["REJECT Bahrain → Nabeel Rajab"]),
    (10, "Georgia deported Garry Kasparov.", ["COERCE/deport Georgia → Garry Kasparov"]),
    (10, "Albania expelled two Iranian diplomats.", ["SANCTION/expel Albania → Iran"]),
    (11, "Thailand convicted Thaksin Shinawatra.", ["SANCTION/convict Thailand → Thaksin Shinawatra"]),
    (
        11,
        "Russia sentenced Evan Gershkovich to sixteen years in prison.",
        ["SANCTION/convict Russia → Evan Gershkovich"],
    ),
    (11, "Belarus jailed Maria Kolesnikova.", ["COERCE/arrest Belarus → Maria Kolesnikova"]),
    (
        12,
        "The International Criminal Court issued an arrest warrant for Vladimir Putin.",
        ["THREATEN/arrest International Criminal Court → Vladimir Putin"],
    ),
    (12, "Spain ordered the arrest of Carles Puigdemont.", ["THREATEN/arrest Spain → Carles Puigdemont"]),
    (13, "Myanmar pardoned Aung San Suu Kyi.", ["CONCEDE Myanmar → Aung San Suu Kyi"]),
    (13, "Bangladesh acquitted Khaleda Zia.", ["CONCEDE Bangladesh → Khaleda Zia"]),
    (13, "Japan expressed regret to South Korea over the war.", ["CONCEDE Japan → South Korea"]),
    (13, "Myanmar released Sean Turnell.", ["RETREAT/release Myanmar → Sean Turnell"]),
    (14, "France forgave Somalia's debt.", ["AID France → Somalia"]),
    (14, "Algeria rescued Mark Frerichs from the rebels.", ["AID Algeria → Mark Frerichs"]),
    (14, "Germany paid reparations to Namibia.", ["AID Germany → Namibia"]),
    (14, "The tribunal ordered Russia to pay compensation to Ukraine.", ["SANCTION/convict Tribunal → Russia"]),
    (15, "Ukraine captured two North Korean soldiers.", ["ASSAULT/abduct Ukraine → Korean People's Army"]),
    (15, "The Taliban captured forty Afghan soldiers at the pass.", ["ASSAULT/abduct Taliban → Afghan soldiers"]),
    (17, "Angela Merkel visited Senegal.", ["CONSULT/visit Angela Merkel → Senegal"]),
    (17, "Egypt and Ethiopia held talks on the dam.", ["CONSULT Egypt, Ethiopia → "]),
    (18, "The European Union condemned Belarus.", ["ACCUSE/disapprove European Union → Belarus"]),
    (
        18,
        "Canada, Japan and the European Union condemned Belarus.",
        ["ACCUSE/disapprove Canada, Japan, European Union → Belarus"],
    ),
    (19, "The Philippines and Japan conducted joint patrols.", ["COOPERATE Philippines, Japan → "]),
    (19, "India bought frigates from France.", ["COOPERATE India → France"]),
    (20, "China lodged a protest with Japan over the islets.", ["ACCUSE/disapprove China → Japan"]),
    (20, "Indonesians protested against Israel on social media.", ["ACCUSE/disapprove Indonesia → Israel"]),
    (
        21,
        "Georgian students marched against Russia, demanding free elections.",
        ["PROTEST/demo Georgian students → Russia"],
    ),
    (
        21,
        "Jordanians protested after Israel had attacked Lebanon.",
        ["PROTEST/demo Jordan → ", "ASSAULT Israel → Lebanon"],
    ),
    (22, "Canada imposed sanctions on Belarus.", ["SANCTION/discontinue Canada → Belarus"]),
    (22, "Britain placed an arms embargo on Myanmar.", ["SANCTION/discontinue United Kingdom → Myanmar"]),
    (22, "Donald Trump imposed tariffs on Canada.", ["COERCE/restrict Donald Trump → Canada"]),
    (23, "Armenia and Azerbaijan clashed at the border.", ["ASSAULT Armenia, Azerbaijan → "]),
    (23, "Fighting between Cambodia and Thailand went on.", ["ASSAULT Cambodia, Thailand → "]),
    (23, "Hamas attacked Israel.", ["ASSAULT Hamas → Israel"]),
]
_FLIGHT = "who flees tells whom he leaves, seldom who drove him out; the parties cannot be trusted yet"
GAPS = [
    (16, "Thousands of Rohingya fled the army of Myanmar.", ["SANCTION/expel Myanmar → Rohingya people"], _FLIGHT),
    (16, "Chad's shells drove the Fur into Libya.", ["SANCTION/expel Chad → Fur people"], _FLIGHT),
]


def coded(extraction: Extraction) -> list[str]:
    names = {entity.id: entity.name for entity in extraction.entities}

    def line(type_: str, mode: str | None, *sides: tuple[str, ...]) -> str:
        actors, targets = (", ".join(names[id_] for id_ in side) for side in sides)
        return f"{type_}{f'/{mode}' if mode else ''} {actors} → {targets}"

    return sorted(line(event.type, event.mode, event.actors, event.targets) for event in extraction.events)


@pytest.mark.parametrize(("rule", "sentence", "expected"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_a_rule_holds(rule: int, sentence: str, expected: list[str], extract: Callable[..., Extraction]) -> None:
    assert coded(extract(sentence)) == sorted(expected), RULES[rule]


@pytest.mark.parametrize(
    ("rule", "sentence", "expected"),
    [
        pytest.param(
            rule, sentence, expected, marks=pytest.mark.xfail(strict=True, reason=reason), id=f"{rule}: {sentence}"
        )
        for rule, sentence, expected, reason in GAPS
    ],
)
def test_a_rule_that_does_not_hold_yet(
    rule: int, sentence: str, expected: list[str], extract: Callable[..., Extraction]
) -> None:
    assert coded(extract(sentence)) == sorted(expected), RULES[rule]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_two_sentences(rule: int) -> None:
    assert [row[0] for row in (*ROWS, *GAPS)].count(rule) >= 2
