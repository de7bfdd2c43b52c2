"""The commands that talk to Neo4j, as a user types them, on a real server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.options import settings
from kg.cli.push import push
from kg.database import Database
from tests.factories import filled
from tests.integration.neo4j.server import Server

pytestmark = pytest.mark.neo4j

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kg(neo4j_server: Server, database: Database, tmp_path: Path) -> Run:
    """Run `kg` in a folder with a small store, with Neo4j's address and password in the environment."""
    filled(tmp_path / "graph.kg")
    login = {"KG_NEO4J_URI": neo4j_server.uri, "KG_NEO4J_USER": neo4j_server.user}
    environ = {**os.environ, **login, "PYTHONPATH": str(Path(__file__).parents[2])}

    def run(*arguments: str, password: str = neo4j_server.password) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg.cli", *arguments],
            cwd=tmp_path,
            env={**environ, "KG_NEO4J_PASSWORD": password},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def changes(run: Run, *arguments: str) -> dict[str, dict[str, int]]:
    done = run("push", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ("dry run: nothing was written\n" if "--dry-run" in arguments else "")
    return {row.pop("part"): {name: count for name, count in row.items() if count} for row in json.loads(done.stdout)}


def test_push_writes_what_differs_and_a_dry_run_nothing(kg: Run, database: Database) -> None:
    planned = changes(kg, "--dry-run")
    assert database.run("MATCH (n) RETURN count(n)", {}).rows == ((0,),)
    assert planned == changes(kg) == {"nodes": {"created": 37}, "edges": {"created": 76}}
    assert changes(kg) == {"nodes": {"unchanged": 37}, "edges": {"unchanged": 76}}
    assert kg("forget", "alder-3").returncode == 0
    assert changes(kg)["nodes"]["deleted"] > 0
    assert database.run("MATCH (a:Article) RETURN a.id ORDER BY a.id", {}).rows == (("courier-7",), ("gazette-1",))


def test_a_push_of_what_is_there_does_not_even_make_the_graph(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, neo4j_server: Server
) -> None:
    changes(kg)
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setattr("kg.cli.push.read_store", lambda _: pytest.fail("the graph was made"))
    given = settings(store=str(tmp_path / "graph.kg"), uri=neo4j_server.uri, user=neo4j_server.user)
    assert push(given=given, dry_run=False).edges.unchanged == 76


def test_a_push_sends_all_again_to_a_database_that_was_wiped(kg: Run, database: Database) -> None:
    sent = changes(kg)
    database.run("MATCH (n) DETACH DELETE n", {}, write=True)
    assert changes(kg) == sent
    database.run("MATCH (n:Claim) WITH n ORDER BY n.id LIMIT 1 DETACH DELETE n", {}, write=True)
    assert changes(kg)["nodes"] == {"created": 1, "unchanged": 36}
    assert changes(kg)["nodes"] == {"unchanged": 37}


def test_a_query_has_the_same_rows_on_both_engines(kg: Run) -> None:
    changes(kg)
    query = ("query", "run", "actor-timeline", "--param", "actor=Talvik", "--format", "json")
    here, there = kg(*query), kg(*query, "--on", "neo4j")
    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == json.loads(here.stdout) != []


def test_a_query_for_drawing_runs_on_neo4j(kg: Run) -> None:
    changes(kg)
    done = kg("query", "run", "neighbourhood-graph", "--param", "entity=Norland", "--on", "neo4j", "--format", "json")
    assert {"nodes", "edges"} == set(json.loads(done.stdout)[0]["path"])


def test_doctor_names_the_server(kg: Run) -> None:
    done = kg("doctor", "--format", "json")
    (found,) = (row for row in json.loads(done.stdout) if row["part"] == "neo4j")
    assert found["state"] == "ok"
    assert "Neo4j" in found["text"]


def test_a_refused_password_is_one_line_without_the_password(kg: Run) -> None:
    done = kg("push", password="wrong-password")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: bolt://127.0.0.1:")
    assert "Neo4j refuses the user name or the password — set KG_NEO4J_USER and KG_NEO4J_PASSWORD" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "wrong-password" not in done.stderr
