"""Light, dark or as the system: one palette, one style sheet made from it, switched while the program runs."""

from __future__ import annotations

from enum import StrEnum
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette

from desktop_app.paths import resources_dir
from desktop_app.views.fonts import install_fonts, points
from desktop_app.views.palette import DARK, LIGHT, Palette, colours, use_palette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["Theme", "ThemeMode", "colours", "style_sheet"]

_SIZES = {"tiny": 11, "small": 12, "cell": 13, "base": 14, "large": 16, "figure": 23, "hero": 27}
"""Sizes in pixels at 96 dpi; the style sheet names them ``$size_cell`` and so on."""


class ThemeMode(StrEnum):
    """What the user has chosen."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """浅色, 深色, 跟随系统."""
        return {"light": "浅色", "dark": "深色", "system": "跟随系统"}[self.value]


def style_sheet(palette: Palette) -> str:
    """The style sheet for a palette."""
    template = Template((resources_dir() / "styles" / "app.qss").read_text(encoding="utf-8"))
    sizes = {f"size_{name}": f"{points(px):g}pt" for name, px in _SIZES.items()}
    icons = {"icons": (resources_dir() / "icons").as_posix()}
    return template.substitute(palette.tokens() | sizes | icons)


def qt_palette(palette: Palette) -> QPalette:
    """Qt's own palette, for what the style sheet does not name."""
    roles = QPalette.ColorRole
    qt = QPalette()
    for role, name in (
        (roles.Window, "ground"),
        (roles.WindowText, "text"),
        (roles.Base, "card"),
        (roles.AlternateBase, "panel"),
        (roles.Text, "text"),
        (roles.Button, "card"),
        (roles.ButtonText, "text"),
        (roles.BrightText, "bad"),
        (roles.ToolTipBase, "card"),
        (roles.ToolTipText, "text"),
        (roles.Highlight, "accent_soft"),
        (roles.HighlightedText, "text"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
        (roles.PlaceholderText, "faint"),
        (roles.Accent, "accent"),
        (roles.Light, "card"),
        (roles.Midlight, "border"),
        (roles.Mid, "border"),
        (roles.Dark, "muted"),
        (roles.Shadow, "border"),
    ):
        qt.setColor(role, palette.colour(name))
    faint = QColor(palette.faint)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        qt.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return qt


class Theme(QObject):
    """The program's face. ``changed`` fires after everything has been restyled."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: ThemeMode = ThemeMode.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode
        app.setStyle("Fusion")
        install_fonts(app)
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def set_mode(self, mode: ThemeMode) -> None:
        """Switch the face; nothing happens when it is the same."""
        if mode is not self.mode:
            self.mode = mode
            self._apply()

    def _wanted(self) -> Palette:
        if self.mode is ThemeMode.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.mode is ThemeMode.DARK else LIGHT

    def _system_changed(self) -> None:
        if self.mode is ThemeMode.SYSTEM and self._wanted() is not colours():
            self._apply()

    def _apply(self) -> None:
        palette = self._wanted()
        use_palette(palette)
        self._app.setPalette(qt_palette(palette))
        self._app.setStyleSheet(style_sheet(palette))
        self.changed.emit()
