"""Background jobs: the newest answer wins, nothing is lost, nothing outlives the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from desktop_app.errors import CancelledError, UserError
from desktop_app.views.jobs import Cancelled, JobRunner, Lane, Progress

WAIT = 10


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()


@pytest.fixture
def owner(jobs: JobRunner) -> QObject:
    return QObject(jobs)


def until_idle(qtbot: QtBot, jobs: JobRunner) -> None:
    qtbot.waitUntil(lambda: jobs.running == 0, timeout=10_000)


def test_a_result_arrives_in_the_ui_thread(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    seen: list[tuple[int, bool]] = []
    here = QThread.currentThread()

    def work(progress: Progress, cancelled: Cancelled) -> int:
        assert QThread.currentThread() is not here
        return 42

    jobs.start(owner, "a", work, on_result=lambda n: seen.append((n, QThread.currentThread() is here)))
    until_idle(qtbot, jobs)
    assert seen == [(42, True)]


def test_an_older_answer_never_covers_a_newer_one(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    shown: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(progress: Progress, cancelled: Cancelled) -> str:
        begun.set()
        go_on.wait(WAIT)
        return "2021-02"

    jobs.start(owner, "refresh", slow, on_result=shown.append)
    assert begun.wait(WAIT)
    jobs.start(owner, "refresh", lambda *_: "2021-03", on_result=shown.append)
    go_on.set()
    until_idle(qtbot, jobs)
    assert shown == ["2021-03"]


def test_a_superseded_job_that_has_not_begun_is_never_run(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    ran: list[int] = []
    go_on = threading.Event()
    jobs.start(owner, "blocker", lambda *_: go_on.wait(WAIT))

    def note(number: int, progress: Progress, cancelled: Cancelled) -> None:
        ran.append(number)

    for number in range(20):
        jobs.start(owner, "refresh", partial(note, number))
    go_on.set()
    until_idle(qtbot, jobs)
    assert ran == [19]


def test_different_keys_and_owners_leave_each_other_alone(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    shown: list[str] = []
    other = QObject(jobs)
    jobs.start(owner, "table", lambda *_: "table", on_result=shown.append)
    jobs.start(owner, "detail", lambda *_: "detail", on_result=shown.append)
    jobs.start(other, "table", lambda *_: "other", on_result=shown.append)
    until_idle(qtbot, jobs)
    assert shown == ["table", "detail", "other"]


def test_reading_does_not_wait_for_a_long_job(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    go_on = threading.Event()
    jobs.start(owner, "import", lambda *_: go_on.wait(WAIT), lane=Lane.LONG)
    shown: list[str] = []
    jobs.start(owner, "refresh", lambda *_: "here", on_result=shown.append)
    qtbot.waitUntil(lambda: shown == ["here"], timeout=10_000)
    go_on.set()
    until_idle(qtbot, jobs)


def test_progress_arrives_in_order_with_words(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    heard: list[tuple[int, int, str]] = []
    hold = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> None:
        hold.wait(WAIT)
        for number in range(3):
            progress(number, 3, f"第 {number + 1} 个文件")

    job = jobs.start(owner, "a", work)
    job.progressed.connect(lambda done, total, words: heard.append((done, total, words)))
    hold.set()
    until_idle(qtbot, jobs)
    assert heard == [(0, 3, "第 1 个文件"), (1, 3, "第 2 个文件"), (2, 3, "第 3 个文件")]


def patient(begun: threading.Event, *, obeys: bool) -> Callable[[Progress, Cancelled], str]:
    """A job that waits until it is told to stop, then stops or ends its work all the same."""

    def work(progress: Progress, cancelled: Cancelled) -> str:
        begun.set()
        while not cancelled():
            threading.Event().wait(0.005)
        if obeys:
            raise CancelledError
        return "入库完成"

    return work


def test_cancelling_is_told_and_nothing_else_is(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    heard: list[str] = []
    begun = threading.Event()
    job = jobs.start(
        owner,
        "a",
        patient(begun, obeys=True),
        on_result=lambda _: heard.append("result"),
        on_error=lambda _: heard.append("error"),
        on_cancelled=lambda: heard.append("cancelled"),
    )
    assert begun.wait(WAIT)
    job.cancel()
    until_idle(qtbot, jobs)
    assert heard == ["cancelled"]


def test_what_was_stored_before_the_cancelling_took_effect_still_counts(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    heard: list[str] = []
    begun = threading.Event()
    job = jobs.start(owner, "a", patient(begun, obeys=False), on_result=heard.append)
    assert begun.wait(WAIT)
    job.cancel()
    until_idle(qtbot, jobs)
    assert heard == ["入库完成"]


def raising(error: BaseException) -> Callable[[Progress, Cancelled], None]:
    def work(progress: Progress, cancelled: Cancelled) -> None:
        raise error

    return work


def test_a_refusal_goes_to_its_handler_or_to_the_message_bar(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    handled: list[str] = []
    barred: list[str] = []
    jobs.failed.connect(lambda error: barred.append(error.message))
    jobs.start(owner, "a", raising(UserError("文件打不开")), on_error=lambda e: handled.append(e.message))
    jobs.start(owner, "b", raising(UserError("台账被占用")))
    until_idle(qtbot, jobs)
    assert (handled, barred) == (["文件打不开"], ["台账被占用"])


def test_a_fault_of_ours_is_no_refusal(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    faults: list[BaseException] = []
    jobs.broken.connect(faults.append)
    jobs.start(owner, "a", raising(ZeroDivisionError("ours")), on_error=lambda e: pytest.fail(str(e)))
    until_idle(qtbot, jobs)
    assert [type(f) for f in faults] == [ZeroDivisionError]


def test_closing_waits_for_the_thread_and_delivers_nothing(qtbot: QtBot) -> None:
    jobs = JobRunner()
    owner = QObject(jobs)
    begun = threading.Event()
    heard: list[str] = []
    jobs.start(owner, "a", patient(begun, obeys=False), on_result=heard.append, lane=Lane.LONG)
    jobs.start(owner, "b", lambda *_: "queued", on_result=heard.append)
    assert begun.wait(WAIT)
    jobs.close()
    qtbot.wait(1)  # whatever has been posted is handed over now
    assert heard == []


def test_busy_and_idle_frame_the_work(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    heard: list[bool] = []
    jobs.busy.connect(heard.append)
    go_on = threading.Event()
    jobs.start(owner, "a", lambda *_: go_on.wait(WAIT))
    jobs.start(owner, "b", lambda *_: None)
    assert heard == [True]
    with qtbot.waitSignal(jobs.idle, timeout=10_000):
        go_on.set()
    assert heard == [True, False]
