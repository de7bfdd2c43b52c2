"""Who a name stands for: the gazetteer's, the article's own full names, acronyms and surnames."""

import pytest

from kg.model import Kind
from loaders.pipeline import Extractor
from tests.loaders.scene import stage


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Talks in the U.S. ended.", "U.S.", "United States"),  # an acronym with stops
        ("Peru’s president left.", "Peru", "Peru"),  # curly apostrophe
        ("The Kremlin refused.", "The Kremlin", "Russia"),  # a seat of government
        ("Trump administration officials left.", "Trump", "Donald Trump"),  # a famous surname
        ("Reporters of the Korean Central News Agency (KCNA) left.", "KCNA", "Korean Central News Agency"),
        ("The Alpine Rivers Trust (ART) sued. ART won.", "ART", "Alpine Rivers Trust"),  # unknown, with its acronym
        ("Vera Lindqvist resigned. Lindqvist is ill.", "Lindqvist", "Vera Lindqvist"),  # a surname
        ("Vera Lindqvist resigned. The cabinet thanked Vera.", "Vera", "Vera Lindqvist"),  # a given name
        ("Jane Putin opened a bakery. Putin sells bread.", "Putin", "Jane Putin"),  # not the famous bearer
        ("Russian Foreign Minister Sergey Lavrov left.", "Sergey Lavrov", "Sergei Lavrov"),  # another spelling
        ("Vera Lindqvist, also known as Wexmo, left. Wexmo is ill.", "Wexmo", "Vera Lindqvist"),  # one more name
        ("Officials wrote on X that it rained.", "X", "X (social network)"),  # one letter, where one posts
        # a name of parties of several states
        ("Germany voted. The Greens won.", "Greens", "Alliance 90/The Greens"),
        ("Austria voted. The Greens won.", "Greens", "The Greens – The Green Alternative"),
        ("The Greens won.", "Greens", "Greens"),  # whose, nobody tells
    ],
)
def test_a_name_finds_its_bearer(extractor: Extractor, text: str, name: str, entity: str) -> None:
    assert stage(extractor, text).who(name, -1) == entity


@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        # the latest full name before a surname bears it
        ("John Smith spoke. Smith left. Mary Smith spoke. Smith stayed.", ["John Smith", "Mary Smith"]),
        ("Mary Smith spoke. John Smith spoke. Smith left.", ["John Smith"]),
        # "Mr" and "Mrs" choose
        ("Mary Smith met John Smith. Mrs Smith left. Mr Smith stayed.", ["Mary Smith", "John Smith"]),
    ],
)
def test_people_of_one_surname_stay_apart(extractor: Extractor, text: str, bearers: list[str]) -> None:
    scene = stage(extractor, text)
    assert [scene.who("Smith", nth) for nth in range(len(bearers))] == bearers


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Norwegian envoy Kari Holm left.", "Kari Holm", "NOR"),  # a title with its state
        ("Norway's Kari Holm left.", "Kari Holm", "NOR"),  # a possessor
        ("Kari Holm, Norway's foreign minister, left.", "Kari Holm", "NOR"),  # an apposition
        ("Prime Minister Kari Holm of Norway left.", "Kari Holm", "NOR"),  # "of" after the name
        ("The Hungarian Gardeners Party lost.", "Hungarian Gardeners Party", "HUN"),  # inside the name
        (
            "The German carmaker Wexmobil Motors closed.",
            "Wexmobil Motors",
            "DEU",
        ),  # before a noun that the name renames
        ("Chile is poor. Chile borrowed. The Supreme Court met in Chile.", "Supreme Court", "CHL"),  # one state only
        ("Chile met Peru. The Supreme Court met.", "Supreme Court", None),  # two states: whose court it is, is not told
        ("The Lagos-based group Wexmobil Forum met.", "Wexmobil Forum", "NGA"),  # where it is based
        ("The Wexmobil Museum in Lima closed.", "Wexmobil Museum", "PER"),  # where it is
        ("Floods hit the town of Wexmobil, Pakistan.", "Wexmobil", "PAK"),
        ("Kari Holm is director of the Lima-based Wexmobil Forum.", "Kari Holm", "PER"),  # by what one is director of
        (
            "Chile borrowed. Kari Holm, a member of the upper house, left.",
            "Kari Holm",
            "CHL",
        ),  # of a house of the state
        ("The writer Kari Holm left.", "Kari Holm", None),
        ("Chile is poor. Chile borrowed. Vexco's president, Kari Holm, left.", "Kari Holm", None),  # of something else
    ],
)
def test_country(extractor: Extractor, text: str, name: str, country: str | None) -> None:
    assert stage(extractor, text).entity(name).country == country


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Chad's Ministry of Rivers met Mali's Ministry of Rivers.", "Ministry of Rivers", "Ministry of Rivers (Chad)"),
        ("The interim Peruvian Government fell.", "Peruvian Government", "Peru"),
        ("The Alpine Rivers Council met. The Council left.", "Council", "Alpine Rivers Council"),  # the tail of a name
        ("The Vexal Border Front (VBF) met. Nobody from the VBF spoke.", "VBF", "Vexal Border Front"),
    ],
)
def test_which_organisation(extractor: Extractor, text: str, name: str, entity: str) -> None:
    assert stage(extractor, text).entity(name).name == entity


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Coastal Ministry", "GOV"),  # the last word tells
        ("Ministry of Rivers", "GOV"),  # the word before "of" tells
        ("Northern Hills University", "EDU"),
        ("Alpine Rivers Initiative", None),
    ],
)
def test_sector_of_an_unknown_organisation(extractor: Extractor, name: str, sector: str | None) -> None:
    scene = stage(extractor, f"The {name} warned investors. A report by the {name} said so.")
    assert (scene.entity(name).kind, scene.entity(name).sector) == (Kind.ORGANIZATION, sector)


@pytest.mark.parametrize(
    ("text", "name", "sector"),
    [
        ("Police chief Ana Ruiz left.", "Ana Ruiz", "COP"),
        ("Former President Ana Ruiz of Peru left.", "Ana Ruiz", "ELI"),  # no longer in office
    ],
)
def test_sector_of_a_person(extractor: Extractor, text: str, name: str, sector: str) -> None:
    assert stage(extractor, text).entity(name).sector == sector


def test_another_name_becomes_an_alias(extractor: Extractor) -> None:
    scene = stage(extractor, "Vera Lindqvist resigned. Lindqvist is ill.")
    assert scene.entity("Lindqvist").aliases == ("Lindqvist",)


def test_names_do_not_depend_on_what_was_read_before(extractor: Extractor) -> None:
    first = stage(extractor, "Smith left.").entity("Smith")
    stage(extractor, "John Smith spoke. Smith left.")
    assert stage(extractor, "Smith left.").entity("Smith") == first
