"""A page over one indicator in one region: 透视 and 名次."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.views.indicators.pages import SubPage
from desktop_app.views.indicators.picker import IndicatorBox
from desktop_app.views.widgets.choice import DropDown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


class OneIndicatorPage(SubPage):
    """What :meth:`build` makes of it: the choice of indicator and region, and the table over them."""

    indicator: IndicatorBox
    region: DropDown
    table: QTableView

    def take_up(self, code: str, region: str) -> None:
        self.indicator.set_code(code)
        self.region.set_key(region)

    def forget(self) -> None:
        self.region.set_options(())

    def focus_first(self) -> None:
        (self.table if self.table.isVisible() else self.indicator).setFocus()
