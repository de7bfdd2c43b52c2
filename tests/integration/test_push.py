"""Pushing to a real server: what is sent, what is left alone, and what is put right afterwards."""

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from neo4j import READ_ACCESS, GraphDatabase

from kg.database import Changes, Database, PushReport, Seal, connection, difference, push
from kg.errors import DatabaseError
from kg.graph import build_graph
from kg.ontology import load_ontology
from kg.schema import NODES
from tests import factories
from tests.integration.line import Line
from tests.integration.neo4j.server import Server

pytestmark = pytest.mark.neo4j

Graph = nx.MultiDiGraph
MINE, THEIRS = "store-a", "store-b"


@pytest.fixture
def graph() -> "Graph[str]":
    return build_graph(factories.small_world(), load_ontology())


@pytest.fixture
def smaller() -> "Graph[str]":
    """The graph without its first article: some nodes and edges go, others lose a part."""
    return build_graph(factories.small_world()[1:], load_ontology())


@pytest.fixture
def last_transaction(neo4j_server: Server) -> Callable[[], frozenset[str]]:
    """The server's own mark of the last transaction that changed anything."""

    def bookmark() -> frozenset[str]:
        login = (neo4j_server.user, neo4j_server.password)
        with (
            GraphDatabase.driver(neo4j_server.uri, auth=login) as driver,
            driver.session(default_access_mode=READ_ACCESS) as session,
        ):
            session.run("RETURN 1").consume()
            return session.last_bookmarks().raw_values

    return bookmark


def dump(database: Database, where: str = "true") -> tuple[list[Any], list[Any]]:
    """Every node and edge, with Neo4j's own ids, so that a replaced one is seen."""
    nodes = f"MATCH (x) WHERE {where} RETURN elementId(x) AS element, x ORDER BY element"
    edges = f"MATCH ()-[x]->() WHERE {where} RETURN elementId(x) AS element, x ORDER BY element"
    return [*database.run(nodes, {}).rows], [*database.run(edges, {}).rows]


def content(database: Database) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is held of ours in the graph's own terms: attributes of nodes by id, of edges by ends and id."""
    own = "x.kgStore IS NOT NULL"
    nodes = database.run(f"MATCH (x) WHERE {own} RETURN x", {}).rows
    edges = database.run(f"MATCH (a)-[x]->(b) WHERE {own} RETURN a, x, b", {}).rows
    ends = ("source", "target")
    return (
        {node["id"]: _bare(node) | {"labels": set(node["labels"])} for (node,) in nodes},
        {f"{edge['source']} {edge['target']} {edge['id']}": _bare(edge, *ends) for _, edge, _ in edges},
    )


def expected_content(graph: "Graph[str]") -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        {id_: data | {"labels": set(data["labels"])} for id_, data in graph.nodes(data=True)},
        {f"{source} {target} {id_}": data for source, target, id_, data in graph.edges(keys=True, data=True)},
    )


def _bare(element: dict[str, Any], *without: str) -> dict[str, Any]:
    return {name: value for name, value in element.items() if name not in {"kgStore", "kgDigest", *without}}


def test_a_push_copies_the_graph_exactly(database: Database, graph: "Graph[str]") -> None:
    report = database.push(graph, MINE)
    assert report == PushReport(Changes(created=graph.number_of_nodes()), Changes(created=graph.number_of_edges()))
    assert content(database) == expected_content(graph)


def test_constraints_and_indexes_are_there_after_a_push(database: Database, graph: "Graph[str]") -> None:
    database.push(graph, MINE)
    unique = database.run("SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type", {}).rows
    assert {labels[0] for labels, properties, type_ in unique if properties == ["id"]} == set(NODES)
    assert {type_ for _, _, type_ in unique} == {"UNIQUENESS"}
    indexed = database.run("SHOW INDEXES YIELD labelsOrTypes, properties, type WHERE type = 'RANGE' RETURN *", {}).rows
    assert {(node.label, name) for node in NODES.values() for name in node.indexed} <= {
        (labels[0], properties[0]) for labels, properties, _ in indexed
    }


def test_a_second_push_sends_nothing_and_changes_nothing(
    database: Database, graph: "Graph[str]", last_transaction: Callable[[], frozenset[str]]
) -> None:
    database.push(graph, MINE)
    before, mark = dump(database), last_transaction()
    batches: list[tuple[str, int, int]] = []
    report = database.push(graph, MINE, progress=lambda *step: batches.append(step))
    assert report == PushReport(Changes(unchanged=graph.number_of_nodes()), Changes(unchanged=graph.number_of_edges()))
    assert (batches, dump(database), last_transaction()) == ([], before, mark)


def test_a_changed_graph_is_updated_in_place_and_the_rest_is_deleted(
    database: Database, graph: "Graph[str]", smaller: "Graph[str]"
) -> None:
    database.push(graph, MINE)
    report = database.push(smaller, MINE)
    gone = len(set(graph) - set(smaller))
    assert gone
    assert report.nodes.deleted == gone
    assert report.nodes.updated + report.nodes.unchanged == smaller.number_of_nodes()
    assert report.edges.deleted == len(set(_edges(graph)) - set(_edges(smaller)))
    assert content(database) == expected_content(smaller)


def _edges(graph: "Graph[str]") -> list[tuple[str, str, str]]:
    return [(source, target, id_) for source, target, id_ in graph.edges(keys=True)]


def test_a_property_or_label_that_is_no_longer_true_goes(database: Database) -> None:
    database.push(_one_entity(labels=["Entity", "Place"], name="Alder", country="EST", latitude=59.4), MINE)
    after = _one_entity(labels=["Entity", "Organization"], name="Alder", sector="BUS")
    assert database.push(after, MINE).nodes == Changes(updated=1)
    assert content(database) == expected_content(after)


def _one_entity(**data: Any) -> "Graph[str]":
    graph: Graph[str] = nx.MultiDiGraph()
    graph.add_node("place/alder", id="place/alder", **data)
    return graph


def test_an_empty_graph_removes_all_of_ours(database: Database, graph: "Graph[str]") -> None:
    database.push(graph, MINE)
    report = database.push(nx.MultiDiGraph(), MINE)
    assert report == PushReport(Changes(deleted=graph.number_of_nodes()), Changes(deleted=graph.number_of_edges()))
    assert dump(database) == ([], [])


def test_a_dry_run_counts_what_the_push_then_does_and_writes_nothing(
    database: Database, graph: "Graph[str]", smaller: "Graph[str]"
) -> None:
    for pushed in (graph, smaller, graph, nx.MultiDiGraph()):
        before, schema = dump(database), database.run("SHOW CONSTRAINTS YIELD name", {})
        planned = database.push(pushed, MINE, dry_run=True)
        assert (dump(database), database.run("SHOW CONSTRAINTS YIELD name", {})) == (before, schema)
        assert database.push(pushed, MINE) == planned
    assert dump(database) == ([], [])


# --- a database that is not as the last push left it ------------------------------------------------------------------

# What somebody did to the database, and what the next push then does to nodes and to edges.
UNTOLD = {
    "a wiped database": ("MATCH (n) DETACH DELETE n", "created", "created"),
    "some nodes deleted": ("MATCH (n:Claim) DETACH DELETE n", "created", "created"),
    "one edge deleted": ("MATCH (:Claim)-[r:REPORTS]->() WITH r ORDER BY r.id LIMIT 1 DELETE r", None, "created"),
    "a digest changed": ("MATCH (n:Source) SET n.kgDigest = 1", "updated", None),
    "a digest of an earlier version": ("MATCH (n) SET n.kgDigest = '00ff00ff00ff00ff'", "updated", None),
    "a digest of digits alone": ("MATCH ()-[r]->() SET r.kgDigest = '1234567890123456'", None, "updated"),
    "a digest removed": ("MATCH (n) REMOVE n.kgDigest", "updated", None),
    "an edge doubled": ("MATCH (a)-[r:HAS_ACTOR]->(b) CREATE (a)-[s:HAS_ACTOR]->(b) SET s = r", None, "deleted"),
}


@pytest.mark.parametrize(("statement", "nodes", "edges"), UNTOLD.values(), ids=UNTOLD)
def test_what_was_changed_behind_our_back_is_put_right(
    database: Database, graph: "Graph[str]", statement: str, nodes: str | None, edges: str | None
) -> None:
    seal = database.push(graph, MINE).seal
    assert database.seal(MINE) == seal
    database.run(statement, {}, write=True)
    assert database.seal(MINE) != seal
    planned = database.push(graph, MINE, dry_run=True)
    report = database.push(graph, MINE)
    assert report == planned
    for part, change in ((report.nodes, nodes), (report.edges, edges)):
        assert (part.any, change is None or getattr(part, change) > 0) == (change is not None, True)
    assert content(database) == expected_content(graph)
    assert database.seal(MINE) == seal
    assert not database.push(graph, MINE).nodes.any


def test_the_seal_is_of_one_store_alone(database: Database, graph: "Graph[str]") -> None:
    assert database.seal(MINE) == Seal(0, 0, 0, 0)
    seal = database.push(graph, MINE).seal
    database.run("CREATE (:Entity {id: 'x', kgStore: $store, kgDigest: 3})", {"store": THEIRS}, write=True)
    assert (database.seal(MINE), database.seal(THEIRS)) == (seal, Seal(1, 3, 0, 0))


# --- what belongs to others -------------------------------------------------------------------------------------------

OTHERS = """
CREATE (n:Note {text: 'ask again'}), (:Entity {name: 'no id'}), (:Entity:Person {id: 'person/of-mine', name: 'Mine'}),
       (:Event {id: 7}), (m:Note)-[:ABOUT {weight: 2}]->(n)
"""


def test_nodes_and_edges_of_others_are_never_touched(
    database: Database, graph: "Graph[str]", smaller: "Graph[str]"
) -> None:
    database.run(OTHERS, {}, write=True)
    before = dump(database)
    for pushed in (graph, graph, smaller, nx.MultiDiGraph()):
        database.push(pushed, MINE)
        assert dump(database, "x.kgStore IS NULL") == before


def test_what_users_add_to_our_nodes_stays_when_they_are_updated(database: Database) -> None:
    database.push(_one_entity(labels=["Entity", "Place"], name="Alder"), MINE)
    database.run("MATCH (n {id: 'place/alder'}) SET n:Watched, n.reviewed = true", {}, write=True)
    database.push(_one_entity(labels=["Entity", "Place"], name="Port Alder"), MINE)
    ((node,),) = database.run("MATCH (n) RETURN n", {}).rows
    assert (node["name"], node["reviewed"], node["labels"]) == ("Port Alder", True, ["Entity", "Place", "Watched"])


def test_edges_that_users_draw_to_our_nodes_stay_and_so_does_a_node_that_holds_one(
    database: Database, graph: "Graph[str]"
) -> None:
    database.push(graph, MINE)
    node = database.run("MATCH (n:Event) RETURN n.id AS id ORDER BY id LIMIT 1", {}).rows[0][0]
    database.run(
        "MATCH (n:Event {id: $id}) CREATE (:Note {text: 'odd'})-[:ABOUT {weight: 2}]->(n)", {"id": node}, write=True
    )
    others = dump(database, "x.kgStore IS NULL")

    planned = database.push(nx.MultiDiGraph(), MINE, dry_run=True)
    report = database.push(nx.MultiDiGraph(), MINE)
    assert report == planned
    assert report.nodes == Changes(deleted=graph.number_of_nodes() - 1, kept=1)
    assert dump(database, "x.kgStore IS NULL") == others
    assert database.run("MATCH (:Note)-[:ABOUT]->(n) RETURN n.id", {}).rows == ((node,),)

    database.run("MATCH ()-[r:ABOUT]->() DELETE r", {}, write=True)
    assert database.push(nx.MultiDiGraph(), MINE).nodes == Changes(deleted=1)


def test_a_node_of_others_under_an_id_of_ours_stops_the_push_before_anything_is_written(
    database: Database, graph: "Graph[str]"
) -> None:
    name = "person/mira-talvik"
    assert name in graph
    database.run("CREATE (:Entity {id: $id, name: 'Somebody else'})", {"id": name}, write=True)
    before = dump(database)
    for dry_run in (True, False):
        with pytest.raises(DatabaseError) as caught:
            database.push(graph, MINE, dry_run=dry_run)
        assert f"nodes of others stand in the way (1, such as Entity {name} of somebody else)" in str(caught.value)
    assert dump(database) == before


def test_a_second_store_with_the_same_entities_is_told_to_go_elsewhere_and_how_to_make_room(
    database: Database, graph: "Graph[str]", smaller: "Graph[str]"
) -> None:
    database.push(smaller, THEIRS)
    before = dump(database)
    with pytest.raises(DatabaseError, match="of the kg store store-b") as caught:
        database.push(graph, MINE)
    assert dump(database) == before
    assert caught.value.hint
    database.run(caught.value.hint.partition(": ")[2], {}, write=True)
    assert database.push(graph, MINE).nodes == Changes(created=graph.number_of_nodes())


def test_a_store_by_a_name_that_is_none_is_not_put_into_a_command(database: Database, graph: "Graph[str]") -> None:
    name = "x' OR true DETACH DELETE n //"
    create = "CREATE (:Entity {id: 'person/mira-talvik', kgStore: $name})"
    database.run(create, {"name": name}, write=True)
    with pytest.raises(DatabaseError) as caught:
        database.push(graph, MINE)
    assert caught.value.hint == "push into another database"


def test_two_stores_that_share_nothing_live_side_by_side(database: Database, graph: "Graph[str]") -> None:
    other = nx.relabel_nodes(graph, {id_: f"x-{id_}" for id_ in graph})
    for id_, data in other.nodes(data=True):
        data["id"] = id_
    database.push(other, THEIRS)
    theirs = dump(database)
    database.push(graph, MINE)
    database.push(nx.MultiDiGraph(), MINE)
    assert dump(database) == theirs


@pytest.mark.parametrize(
    "taken", [{"name": "Somebody else"}, {"name": "Another push's", "kgStore": MINE, "kgDigest": 7}]
)
def test_a_node_that_another_takes_in_mid_push_is_not_overwritten(
    database: Database, graph: "Graph[str]", monkeypatch: pytest.MonkeyPatch, taken: dict[str, Any]
) -> None:
    write_schema = push.Push._write_schema

    def late(self: push.Push) -> None:
        text = "CREATE (n:Entity {id: 'person/mira-talvik'}) SET n += $taken"
        database.run(text, {"taken": taken}, write=True)
        write_schema(self)

    monkeypatch.setattr(push.Push, "_write_schema", late)
    with pytest.raises(DatabaseError, match="somebody else is changing the database — push again"):
        database.push(graph, MINE)
    assert database.run("MATCH (n {id: 'person/mira-talvik'}) RETURN n.name, n.kgStore", {}).rows == (
        (taken["name"], taken.get("kgStore")),
    )


def test_an_edge_that_a_push_at_the_same_time_makes_too_is_told_and_the_next_one_takes_it_away(
    database: Database, graph: "Graph[str]"
) -> None:
    again = "MATCH (a:Claim)-[r:IN_ARTICLE]->(b) WITH a, r, b LIMIT 1 CREATE (a)-[twin:IN_ARTICLE]->(b) SET twin = r"

    def make_too(stage: str, done: int, total: int) -> None:
        if stage == "edges" and done == total:
            database.run(again, {}, write=True)

    with pytest.raises(DatabaseError, match=r"other edges than the graph: somebody else .* — push again"):
        database.push(graph, MINE, progress=make_too)
    report = database.push(graph, MINE)
    assert (report.edges.created, report.edges.deleted) == (0, 1)
    assert content(database) == expected_content(graph)


# --- when something goes wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop_after", [1, 3, 6, 10])
def test_an_interrupted_push_is_completed_by_the_next(
    database: Database, graph: "Graph[str]", monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    monkeypatch.setattr(difference, "BATCH", 5)
    seen: list[str] = []

    def interrupt(stage: str, done: int, total: int) -> None:
        seen.append(stage)
        if len(seen) == stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.push(graph, MINE, progress=interrupt)
    assert content(database) != expected_content(graph)
    report = database.push(graph, MINE)
    assert report.nodes.unchanged > 0
    assert report.nodes.created + report.nodes.unchanged == graph.number_of_nodes()
    assert content(database) == expected_content(graph)


def test_a_server_lost_in_mid_push_is_one_clear_error_and_the_next_push_completes_it(
    database: Database, graph: "Graph[str]", neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "BATCH", 5)
    monkeypatch.setitem(connection._CONFIG, "max_transaction_retry_time", 1)

    def go_amid_edges(stage: str, done: int, total: int) -> None:
        if stage == "edges" and done > 10:
            line.go()

    with (
        Line(neo4j_server.uri) as line,
        Database.connect(line.uri, neo4j_server.user, neo4j_server.password) as over_line,
        pytest.raises(DatabaseError) as caught,
    ):
        over_line.push(graph, MINE, progress=go_amid_edges)
    assert str(caught.value).startswith(f"bolt://127.0.0.1:{line.port}: Neo4j does not answer: ")
    assert "\n" not in str(caught.value)
    report = database.push(graph, MINE)
    assert report.nodes == Changes(unchanged=graph.number_of_nodes())
    assert 0 < report.edges.created < graph.number_of_edges()
    assert content(database) == expected_content(graph)


def test_progress_counts_each_stage_to_its_total(
    database: Database, graph: "Graph[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "BATCH", 10)
    told: list[tuple[str, int, int]] = []
    database.push(graph, MINE, progress=lambda *step: told.append(step))
    for stage, total in (("nodes", graph.number_of_nodes()), ("edges", graph.number_of_edges())):
        steps = [step for step in told if step[0] == stage]
        assert steps[-1] == (stage, total, total)
        assert [done for _, done, _ in steps] == sorted({done for _, done, _ in steps})
    database.push(nx.MultiDiGraph(), MINE, progress=lambda *step: told.append(step))
    assert told[-1] == ("old nodes", graph.number_of_nodes(), graph.number_of_nodes())


def test_a_constraint_that_others_data_breaks_stops_the_push(database: Database, graph: "Graph[str]") -> None:
    database.run("CREATE (:Source {id: 'twice'}), (:Source {id: 'twice'})", {}, write=True)
    before = dump(database)
    with pytest.raises(DatabaseError, match=r"Neo4j failed: .*Source"):
        database.push(graph, MINE)
    assert dump(database) == before
