"""What a cluster is told to read; what it makes of it is in tests/integration/test_cluster.py."""

import pickle
import sys
from pathlib import Path

import pytest

from kg.errors import ClusterError, KgError, ReadError
from kg.model import Article
from loaders.base import Metadata, Options
from loaders.cluster import Failed, Job, extract_on_cluster


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("-", "-: a cluster reads files and object storage only — leave --engine out"),
        ("https://example.org/feed.xml", "https://example.org/feed.xml: a cluster reads files and object storage only"),
        ("empty", "empty: there is nothing in these folders"),
    ],
)
def test_what_a_cluster_cannot_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError) as error:
        next(extract_on_cluster([source], Job(options=Options())))
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("told", [Metadata(title="T"), Metadata(url="https://example.org/1")])
def test_what_is_true_of_one_article_is_refused_for_several_files(tmp_path: Path, told: Metadata) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Norland signed.")
    with pytest.raises(ReadError, match="--title and --url describe one article, and these are several files"):
        next(extract_on_cluster([str(tmp_path)], Job(options=Options(metadata=told))))


def test_without_ray_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text("Norland signed.")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"Ray is not installed — pip install '.*\[cluster\]'"):
        next(extract_on_cluster([str(tmp_path / "report.txt")], Job(options=Options())))


def test_a_failure_travels_whole() -> None:
    failed = Failed(Article(id="a", text="Norland signed."), KgError("what", where="where", hint="hint"))
    assert str(pickle.loads(pickle.dumps(failed)).error) == "where: what — hint"
