"""村档案: the page of one village — brands, what changed, who went to look, stations — and its print."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.services.results.village import BrandLine, StationLine, VillageEvent, VillagePage, VillageVisit
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, number_key
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import ElidedWords, Words

R = TypeVar("R")

_TONES = {"正常": Tone.GOOD, "未通": Tone.NEUTRAL, "停运": Tone.BAD, "回退": Tone.BAD}
_FORMATS = "PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx)"

_CHARGED = {True: "有", False: "无", None: "—"}


def _evidence(line: BrandLine) -> str:
    if line.evidence is None:
        return "—"
    return f"{line.evidence:%Y-%m-%d}{' 待核实' if line.stale else ''}"


BRANDS: tuple[Column[BrandLine], ...] = (
    Column("品牌", lambda r: r.brand, width=12, sort=lambda r: r.brand),
    Column("现状", lambda r: r.state, kind=CellKind.TAG, tone=lambda r: _TONES.get(r.state), width=6),
    Column("自", lambda r: r.since, width=8, sort=lambda r: r.since),
    Column("记录", lambda r: r.as_of, width=8, tip=lambda r: f"沿用自 {r.as_of}\n{r.source}", sort=lambda r: r.as_of),
    Column("方式", lambda r: "、".join(r.modes) or "—", width=11, muted=True, tip=lambda r: "、".join(r.modes)),
    Column("周投", lambda r: _count(r.frequency), Align.RIGHT, width=5, sort=lambda r: number_key(r.frequency)),
    Column("收件", lambda r: _count(r.parcels_in), Align.RIGHT, width=6, sort=lambda r: number_key(r.parcels_in)),
    Column("投件", lambda r: _count(r.parcels_out), Align.RIGHT, width=6, sort=lambda r: number_key(r.parcels_out)),
    Column("站点", lambda r: r.station or "—", width=15, muted=True, tip=lambda r: r.station),
    Column("加收", lambda r: _CHARGED[r.charged], width=5, tone=lambda r: Tone.BAD if r.charged else None),
    Column("核查日期", _evidence, width=15.5, tone=lambda r: Tone.WARN if r.stale else None),
    Column("来源", lambda r: r.source or "—", width=10, stretch=True, muted=True, tip=lambda r: r.source),
)
EVENTS: tuple[Column[VillageEvent], ...] = (
    Column("月份", lambda r: r.month, width=9),
    Column("品牌", lambda r: r.brand, width=10),
    Column("变化", lambda r: r.words, width=16, stretch=True, tone=lambda r: Tone.BAD if r.loss else None),
)


def visit_words(visit: VillageVisit) -> str:
    """示例甲、示例乙：3月12日逐村核查."""
    return "：".join(filter(None, ("、".join(visit.brands), visit.note)))


def _proof_tip(visit: VillageVisit) -> str:
    return f"{visit.file}\n指纹 {visit.attached}\n双击或按 Enter 看" if visit.attached else "没有附件"


VISITS: tuple[Column[VillageVisit], ...] = (
    Column("日期", lambda r: f"{r.day:%Y-%m-%d}", width=10.5),
    Column("证据", lambda r: r.kind or "—", width=8),
    Column("核查人", lambda r: r.checker or "—", width=8, tip=lambda r: r.checker),
    Column("附件", lambda r: r.file or "—", width=10, tip=_proof_tip),
    Column("品牌、说明", visit_words, stretch=True, tip=visit_words, muted=True),
)
STATIONS: tuple[Column[StationLine], ...] = (
    Column("类型", lambda r: r.kind, width=10),
    Column("名称", lambda r: r.name, width=16, stretch=True, tip=lambda r: r.address),
    Column("负责人", lambda r: r.contact or "—", width=9),
    Column("电话", lambda r: r.phone or "—", width=14),
)


def _count(number: int | None) -> str:
    return "未报" if number is None else str(number)


class VillageDialog(QDialog):
    """``print_asked(Path)``: write this page there. ``proof_asked(sha256)``: show the photo or file of a visit."""

    print_asked = Signal(object)
    proof_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("村档案")
        self.setModal(False)
        self.page: VillagePage | None = None
        self.title = Words("", "heading")
        self.code = Words("", "muted")
        self.standing = ElidedWords("", "muted")
        self.print_button = button("存成文件…", self._ask_print, small=True, tip="存成 PDF、Word 或 Excel")
        self.brands: DataTable[BrandLine] = _table(BRANDS, "各品牌")
        self.events: DataTable[VillageEvent] = _table(EVENTS, "变化")
        self.visits: DataTable[VillageVisit] = _table(VISITS, "核查")
        self.stations: DataTable[StationLine] = _table(STATIONS, "网点、站点")
        self._no_stations = Words("登记簿里没有这个村的网点、站点。", "muted", wrap=True)
        self.proof_button = button("看附件", self._ask_proof, small=True, tip="看所选核查的照片或文件")
        self.proof_button.setEnabled(False)
        self.visits.picked.connect(lambda _visit: self._ask_proof())
        self.visits.current_changed.connect(lambda visit: self.proof_button.setEnabled(bool(visit and visit.attached)))
        self._lay_out()
        room = self.screen().availableGeometry()
        self.resize(min(1060, room.width() - 40), min(680, room.height() - 60))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget in (self.title, self.code):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.print_button)
        head.addWidget(button("关闭", self.reject, small=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.standing)
        box.addWidget(self.brands, 3)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addLayout(_titled("变化", self.events), 4)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(_titled("核查", self.visits, self.proof_button), 1)
        right.addLayout(_titled("网点、站点", self.stations))
        right.addWidget(self._no_stations)
        self.stations.setMaximumHeight(96)
        lower.addLayout(right, 6)
        box.addLayout(lower, 3)

    def show_page(self, page: VillagePage) -> None:
        """Show a village."""
        self.page = page
        self.title.setText(f"{page.town} {page.name}")
        self.code.setText(page.code)
        self.standing.setText(standing_words(page))
        self.standing.setToolTip(standing_words(page))
        self.brands.set_rows(page.brands)
        # As many lines as there are, up to nine; more scroll.
        self.brands.setMaximumHeight(40 + 26 * min(max(len(page.brands), 2), 9))
        self.events.set_rows(page.events)
        self.visits.set_rows(page.visits)
        self.proof_button.setVisible(any(visit.attached for visit in page.visits))
        self.proof_button.setEnabled(False)
        self.stations.set_rows(page.stations)
        self.stations.setVisible(bool(page.stations))
        self._no_stations.setVisible(not page.stations)
        self.setWindowTitle(f"村档案：{page.town} {page.name}（{page.month}）")

    def _ask_proof(self) -> None:
        visit = self.visits.current_row
        if visit is not None and visit.attached:
            self.proof_asked.emit(visit.attached)

    def _ask_print(self) -> None:
        if self.page is None:
            return
        name = f"村档案_{self.page.town}{self.page.name}_{self.page.month}.pdf"
        found, kind = QFileDialog.getSaveFileName(self, "存成文件", name, _FORMATS)
        if found:
            out = Path(found)
            suffix = kind[kind.find("*") + 1 :].rstrip(")")
            self.print_asked.emit(out if out.suffix else out.with_suffix(suffix or ".pdf"))


def standing_words(page: VillagePage) -> str:
    """Month, definitions, people, earlier names and the age of the evidence in one line."""
    parts = [f"截至 {page.month}", f"通达 {page.served} 个品牌"]
    parts += [f"{name} {'✓' if holds else '✗'}" for name, holds in page.definitions]
    if page.households is not None:
        parts.append(f"{page.households} 户")
    if page.population is not None:
        parts.append(f"{page.population} 人")
    if page.names:
        parts.append(f"曾用名 {'、'.join(page.names)}")
    parts.append(f"证据 {page.evidence}" if page.evidence != "—" else "没有核查记录")
    return "　".join(parts)


def _table(columns: tuple[Column[R], ...], name: str) -> DataTable[R]:
    made: DataTable[R] = DataTable(columns, row_height=26)
    made.setAccessibleName(name)
    return made


def _titled(words: str, widget: QWidget, press: QWidget | None = None) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(Words(words, "title"), 1)
    if press is not None:
        head.addWidget(press)
    box.addLayout(head)
    box.addWidget(widget, 1)
    return box
