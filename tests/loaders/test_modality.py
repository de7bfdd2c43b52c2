"""How real each event is said to be: sentences with the trigger in [brackets].

The first half of each table was written before the rules, and so was the last part, on which the rules then stood at
.73 for modality and .68 for polarity. What is still read wrong is in `STILL_WRONG`.
"""

import datetime
import re
from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from kg.model import Modality, Polarity
from loaders.dates import date_of, find_dates
from loaders.modality import modality_of, polarity_of
from loaders.words import load_words

Read = Callable[[str], Doc]
PUBLISHED = datetime.date(2024, 6, 20)


def marked(read: Read, text: str) -> Token:
    """The token whose text stands in brackets."""
    start = text.index("[")
    doc = read(re.sub(r"[\[\]]", "", text))
    return next(token for token in doc if token.idx == start)


ASSERTED = [
    "The envoys were able to [reach] a deal.",
    "Estmark [attacked] the port of Noria on Friday.",
    "Rebels have [seized] two villages in the valley.",
    "The minister [accused] Noria of spying.",
    "Noria [threatened] to cut off the gas.",
    "Talvik [urged] the council to act.",
    "The [attack] killed nine soldiers.",
    "Police [arrested] the editor and searched his home.",
    "The court [sentenced] the general to ten years in prison.",
    "The two leaders held [talks] in Oslo.",
    "The army continued to [shell] the town.",
    "The envoy managed to [meet] the rebels.",
    "The president said troops [crossed] the border at dawn.",
    "Thousands [marched] through the capital, demanding new elections.",
    "Estmark [refused] to sign the treaty.",
    "The ship was [sunk] by a mine.",
    "The ministry [condemned] the raid that killed the mayor.",
    "After [bombing] the bridge, the rebels fled.",
    "Noria forced the company to [close].",
    "The ministers [met] on Monday and agreed on a text.",
    "Soldiers [fired] on a crowd that tried to storm the palace.",
    "Talvik [demanded] an apology.",
    "The governor [warned] that floods could follow.",
    "Noria [promised] to send food.",
    "The parliament [voted] to lift the ban.",
    # the third round, before its rules
    "The navy [seized] a tanker in the strait, two officials said.",
    "Noria's [decision] to leave angered the alliance.",
    "The rebels have begun [shelling] the airport.",
    "It was Estmark that [broke] the truce.",
    "Troops were seen [looting] the shops.",
    "The minister was [arrested] as she left the airport.",
    "Having [met] the envoy, the king flew home.",
    "The court upheld the [conviction] of the general.",
    "Noria again [rejected] the plan.",
    "The [bombing] of the market left forty dead.",
    "The two sides kept [fighting] through the night.",
    "A man who [threatened] the judge was jailed.",
    "The president, who [pardoned] the rebels, won the vote.",
    "The strike, which [killed] nine, was the third this week.",
    "The general is [accused] of ordering the massacre.",
    "The company stopped [selling] arms to Noria.",
    "While troops [patrolled] the streets, the parliament met.",
    "The envoy arrived in Oslo to [sign] the deal on Monday.",
    "Estmark [criticised] the council for failing to act.",
    "The alliance helped Noria [repel] the attack.",
    "The governor let the protesters [march].",
    "More than 200 people have been [detained] since Monday.",
]

PLANNED = [
    "Estmark will [withdraw] its troops in May.",
    "Talvik plans to [visit] Noria next week.",
    "The president is going to [meet] the rebels.",
    "Noria intends to [impose] sanctions on the banks.",
    "The ministers agreed to [provide] weapons.",
    "The army is preparing to [launch] a missile.",
    "Talvik vowed to [retaliate] against the rebels.",
    "The two countries will hold [talks] in Oslo.",
    "The minister is set to [sign] the accord on Friday.",
    "Noria announced plans to [expel] the envoy.",
    "He said he would [ask] the council for help.",
    "The queen is due to [visit] the island in July.",
    "The planned [visit] was welcomed in Noria.",
    "Estmark offered to [release] the prisoners.",
    "The government has decided to [recognise] the new state.",
    "Talks will [begin] on Monday.",
    "The navy is about to [blockade] the strait.",
    "The company promised to [hand] over the files.",
    "The rebels threatened to [bomb] the dam.",
    "The upcoming [summit] divides the alliance.",
    "The council shall [punish] those who took part.",
    "Preparations for an [invasion] are under way.",
    # the third round, before its rules
    "Noria wants to [open] an embassy in the capital.",
    "The envoy hopes to [meet] the rebels in Oslo.",
    "The two armies are to [hold] joint exercises in May.",
    "Estmark has pledged to [send] two more ships.",
    "The cabinet approved a plan to [build] a wall on the border.",
    "The president will not only visit but also [address] the parliament.",
    "The council is scheduled to [discuss] the raid on Friday.",
    "The king aims to [reopen] the border.",
    "Under the deal, Noria will [hand] over the prisoners.",
    "The rebels have sworn to [avenge] their leader.",
    "Estmark is gearing up to [host] the summit.",
    "The minister said her country would [cut] its ties with Noria.",
    "The government has threatened to [close] the border.",
    "The alliance is ready to [deploy] more troops.",
    "Noria seeks to [buy] fighter jets.",
    "Next week's [visit] will be his first.",
    "The [meeting] is planned for Thursday.",
    "The forthcoming [talks] raised hopes.",
    "The bank undertook to [release] the funds.",
]

HYPOTHETICAL = [
    "Estmark may [attack] the port.",
    "The rebels could [seize] the dam.",
    "If Noria [attacks], the alliance is dead.",
    "Analysts expect the army to [invade] in spring.",
    "The general might [resign].",
    "Talvik is likely to [meet] the envoy.",
    "The diplomats fear a new [attack].",
    "A possible [strike] worries the markets.",
    "Estmark is considering [expelling] the envoy.",
    "Unless the rebels [withdraw], the talks are over.",
    "The risk of an [invasion] has grown.",
    "It is possible that Noria [bombed] the bridge.",
    "Noria can [strike] any city in the region.",
    "The raid could lead to a [war] in the valley.",
    "If the ban stays, Estmark will [retaliate].",
    "The minister would [support] such a plan.",
    "The army is expected to [withdraw] in autumn.",
    "The prospect of [talks] has calmed the border.",
    "Observers predict that the president will [resign].",
    "It is unclear whether the rebels [shot] down the plane.",
    # the third round, before its rules
    "Should Noria [attack], the alliance would respond.",
    "Had the envoy [signed], the war would be over.",
    "Estmark would have [vetoed] the plan.",
    "The court could yet [overturn] the ban.",
    "Were the rebels to [disarm], talks could begin.",
    "Experts doubt that the rebels will [disarm].",
    "There are fears that Estmark will [annex] the island.",
    "Even if the council [condemns] the raid, nothing will change.",
    "It remains to be seen whether the king will [abdicate].",
    "Perhaps the rebels [fired] first.",
    "The army is thought likely to [intervene].",
    "The government is weighing a [ban] on the party.",
    "Noria's entry would [anger] its neighbours.",
    "Speculation that the premier would [resign] grew.",
    "An [invasion] is unlikely, officials said.",
    "The party may never [recognise] the result.",
    "The envoy warned that Noria might [leave] the pact.",
    "A potential [boycott] worries the hosts.",
    "The chance that they will [meet] is small.",
    "Investors bet that the bank will [seize] the assets.",
]

DEMANDED = [
    "Talvik warned Noria against [closing] the strait.",
    "Noria urged Estmark to [withdraw] its troops.",
    "The council called on the rebels to [release] the hostages.",
    "Talvik demanded that Noria [stop] the raids.",
    "The envoy called for [talks] between the two sides.",
    "Protesters asked the president to [resign].",
    "The judge ordered the ministry to [pay].",
    "Noria must [condemn] the raid, the minister said.",
    "The pope appealed to both sides to [negotiate].",
    "The families demanded the [release] of the prisoners.",
    "The opposition pressed the government to [sanction] the banks.",
    "The president told the army to [leave] the town.",
    "Estmark should [apologise] to Noria, the paper wrote.",
    "Calls for a [boycott] grew louder.",
    "The mayor requested [aid] from the capital.",
    "The general insisted that the rebels [disarm].",
    "Noria pushed the alliance to [send] troops.",
    # the third round, before its rules
    "The council calls on Estmark to [lift] the blockade.",
    "Noria insists on the [withdrawal] of all troops.",
    "The minister said the rebels had to [leave].",
    "Activists want the government to [free] the editor.",
    "The court told the ministry to [hand] over the files.",
    "The alliance needs to [act] now, the premier said.",
    "The resolution requires Noria to [dismantle] its camps.",
    "Lawmakers pushed for [sanctions] against the bank.",
    "The pope pleaded with the rebels to [release] the nuns.",
    "The envoy pressed for a [ceasefire].",
    "The judge ordered that the general be [arrested].",
    "“[Stop] the raids,” the mayor told the army.",
    "The families begged the state to [investigate].",
    "An appeal for [aid] went unanswered.",
    "Estmark was urged to [recall] its ambassador.",
    "The president instructed the navy to [escort] the ships.",
    "Protesters are calling for the premier to [quit].",
]

HISTORICAL = [
    "In 1994 the two countries [signed] a treaty.",
    "The king was [killed] in 1958.",
    "Estmark [invaded] Noria in March 2015.",
    "A previous [raid] killed the commander's brother.",
    "Noria [withdrew] from the pact five years ago.",
    "The ceasefire [signed] in 2019 never held.",
    "In the 1980s the army [crushed] the revolt.",
    "An earlier [summit] brought no result.",
    "Talvik [met] the rebels in the summer of 2021.",
    # the third round, before its rules
    "Decades ago the two armies [fought] over the valley.",
    "During the Cold War, Estmark [expelled] hundreds of envoys.",
    "The general had [seized] power in a coup in 1973.",
    "In her first term she [visited] the island twice.",
    "Noria [annexed] the province in 2014.",
    "A treaty [signed] in 1951 still holds.",
    "The last [war] between the two ended in 1987.",
    "The rebels once [ruled] the city.",
    "Back in 2009 the bank [froze] his accounts.",
    "The empire [conquered] the coast in the 19th century.",
    "The former king was [exiled] in 1979.",
    "A past [agreement] had failed.",
    "Ten years earlier the army [crushed] a revolt there.",
    "The pact that ended the 1990s [war] is in danger.",
]

NEGATED = [
    "Talvik warned Noria against [closing] the strait.",
    "Noria does not want to [attack] Estmark.",
    "Talvik is not going to [sign] the treaty.",
    "The president has no intention of [leaving] the alliance.",
    "The envoys were not able to [reach] a deal.",
    "Estmark never sought to [annex] the valley.",
    "The rebels are not [ready] for talks.",
    "Estmark did not [attack] the port.",
    "The minister never [met] the rebels.",
    "Noria denied [attacking] the port.",
    "The army failed to [stop] the march.",
    "The president ruled out [sending] troops.",
    "Talvik left without [meeting] the envoy.",
    "Neither side [fired] a shot.",
    "No [talks] were held.",
    "The council won't [recognise] the new state.",
    "The two neither [met] nor spoke.",
    "Nobody [attacked] the convoy.",
    "Estmark is not [supporting] the rebels.",
    "The ministry denied that its troops [shelled] the town.",
    "Noria avoided [condemning] the raid.",
    "There were no [talks] between the two sides.",
    "The police couldn't [arrest] the editor.",
    "Instead of [negotiating], the rebels fled.",
    "Estmark has yet to [recognise] the new state.",
    "The plane was not [shot] down by the rebels.",
    # the third round, before its rules
    "Estmark has not [condemned] the raid.",
    "The rebels are no longer [fighting].",
    "The government said it had no plans to [expel] the envoy.",
    "The envoys left without [signing] the accord.",
    "The council stopped short of [condemning] Noria.",
    "The premier ruled out a [visit] to Noria.",
    "The parliament failed to [ratify] the treaty.",
    "Nor did the president [apologise].",
    "None of the ministers [signed] the text.",
    "Hardly anyone [protested].",
    "The alliance has never [attacked] Estmark.",
    "The ministry denied [ordering] the raid.",
    "The talks ended with no [agreement].",
    "Noria did not and will not [recognise] the annexation.",
    "The union called off the [strike].",
    "The president cancelled his [visit] to Oslo.",
    "Rebels prevented the convoy from [reaching] the town.",
    "The general is unwilling to [negotiate].",
    "The lack of [talks] worries the neighbours.",
    "Police were unable to [arrest] the gunman.",
    "Rather than [negotiate], the rebels fled.",
]

AFFIRMED = [
    "Estmark [attacked] the port, not the city.",
    "The minister [met] the rebels and did not deny it.",
    "Noria [denied] attacking the port.",
    "The army [refused] to leave.",
    "Talvik said the rebels [shelled] a town that had not surrendered.",
    "The council [condemned] the raid without naming Estmark.",
    "No one survived when rebels [bombed] the bus.",
    "Not only did Noria [expel] the envoy, it closed the border.",
    "The police [arrested] those who did not leave.",
    "The [attack] did not surprise the army.",
    "Never before had Noria [bombed] a city this large.",
    "The rebels [rejected] the offer, saying they would never surrender.",
    # the third round, before its rules
    "The rebels [attacked] without warning.",
    "Estmark [expelled] the envoy for not paying.",
    "The court [convicted] the general, who did not appear.",
    "Noria not only [condemned] the raid but also recalled its envoy.",
    "The president could not stop the army from [shelling] the town.",
    "The two could not agree, and the rebels [resumed] their raids.",
    "The army has [denied] the charge.",
    "The council had no choice but to [suspend] Noria.",
    "The premier did not say why troops [entered] the city.",
    "The rebels [withdrew], though they had not been defeated.",
    "It is no secret that Estmark [arms] the rebels.",
    "Nobody doubts that the rebels [shot] the mayor.",
    "The envoy did not hide that the two had [met].",
    "Noria [blocked] the plan, leaving no hope of peace.",
    "The general did not regret [bombing] the bridge.",
]

STILL_WRONG = [
    ("In case the rebels [attack], the town has been evacuated.", Modality.HYPOTHETICAL),
    ("The union's demand that the mayor [resign] was ignored.", Modality.DEMANDED),
    ("The report recommended that the ministry [apologise].", Modality.DEMANDED),
]

ALL = [
    *((text, Modality.ASSERTED) for text in ASSERTED),
    *((text, Modality.PLANNED) for text in PLANNED),
    *((text, Modality.HYPOTHETICAL) for text in HYPOTHETICAL),
    *((text, Modality.DEMANDED) for text in DEMANDED),
    *((text, Modality.HISTORICAL) for text in HISTORICAL),
]


def read_modality(read: Read, text: str) -> Modality:
    trigger = marked(read, text)
    date = date_of(trigger, find_dates(trigger.doc, PUBLISHED))
    return modality_of(trigger, date=date, published=PUBLISHED)


def test_modality(read: Read) -> None:
    wrong = [(text, expected, found) for text, expected in ALL if (found := read_modality(read, text)) is not expected]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(("text", "expected"), STILL_WRONG)
@pytest.mark.xfail(reason="the parse does not show the clause")
def test_modality_still_wrong(read: Read, text: str, expected: Modality) -> None:
    assert read_modality(read, text) is expected


def test_polarity(read: Read) -> None:
    expected = [(text, Polarity.NEGATED) for text in NEGATED] + [(text, Polarity.AFFIRMED) for text in AFFIRMED]
    wrong = [(text, polarity) for text, polarity in expected if polarity_of(marked(read, text)) is not polarity]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(("group", "modality"), [(str(one), one) for one in Modality if one is not Modality.ASSERTED])
def test_examples_of_the_word_list(read: Read, group: str, modality: Modality) -> None:
    for text in load_words("modality")[group]["examples"]:
        assert read_modality(read, text) is modality, text


def test_examples_of_negations_and_carriers(read: Read) -> None:
    words = load_words("modality")
    assert {polarity_of(marked(read, text)) for text in words["negated"]["examples"]} == {Polarity.NEGATED}
    assert {modality_of(marked(read, text)) for text in words["carriers"]["examples"]} == {Modality.PLANNED}
    assert {modality_of(marked(read, text)) for text in words["lasting"]["examples"]} == {Modality.ASSERTED}


def test_without_publication_nothing_is_historical_by_its_date(read: Read) -> None:
    assert modality_of(marked(read, "In 1994 the two countries [signed] a treaty.")) is Modality.ASSERTED


def test_an_uttered_demand_or_threat_is_real_whatever_its_own_auxiliary(read: Read) -> None:
    trigger = marked(read, "“Noria must [withdraw] at once,” the minister said.")
    assert modality_of(trigger) is Modality.DEMANDED
    assert modality_of(trigger, uttered=True) is Modality.ASSERTED


def test_a_demand_still_to_be_made_is_planned(read: Read) -> None:
    assert modality_of(marked(read, "He said he would [ask] the council."), uttered=True) is Modality.PLANNED
    assert modality_of(marked(read, "“I would [ask] you to leave,” he said."), uttered=True) is Modality.ASSERTED


@pytest.mark.xfail(reason="what a cancelled deed was to come before is not seen to be undone")
def test_a_deed_that_was_forestalled(read: Read) -> None:
    trigger = marked(read, "The raid was called off before the army [crossed] the river.")
    assert polarity_of(trigger) is Polarity.NEGATED
