"""What was entered on 快递进村 in this sitting: taken back with Ctrl+Z, entered again with Ctrl+Y."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.services.results.tone import Tone

if TYPE_CHECKING:
    from desktop_app.errors import UserError
    from desktop_app.views.rural.tab import RuralTab


@dataclass(frozen=True)
class Act:
    """One act. ``again``: enters the same once more and returns its batch; runs in the background."""

    batch: int
    words: str
    again: Callable[[], int]


class RuralPast:
    """``done`` and ``undone``, newest last."""

    def __init__(self, tab: RuralTab) -> None:
        self._tab = tab
        self._busy = False
        self.done: list[Act] = []
        self.undone: list[Act] = []

    def note(self, batch: int, words: str, again: Callable[[], int]) -> None:
        """An act has been stored: what was taken back before it cannot come again."""
        self.done.append(Act(batch, words, again))
        self.undone.clear()

    def undo(self, then: Callable[[Act], None] | None = None) -> None:
        """Take back the newest act."""
        if self._busy or not self.done:
            return
        backend, act = self._tab.desk.backend, self.done[-1]

        def undone(_: object) -> None:
            self._busy = False
            self.done.remove(act)
            self.undone.append(act)
            self._told(f"已撤销{act.words}", "以前的记录重新算数。Ctrl+Y 可恢复。")
            if then is not None:
                then(act)

        self._run("undo rural", lambda *_: backend.undo_batch(act.batch, "在快递进村页撤销"), undone)

    def redo(self) -> None:
        """Enter again what was taken back last."""
        if self._busy or not self.undone:
            return
        act = self.undone[-1]

        def entered(batch: int) -> None:
            self._busy = False
            self.undone.remove(act)
            self.done.append(Act(batch, act.words, act.again))
            self._told(f"已恢复{act.words}（第 {batch} 号批次）", "Ctrl+Z 可再撤销。")

        self._run("redo rural", lambda *_: act.again(), entered)

    def forget(self) -> None:
        """Another ledger: its past is not this one's."""
        self.done.clear()
        self.undone.clear()
        self._busy = False

    def _told(self, words: str, hint: str) -> None:
        self._tab.desk.say(words, Tone.GOOD, hint)
        self._tab.desk.announce_change()

    def _run(self, key: str, work: Callable[..., object], done: Callable[..., None]) -> None:
        def refused(error: UserError) -> None:
            self._busy = False
            self._tab.desk.complain(error)

        def freed() -> None:
            self._busy = False

        self._busy = True
        self._tab.run(key, work, on_result=done, on_error=refused, on_cancelled=freed, on_fault=freed)
