"""Extraction by several processes at once, with the same records in the same order; one that dies is replaced."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol

from kg.errors import KgError, ModelError, RecordError
from kg.model import Article, Extraction

Failed = Callable[[Article, KgError], None]
CHUNK = 8  # articles that a process is given at once
_TRIES = 2  # of an article whose reading ends its process, and of a process that does not even start
_WINDOW = 128  # articles for each process that may be read before their turn


class Reader(Protocol):
    """Whoever reads articles, as `Extractor` does."""

    def extract(self, articles: Iterable[Article], failed: Failed | None = None) -> Iterator[Extraction]:
        """What each article says, in order; `failed` is told of those of which nothing can be made."""
        ...


Load = Callable[[], Reader]  # one that can be pickled


@dataclass(slots=True)
class _Job:
    """An article on its way, and what became of it."""

    article: Article
    answer: Extraction | KgError | None = None
    fatal: int = 0  # processes that died on it alone


@dataclass(slots=True)
class _Worker:
    """A process with its end of the line, and the jobs it has been given."""

    process: BaseProcess
    line: Connection
    ready: bool = False
    jobs: deque[_Job] = field(default_factory=deque)

    def give(self, jobs: Sequence[_Job]) -> None:
        """Send it some articles; only when it is idle, as two that send at once might wait for each other for ever."""
        self.jobs.extend(jobs)
        with suppress(OSError):  # it is dead, which is found out when nothing is heard of it
            self.line.send([job.article for job in jobs])


class Pool:
    """Some processes that each have an extractor of their own; `load` makes it there."""

    def __init__(self, load: Load, size: int) -> None:
        self._load, self._size = load, size
        self._workers: list[_Worker] = []
        self._lost = 0  # processes in a row that ended before they were ready

    def __enter__(self) -> "Pool":
        self._workers = [self._start() for _ in range(self._size)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.line.close()

    def extract(self, articles: Iterable[Article], failed: Failed | None = None) -> Iterator[Extraction]:
        """What each article says, in order, as `Extractor.extract` has it.

        An article whose process dies is tried once more, alone, and then given up like one that breaks its contract.
        Raises `ModelError` or `DataError` when no extractor can be made, and what `failed` is not there to hear.
        """
        new = (_Job(article) for article in articles)
        queue, again = deque[_Job](), deque[_Job]()
        while True:
            self._deal(new, queue, again)
            if not queue:
                return
            self._hear(again, patient=queue[0].answer is None)
            if queue[0].answer is not None:
                yield from _outcome(queue.popleft(), failed)

    def _deal(self, new: Iterator[_Job], queue: deque[_Job], again: deque[_Job]) -> None:
        """Give idle processes their next articles: one that is to be tried again, alone, else a chunk of new ones."""
        for worker in [one for one in self._workers if not one.jobs]:
            if again:
                worker.give([again.popleft()])
            elif len(queue) < _WINDOW * self._size and (chunk := list(islice(new, CHUNK))):
                queue.extend(chunk)
                worker.give(chunk)

    def _hear(self, again: deque[_Job], *, patient: bool) -> None:
        """Take in what there is of answers, or wait for some; put a new process in the place of one that died."""
        speaking = wait([worker.line for worker in self._workers], None if patient else 0)
        for worker in [one for one in self._workers if one.line in speaking]:
            try:
                answer = worker.line.recv()
            except (EOFError, OSError):
                again.extend(self._bury(worker))
                continue
            if worker.ready:
                worker.jobs.popleft().answer = answer
            elif answer:
                raise answer
            else:
                worker.ready, self._lost = True, 0

    def _bury(self, worker: _Worker) -> list[_Job]:
        """Replace a process that died; its articles that are to be tried again."""
        worker.process.join()
        worker.line.close()
        status = worker.process.exitcode
        self._lost += not worker.ready
        if self._lost >= _TRIES * self._size:
            raise ModelError(f"processes end while they load it (status {status})", hint="use fewer --workers")
        self._workers[self._workers.index(worker)] = self._start()
        if worker.ready and len(worker.jobs) == 1:  # of several it is not known whose fault it was
            job = worker.jobs[0]
            job.fatal += 1
            if job.fatal == _TRIES:
                job.answer = RecordError(f"the process that read it ended {_TRIES} times (status {status})")
        return [job for job in worker.jobs if job.answer is None]

    def _start(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._load), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _outcome(job: _Job, failed: Failed | None) -> Iterator[Extraction]:
    """What an article says; where nothing can be made of it, that is told or raised."""
    if isinstance(job.answer, Extraction):
        yield job.answer
    elif isinstance(job.answer, KgError):
        if failed is None:
            raise job.answer
        failed(job.article, job.answer)


def serve(line: Connection, load: Load) -> None:
    """Be the process: load, then read chunk after chunk until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this process
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            reader = load()
        except KgError as error:
            line.send(error)
            return
        line.send(None)
        while True:
            _read(reader, line.recv(), line)


def _read(reader: Reader, articles: Sequence[Article], line: Connection) -> None:
    """Send an answer for each article, in order."""
    for extraction in reader.extract(articles, lambda _, error: line.send(error)):
        line.send(extraction)
