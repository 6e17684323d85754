"""Which tabs there are, in their order. A tab's module is imported when the tab is first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.views.desk import Desk
    from desktop_app.views.tab import Tab


@dataclass(frozen=True)
class TabEntry:
    """``where``: module and class, ``desktop_app.views.overview.tab:OverviewTab``."""

    name: str
    where: str

    def load(self) -> None:
        """Import the tab's module, so that opening it later takes no longer than making its widgets."""
        import_module(self.where.partition(":")[0])

    def build(self, desk: Desk) -> Tab[Any]:
        """Import the tab and make it."""
        module, _, kind = self.where.partition(":")
        made: Tab[Any] = getattr(import_module(module), kind)(desk)
        return made


TABS = (
    TabEntry("总览", "desktop_app.views.overview.tab:OverviewTab"),
    TabEntry("行业指标", "desktop_app.views.indicators.tab:IndicatorsTab"),
    TabEntry("快递进村", "desktop_app.views.rural.tab:RuralTab"),
    TabEntry("绿色包装", "desktop_app.views.green.tab:GreenTab"),
    TabEntry("目标任务", "desktop_app.views.targets.tab:TargetsTab"),
    TabEntry("数据导入", "desktop_app.views.imports.tab:ImportsTab"),
    TabEntry("报表打印", "desktop_app.views.printing.tab:PrintingTab"),
)
IMPORT_TAB = "数据导入"
PRINT_TAB = "报表打印"
