"""Light and dark: legible, switched while running, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import settings
from desktop_app.paths import settings_file
from desktop_app.services.results.tone import Tone
from desktop_app.views.app import chosen_mode
from desktop_app.views.fonts import sized
from desktop_app.views.palette import DARK, LIGHT, Palette, colours
from desktop_app.views.theme import Theme, ThemeMode, style_sheet
from desktop_app.views.widgets.delegates.heat import heat_colours


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, ThemeMode.LIGHT)
    yield made
    made.set_mode(ThemeMode.LIGHT)


def contrast(one: QColor, two: QColor) -> float:
    """WCAG 2 contrast ratio."""

    def luminance(colour: QColor) -> float:
        light = (colour.redF(), colour.greenF(), colour.blueF())
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in light]
        return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product(("text", "muted", "accent"), ("card", "ground", "panel")),
        ("text", "accent_soft"),
        ("on_accent", "accent_fill"),
        ("on_accent", "accent_fill_hover"),
        *product(("good", "bad", "warn"), ("card",)),
    ],
)
def test_words_can_be_read_on_their_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(palette.colour(ink), palette.colour(ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_tags_can_be_read(palette: Palette, tone: Tone) -> None:
    assert contrast(*palette.tone(tone)) >= 4.5


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_heat_cells_can_be_read_at_every_depth(theme: Theme, mode: ThemeMode) -> None:
    theme.set_mode(mode)
    assert min(contrast(*heat_colours(level / 20)) for level in range(21)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_open_places(palette: Palette) -> None:
    assert "$" not in style_sheet(palette)


def test_switching_restyles_the_running_program(qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert colours() is DARK
    assert DARK.accent in qapp.styleSheet()
    assert qapp.palette().window().color() == QColor(DARK.ground)


def test_the_choice_is_remembered() -> None:
    assert chosen_mode() is ThemeMode.SYSTEM
    assert settings.put("theme", "dark")
    assert chosen_mode() is ThemeMode.DARK


def test_a_damaged_preferences_file_is_as_good_as_none() -> None:
    settings.put("theme", "dark")
    settings_file().write_text("{", encoding="utf-8")
    assert chosen_mode() is ThemeMode.SYSTEM
    assert settings.put("theme", "light")
    assert chosen_mode() is ThemeMode.LIGHT


def test_the_base_is_14_pixels_and_figures_are_equally_wide(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).pixelSize() == 14
    for bold in (False, True):
        metrics = QFontMetricsF(sized(13, bold=bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_face_has_the_signs_that_the_window_uses(theme: Theme) -> None:
    metrics = QFontMetricsF(sized(14))
    assert [sign for sign in "▲▼★●○◇✓—−–·…⋯‹›×≥≤←→" if not metrics.inFont(sign)] == []
