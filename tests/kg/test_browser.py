"""What the Neo4j Browser is given, checked for form; tests/integration/test_browser.py tries it in the real one."""

import http.client
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import dropwhile
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.browser import browser_files, loopback_server, write_files
from kg.browser.examples import bound_examples, most_active
from kg.browser.guide import Code, Heading, Items, Slide, Text
from kg.browser.guide_adoc import guide_adoc
from kg.browser.guide_html import guide_html
from kg.browser.look import contrast, edge_looks, node_looks
from kg.browser.statements import Bound, deep_link
from kg.browser.style import style
from kg.engine import Engine
from kg.errors import InputError
from kg.graph import build_graph
from kg.lookup import EntityIndex
from kg.ontology import load_ontology
from kg.queries import Value, bind, load_queries, read_query
from kg.schema import NODES, STRUCTURAL_EDGES
from tests import factories
from tests.integration.test_same_rows import GIVEN

QUERIES = load_queries()
HOSTILE = "x */ MATCH (n) DETACH DELETE n /* ' \" ` \\u0027 \\\n&cmd=play#+%26 </pre><script> *b* ==\n----\n{a}"
NOBODY = EntityIndex({}, {}, {})


@pytest.fixture(scope="module")
def graph() -> "nx.MultiDiGraph[str]":
    return build_graph(factories.queried_world(), load_ontology())


@pytest.fixture(scope="module")
def files(graph: "nx.MultiDiGraph[str]") -> dict[str, bytes]:
    return browser_files(graph, EntityIndex.from_graph(graph).find, QUERIES.values(), load_ontology())


def without_remarks(statement: str) -> str:
    """A statement for the embedded engine, which knows no comment within a line."""
    return re.sub(r" /\* [\w: .,()-]+ \*/", "", statement)


def bound(text: str, values: Mapping[str, Value] | None = None, *, name: str = "") -> Bound:
    query = replace(QUERIES["neighbourhood-graph"], text=f"// A title\n// description: What.\n{text}\n")
    return Bound(query, values or {}, {"x": name} if name else {})


def test_the_same_graph_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    again = build_graph(factories.queried_world()[::-1], load_ontology())
    assert browser_files(again, EntityIndex.from_graph(again).find, QUERIES.values(), load_ontology()) == files
    assert list(files) == ["kg.grass", "guide.html", "guide.adoc", "bloom-perspective.json", "favourites.zip"]


# --- style ------------------------------------------------------------------------------------------------------------


def rules(grass: str) -> dict[str, dict[str, str]]:
    """The rules of a GraSS text, by selector and in order."""
    found = re.findall(r"^(\S+) \{\n((?:  \S+: .+;\n)*)\}\n", grass, re.MULTILINE)
    assert "".join(f"{selector} {{\n{body}}}\n" for selector, body in found) == grass
    return {selector: dict(line.strip(" ;").split(": ") for line in body.splitlines()) for selector, body in found}


def test_every_label_and_relationship_type_has_a_rule() -> None:
    ontology = load_ontology()
    found = rules(style(ontology))
    labels = {label for node in NODES.values() for label in (node.label, *node.secondary)}
    assert {selector.removeprefix("node.") for selector in found if selector.startswith("node.")} == labels
    assert {selector.removeprefix("relationship.") for selector in found if selector.startswith("relationship.")} == (
        ontology.relations
    )
    assert all(found[f"node.{label}"]["caption"] == "'{name}'" for label in labels)
    assert all(rule["caption"] == "'<type>'" for selector, rule in found.items() if selector.startswith("rel"))
    assert all({"color", "diameter"} <= set(found[f"node.{label}"]) for label in labels)


def test_the_kind_comes_after_the_entity_and_so_wins() -> None:
    selectors = list(rules(style(load_ontology())))
    kinds = [selectors.index(f"node.{label}") for label in NODES["Entity"].secondary]
    assert selectors.index("node.Entity") < min(kinds)


def test_cooperation_conflict_and_their_weight_can_be_told_apart() -> None:
    looks = edge_looks(load_ontology())
    assert set(looks) == load_ontology().relations | set(STRUCTURAL_EDGES) | {"IN_ARTICLE"}
    words, deeds = (looks["MET_WITH"], looks["ACCUSED"]), (looks["COOPERATED_WITH"], looks["ATTACKED"])
    assert len({look.colour for look in (*words, *deeds)}) == 4
    assert max(look.width for look in words) < min(look.width for look in deeds)


def test_a_name_can_be_read_on_every_colour() -> None:
    assert min(contrast(look.text, look.colour) for look in node_looks().values()) >= 4.5  # WCAG 2, level AA


# --- statements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values", "statement"),
    [
        ("RETURN $x AS x", {"x": "a"}, "RETURN 'a' /* x */ AS x"),
        ("RETURN $x - $y", {"x": 1, "y": -2}, "RETURN 1 /* x */ - (-2) /* y */"),
        ("RETURN '$x', $x // $x\n", {"x": None}, "RETURN '$x', null /* x */ // $x"),
        ("RETURN $x", {"x": "\\u0027"}, r"RETURN ('\\' + 'u0027') /* x */"),
    ],
)
def test_values_stand_in_the_place_of_parameters(text: str, values: dict[str, Value], statement: str) -> None:
    assert bound(text, values).statement == statement


@pytest.mark.parametrize("name", [name for name, query in QUERIES.items() if query.engine == "both" and name in GIVEN])
def test_a_query_with_its_values_in_it_has_the_rows_that_it_has_with_parameters(
    name: str, graph: "nx.MultiDiGraph[str]"
) -> None:
    engine, index = Engine.load(graph), EntityIndex.from_graph(graph)
    values = bind(QUERIES[name], GIVEN[name], index.find)
    filled = Bound.of(QUERIES[name], values, index.name)
    assert engine.run(without_remarks(filled.statement), {}) == engine.run(QUERIES[name].text, values)


@pytest.mark.parametrize("hostile", [HOSTILE, "\\", "'", "\\'", "`", "*/", "\r", "$x", "\ud800"])
def test_nothing_breaks_out_of_a_statement(hostile: str) -> None:
    engine = Engine.load(nx.MultiDiGraph())
    shown = bound("RETURN $x AS x", {"x": hostile}, name=hostile)
    assert shown.statement.count("*/") == 1 + hostile.count("*/")  # the remark's own, and what stands in the literal
    if hostile.isprintable() or hostile == HOSTILE:
        assert engine.run(without_remarks(shown.statement), {}).rows == ((hostile,),)
    assert len(shown.parameters.splitlines()) == 1


def test_a_parameter_line_has_no_character_that_the_browser_trips_over() -> None:
    assert bound("RETURN $x", {"x": "a;b $c & 🚀"}).parameters == r":param x => 'a\u003bb \u0024c \u0026 \ud83d\ude80';"


def as_the_browser_reads(link: str) -> tuple[list[str], list[str]]:
    """Commands and arguments of a link, by the rules of the legacy Browser 5.24."""
    arguments = unquote(link.replace("+", " "))
    return re.findall(r"[?&]cmd=([^&#]*)", link), re.findall(r"[?&]arg=([^&#]*)", arguments)


@given(st.text())
def test_a_link_brings_one_statement_into_the_editor_whatever_is_in_it(text: str) -> None:
    shown = bound("RETURN $x AS x", {"x": text}, name=text)
    commands, arguments = as_the_browser_reads(deep_link(shown))
    assert commands == ["edit"]
    assert len(arguments) == 1
    escaped = shown.statement.replace("&", "\\u0026").replace("#", "\\u0023")
    assert arguments[0] == f"// {shown.query.title}\n{escaped}".encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    ("host", "begin"),
    [
        (None, "http://localhost:7474/browser/?"),
        ("db.example", "http://db.example:7474/browser/?"),
        ("::1", "http://[::1]:7474/browser/?"),
    ],
)
def test_a_link_leads_to_the_browser_of_the_host(host: str | None, begin: str) -> None:
    assert deep_link(bound("RETURN 1"), host).startswith(begin)


# --- examples ---------------------------------------------------------------------------------------------------------


def test_an_example_that_the_graph_does_not_know_is_replaced_by_the_most_active(graph: "nx.MultiDiGraph[str]") -> None:
    shown = {b.query.name: b for b in bound_examples(QUERIES.values(), graph, EntityIndex.from_graph(graph).find)}
    pair = most_active(graph)[:2]
    assert set(pair) == {"country/norland", "country/estmark"}
    assert tuple(shown["events-between"].values[name] for name in ("actor", "other")) == pair
    assert set(shown["events-between"].names.values()) == {"Norland", "Estmark"}
    assert shown["actor-timeline"].values["actor"] == pair[0]


def test_a_graph_without_anybody_has_files_too() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    files = browser_files(empty, NOBODY.find, QUERIES.values(), load_ontology())
    assert b"0 articles, 0 events and 0 entities" in files["guide.html"]


# --- favourites -------------------------------------------------------------------------------------------------------


def test_every_saved_query_is_a_favourite_in_its_folder(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["favourites.zip"])) as archive:
        assert archive.testzip() is None
        texts = {entry.filename: archive.read(entry).decode() for entry in archive.infolist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(texts) == {f"{query.group}/{query.name}.cypher" for query in QUERIES.values()}
    for query in QUERIES.values():
        text = texts[f"{query.group}/{query.name}.cypher"]
        assert text.startswith(f"// {query.title}\n")
        assert "$" not in text.replace(query.description, "")


def bound_text(text: str) -> str:
    """A query's text without its head."""
    return "\n".join(dropwhile(lambda line: line.startswith("//"), text.splitlines()))


# --- guides -----------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What is in a page: elements, texts of `pre`, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.runnable: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append(tag)
        if tag == "pre":
            assert dict(attrs)["class"] == "runnable"
            self.runnable.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "pre":
            self.runnable[-1] += data


def as_the_browser_cleans(html: str) -> str:
    """What the legacy Browser 5.24 leaves of a guide: it strikes out what looks like a handler, and scripts."""
    handlers = r"""(\s+(on[^\s=]+)[^\s=]*\s*=\s*("[^"]*"|'[^']*'|[\w\-.:]+\s*))"""
    return re.sub(r"<script\b", "", re.sub(handlers, "", html, flags=re.IGNORECASE), flags=re.IGNORECASE)


def hostile_slides() -> list[Slide]:
    parts = (
        Text(HOSTILE),
        Heading(HOSTILE),
        Items((HOSTILE, "`code` and *more*")),
        Code("MATCH (n) WHERE n.a = 'one' RETURN n"),
    )
    return [Slide(HOSTILE, parts)]


def test_the_html_guide_has_every_saved_query_to_run(files: dict[str, bytes]) -> None:
    html = files["guide.html"].decode()
    page = Page(html)
    assert page.open == []
    assert page.seen[:2] == ["article", "carousel"]
    assert page.seen.count("slide") == 4 + len({query.group for query in QUERIES.values()})
    for query in QUERIES.values():
        assert bound_text(query.text) in page.runnable
    parameters = [text for text in page.runnable if text.startswith(":param")]
    assert len(parameters) == sum(bool(query.parameters) for query in QUERIES.values())
    assert any("=> 'country/norland';" in text for text in parameters)
    assert 'data-exec="style http://localhost:8001/kg.grass"' in html


def test_the_browser_cleans_nothing_out_of_the_html_guide(files: dict[str, bytes]) -> None:
    for html in (files["guide.html"].decode(), guide_html(hostile_slides(), "http://localhost:1")):
        assert as_the_browser_cleans(html) == html
    assert as_the_browser_cleans("<p>\n one = two</p>") != "<p>\n one = two</p>"


def test_nothing_in_the_html_guide_is_read_as_markup() -> None:
    page = Page(guide_html(hostile_slides(), 'http://localhost:1"><script>'))
    assert set(page.seen) == {"article", "carousel", "slide", "div", "h3", "h4", "p", "a", "ul", "li", "code", "pre"}
    assert page.runnable == ["MATCH (n) WHERE n.a = 'one' RETURN n"]


def blocks(adoc: str) -> list[str]:
    """The source blocks of a document; every fence is closed."""
    found = re.findall(r"^\[source,cypher\]\n(-{4,})\n(.*?)\n\1$", adoc, re.MULTILINE | re.DOTALL)
    assert len(found) == adoc.count("[source,cypher]\n")
    return [text for _, text in found]


def test_the_asciidoc_guide_has_the_statements_of_the_html_guide(files: dict[str, bytes]) -> None:
    adoc = files["guide.adoc"].decode()
    assert adoc.startswith("== ")
    assert blocks(adoc) == Page(files["guide.html"].decode()).runnable
    assert len(re.findall(r"^== ", adoc, re.MULTILINE)) == 3 + len({query.group for query in QUERIES.values()})
    assert len(re.findall(r"^=== ", adoc, re.MULTILINE)) == len(QUERIES)


def test_nothing_in_the_asciidoc_guide_is_read_as_markup() -> None:
    adoc = guide_adoc([Slide(HOSTILE, (Text(HOSTILE), Items((HOSTILE, "`code` and *more*"))))])
    title, _, paragraph, _, item, last = adoc.splitlines()
    assert (title[:3], item[:2], last) == ("== ", "* ", "* `+code+` and &#42;more&#42;")
    for line in (title[3:], paragraph, item[2:]):
        assert not re.search(r"[^\w\s.,;()/?!%-]", re.sub(r"&#\d+;", "", line))
    longer = guide_adoc([Slide("t", (Code("MATCH (a)------(b) RETURN a"),))])
    assert longer.endswith("\n-------\nMATCH (a)------(b) RETURN a\n-------\n")


# --- perspective ------------------------------------------------------------------------------------------------------


def test_the_perspective_has_the_form_of_those_that_bloom_exports(files: dict[str, bytes]) -> None:
    content: dict[str, Any] = json.loads(files["bloom-perspective.json"])
    keys = {"name", "id", "version", "categories", "labels", "relationshipTypes", "templates", "palette", "metadata"}
    assert keys <= set(content)
    labels = {label for node in NODES.values() for label in (node.label, *node.secondary)}
    assert [category["id"] for category in content["categories"]] == list(range(1, len(labels) + 1))
    assert (
        {label for category in content["categories"] for label in category["labels"]} == labels == {*content["labels"]}
    )
    for category in content["categories"]:
        assert category["captionKeys"] == ["name"]
        assert re.fullmatch("#[0-9a-f]{6}", category["color"])
        assert {"name", "exclude", "dataType"} == {key for item in category["properties"] for key in item}
    assert {row["name"] for row in content["relationshipTypes"]} == set(edge_looks(load_ontology()))


def test_a_search_phrase_asks_for_the_entities_of_a_query_that_draws(files: dict[str, bytes]) -> None:
    phrases = {row["name"]: row for row in json.loads(files["bloom-perspective.json"])["templates"]}
    assert set(phrases) == {query.title for query in QUERIES.values() if query.engine == "neo4j"}
    phrase = phrases[QUERIES["neighbourhood-graph"].title]
    assert phrase["text"].endswith(" $entity")
    assert [(row["name"], row["suggestionLabel"]) for row in phrase["params"]] == [("$entity", "Entity")]
    assert set(re.findall(r"\$\w+", phrase["cypher"])) == {"$entity"}


# --- server -----------------------------------------------------------------------------------------------------------

Ask = tuple[str, str, dict[str, str]]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    served = {"kg.grass": b"node {}", "guide.html": b"<article>"}
    with loopback_server(served, 0, neo4j="db.example") as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def test_a_file_is_served_with_its_type(port: int) -> None:
    status, headers, body = ask(port, "GET", "/kg.grass?x=1")
    assert (status, body, headers["content-type"]) == (200, b"node {}", "text/plain; charset=utf-8")
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    status, headers, body = ask(port, "HEAD", "/guide.html")
    assert (status, body, headers["content-length"]) == (200, b"", "9")
    assert headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/", "localhost", 404),
        ("GET", "/../pyproject.toml", "localhost", 404),
        ("GET", "/%2e%2e/pyproject.toml", "localhost", 404),
        ("GET", "//etc/passwd", "localhost", 404),
        ("GET", "/kg.grass", "localhost:8001", 200),
        ("GET", "/kg.grass", "127.0.0.1", 200),
        ("GET", "/kg.grass", "stranger.example", 421),
        ("GET", "/kg.grass", "[::", 421),
        ("OPTIONS", "/kg.grass", "stranger.example", 421),
        ("POST", "/kg.grass", "localhost", 501),
        ("PUT", "/kg.grass", "localhost", 501),
        ("DELETE", "/kg.grass", "localhost", 501),
    ],
)
def test_nothing_else_is_served(port: int, method: str, path: str, host: str, status: int) -> None:
    assert ask(port, method, path, Host=host)[0] == status


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:7474", True),
        ("http://127.0.0.1:7474", True),
        ("https://db.example:7473", True),
        ("https://stranger.example", False),
        ("http://localhost.stranger.example", False),
        ("null", False),
        ("http://[", False),
    ],
)
def test_only_pages_of_this_machine_and_of_our_neo4j_may_read(port: int, origin: str, allowed: bool) -> None:
    for method in ("GET", "OPTIONS"):
        headers = ask(port, method, "/guide.html", Origin=origin)[1]
        assert headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert headers["vary"] == "Origin"


def test_the_question_before_a_guide_is_fetched_is_answered(port: int) -> None:
    wanted = {"Origin": "http://localhost:7474", "Access-Control-Request-Headers": "cache-control, pragma"}
    status, headers, _ = ask(port, "OPTIONS", "/guide.html", **wanted)
    assert status == 204
    assert headers["access-control-allow-headers"] == "cache-control, pragma"
    assert "GET" in headers["access-control-allow-methods"]


def test_a_port_that_is_taken_is_said(port: int) -> None:
    with pytest.raises(InputError, match=rf"port {port} cannot be served on: .* — name another with --port"):
        loopback_server({}, port)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="the files cannot be written"):
        write_files({"a": b""}, tmp_path / "file")
    write_files({"a": b"b"}, tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "a").read_bytes() == b"b"


def test_a_query_of_ones_own_can_be_linked_to(tmp_path: Path) -> None:
    path = tmp_path / "own.cypher"
    path.write_text("// Ours\n// description: Ours.\n// returns: n\nMATCH (n:A&B) RETURN n", encoding="utf-8")
    link = deep_link(Bound.of(read_query(path), {}, str))
    assert as_the_browser_reads(link)[1] == ["// Ours\nMATCH (n:A\\u0026B) RETURN n"]
