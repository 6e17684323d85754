"""目标任务: the register with progress, one target in full, contradictions; entering and taking off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.figures import TreeNode
from desktop_app.services.results.overview import Alarm
from desktop_app.services.results.targets import Reading, Standing, TargetBoard, TargetEntry, TargetProgress
from desktop_app.services.results.tone import Tone
from desktop_app.views.jobs import Lane
from desktop_app.views.provenance.addresses import target_figure
from desktop_app.views.tab import Question, Tab
from desktop_app.views.targets.columns import REGISTER, due_text, place
from desktop_app.views.targets.entry_dialog import EntryDialog
from desktop_app.views.targets.paste_dialog import PasteDialog
from desktop_app.views.targets.sheets import SheetDoor
from desktop_app.views.widgets.alarms import AlarmList
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.scrolling import Steady, scrolling_page
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

OURS, BEHIND, OWN, ALL = "ours", "behind", "own", "all"
CONFLICTS = "conflicts"
EVERY = ""
"""Key of “all documents”."""
OWN_CODE = "OWN."
LEAST_WIDTH, LEAST_HEIGHT = 1060, 520


class TargetsTab(Tab[TargetBoard]):
    """The tab of targets."""

    name = "目标任务"

    def build(self) -> None:
        self._board: TargetBoard | None = None
        self._closed: str = ""
        self._aimed: dict[str, str] = {}
        self.dialog: QDialog | None = None
        self.sheets = SheetDoor(self)
        self.setAcceptDrops(True)
        self._build_register()
        self._build_detail()
        self.conflict_card = Card("文件之间的矛盾")
        self.conflicts = AlarmList()
        self.conflicts.setAccessibleName("文件之间的矛盾")
        self.calm = EmptyState("没有矛盾", "登记的目标和公布数互相一致。")
        self.conflict_card.add(self.conflicts, 1)
        self.conflict_card.add(self.calm, 1)
        self.question_bar = AskBar()
        bottom = Steady()
        row = QHBoxLayout(bottom)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.detail_card, 100)
        row.addWidget(self.conflict_card, 100)
        box = scrolling_page(self.page, LEAST_WIDTH, LEAST_HEIGHT)
        box.addWidget(self.register_card, 100)
        box.addWidget(bottom, 62)
        box.addWidget(self.question_bar)

    def _build_register(self) -> None:
        self.register_card = Card("目标进度")
        self.which = SegmentedChoice(((OURS, "管本地的"), (BEHIND, "落后的"), (OWN, "本局登记的"), (ALL, "全部")))
        self.which.chosen.connect(self._filter)
        self.document = DropDown("文件")
        self.document.chosen.connect(self._filter)
        self.table: DataTable[TargetProgress] = DataTable(REGISTER, row_height=29)
        self.table.setAccessibleName("目标进度")
        self.table.current_changed.connect(self._show_detail)
        self.table.picked.connect(self._open)
        tip = "规划监测表：年度监测、中期评估，到“报表打印”看和打印"
        self.monitor = button("监测表", self._to_print, small=True, tip=tip)
        self.table.tracer = lambda row, _column: target_figure(row, self.desk.month)
        self.table.traced.connect(self.desk.trace)
        for widget in (
            self.which,
            self.document,
            button("粘贴一句话…", self.paste, small=True, tip="从规划、工作要点里粘贴句子，认出目标"),
            button("登记目标…", self.enter, small=True),
            self.sheets.press,
            self.monitor,
            button("复制", self.table.copy_all, small=True, tip="复制全表，可粘贴到 WPS"),
        ):
            self.register_card.add_action(widget)
        self.register_card.add(self.table, 1)

    def _build_detail(self) -> None:
        self.detail_card = Card("这一条")
        self.quote = Words("", "soft", wrap=True)
        self.quote.setMinimumHeight(1)
        self.lines = Words("", "muted", wrap=True).selectable()
        self.lines.setMinimumHeight(1)
        self.look = button("看这个指标", self._look, small=True)
        self.source = button("此数从何来", self._trace, small=True, tip="现在的数的公式、组成、文件和行（F7）")
        self.remove = button("删去这条", self.ask_remove, small=True, kind="danger")
        self.restore = button("恢复刚删去的", self._restore, small=True)
        for widget in (self.source, self.look, self.remove, self.restore):
            self.detail_card.add_action(widget)
        self.detail_card.add(self.quote)
        self.detail_card.add(self.lines)
        self.detail_card.body.addStretch(1)

    # ------------------------------------------------------------------------------------------- tab

    def question(self, month: Month) -> Question[TargetBoard]:
        backend = self.desk.backend
        return lambda: backend.targets(month)

    def show_answer(self, answer: TargetBoard) -> None:
        self._board = answer
        self.sheets.taken = answer.last_sheet
        self.document.set_options(((EVERY, "全部"), *answer.documents))
        self._filter()
        self.conflicts.set_alarms(
            tuple(Alarm(c.kind_label, Tone.WARN, c.message, "；".join(c.clauses), "") for c in answer.conflicts)
        )
        self.conflicts.setVisible(bool(answer.conflicts))
        self.calm.setVisible(not answer.conflicts)
        self.conflict_card.set_subtitle(f"{len(answer.conflicts)} 处" if answer.conflicts else "")
        self.restore.setVisible(bool(self._closed))
        if self._aimed:
            self._take_aim()
        self.desk.set_badge(self.name, sum(1 for row in answer.rows if row.standing is Standing.BEHIND))

    def aim(self, target: dict[str, str]) -> None:
        """``code`` of a target, ``show=behind``, or ``show=conflicts``; kept until there is something to turn to."""
        self._aimed = target
        if self._board is not None:
            self._take_aim()

    def _take_aim(self) -> None:
        target, self._aimed = self._aimed, {}
        if target.get("show") == CONFLICTS:
            self.conflicts.setFocus()
            self.conflicts.mark(0)
        elif target:
            code = target.get("code", "")
            self.which.set_key(ALL if code else BEHIND)
            self.document.set_key(EVERY)
            self._filter()
            self.table.setFocus()
            if code:
                self.table.select_where(lambda row: row.code == code)

    def focus_first(self) -> None:
        if self.conflicts.currentIndex().isValid():
            self.conflicts.setFocus()
        else:
            self.table.setFocus()

    def _to_print(self) -> None:
        self.desk.go("报表打印", kind="plan")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.sheets.hover(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.sheets.leave()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.sheets.drop(event)

    # ------------------------------------------------------------------------------------------- showing

    def _filter(self, *_: object) -> None:
        board = self._board
        if board is None:
            return
        rows = sorted((row for row in board.rows if self._wanted(row)), key=lambda row: _PRESSING.index(row.standing))
        marked = self.table.current_row
        self.table.set_rows(rows)
        if marked is None or not self.table.select_where(lambda row: row.code == marked.code):
            self.table.select_row(0)
        counts = [(word, sum(1 for row in rows if row.standing is standing)) for standing, word in _COUNTED]
        told = "，".join(f"{word} {count}" for word, count in counts if count)
        self.register_card.set_subtitle(f"{board.month_label} · {len(rows)} 条" + (f"：{told}" if told else ""))
        if not rows:
            self._show_detail(None)

    def _wanted(self, row: TargetProgress) -> bool:
        if self.document.key not in {EVERY, row.document}:
            return False
        match self.which.key:
            case "ours":
                return row.standing not in {Standing.ELSEWHERE, Standing.STATED, Standing.WORDED}
            case "behind":
                return row.standing is Standing.BEHIND
            case "own":
                return row.code.startswith(OWN_CODE)
            case _:
                return True

    def _show_detail(self, row: TargetProgress | None) -> None:
        own = row is not None and row.code.startswith(OWN_CODE)
        self.remove.setVisible(own)
        self.look.setVisible(row is not None and bool(row.indicator))
        self.source.setVisible(row is not None and target_figure(row, self.desk.month) is not None)
        self.detail_card.set_title(row.name if row is not None else "这一条")
        self.detail_card.set_subtitle(place(row) if row is not None else "")
        self.quote.setText(row.text if row is not None else "没有目标可看：换一个筛选，或登记目标。")
        self.lines.setText("\n".join(detail_lines(row)) if row is not None else "")

    def _open(self, row: TargetProgress) -> None:
        if row.indicator:
            self.desk.go("行业指标", code=row.indicator)

    def _trace(self) -> None:
        self.desk.trace(self.table.traced_figure())

    def _look(self) -> None:
        if self.table.current_row is not None:
            self._open(self.table.current_row)

    # ------------------------------------------------------------------------------------------- entering

    def paste(self) -> None:
        """Open the dialog that reads targets out of sentences."""
        dialog = PasteDialog(self.year(), self)
        backend = self.desk.backend

        def read(text: str, year: int, document: str) -> None:
            def show(reading: Reading) -> None:
                if self.dialog is dialog:
                    dialog.show_reading(reading)

            self.run(
                "read text", lambda *_: backend.read_targets(text, year, document), on_result=show, lane=Lane.QUICK
            )

        dialog.asked.connect(read)
        dialog.entered.connect(self._add)
        self.show_dialog(dialog)

    def enter(self) -> None:
        """Open the form for one target."""
        backend = self.desk.backend
        self.run("tree", lambda *_: backend.indicator_tree(), on_result=self._enter_with, lane=Lane.QUICK)

    def _enter_with(self, tree: tuple[TreeNode, ...]) -> None:
        leaves = [leaf for upper in tree for lower in upper.children for leaf in lower.children]
        dialog = EntryDialog(leaves, self.year(), self)

        def entered(codes: tuple[str, ...]) -> None:
            dialog.accept()
            self._added(codes)

        def add(entry: TargetEntry) -> None:
            backend = self.desk.backend
            self.run(
                "add",
                lambda *_: backend.add_targets((entry,)),
                on_result=entered,
                on_error=lambda error: dialog.refuse(error.message + (f"：{error.hint}" if error.hint else "")),
            )

        dialog.entered.connect(add)
        self.show_dialog(dialog)

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog of this tab; it is let go when it is closed."""
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._dialog_gone)
        dialog.open()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def year(self) -> int:
        """The year that is being worked on."""
        return self.desk.month.year if self.desk.month is not None else 2021

    def _add(self, entries: tuple[TargetEntry, ...]) -> None:
        backend = self.desk.backend
        self.run(
            "add",
            lambda *_: backend.add_targets(entries),
            on_result=self._added,
            on_error=self.desk.complain,
        )

    def show_own(self) -> None:
        """Turn the register to what the bureau has entered."""
        self.which.set_key(OWN)

    def _added(self, codes: tuple[str, ...]) -> None:
        self.show_own()
        self.desk.say(f"已登记 {len(codes)} 个目标", Tone.GOOD, "可在“本局登记的”里查看或删去。")
        self.desk.announce_change()

    # ------------------------------------------------------------------------------------------- taking off

    def ask_remove(self) -> None:
        """Ask why the marked target is taken off."""
        row = self.table.current_row
        if row is None or not row.code.startswith(OWN_CODE):
            return
        self.question_bar.ask(
            f"删去目标“{row.name} {row.target_text}”？",
            "它不再参与进度和核对；台账里留有记录，可以恢复。",
            "删去",
            lambda reason: self._remove(row, reason),
            hint="原因（必填），例如：上级调整了年度目标",
            needs_reason=True,
        )

    def _remove(self, row: TargetProgress, reason: str) -> None:
        backend = self.desk.backend

        def removed(_: object) -> None:
            self._closed = row.code
            self.desk.say(f"已删去目标“{row.name}”", Tone.GOOD, "可用“恢复刚删去的”放回。")
            self.desk.announce_change()

        self.run("remove", lambda *_: backend.close_target(row.code, reason), on_result=removed)

    def _restore(self) -> None:
        backend, code = self.desk.backend, self._closed

        def restored(_: object) -> None:
            self._closed = ""
            self.desk.say("已恢复刚删去的目标", Tone.GOOD)
            self.desk.announce_change()

        def refused(error: UserError) -> None:
            self._closed = ""
            self.desk.complain(error)
            self.refresh()

        self.run("restore", lambda *_: backend.reopen_target(code), on_result=restored, on_error=refused)


_COUNTED = (
    (Standing.MET, "已达"),
    (Standing.ON_TRACK, "正常"),
    (Standing.BEHIND, "落后"),
    (Standing.OPEN, "推进中"),
    (Standing.SILENT, "未报"),
    (Standing.WORDED, "文字目标"),
)


_PRESSING = (
    Standing.BEHIND,
    Standing.ON_TRACK,
    Standing.OPEN,
    Standing.MET,
    Standing.SILENT,
    Standing.WORDED,
    Standing.STATED,
    Standing.ELSEWHERE,
)
"""The order of the register: what is behind comes first, what cannot be followed last."""


def detail_lines(row: TargetProgress) -> list[str]:
    """Everything that is known of one target, a line each."""
    lines = [f"定为 {row.target_text}，{due_text(row)}达到" + (f"；只指{row.scope}" if row.scope else "")]
    if row.baseline is not None:
        lines.append(f"基期数 {row.baseline_text}")
    if row.standing in {Standing.ELSEWHERE, Standing.STATED, Standing.WORDED}:
        return [*lines, row.pace_note]
    if row.standing is Standing.SILENT:
        lines.append(f"{row.basis}：{row.value_text}" if row.basis else row.value_text)
    else:
        gaps = f"（{row.gaps}）" if row.gaps else ""
        lines.append(f"{row.basis} {row.value_text}{gaps}".strip() + f"，{row.standing.label}")
    if row.straight_pct is not None:
        lines.append(
            f"序时进度 {row.straight_pct}%" + (f"，按上年同期进度 {row.seasonal_pct}%" if row.seasonal_pct else "")
        )
    lines += dict.fromkeys(filter(None, (row.pace_note, row.needed_text, row.needed_note)))
    return lines
