"""Contexts as a table: what a text tells, and in which of PLOVER's contexts an analyst would say its first sentence
stands."""

from collections import Counter
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.ontology import load_ontology
from loaders.contexts import Contexts
from loaders.words import load_words

TABLE = {context: row for context, row in load_words("contexts").items() if context != "idle"}

# The first half was written before the words were listed.
ROWS = [
    ("Poland moved two tank battalions to its eastern border.", "military"),
    ("Kenya and Uganda signed a deal on the duty-free trade of maize.", "economic"),
    ("The court in The Hague ordered Azerbaijan to let the families return.", "legal"),
    ("Norway expelled a Russian attaché, whom it called a spy.", "intelligence diplomatic"),
    ("Bolivia's president sacked his cabinet after the queue riots.", "executive"),
    ("Lawmakers in Nairobi passed the finance bill by eleven votes.", "legislative economic"),
    ("Observers from the African Union criticised the vote count in Gabon.", "election"),
    ("Thailand's king called for a new constitution with an upper house.", "political_institutions legislative"),
    ("Tens of thousands in Minsk demanded free elections and an end to one-man rule.", "pro_democracy election"),
    (
        "The colonel praised his generals for suspending the constitution and outlawing every party.",
        "pro_autocracy political_institutions",
    ),
    ("Namibia demanded that Germany pay compensation for the massacre of the Herero.", "reparations human_rights"),
    ("Amnesty International accused Egypt of torturing prisoners and of enforced disappearances.", "human_rights"),
    ("Turkey lifted the ban on headscarves and let two newspapers print again.", "rights_freedoms religion_ethnicity"),
    ("Police in Harare beat opposition supporters and rounded up activists overnight.", "repression"),
    ("Aid convoys with flour reached the starving town of El Fasher.", "human_security"),
    ("Iran freed two campaigners for women's rights on bail.", "gender rights_freedoms legal"),
    ("Uganda was criticised by Denmark over its law against homosexuality.", "lgbt"),
    ("Myanmar's army shelled Rohingya villages.", "military religion_ethnicity"),
    ("Miners in Peru struck against poverty wages and the gap between rich and poor.", "inequality economic"),
    ("Chile's ambassador was recalled from Caracas.", "diplomatic"),
    ("Guyana rejected Venezuela's claim to the Essequibo region and its redrawn border.", "territory"),
    ("The Security Council sent blue helmets to South Sudan.", "peacekeeping"),
    ("Cuba sent doctors and vaccines to Angola during the cholera outbreak.", "health"),
    ("Sweden granted asylum to an Iranian wrestler.", "asylum"),
    ("Italy returned forty migrants who had crossed by boat from Tunisia.", "migration"),
    ("Japan flew rescue dogs to Nepal after the earthquake.", "disasters"),
    ("Qatar agreed to supply Germany with liquefied gas for fifteen years.", "natural_resource"),
    ("Brazil fined the loggers for clearing rainforest.", "environment"),
    ("The Netherlands stopped exporting chip machines to China.", "technology economic"),
    ("Somalia blamed al-Shabaab for the suicide bombing at the hotel.", "terrorism"),
    ("Israel accused Iran of enriching uranium for a nuclear weapon.", "cbrn"),
    ("Hackers from Belarus broke into the servers of the Latvian tax office.", "cyber"),
    ("Moldova expelled a broadcaster for spreading disinformation.", "misinformation"),
    ("Ecuador's police caught the leader of a gang wanted for murder and extortion.", "crime"),
    ("Malaysia charged its former premier with taking bribes.", "corruption legal"),
    ("Colombia handed a cocaine smuggler to the United States.", "illegal_drugs crime"),
    ("Nigeria arrested nine men for trafficking girls to Libya.", "trafficking"),
    ("Emmanuel Macron visited Rabat on Tuesday.", ""),
    ("Fiji thanked New Zealand for its patience.", ""),
    ("Denmark summoned the American envoy over talk of buying Greenland.", "diplomatic territory"),
    ("The king of Jordan phoned the emir of Qatar.", ""),
    ("Pakistan's army said it had killed twelve militants near the Afghan border.", "military"),
    ("The finance minister was arrested by soldiers who serve the junta.", "military pro_autocracy"),
    ("France blamed Spain for the defeat in the final.", ""),
    # --- and after it -------------------------------------------------------------------------------------------------
    ("Kazakhstan's lower house voted down the treaty with Moscow on gas transit.", "legislative natural_resource"),
    ("The Houthis fired two rockets at a Greek tanker loaded with crude.", "military natural_resource"),
    ("Manila protested to Beijing over the ramming of a boat near the shoal it claims.", "territory"),
    ("Tanzania expelled Maasai herders from the reserve to make room for hunters.", "environment religion_ethnicity"),
    ("Doctors without pay walked out of Lagos's clinics.", "health"),
    ("Slovakia's premier was shot by a pensioner.", ""),
    ("Wiretaps show that the attaché paid an agent inside the foreign ministry.", "intelligence diplomatic"),
    ("Zurich's bank froze the late dictator's accounts.", "economic"),
    ("Bangladesh sent a thousand Rohingya to a silt island.", "religion_ethnicity asylum"),
    ("Senegal's opposition leader was jailed for two years over insults.", "repression"),
    ("The mayor of Istanbul was charged with taking kickbacks, and crowds filled the square.", "corruption legal"),
    ("Rebels took the coltan mine at Rubaya.", "military natural_resource"),
    ("Latvia accused Moscow of steering a bot farm that spread lies about NATO.", "misinformation military"),
    ("Poland's army turned back Afghans at the fence.", "military migration"),
    ("Burundi shut its border with Rwanda.", ""),
    ("A jury in Miami convicted the former president of Honduras of shipping cocaine.", "legal illegal_drugs"),
    ("Spain's parliament approved an amnesty for Catalan separatists.", "legislative territory"),
    ("Germany handed twenty Benin bronzes back to Nigeria.", "reparations"),
    ("France halted its aid to Burkina Faso after the coup.", "executive"),
    ("Tonga thanked Fiji for water and tents after the eruption.", "disasters human_security"),
    ("Gunmen of Islamic State killed nine pilgrims in Karbala.", "terrorism religion_ethnicity"),
    ("Thailand legalised same-sex marriage, and Taiwan congratulated it.", "lgbt"),
    ("Women in Kabul marched against the closing of their university.", "gender"),
    ("Inspectors from the IAEA were turned away at Fordow.", "cbrn"),
    ("India banned the app for sending data to Chinese servers.", "technology"),
    ("Libya's coast guard sold the girls to traffickers.", "trafficking"),
    ("Georgia's law on foreign agents passed its third reading.", "legislative"),
    ("Chile's voters threw out the draft constitution.", "election political_institutions"),
    ("Farmers blocked roads in Flanders over nitrogen rules.", "environment"),
    ("Somali pirates released the tanker for a ransom.", "crime"),
    ("Armed men kidnapped thirty pupils in Kaduna.", "crime"),
    ("Keir Starmer phoned Mette Frederiksen.", ""),
    ("Costa Rica received the planes with deported families.", "migration"),
    # --- what the neighbouring sentences tell -------------------------------------------------------------------------
    (
        "Kenya and Somalia quarrelled again. Both claim a wedge of sea. Judges drew the maritime boundary in 2021, "
        "but Nairobi, which speaks of its sovereignty, ignores it.",
        "territory",
    ),
    (
        "Brazil thanked Cuba. The island had sent nurses and vaccines. The epidemic is waning.",
        "health",
    ),
    (
        "Peru criticised Chile. A minister slept badly. A court may look into the matter.",
        "",
    ),
    (
        "Laos accused Thailand of bad faith. Two of its soldiers died on Monday. The army has closed the bridge.",
        "military",
    ),
    (
        "Laos accused Thailand of bad faith.\nTwo of its soldiers died on Monday. The army has closed the bridge.",
        "",
    ),
    (
        "Laos accused Thailand\nof bad faith. Two of its soldiers died on Monday. The army has closed the bridge.",
        "military",
    ),
    (
        "Oman praised Iraq. It rained. It rained again. Then the trial began, and a judge read the verdict.",
        "",
    ),
    (
        "Sudan rejected the plan. Trucks with food aid shall reach Darfur, where famine struck in August. Some came.",
        "human_security",
    ),
    (
        "Canada blamed India. The tariff on peas went up, and exporters feel it. Ottawa also recalled a consul.",
        "economic",
    ),
    (
        "Mali turned to Moscow. The mercenaries landed on Friday. Their weapons followed. A junta rules the country.",
        "military",
    ),
    (
        "Turkey warned Greece. Spies were caught on Rhodes; the espionage trial opens in May. A judge read the file.",
        "intelligence legal",
    ),
]


@pytest.fixture(scope="module")
def first(read: Callable[[str], Doc]) -> Callable[[str], frozenset[str]]:
    """The contexts of a text's first sentence."""
    return lambda text: Contexts(doc := read(text)).at(doc[0])


def test_precision_and_recall_over_the_table(first: Callable[[str], frozenset[str]]) -> None:
    counts: Counter[str] = Counter()
    for text, expected in ROWS:
        found, wanted = first(text), set(expected.split())
        counts += Counter(right=len(found & wanted), found=len(found), wanted=len(wanted))
    precision, recall = counts["right"] / counts["found"], counts["right"] / counts["wanted"]
    assert precision >= 0.9
    assert recall >= 0.9


def test_every_context_has_its_words() -> None:
    assert set(TABLE) == load_ontology().contexts
    assert all(row["meaning"] and len(row["examples"]) > 1 and row["near_misses"] for row in TABLE.values())


@pytest.mark.parametrize("context", TABLE)
def test_a_context_is_found_in_its_examples_only(context: str, first: Callable[[str], frozenset[str]]) -> None:
    row = TABLE[context]
    assert [text for text in row["examples"] if context not in first(text)] == []
    assert [text for text in row["near_misses"] if context in first(text)] == []
