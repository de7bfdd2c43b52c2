"""Extraction on a real Ray cluster of two nodes on this machine, one of which may be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.resources import data_folder
from kg.store import Store
from tests.integration.neo4j.server import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
RAY = Path(sys.executable).with_name("ray")
MEMORY = str(100 << 20)  # bytes of a node's shared memory
COPIES = 5  # of the sample articles, so that a node can be killed while there is work


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster's address and its second node, which leads a process group of its own."""

    address: str
    second: subprocess.Popen[bytes]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port = free_port()
    first = _node("127.0.0.1", f"--head --port={port} --include-dashboard=false")
    address = f"127.0.0.1:{port}"
    second = _node("127.0.0.2", f"--address={address}")
    try:
        yield Cluster(address, second)
    finally:
        for node in (second, first):
            _kill(node)


def _node(ip: str, options: str) -> subprocess.Popen[bytes]:
    command = [str(RAY), "start", "--block", "--num-cpus=1", f"--node-ip-address={ip}", "--disable-usage-stats"]
    command += [f"--object-store-memory={MEMORY}", *options.split()]
    node = subprocess.Popen(
        command,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    assert node.stdout
    for line in node.stdout:
        if b"Ray runtime started" in line:
            return node
    raise AssertionError(f"the node on {ip} did not start")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "RAY_USAGE_STATS_ENABLED": "0"}


def _kill(node: subprocess.Popen[bytes]) -> None:
    """Kill all processes of a node at once, as when a machine is lost."""
    for group in _groups(node.pid):
        os.killpg(group, signal.SIGKILL)
    node.wait()


def _groups(session: int) -> set[int]:
    """The process groups of a session: Ray gives some of its processes groups of their own."""
    listed = subprocess.run(["ps", "-e", "-o", "pgid=,sess="], capture_output=True, text=True, check=True).stdout
    pairs = (map(int, line.split()) for line in listed.splitlines())
    return {group for group, its_session in pairs if its_session == session}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles several times, under other ids, in two files, and one line that cannot be read."""
    folder = tmp_path_factory.mktemp("articles")
    rows = [json.loads(line) for line in (data_folder() / "samples" / "articles.jsonl").read_text().splitlines()]
    copies = [row | {"id": f"{row['id']}-{n}", "url": None} for n in range(COPIES) for row in rows]
    half = len(copies) // 2
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in copies[:half]) + '{"text": ""}\n')
    (folder / "b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in copies[half:]))
    return folder


def kg(*arguments: object, address: str = "") -> subprocess.Popen[str]:
    environment = _environment() | ({"RAY_ADDRESS": address} if address else {})
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def digest(path: Path) -> str:
    with Store.open(path, read_only=True) as store:
        return store.digest()


@pytest.fixture(scope="module")
def local(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str], int]:
    """What this machine makes of the articles alone."""
    path = tmp_path_factory.mktemp("local") / "graph.kg"
    process = kg("ingest", articles, "--store", path)
    told = process.communicate()
    return path, told, process.returncode


def test_a_cluster_gives_the_same_store_also_when_a_node_is_lost(
    cluster: Cluster, articles: Path, local: tuple[Path, tuple[str, str], int], tmp_path: Path
) -> None:
    path, (out, err), status = local
    there = tmp_path / "graph.kg"
    process = kg("ingest", articles, "--engine", "ray", "--store", there, address=cluster.address)
    while not (there.exists() and _count(there)):
        assert process.poll() is None, process.communicate()
        time.sleep(0.5)
    # Mostly it is in the midst of it now; where results came all at once, nothing is left to lose.
    _kill(cluster.second)
    told = process.communicate()
    ours = "".join(line for line in told[1].splitlines(keepends=True) if line.startswith("skipped: "))
    assert (ours, process.returncode) == (err, status)
    assert told[0].replace(str(there), str(path)).endswith(out)
    assert status == 3  # the line that cannot be read
    assert digest(there) == digest(path)

    again = kg("ingest", articles, "--engine", "ray", "--store", there, address=cluster.address)
    assert f"{_count(path)} unchanged" in again.communicate()[0]
    assert digest(there) == digest(path)


def _count(path: Path) -> int:
    with Store.open(path, read_only=True) as store:
        return len(store.ids())
