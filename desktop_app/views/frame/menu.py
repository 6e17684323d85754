"""The ⋯ menu: ledgers, backup, check, face, about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.views.theme import ThemeMode


class Actions(Protocol):
    """What the menu calls."""

    def open_ledger(self) -> None:
        """Ask for a ledger file."""
        ...

    def new_ledger(self) -> None:
        """Ask for a region and a place."""
        ...

    def back_up(self) -> None:
        """Make a verified backup."""
        ...

    def check_ledger(self) -> None:
        """Check the ledger."""
        ...

    def show_profiles(self) -> None:
        """Show the profiles by which files are read."""
        ...

    def show_rules(self) -> None:
        """Show the check rules and let them be set."""
        ...

    def show_own_indicators(self) -> None:
        """Show the bureau's own indicators."""
        ...

    def new_indicator(self) -> None:
        """Open a page for a new one."""
        ...

    def show_keys(self) -> None:
        """Show the keys."""
        ...

    def show_about(self) -> None:
        """Show version and licences."""
        ...


def build_menu(parent: QWidget, actions: Actions, mode: ThemeMode, set_mode: Callable[[ThemeMode], None]) -> QMenu:
    """The menu, with the face that is in force ticked."""
    menu = QMenu(parent)
    menu.addAction("打开台账…\tCtrl+O", actions.open_ledger)
    menu.addAction("新建台账…\tCtrl+N", actions.new_ledger)
    menu.addSeparator()
    menu.addAction("立即备份\tCtrl+B", actions.back_up)
    menu.addAction("检查台账", actions.check_ledger)
    menu.addAction("读表方案…", actions.show_profiles)
    menu.addAction("审核规则…", actions.show_rules)
    menu.addAction("新增指标…\tCtrl+Shift+N", actions.new_indicator)
    menu.addAction("自设指标…", actions.show_own_indicators)
    menu.addSeparator()
    group = QActionGroup(menu)
    for each in ThemeMode:
        action = menu.addAction(f"外观：{each.label}", lambda m=each: set_mode(m))
        action.setCheckable(True)
        action.setChecked(each is mode)
        group.addAction(action)
    menu.addSeparator()
    menu.addAction("快捷键\tF1", actions.show_keys)
    menu.addAction("关于邮管台账", actions.show_about)
    return menu
