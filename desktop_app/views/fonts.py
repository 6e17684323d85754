"""Which Chinese face the window is set in, and the sizes that belong to it.

Sizes are given in pixels of a 96 dpi screen and set in points, so that Qt's scaling (100–250 %) and a user's larger
system font resolution both reach them.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app.paths import resources_dir

SYSTEM_FACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体 CN",
    "思源黑体",
    "HarmonyOS Sans SC",
    "方正黑体_GBK",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
)
"""Sans faces with Chinese, best first; UOS and Kylin ship several of them."""

BUNDLED_FACE = "Noto Sans SC"
_BUNDLED_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

BASE_PX = 14


def points(pixels: float) -> float:
    """Point size that is so many pixels high at 96 dpi."""
    return pixels * 72 / 96


def choose_face() -> str:
    """The system's first face that has Chinese, else the bundled one, which is loaded then."""
    installed = set(QFontDatabase.families())
    for face in SYSTEM_FACES:
        if face in installed:
            return face
    for name in _BUNDLED_FILES:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))
    return BUNDLED_FACE


def install_fonts(app: QApplication) -> None:
    """Set the program's font: Chinese face, 14 px, figures of equal width."""
    font = QFont(app.font())
    font.setFamilies([choose_face()])
    font.setPointSizeF(points(BASE_PX))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)


def sized(pixels: float, *, bold: bool = False) -> QFont:
    """The program's font in another size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(points(pixels))
    font.setBold(bold)
    return font
