"""Whatever is done to a store, and wherever it is cut off, it holds what remains: as if nothing else had ever been."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kg.errors import InputError, StoreError
from kg.model import Extraction
from kg.store import Store
from tests import synthetic
from tests.lifecycle import Remains, Step, exports, fresh, held
from tests.properties.strategies import choosing

Fault = int | float | None
MEMORY = Path("/dev/shm")  # where there is one, no disk is waited for


class LifeCycle(RuleBasedStateMachine):
    """A store and what it must hold.

    Most steps are let be. Some are stopped after a few of SQLite's instructions, as by an error; others lose a part of
    what they wrote last, as when the program is killed.
    """

    faults = st.one_of(st.none(), st.none(), st.integers(1, 80), st.floats(0, 1, exclude_max=True))

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.path = self.folder / "graph.kg"
        self.store = Store.open(self.path)
        self.remains = Remains()

    @rule(data=st.data(), fault=faults)
    def ingest(self, data: st.DataObject, fault: Fault) -> None:
        self._do(Step("put", (synthetic.extraction(choosing(data.draw)),)), fault)

    @precondition(lambda self: self.remains.told)
    @rule(data=st.data(), fault=faults)
    def correct(self, data: st.DataObject, fault: Fault) -> None:
        older = self._one(data).article
        self._do(Step("put", (synthetic.correction(choosing(data.draw), older),)), fault)

    @precondition(lambda self: self.remains.told)
    @rule(data=st.data(), fault=faults)
    def read_by_other_rules(self, data: st.DataObject, fault: Fault) -> None:
        self._do(Step("put", (synthetic.read_anew(choosing(data.draw), self._one(data)),)), fault)

    @precondition(lambda self: self.remains.told)
    @rule(data=st.data(), fault=faults)
    def recode(self, data: st.DataObject, fault: Fault) -> None:
        self._do(Step("renew", (synthetic.read_anew(choosing(data.draw), self._one(data)),)), fault)

    @precondition(lambda self: self.remains.history)
    @rule(data=st.data(), fault=faults)
    def ingest_an_older_version_again(self, data: st.DataObject, fault: Fault) -> None:
        history = self.remains.history[data.draw(st.sampled_from(sorted(self.remains.history)))]
        self._do(Step("put", (data.draw(st.sampled_from(history)),)), fault)

    @precondition(lambda self: self.remains.told)
    @rule(data=st.data(), fault=faults)
    def ingest_the_same_again(self, data: st.DataObject, fault: Fault) -> None:
        self._do(Step("put", (self._one(data),)), fault)

    @precondition(lambda self: self.remains.told)
    @rule(data=st.data(), fault=faults)
    def forget(self, data: st.DataObject, fault: Fault) -> None:
        self._do(Step("forget", (self._one(data).article.id,)), fault)

    @rule(data=st.data(), fault=faults)
    def decide(self, data: st.DataObject, fault: Fault) -> None:
        some = [synthetic.decision(choosing(data.draw)) for _ in range(data.draw(st.integers(1, 2)))]
        self._do(Step("decide", (some,)), fault)

    @precondition(lambda self: self.remains.decisions)
    @rule(fault=faults)
    def undo(self, fault: Fault) -> None:
        self._do(Step("undo"), fault)

    @rule()
    def close_and_open(self) -> None:
        self._open(self.path)

    @invariant()
    def holds_what_remains(self) -> None:
        assert held(self.store) == self.remains

    @rule(seed=st.integers(0, 9))
    def compare_with_a_new_store(self, seed: int) -> None:
        other = fresh(self.folder / "fresh.kg", self.remains, seed)
        assert exports(self.path) == exports(other)
        with Store.open(other, read_only=True) as store:
            assert store.digest() == self.store.digest()
        other.unlink()

    def teardown(self) -> None:
        self.compare_with_a_new_store(0)
        self.store.close()
        shutil.rmtree(self.folder)

    def _one(self, data: st.DataObject) -> Extraction:
        return self.remains.told[data.draw(st.sampled_from(sorted(self.remains.told)))]

    def _open(self, path: Path) -> None:
        self.store.close()
        self.path, self.store = path, Store.open(path)

    def _do(self, step: Step, fault: Fault) -> None:
        before, written = self.remains, _log(self.path)
        try:
            with _stopped(self.store, fault if isinstance(fault, int) else None):
                outcome = step.on(self.store)
        except InputError:
            assert step.name == "decide"  # decisions that contradict each other
            return
        except StoreError:
            assert isinstance(fault, int)
            self._open(self.path)
            self.remains = before if held(self.store) == before else step.after(before)  # it was kept, but nobody told
            return
        self.remains = step.after(before)
        if step.name == "forget":
            if not outcome:  # it could not write the file anew, and says so; whoever opens the store next will do it
                self._open(self.path)
            assert not any(id.encode() in file.read_bytes() for id in step.given for file in self._files())
        if isinstance(fault, float) and written < _log(self.path):
            self._cut(written + int(fault * (_log(self.path) - written)))
            self.remains = before

    def _files(self) -> Iterator[Path]:
        """The store's file and its log, in which ids are written as they are."""
        return self.folder.glob(f"{self.path.name}*")

    def _cut(self, size: int) -> None:
        """Go on with a copy of the file whose log ends early."""
        copy = self.folder / f"{self.path.stem}'.kg"
        shutil.copy(self.path, copy)
        log = self.path.with_name(f"{self.path.name}-wal").read_bytes()
        copy.with_name(f"{copy.name}-wal").write_bytes(log[:size])
        self._open(copy)


def _log(path: Path) -> int:
    """Bytes in the log of a store."""
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


@contextmanager
def _stopped(store: Store, after: int | None) -> Iterator[None]:
    """Let SQLite fail once, after so many of its instructions."""
    left = iter(range(after or 0, -1, -1))
    store._connection.set_progress_handler((lambda: next(left, None) == 0) if after else None, 1)
    try:
        yield
    finally:
        store._connection.set_progress_handler(None, 1)


TestLifeCycle = LifeCycle.TestCase
TestLifeCycle.settings = settings(stateful_step_count=20)
