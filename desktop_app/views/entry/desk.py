"""What happens with what is typed: acts go to the ledger one after another, each as soon as it is made (自动保存)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.errors import UserError
from desktop_app.services.results.entry import CellKey, CellRemark, EntryAnswer, EntryBoard, EntryCell, TypedCell
from desktop_app.services.results.tone import Tone
from desktop_app.views.entry.acts import Act, Acts
from desktop_app.views.entry.page import EntryPage
from desktop_app.views.jobs import Lane
from desktop_app.views.qtmodels.entry import Mark, Overlay

if TYPE_CHECKING:
    from desktop_app.services.results.entry import FigureStatus
    from desktop_app.views.desk import Desk

ANNOUNCE_AFTER_MS = 400
"""The other pages ask again when typing pauses, not after every cell."""
_SHOWN = 3


@dataclass(frozen=True)
class _Question:
    """An act that wants a reason."""

    act: Act
    answer: EntryAnswer
    again: bool


class EntryDesk(QObject):
    """Stores, asks, takes back; belongs to the tab that shows ``page``."""

    def __init__(self, owner: QObject, desk: Desk, page: EntryPage) -> None:
        super().__init__(owner)
        self._desk, self._page = desk, page
        self.acts = Acts()
        self._waiting: deque[Callable[[], None]] = deque()
        self._running = False
        self._questions: deque[_Question] = deque()
        self._asking: _Question | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(ANNOUNCE_AFTER_MS)
        self._later.timeout.connect(desk.announce_change)
        grid = page.grid
        grid.entered.connect(self.enter)
        grid.refused.connect(lambda words: page.say(words, Tone.BAD))
        grid.undo_asked.connect(self.undo)
        grid.redo_asked.connect(self.redo)
        grid.status_asked.connect(self.set_status)
        grid.traced.connect(desk.trace)
        grid.idle.connect(self._ask_next)
        page.ask.closed.connect(self._closed)
        page.span_changed.connect(self.refresh)

    # ------------------------------------------------------------------------------------------- board

    def refresh(self) -> None:
        """Ask for the board of the desk's month."""
        month = self._desk.month
        if month is None or self._desk.info is None:
            return
        backend, yearly = self._desk.backend, self._page.yearly

        def show(board: EntryBoard) -> None:
            if board.yearly == self._page.yearly:
                self._page.show_board(board)

        self._desk.jobs.start(self, "board", lambda *_: backend.entry_board(month, yearly=yearly), on_result=show)

    def forget(self) -> None:
        """Another ledger has been opened."""
        self._waiting.clear()
        self._questions.clear()
        self._asking = None
        self._running = False
        self._desk.jobs.drop(self)
        self._later.stop()
        self.acts.forget()
        self._page.board = None
        self._page.cells.forget()
        self._page.ask.dismiss()
        self._page.tell_saved("")

    def shut(self) -> None:
        """The tab closes."""
        self._later.stop()
        self._desk.jobs.drop(self)

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the ledger."""
        return self._running or bool(self._waiting)

    # ------------------------------------------------------------------------------------------- acts

    def enter(self, texts: Mapping[CellKey, str], status: FigureStatus | None = None) -> None:
        """Check and store; cells where nothing can be entered are refused on the spot."""
        self._drop_asked(texts)
        cells = self._page.cells
        locked = self._locks(texts)
        wanted = {key: text for key, text in texts.items() if key not in locked or text.strip()}
        if not wanted:
            return
        act = Act(wanted, status or self._page.chosen_status, {key: cells.overlay(key) for key in wanted})
        cells.set_overlays({key: Overlay(text, Mark.SAVING) for key, text in wanted.items()})
        self._queue(lambda: self._send(act))

    def _drop_asked(self, keys: Iterable[CellKey]) -> None:
        """What is typed anew over cells about which something is asked takes the place of what was typed before."""
        anew = set(keys)
        found = [] if self._asking is None else [self._asking]
        for question in (*found, *self._questions):
            if not anew & question.act.texts.keys():
                continue
            before = question.act.before
            self._page.cells.set_overlays({key: before.get(key) for key in anew & question.act.texts.keys()})
            texts = {key: text for key, text in question.act.texts.items() if key not in anew}
            if question is self._asking:
                self._asking = None
                self._page.ask.dismiss()
            else:
                self._questions.remove(question)
            if texts:
                rest = replace(question.act, texts=texts)
                self._queue(partial(self._send, rest, again=question.again))

    def _locks(self, keys: Iterable[CellKey]) -> dict[CellKey, str]:
        """Cells where nothing can be entered, and why."""
        return {key: lock for key in keys if (lock := self._lock(key))}

    def _lock(self, key: CellKey) -> str:
        board = self._page.board
        if board is None:
            return ""
        item = next((item for item in board.items if item.code == key.code), None)
        period = next((period for period in board.periods if period.key == key.period), None)
        place = next((place for place in board.places if place.code == key.region), None)
        return board.lock(item, period, place) if item and period and place else ""

    def set_status(self, keys: Sequence[CellKey], status: FigureStatus) -> None:
        """The same figures with another status."""
        self.enter({key: self._page.cells.text(key) for key in keys}, status)

    def undo(self) -> None:
        """Ctrl+Z."""
        self._queue(self._take_back)

    def redo(self) -> None:
        """Ctrl+Y."""
        self._queue(self._repeat)

    def _queue(self, step: Callable[[], None]) -> None:
        self._waiting.append(step)
        self._next()

    def _next(self) -> None:
        if not self._running and self._waiting:
            self._running = True
            self._waiting.popleft()()

    def _done(self) -> None:
        self._running = False
        self._page.show_note()
        self._next()
        if not self._running:
            self._ask_next()

    # ------------------------------------------------------------------------------------------- storing

    def _send(self, act: Act, *, again: bool = False) -> None:
        locked = self._locks(act.texts)
        typed = [TypedCell(key, text) for key, text in act.texts.items() if key not in locked]
        refused = tuple(CellRemark(key, words, "") for key, words in locked.items())
        if not typed:
            self._settle(act, EntryAnswer(None, (), refused, (), {}), again=again)
            return
        backend = self._desk.backend
        self._desk.jobs.start(
            self,
            "enter",
            lambda *_: backend.enter(typed, act.status, act.reason, only_clean=act.only_clean),
            on_result=lambda found: self._settle(act, replace(found, refused=found.refused + refused), again=again),
            on_error=lambda error: self._failed(act, error),
            on_fault=lambda: self._failed(act, UserError("没有入库", hint="程序出了差错，报告已写好")),
            lane=Lane.QUICK,
        )

    def _settle(self, act: Act, answer: EntryAnswer, *, again: bool) -> None:
        """An answer has come: stored, refused or asked."""
        cells = self._page.cells
        wrong = {r.key: Overlay(act.texts[r.key], Mark.REFUSED, r.message, r.hint) for r in answer.refused}
        if answer.asked and answer.batch is None and not act.reason:
            waiting = {
                key: Overlay(text, Mark.ASKED, "和这次键入的其他格一起，等写明原因后入库")
                for key, text in act.texts.items()
            }
            doubts = {r.key: Overlay(act.texts[r.key], Mark.ASKED, r.message, r.hint) for r in answer.asked}
            cells.set_overlays({**waiting, **doubts, **wrong})
            self._questions.append(_Question(act, answer, again))
            self._done()
            return
        cells.set_overlays({key: wrong.get(key) for key in act.texts})
        cells.set_cells(answer.cells)
        if answer.batch is not None or wrong or any(act.before.values()):
            done = replace(act, batch=answer.batch)
            if again:
                self.acts.repeated(done)
            else:
                self.acts.add(done)
        if answer.batch is not None:
            self._tell_saved(f"已存 {len(answer.stored)} 格")
        self._done()

    def _failed(self, act: Act, error: UserError) -> None:
        words = Overlay("", Mark.REFUSED, error.message, error.hint)
        self._page.cells.set_overlays({key: replace(words, text=text) for key, text in act.texts.items()})
        self.acts.add(act)
        self._desk.complain(error)
        self._done()

    def _tell_saved(self, words: str) -> None:
        self._page.tell_saved(f"{words}　{datetime.now().astimezone():%H:%M:%S}")
        self._later.start()

    # ------------------------------------------------------------------------------------------- asking

    def _ask_next(self) -> None:
        """Ask about the next act, but not while a cell is being typed into."""
        if self._asking is not None or not self._questions or self._page.grid.editing or self.busy:
            return
        question = self._questions.popleft()
        self._asking = question
        asked = question.answer.asked
        hints = dict.fromkeys(remark.hint for remark in asked)
        self._page.ask.ask(
            f"{len(asked)} 格要写明原因，才入库",
            "；".join(hints),
            "写明并入库",
            self._give_reason,
            hint="按 F6 到这里写原因（必填），例如：统计部门修订",
            needs_reason=True,
            takes_keys=False,
        )
        lines = [remark.message for remark in asked]
        if question.answer.clean:
            lines.append(
                f"同时键入的另外 {question.answer.clean} 格没有疑问，和它们一起入库；不写原因（Esc）的，只存那几格"
            )
        self._page.ask.tell(lines)
        self._page.show_question()

    def _give_reason(self, reason: str) -> None:
        question, self._asking = self._asking, None
        if question is not None:
            act = replace(question.act, reason=reason)
            self._queue(lambda: self._send(act, again=question.again))
            self._page.focus_grid()

    def _closed(self) -> None:
        """The bar has been closed. With a reason :meth:`_give_reason` follows; else the doubtful cells are let go."""
        QTimer.singleShot(0, self, self._let_go)

    def _let_go(self) -> None:
        question, self._asking = self._asking, None
        if question is None:
            return
        doubtful = {remark.key for remark in question.answer.asked}
        self._page.cells.set_overlays({key: question.act.before.get(key) for key in doubtful})
        rest = {key: text for key, text in question.act.texts.items() if key not in doubtful}
        self._page.say("没有入库，格里恢复为原来的数", Tone.WARN)
        self._page.focus_grid()
        if rest:
            act = replace(question.act, texts=rest, only_clean=True)
            self._queue(lambda: self._send(act, again=question.again))
        else:
            self._ask_next()

    # ------------------------------------------------------------------------------------------- back and again

    def _take_back(self) -> None:
        act = self.acts.take_back()
        if act is None:
            self._page.say("没有可以撤销的；以前录入的，可在“历史”里按批撤销")
            self._running = False
            self._next()
            return
        if act.batch is None:
            self._back(act, {})
            return
        backend, batch, keys = self._desk.backend, act.batch, list(act.texts)

        def failed(error: UserError) -> None:
            self._desk.complain(error)
            self._done()

        self._desk.jobs.start(
            self,
            "undo",
            lambda *_: backend.undo_entry(batch, keys),
            on_result=lambda cells: self._back(act, cells),
            on_error=failed,
            on_fault=self._done,
        )

    def _back(self, act: Act, cells: Mapping[CellKey, EntryCell | None]) -> None:
        self._page.cells.set_overlays(act.before)
        self._page.cells.set_cells(cells)
        self.acts.taken_back(act)
        self._page.show_cell(next(iter(act.texts)))
        if act.batch is not None:
            self._tell_saved(f"已撤销 {act.name}")
        self._done()

    def _repeat(self) -> None:
        act = self.acts.repeat()
        if act is None:
            self._running = False
            self._next()
            return
        self._page.cells.set_overlays({key: Overlay(text, Mark.SAVING) for key, text in act.texts.items()})
        self._send(act, again=True)
