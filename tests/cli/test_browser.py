import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import unquote

import pytest

from kg.browser import PORT, address
from tests.cli.conftest import Run
from tests.integration.neo4j.server import free_port

FILES = {"kg.grass", "guide.html", "guide.adoc", "bloom-perspective.json", "favourites.zip"}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.mark.parametrize(("arguments", "where"), [((), "browser"), (("--out", "some/where"), "some/where")])
def test_it_writes_a_folder(kg: Run, store: Path, folder: Path, arguments: tuple[str, ...], where: str) -> None:
    result = kg("browser", *arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(
        f"wrote kg.grass, guide.html, guide.adoc, bloom-perspective.json, favourites.zip into {where}"
    )
    assert {path.name for path in (folder / where).iterdir()} == FILES
    assert f"style {address(PORT)}/kg.grass" in (folder / where / "guide.html").read_text(encoding="utf-8")


def test_it_writes_the_same_again(kg: Run, store: Path, folder: Path) -> None:
    kg("browser")
    first = {path.name: path.read_bytes() for path in (folder / "browser").iterdir()}
    kg("browser")
    assert {path.name: path.read_bytes() for path in (folder / "browser").iterdir()} == first


def test_it_serves_until_interrupted(store: Path, folder: Path, port: int) -> None:
    command = [sys.executable, "-m", "kg.cli", "browser", "--serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(4)]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/guide.html", timeout=10) as response:
        guide = response.read().decode()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert lines[2:] == [
        f"  :style http://localhost:{port}/kg.grass\n",
        f"  :play http://localhost:{port}/guide.html\n",
    ]
    assert f'data-exec="style http://localhost:{port}/kg.grass"' in guide
    assert (rest.strip(), process.returncode) == ("ended", 0)
    assert not (folder / "browser").exists()


def test_a_port_that_is_taken_is_one_line(kg: Run, store: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        result = kg("browser", "--serve", "--port", port)
    assert result.status == 1
    assert result.err.startswith(f"error: port {port} cannot be served on: ")


# --- kg query show --link


def test_a_link_carries_the_id_of_whom_a_name_means(kg: Run, store: Path) -> None:
    result = kg("query", "show", "neighbourhood-graph", "--link", "-p", "entity=talvik")
    assert (result.status, result.err) == (0, "")
    link = result.out.strip()
    assert link.startswith("http://localhost:7474/browser/?cmd=edit&arg=//%20Neighbourhood")
    assert "{id: 'person/mira-talvik' /* entity: Mira Talvik */}" in unquote(link)
    as_json = kg("query", "show", "neighbourhood-graph", "--link", "-p", "entity=talvik", "--format", "json").out
    assert json.loads(as_json) == {"link": link}


def test_a_link_leads_to_the_host_of_neo4j_and_counts_from_the_latest_publication(kg: Run, store: Path) -> None:
    link = kg("query", "show", "offices", "--link", "--uri", "neo4j+s://db.example:7687").out
    assert link.startswith("http://db.example:7474/browser/?cmd=edit&arg=")
    assert "date('2024-09-03') /* asOf */" in unquote(link)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("-p", "entity=Nordland"), "there is no entity 'Nordland' — did you mean Norland?"),
        (("-p", "limit=x", "-p", "entity=Norland"), "neighbourhood-graph: the parameter limit takes a whole number"),
        ((), "neighbourhood-graph: the parameter entity (entity: Name, alias or id of the entity) is missing"),
    ],
)
def test_what_cannot_be_linked_to_is_one_line(kg: Run, store: Path, arguments: tuple[str, ...], error: str) -> None:
    result = kg("query", "show", "neighbourhood-graph", "--link", *arguments)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: {error}")
