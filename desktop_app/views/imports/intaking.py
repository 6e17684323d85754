"""Files on their way in: listed at once, read one after the other, kept when the user stops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports import work

if TYPE_CHECKING:
    from desktop_app.views.imports.tab import ImportsTab


class Intaking:
    """Runs the reading for a tab and puts on its list what has been listed and read."""

    def __init__(self, tab: ImportsTab) -> None:
        self._tab = tab
        self._wanted: tuple[Path, ...] = ()
        self._intake = work.Intake()

    def take(self, paths: Sequence[Path]) -> None:
        """Read files and folders, together with what still waits: the newer job replaces the older."""
        self._empty()
        left = self._wanted if self._intake.files is None else self._intake.left
        self._wanted = wanted = tuple(dict.fromkeys((*left, *paths)))
        self._intake = intake = work.Intake()
        backend = self._tab.desk.backend
        job = self._tab.run(
            "read",
            lambda progress, cancelled: work.take_in(backend, wanted, intake, progress, cancelled),
            on_result=lambda _: self._done(),
            on_error=self._refused,
            on_cancelled=self._stopped,
            on_fault=self._end,
        )
        job.progressed.connect(self._empty)
        self._tab.staging.follow(job, "正在核对文件 …")

    def forget(self) -> None:
        """What is being read is not wanted any more."""
        self._tab.desk.jobs.drop(self._tab, "read")
        self._wanted, self._intake = (), work.Intake()

    def _empty(self, *_: object) -> None:
        intake, stage = self._intake, self._tab.staging.stage
        if intake.queued:
            stage.queue([intake.queued.popleft() for _ in range(len(intake.queued))])
        if intake.read:
            stage.arrive([intake.read.popleft() for _ in range(len(intake.read))])
            self._tab.tell_badge()

    def _end(self) -> int:
        """Keep what has been read, take off what has not; how many that were."""
        self._empty()
        self._wanted, self._intake = (), work.Intake()
        return self._tab.staging.stage.drop_waiting()

    def _refused(self, error: UserError) -> None:
        self._end()
        self._tab.desk.complain(error)

    def _stopped(self) -> None:
        left, kept = self._end(), len(self._tab.staging.stage.files)
        if left:
            hint = f"读好的留在列表里，共 {kept} 个；要读其余的请再放入"
            self._tab.desk.say(f"已停下：{left} 个文件没有读", Tone.WARN, hint)

    def _done(self) -> None:
        left_out = self._intake.left_out
        self._end()
        staging = self._tab.staging
        if not staging.stage.files:
            self._tab.desk.say("没有可读的文件", Tone.WARN, "请放入 Excel、WPS 或 CSV 文件")
        elif left_out:
            self._tab.desk.say(f"文件夹里另有 {left_out} 个文件不是表格，没有放入", Tone.INFO)
        if staging.list.current is None or not staging.list.current.presses:
            staging.show_next()
        if staging.stage.files and not staging.issues.reason.hasFocus():
            # The keys go on from here; only who is writing is not interrupted.
            staging.list.setFocus()
