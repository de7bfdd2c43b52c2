import hashlib
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import InputError
from kg.graph import build_graph
from kg.ontology import load_ontology
from kg.view import write_view
from kg.view.content import page_content
from kg.view.html import content_policy, html_page, json_text
from tests import factories

VENDOR = Path(__file__).parents[2] / "kg" / "view" / "vendor"
HOSTILE = "</script><img src=x onerror=alert(1)><!-- & \u2028 \ud800"


@pytest.fixture(scope="module")
def graph() -> "nx.MultiDiGraph[str]":
    return build_graph(factories.small_world(), load_ontology())


@pytest.fixture(scope="module")
def content(graph: "nx.MultiDiGraph[str]") -> dict[str, list[dict[str, Any]]]:
    return page_content(graph)


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if row["name"] == name)


def facts_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_every_node_and_relation_is_in_the_page(
    graph: "nx.MultiDiGraph[str]", content: dict[str, list[dict[str, Any]]]
) -> None:
    nodes = {row["id"] for name, rows in content.items() if name != "relations" for row in rows}
    assert nodes == set(graph)
    assert {row["type"] for row in content["relations"]} == {
        "ACCUSED", "ALLIED_WITH", "ATTACKED", "LEADS", "MEMBER_OF", "MET_WITH", "SIGNED_AGREEMENT_WITH", "THREATENED",
        "VISITED",
    }  # fmt: skip


def test_an_event_knows_who_took_part_and_how_real_it_is(content: dict[str, list[dict[str, Any]]]) -> None:
    event = named(content["events"], "Not: Oskar Brandt visited Norland (2024-08)")
    assert event["actors"] == ["person/oskar-brandt"]
    assert event["targets"] == ["country/norland"]
    assert event["polarity"] == "negated"
    assert (event["date"], event["datePrecision"]) == ("2024-08-01", "month")


def test_a_claim_gives_its_sentence_cut_at_the_trigger(content: dict[str, list[dict[str, Any]]]) -> None:
    evidence = [claim["evidence"] for claim in content["claims"]]
    assert ["Brandt ", "plans to travel", " to Southhaven next month."] in evidence
    assert ["Norland, a member of the Coastal Union", "", ""] in evidence  # a lasting relation has no trigger


def test_offsets_count_code_points_and_not_the_browsers_units() -> None:
    told = factories.article("😀😀 Mira Talvik visited Estmark.")
    talvik, estmark = factories.entity(), factories.country("Estmark")
    visit = factories.event(told, "visited", actors=[talvik], targets=[estmark])
    content = page_content(build_graph([factories.extraction(told, [talvik, estmark], [visit])], load_ontology()))
    assert content["claims"][0]["evidence"] == ["😀😀 Mira Talvik ", "visited", " Estmark."]


def test_a_claim_says_on_whose_word(content: dict[str, list[dict[str, Any]]]) -> None:
    threat = next(claim for claim in content["claims"] if claim.get("trigger") == "threatened")
    assert threat["attributedTo"] == ["organization/coastal-union"]
    assert threat["articles"] == ["courier-7"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://gazette.example/1", True),
        ("HTTP://gazette.example/1", True),
        ("javascript:alert(1)", False),
        (" https://gazette.example/1", False),
        ("data:text/html,<script>alert(1)</script>", False),
        (None, False),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None, kept: bool) -> None:
    graph = build_graph([factories.extraction(factories.article(url=url))], load_ontology())
    assert ("url" in page_content(graph)["articles"][0]) is kept


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    pages = []
    for order in (1, -1):
        graph = build_graph(factories.small_world()[::order], load_ontology())
        write_view(graph, tmp_path / "view.html")
        pages.append((tmp_path / "view.html").read_bytes())
    assert pages[0] == pages[1]


def test_json_cannot_end_its_script_element() -> None:
    text = json_text({"name": HOSTILE})
    assert not re.search(r"[<>&\u2028\ud800]", text)
    assert json.loads(text) == {"name": HOSTILE}


def test_title_and_facts_are_never_markup() -> None:
    content = {"articles": [{"title": HOSTILE + " ${scripts}"}]}
    page = html_page("</title><script>alert(1)</script>", content)
    assert "<img src=x" not in page
    assert "<script>alert(1)" not in page
    assert facts_of(page) == content


def test_the_policy_allows_exactly_the_scripts_and_the_style_that_are_there() -> None:
    page = html_page("Title", {})
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    style = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    assert f'content="{content_policy(style[0], scripts)}"' in page
    assert "unsafe" not in page.split("<title>")[0]


def test_an_empty_graph_gives_a_page(tmp_path: Path) -> None:
    write_view(nx.MultiDiGraph(), tmp_path / "view.html", title="Nothing yet")
    page = (tmp_path / "view.html").read_text(encoding="utf-8")
    assert "<h1>Nothing yet</h1>" in page
    assert facts_of(page)["entities"] == []


def test_a_page_that_cannot_be_written_leaves_nothing_behind(graph: "nx.MultiDiGraph[str]", tmp_path: Path) -> None:
    (tmp_path / "view.html").mkdir()
    with pytest.raises(InputError, match=r"view\.html: the page cannot be written"):
        write_view(graph, tmp_path / "view.html")
    with pytest.raises(InputError, match="cannot be written"):
        write_view(graph, tmp_path / "nowhere" / "view.html")
    assert [path.name for path in tmp_path.iterdir()] == ["view.html"]


def test_libraries_are_the_ones_listed_with_their_licences() -> None:
    listed = dict(re.findall(r"\| `(\S+\.js)` .*`([0-9a-f]{64})` \|", (VENDOR / "SOURCES.md").read_text()))
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert "-->" not in licences
    assert licences in html_page("Title", {})
