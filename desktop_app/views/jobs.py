"""Plain functions run off the UI thread; the only place where progress becomes Qt signals.

Two lanes, one thread each: ``quick`` for reading (refreshing a tab) and ``long`` for imports, printing and backups, so
that turning the month never waits for a running import. Jobs of one owner and one key replace each other: the older
one is told to stop, and whatever it still brings is dropped, so that a stale answer never covers a newer month.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop_app.errors import CancelledError, UserError

R = TypeVar("R")

Progress = Callable[..., None]
"""``progress(done, total, words)``; total 0 = how much there is to do is not known."""
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], R]
"""What a job does. It runs in a worker thread and touches no widget."""


class Lane(StrEnum):
    """Which thread a job runs in."""

    QUICK = "quick"
    LONG = "long"


class _Post(QObject):
    """Carries words and answers from the worker threads; lives as long as its runner.

    A job cannot carry its own: the UI thread may deliver the answer and delete the job while the worker is still inside
    the very emit that brought it.
    """

    told = Signal(object, int, int, str)
    settled = Signal(object, object, object)


class Job(QObject):
    """One run of a function. Signals arrive in the UI thread, ``finished`` last and always."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject, post: _Post) -> None:
        super().__init__(parent)
        self._post = post
        self._stop = False
        self._dropped = False
        self.running = True

    def cancel(self) -> None:
        """Ask the function to stop. When it ends before it notices, its result still counts."""
        self._stop = True

    def drop(self) -> None:
        """Ask the function to stop and ignore whatever it still brings."""
        self._stop = True
        self._dropped = True

    @property
    def cancelled(self) -> bool:
        """Whether it has been asked to stop."""
        return self._stop

    @property
    def dropped(self) -> bool:
        """Whether its answer is of no interest any more."""
        return self._dropped

    def tell(self, done: int, total: int = 0, words: str = "") -> None:
        """The function's ``progress``: callable from the worker thread."""
        self._post.told.emit(self, int(done), int(total), words)


class _Task(QRunnable, Generic[R]):
    """Carries a function into a pool thread; whatever it raises comes back as a value."""

    def __init__(self, job: Job, work: Work[R], post: _Post) -> None:
        super().__init__()
        self._post = post
        self.setAutoDelete(False)  # the runner keeps it until its answer has been delivered
        self._job = job
        self._work = work

    def run(self) -> None:
        result: R | None = None
        error: BaseException | None = None
        try:
            if self._job.cancelled:
                error = CancelledError()
            else:
                result = self._work(self._job.tell, lambda: self._job.cancelled)
        except BaseException as caught:  # noqa: BLE001 - nothing may be lost in a worker thread
            error = caught
        self._post.settled.emit(self._job, result, error)


class _Entry:
    """What the runner remembers of a running job."""

    def __init__(self, owner: QObject, key: str, task: _Task[Any]) -> None:
        self.owner = owner
        self.key = key
        self.task = task
        self.on_result: Callable[[Any], None] | None = None
        self.on_error: Callable[[UserError], None] | None = None
        self.on_cancelled: Callable[[], None] | None = None
        self.on_fault: Callable[[], object] | None = None


class JobRunner(QObject):
    """Starts jobs and hands their answers to the UI thread.

    ``failed(UserError)`` fires for refusals that the caller does not handle; ``broken(exception)`` for faults of ours.
    ``busy(bool)`` says whether anything is running.
    """

    failed = Signal(object)
    broken = Signal(object)
    busy = Signal(bool)
    idle = Signal()
    """Nothing is running or waiting any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, QThreadPool] = {}
        self._entries: dict[Job, _Entry] = {}
        self._closing = False
        self._post = _Post(self)
        self._post.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._post.settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        for lane in Lane:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
            self._pools[lane] = pool

    @property
    def running(self) -> int:
        """Number of jobs that have not been delivered yet."""
        return len(self._entries)

    def start(
        self,
        owner: QObject,
        key: str,
        work: Work[R],
        *,
        on_result: Callable[[R], None] | None = None,
        on_error: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_fault: Callable[[], object] | None = None,
        lane: Lane = Lane.QUICK,
    ) -> Job:
        """Run ``work(progress, cancelled)`` and give its result to ``on_result`` in the UI thread.

        A job of the same owner and key that still runs is stopped and its answer dropped. ``on_error`` gets a
        :class:`UserError`; without it ``failed`` fires. ``on_cancelled`` is called when the user's
        cancelling took effect, ``on_fault`` before ``broken`` fires.
        """
        self.drop(owner, key)
        job = Job(self, self._post)
        entry = _Entry(owner, key, _Task(job, work, self._post))
        entry.on_result = on_result
        entry.on_error = on_error
        entry.on_cancelled = on_cancelled
        entry.on_fault = on_fault
        self._entries[job] = entry
        if len(self._entries) == 1:
            self.busy.emit(True)
        self._pools[lane].start(entry.task)
        return job

    def drop(self, owner: QObject, key: str | None = None) -> None:
        """Stop the owner's jobs, or the one of this key, and ignore their answers."""
        for job, entry in self._entries.items():
            if entry.owner is owner and key in {None, entry.key}:
                job.drop()

    def close(self) -> None:
        """Cancel everything and wait until the threads have ended; nothing is delivered any more."""
        self._closing = True
        for job in self._entries:
            job.drop()
        for pool in self._pools.values():
            pool.waitForDone()
        self._entries.clear()

    @Slot(object, int, int, str)
    def _tell(self, job: Job, done: int, total: int, words: str) -> None:
        if not self._closing and not job.cancelled:
            job.progressed.emit(done, total, words)

    @Slot(object, object, object)
    def _settle(self, job: Job, result: object, error: BaseException | None) -> None:
        if self._closing:
            return
        entry = self._entries.pop(job, None)
        if entry is None:
            return
        job.running = False
        try:
            self._deliver(job, entry, result, error)
        finally:
            job.finished.emit()
            job.deleteLater()
            if not self._entries:
                self.busy.emit(False)
                self.idle.emit()

    def _deliver(self, job: Job, entry: _Entry, result: object, error: BaseException | None) -> None:
        if job.dropped:
            return
        if isinstance(error, CancelledError):
            if entry.on_cancelled is not None:
                entry.on_cancelled()
            return
        if isinstance(error, UserError):
            if entry.on_error is not None:
                entry.on_error(error)
            else:
                self.failed.emit(error)
        elif error is not None:
            if entry.on_fault is not None:
                entry.on_fault()
            self.broken.emit(error)
        elif entry.on_result is not None:
            entry.on_result(result)
