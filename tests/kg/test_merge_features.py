"""The table of scored features: each example has its feature, each near miss has it not, in either order."""

import datetime
import tomllib
from typing import Any

import pytest

from kg.merge.features import compare, facts_of
from kg.merge.parties import Parties
from kg.merge.rules import Feature, load_rules, rules_file
from kg.merge.tellings import Telling
from kg.model import Basis, Entity, Event, Extraction, Form, Kind, Modality, Polarity, Precision
from kg.ontology import load_ontology
from tests.factories import (
    BRANDT,
    ESTMARK,
    NORLAND,
    PORT_ALDER,
    PUBLISHED,
    TALVIK,
    article,
    country,
    days,
    entity,
    event,
    extraction,
    mention,
)

RULES, ONTOLOGY = load_rules(), load_ontology()
CAST = {
    "Talvik": TALVIK,
    "Brandt": BRANDT,
    "Norland": NORLAND,
    "Estmark": ESTMARK,
    "Port Alder": PORT_ALDER,
    "Sorel": entity("Ada Sorel", country="EST", sector="OPP"),
    "Southhaven": entity("Southhaven", Kind.PLACE, country="NLD", latitude=60.2, longitude=12.1),
    "a man": entity("Man"),
    "gunmen": entity("Gunmen", Kind.GROUP),
}
UNNAMED = {"a man", "gunmen"}
ROWS: list[dict[str, Any]] = tomllib.loads(rules_file().read_text(encoding="utf-8"))["features"]


def telling(row: dict[str, Any], number: int) -> tuple[Telling, Extraction]:
    """A telling as the table writes it: by Norland against Estmark, of a bombing, unless it says otherwise."""
    relation, trigger = row.get("relation", "BOMBED"), row.get("trigger", "bombed")
    sentence = row.get("sentence", f"There {trigger} it was.")
    told = article(
        f"{sentence} {trigger}",
        id=row.get("article", f"a{number}"),
        published=datetime.date.fromisoformat(row["published"]) if "published" in row else PUBLISHED,
    )
    one = event(
        told,
        trigger,
        nth=told.text.count(trigger) - 1,
        sentence=sentence,
        type=ONTOLOGY.event_relations[relation],
        relation=relation,
        actors=[CAST[name] for name in row.get("actors", ["Norland"])],
        targets=[CAST[name] for name in row.get("targets", ["Estmark"])],
        date=_date(row, told.published),
        place=CAST[row["place"]] if "place" in row else None,
        polarity=Polarity(row.get("polarity", "affirmed")),
        modality=Modality(row.get("modality", "asserted")),
        attributed_to=CAST[row["attributed"]] if "attributed" in row else None,
    )
    mentions = [
        mention(told, trigger, who, form=Form.NOMINAL if name in UNNAMED else Form.NAME) for name, who in CAST.items()
    ]
    return Telling(told, one), extraction(told, CAST.values(), [one], mentions=mentions)


def _date(row: dict[str, Any], published: datetime.date | None) -> Any:
    if "date" in row:
        start, _, end = row["date"].partition("/")
        return days(start, end or None, Precision(row.get("precision", "day")))
    return days(str(published), basis=Basis.PUBLISHED) if published else None


def found(pair: list[dict[str, Any]]) -> list[Feature]:
    (one, first), (other, second) = (telling(row, number) for number, row in enumerate(pair))
    parties = Parties([first, second], RULES)
    left, right = facts_of(one, parties, RULES), facts_of(other, parties, RULES)
    together = one.article.id == other.article.id
    scored = compare(left, right, parties, RULES, together=together)
    assert compare(right, left, parties, RULES, together=together).score == scored.score
    return [feature for feature, _ in scored.features]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_an_example_has_its_feature(row: dict[str, Any]) -> None:
    assert row["name"] in [feature.name for feature in found(row["example"])]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_near_miss_has_it_not(row: dict[str, Any]) -> None:
    assert row["name"] not in [feature.name for feature in found(row["near"])]


def test_relations_of_the_table_are_of_the_ontology() -> None:
    relations = {*RULES.groups, *RULES.once}
    assert relations <= set(ONTOLOGY.event_relations)
    assert RULES.speech | RULES.often | RULES.mutual | RULES.alone | RULES.bodily <= set(ONTOLOGY.types)
    assert RULES.official <= ONTOLOGY.sectors


# --- how alike two parties are ----------------------------------------------------------------------------------------

ARMY = entity("Norland's army", Kind.ORGANIZATION, country="NLD", sector="MIL")
MINISTRY = entity("Norland's foreign ministry", Kind.ORGANIZATION, country="NLD", sector="GOV")
POLICE = entity("Police", Kind.GROUP, country="NLD", sector="COP", id="group/police--1")
NORLAND_POLICE = entity("Norland police", Kind.GROUP, country="NLD", sector="COP")
EMBASSY = entity("Embassy", Kind.ORGANIZATION, country="NLD", sector="GOV")
ESTMARK_EMBASSY = entity("Estmark embassy", Kind.ORGANIZATION, country="EST", sector="GOV")
REBELS = entity("Norland rebels", Kind.GROUP, country="NLD", sector="REB")
WORKERS = entity("Workers", Kind.GROUP)
HARBOUR_AID = entity("Harbour Aid", Kind.ORGANIZATION, sector="NGO")
OKAFOR = entity("Grace Okafor", sector="GOV")
SURNAME = entity("Okafor", Kind.PLACE)
LEHT = entity("Tomas Leht", country="NLD", sector="GOV")
DESCRIBED = {ARMY, MINISTRY, POLICE, NORLAND_POLICE, EMBASSY, ESTMARK_EMBASSY, REBELS, WORKERS}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (TALVIK, TALVIK, "same"),
        (TALVIK, NORLAND, "part"),  # the leader for the state
        (TALVIK, ESTMARK, None),
        (TALVIK, LEHT, None),  # two people of one country
        (OKAFOR, SURNAME, "surname"),
        (POLICE, NORLAND_POLICE, "name"),
        (ARMY, MINISTRY, "described"),
        (ARMY, NORLAND, "part"),
        (REBELS, NORLAND, "compatriots"),
        (REBELS, ARMY, "compatriots"),
        (EMBASSY, ESTMARK_EMBASSY, "guessed"),
        (country("Sorland", code="SOR"), NORLAND, None),
    ],
)
def test_parties_are_alike(one: Entity, other: Entity, likeness: str | None) -> None:
    assert _parties(one, other).alike(one.id, other.id) == (RULES.alike[likeness] if likeness else 0)


@pytest.mark.parametrize(("one", "other"), [(WORKERS, HARBOUR_AID), (WORKERS, WORKERS), (WORKERS, TALVIK)])
def test_a_word_that_fits_many_says_nothing(one: Entity, other: Entity) -> None:
    assert _parties(one, other).alike(one.id, other.id) is None


def _parties(*entities: Entity) -> Parties:
    told = article("They came.")
    forms = {one.id: Form.NOMINAL if one in DESCRIBED else Form.NAME for one in entities}
    mentions = [mention(told, "They", one, form=forms[one.id]) for one in entities]
    return Parties([extraction(told, {one.id: one for one in entities}.values(), mentions=mentions)], RULES)


def test_an_event_of_a_telling_keeps_its_words_but_for_names() -> None:
    told = article("Talvik bombed the old harbour of Estmark on Monday.")
    one: Event = event(told, "bombed", type="ASSAULT", actors=[TALVIK], targets=[ESTMARK])
    facts = facts_of(Telling(told, one), Parties([extraction(told, [TALVIK, ESTMARK], [one])], RULES), RULES)
    assert facts.words == {"harb"}
    assert facts.stems == {"bomb"}
