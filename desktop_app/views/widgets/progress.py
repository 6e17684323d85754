"""A strip that shows how far a job is and lets it be cancelled."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop_app.views.jobs import Job
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import ElidedWords


class ProgressStrip(QWidget):
    """Hidden until :meth:`follow` gives it a job; hides again when the job has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._words = ElidedWords("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button("取消", self._stop, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 2)
        row.addWidget(self._bar, 3)
        row.addWidget(self._cancel)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Show this job until it ends. ``words`` say what is being done (正在读 10 个文件)."""
        if self._job is not None:
            self._job.progressed.disconnect(self._progressed)
            self._job.finished.disconnect(self._finished)
        self._job = job
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setText("取消")
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        self.show()

    def _progressed(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if words:
            self._words.setText(words)

    def _finished(self) -> None:
        self._job = None
        self.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._cancel.setText("正在停下 …")
