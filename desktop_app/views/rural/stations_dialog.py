"""村级站: the list of village stations, each with the villages and brands that it serves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.results.registers import OutletRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.finding import query_words
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

_STANDARD = {"是": Tone.GOOD, "否": Tone.WARN}


def _number(value: object) -> str:
    return "—" if value is None else str(value)


STATIONS: tuple[Column[OutletRow], ...] = (
    Column("乡镇", lambda r: r.town or "—", sort=lambda r: r.region),
    Column("所在村", lambda r: r.village or "—", sort=lambda r: r.region),
    Column("站点", lambda r: r.name, bold=True, tip=lambda r: r.address, sort=lambda r: r.name),
    Column(
        "达标",
        lambda r: r.standardised,
        kind=CellKind.TAG,
        tone=lambda r: _STANDARD.get(r.standardised, Tone.NEUTRAL),
        sort=lambda r: r.standardised,
    ),
    Column(
        "品牌",
        lambda r: str(len(r.brands)),
        Align.RIGHT,
        tip=lambda r: "、".join(r.brands),
        sort=lambda r: len(r.brands),
    ),
    Column("服务村", lambda r: "、".join(r.serves_names) or "—", stretch=True, tip=lambda r: "、".join(r.serves_names)),
    Column("月份", lambda r: r.report_month or "—", muted=True),
    Column("收入（元）", lambda r: _number(r.income), Align.RIGHT),
    Column("投递", lambda r: _number(r.parcels_in), Align.RIGHT),
    Column("寄件", lambda r: _number(r.parcels_out), Align.RIGHT),
    Column("负责人", lambda r: " ".join(filter(None, (r.contact, r.phone))) or "—", muted=True),
    Column("停办", lambda r: r.closed or "", muted=True),
)


class StationsDialog(FrameDialog):
    """``asked(OutletRow or None)`` to correct one, or to enter a new one."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("村级寄递物流综合服务站", parent)
        self._rows: tuple[OutletRow, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("站点、村、乡镇、品牌、负责人")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._refill())
        self.told = Words("正在读 …", "muted")
        self.stations: DataTable[OutletRow] = DataTable(STATIONS, row_height=28)
        self.stations.setAccessibleName("村级站")
        self.stations.picked.connect(self.asked)
        self.edit = button("修改…", self._edit, small=True, tip="双击也可以")
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(button("新站…", lambda: self.asked.emit(None), small=True))
        line.addWidget(self.edit)
        self.body.addLayout(line)
        self.body.addWidget(self.told)
        self.body.addWidget(self.stations, 1)
        self.buttons.addWidget(button("复制到 WPS", self.stations.copy_all))
        self.buttons.addWidget(button("关闭", self.accept, kind="primary"))
        self.resize(1080, 600)

    def show_stations(self, rows: Sequence[OutletRow]) -> None:
        """The register."""
        self._rows = tuple(rows)
        self._refill()

    def _refill(self) -> None:
        words = query_words(self.search.text())
        shown = [row for row in self._rows if all(word in _haystack(row) for word in words)]
        self.stations.set_rows(shown)
        served = {code for row in self._rows if row.closed is None for code in row.serves}
        met = sum(row.standardised == "是" for row in self._rows if row.closed is None)
        empty = "" if self._rows else "。可在“数据导入”放入站点名录，或点“新站”"
        self.told.setText(f"{len(self._rows)} 个站，达标 {met} 个，服务 {len(served)} 个村，显示 {len(shown)}{empty}")

    def _edit(self) -> None:
        row = self.stations.current_row
        if row is not None:
            self.asked.emit(row)


def _haystack(row: OutletRow) -> str:
    words = (row.name, row.village, row.town, row.contact, *row.brands, *row.serves_names)
    return " ".join(words).lower()
