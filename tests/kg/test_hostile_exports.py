"""Every export, of the live table: what strangers wrote reads back as the values that they are, and nothing acts."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.engine import Engine
from kg.export import SUFFIXES, export_graph
from kg.graph import build_graph
from kg.ontology import load_ontology
from tests import hostile

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\s*[-=+@＝＋－＠]|[\t\r\n]")
ESCAPING = {".json", ".jsonld", ".jsonl", ".cypher"}  # the others hold a character as it is, or leave it out


def strings(value: Any) -> Iterator[str]:
    """Every text in a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def of_xml(path: Path) -> Iterator[str]:
    for element in ElementTree.parse(path).iter():
        yield from [element.text or "", *element.attrib.values()]


def of_csv(path: Path) -> Iterator[str]:
    for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not FORMULA.match(cell) or re.fullmatch(r"-[\d.]+", cell)
            yield cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def of_script(path: Path) -> Iterator[str]:
    """What an engine holds that has run it, statement by statement."""
    engine = Engine.load(nx.MultiDiGraph())
    for statement in path.read_text("utf-8").split(";\n")[:-1]:
        engine.run(statement, {}, write=True)
    graph = build_graph(hostile.world(), load_ontology())
    assert engine.run("MATCH (n) RETURN count(n) AS n", {}).rows == ((len(graph),),)
    yield from strings([list(row) for row in engine.run("MATCH (n) RETURN n.name AS n, n.sentence AS s", {}).rows])


def of_parquet(path: Path) -> Iterator[str]:
    from pyarrow import parquet

    yield from strings(parquet.read_table(path).to_pylist())


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".json": lambda path: strings(json.loads(path.read_text("utf-8"))),
    ".jsonld": lambda path: strings(json.loads(path.read_text("utf-8"))),
    ".jsonl": lambda path: strings([json.loads(line) for line in path.read_text("utf-8").splitlines()]),
    ".graphml": of_xml,
    ".gexf": of_xml,
    ".csv": of_csv,
    ".parquet": of_parquet,
    ".cypher": of_script,
}


def _last(suffix: str) -> str:
    return "." + suffix.rpartition(".")[2]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_name_and_sentence_comes_back_as_it_was(tmp_path: Path, suffix: str) -> None:
    world = hostile.world()
    export_graph(build_graph(world, load_ontology()), world, tmp_path / f"graph{suffix}")
    read = READERS[_last(suffix)]
    found = {text for path in sorted(tmp_path.iterdir()) for text in read(path)}
    told = [(one.entities[0].name, one.events[0].evidence.of(one.article.text)) for one in world]
    expected = {text for texts in told for text in texts}
    if read is of_xml:
        expected = {FORBIDDEN_IN_XML.sub("", text) for text in expected}
    assert expected <= found


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if _last(suffix) in ESCAPING])
def test_whoever_prints_the_file_is_not_acted_upon(tmp_path: Path, suffix: str) -> None:
    world = hostile.world()
    export_graph(build_graph(world, load_ontology()), world, tmp_path / f"graph{suffix}")
    assert not ACTING.search((tmp_path / f"graph{suffix}").read_text("utf-8"))
