"""The header: product, place, 示例数据, search, month, menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.month_box import MonthBox
from desktop_app.views.frame.search_box import SearchBox
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.tag import Tag
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from desktop_app.services.results.overview import LedgerInfo


class Header(QFrame):
    """``search``, ``month_box`` and ``menu_button`` are wired by the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        product = Words("邮管台账")
        product.setObjectName("product")
        self._place = Words("")
        self._place.setObjectName("place")
        self._sample = Tag()
        self.search = SearchBox()
        self.month_box = MonthBox()
        self.menu_button = button("⋯", kind="flat", tip="台账、备份、外观（Alt+T）")
        self.menu_button.setAccessibleName("菜单")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(14)
        row.addWidget(product)
        row.addWidget(self._place)
        row.addWidget(self._sample)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        row.addWidget(self.month_box)
        row.addWidget(self.menu_button)

    def show_info(self, info: LedgerInfo | None) -> None:
        """Name the place whose ledger is open."""
        self.search.setEnabled(info is not None)
        if info is None:
            self._place.setText("")
            self._sample.set("")
            return
        # Before a register tells the name, the code stands for it: once is enough.
        self._place.setText(" · ".join(dict.fromkeys(filter(None, (info.region_name, short_code(info.region_code))))))
        self._sample.set("示例数据" if info.sample else "", Tone.WARN)


def short_code(code: str) -> str:
    """220281000000 → 220281: the zeros that only fill up are left out."""
    for cut in (2, 4, 6, 9):
        if code[cut:].strip("0") == "":
            return code[:cut]
    return code
