"""Extraction on a Ray cluster: its nodes read files and articles, and what they find streams back in order.

Ray Data drives it. One stage reads files into articles, a second is a pool of actors, each with its language model.
Stages run at once on small blocks and wait for each other, so memory stays flat however much is read. Ray starts the
work of a lost node again elsewhere; what an article says depends on the article alone, so the result is the same.

Every node needs this package, and must see the files under the same names: a shared folder, or object storage.
"""

import logging
import os
import pickle
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ClusterError, KgError, ReadError
from kg.model import Article, Extraction
from loaders.base import Held, Noted, Options, Skipped, Told
from loaders.reading import STDIN, files_in, is_url, read_articles
from loaders.storage import files_at, is_storage

if TYPE_CHECKING:
    from loaders.pipeline import Extractor

_BLOCK = 64 << 10  # bytes: some twenty articles, so that a few hundred keep several nodes busy
_BATCH = 16  # articles that an actor is given at once
_READERS = 2  # files that are read at once; no core is set aside, as extraction costs a thousand times as much

_Batch = dict[str, Any]  # Ray's: column → array; ours has one, of pickled items


@dataclass(frozen=True, slots=True)
class Failed:
    """An article of which nothing could be made, and why."""

    article: Article
    error: KgError


Item = Extraction | Failed | Skipped | Noted | Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every node is told: how to read, with which model and data, and which articles to pass over."""

    options: Options
    model: str | None = None
    gazetteer: Path | None = None
    ontology: Path | None = None
    unchanged: Container[Article] = frozenset()


def extract_on_cluster(sources: Sequence[str], job: Job, workers: int | None = None) -> Iterator[Item]:
    """What the articles of some files say, in the order of the files, each extracted by some node.

    `sources` are files, folders or addresses of object storage that every node sees; `workers` the number of actors,
    else one for each core. The cluster is that of `RAY_ADDRESS`, else the one that runs here. Raises `ClusterError`,
    and `ReadError` for a source that no node can read.
    """
    files = _files(sources)
    if len(files) > 1 and (job.options.metadata.title or job.options.metadata.url):  # no node sees that others use it
        raise ReadError("--title and --url describe one article, and these are several files", hint="leave them out")
    ray = _connected()
    with redirect_stdout(sys.stderr):  # where Ray tells of lost nodes; records may go to standard output meanwhile
        try:
            cores = int(ray.cluster_resources().get("CPU", 1))
            for row in _dataset(ray, files, job, workers or cores).iter_rows():
                yield pickle.loads(row["item"])  # noqa: S301 - our own nodes made it
        except ray.exceptions.RayError as error:
            reason = str(error).strip().splitlines()[-1]
            raise ClusterError(f"the cluster failed: {reason}", hint="the same command goes on from there") from error
        finally:
            ray.shutdown()


def _files(sources: Sequence[str]) -> list[str]:
    """Each file by itself, so that several are read at once."""
    files: list[str] = []
    for source in sources:
        if source == STDIN or (is_url(source) and not is_storage(source)):
            raise ReadError("a cluster reads files and object storage only", where=source, hint="leave --engine out")
        if is_storage(source):
            files += files_at(source)
        else:
            path = Path(source).absolute()  # nodes have working folders of their own
            files += map(str, files_in(path)) if path.is_dir() else [str(path)]
    if not files:
        raise ReadError("there is nothing in these folders", where=", ".join(sources))
    return files


def _connected() -> Any:
    """Ray, connected to a cluster. It is told not to report its use to anybody, nor its inner life to the terminal."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_DEDUP_LOGS", "0")  # else some are told when the program ends
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ClusterError("Ray is not installed", hint="pip install 'geopolitical-event-graph[cluster]'") from error
    try:
        ray.init(address="auto", log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterError(
            f"no cluster answers: {error}", hint="`ray start --head` starts one; RAY_ADDRESS names one elsewhere"
        ) from error
    return ray


def _dataset(ray: Any, files: Sequence[str], job: Job, workers: int) -> Any:
    """The stages, ready to run."""
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # else it tells of each step on the terminal
    context = ray.data.DataContext.get_current()
    context.target_max_block_size = _BLOCK
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    named = ray.data.from_items([{"item": file} for file in files], override_num_blocks=len(files))
    read = named.map_batches(_Reading(job.options), batch_size=1, num_cpus=0, concurrency=min(_READERS, len(files)))
    return read.map_batches(
        _extraction(job),
        batch_size=_BATCH,
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The first stage: the articles of a file, a few at a time."""

    options: Options

    def __call__(self, batch: _Batch) -> Iterator[_Batch]:
        for source in batch["item"]:
            for item in read_articles([str(source)], self.options):
                yield _batch([item])


def _extraction(job: Job) -> type:
    """The second stage: an actor that holds a language model for as long as the job runs.

    The job travels with the class: arguments of its constructor would be lost with the node that stores them.
    """

    class Extraction:
        def __init__(self) -> None:
            from loaders.pipeline import Extractor

            self._extractor = Extractor.load(job.model, job.gazetteer, job.ontology)

        def __call__(self, batch: _Batch) -> _Batch:
            return _batch(list(_extracted(map(pickle.loads, batch["item"]), self._extractor, job)))

    return Extraction


def _extracted(items: Iterable[Told], extractor: "Extractor", job: Job) -> Iterator[Item]:
    for item in items:
        if not isinstance(item, Article):
            yield item
        elif item in job.unchanged:
            yield Held(item.id)
        else:
            yield from _read(item, extractor)


def _read(article: Article, extractor: "Extractor") -> Iterator[Item]:
    failed: list[Item] = []
    yield from extractor.extract([article], lambda article, error: failed.append(Failed(article, error)))
    yield from failed


def _batch(items: Sequence[object]) -> _Batch:
    import numpy as np

    column = np.empty(len(items), dtype=object)
    column[:] = [pickle.dumps(item) for item in items]
    return {"item": column}
