"""The colour tokens of the light and the dark face.

Widgets ask :func:`colours` when they paint, so that switching the face needs no more than a repaint.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor

from desktop_app.services.results.tone import Tone


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``. Every text colour reaches a contrast of 4.5 on the ground it stands on."""

    dark: bool
    accent: str
    """Postal green, for text, lines and the selected tab."""
    accent_fill: str
    """Ground of the primary button; white text stands on it."""
    accent_fill_hover: str
    accent_soft: str
    """Ground of the selected row."""
    on_accent: str
    ground: str
    """Window ground behind the cards."""
    card: str
    border: str
    row_line: str
    """Hairline between table rows."""
    track: str
    """Empty part of a bar; grid lines of charts."""
    panel: str
    """Quiet ground inside a card (title and note rows, hover)."""
    text: str
    muted: str
    faint: str
    """Placeholders and what is switched off."""
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    neutral_soft: str
    total_soft: str
    """Ground of 合计 rows."""
    hatch: str
    """Stripes of a cell below its limit."""
    dash: str
    """Dashed box of a cell that is 未报."""
    desk: str
    """Ground behind a paper preview."""
    previous: str
    """上年同期 in charts."""
    series2: str
    series3: str
    series4: str
    warn_bar: str

    def colour(self, name: str) -> QColor:
        """The token as QColor."""
        return QColor(getattr(self, name))

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Text and ground of a tag of this tone."""
        text, ground = {
            Tone.GOOD: (self.good, self.good_soft),
            Tone.BAD: (self.bad, self.bad_soft),
            Tone.WARN: (self.warn, self.warn_soft),
            Tone.INFO: (self.info, self.info_soft),
            Tone.NEUTRAL: (self.muted, self.neutral_soft),
        }[tone]
        return QColor(text), QColor(ground)

    def tokens(self) -> dict[str, str]:
        """Every colour by name, for the style sheet."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self) if f.name != "dark"}


LIGHT = Palette(
    dark=False,
    accent="#00693C",
    accent_fill="#00693C",
    accent_fill_hover="#005530",
    accent_soft="#E6F1EB",
    on_accent="#FFFFFF",
    ground="#F5F6F4",
    card="#FFFFFF",
    border="#E1E5E0",
    row_line="#F0F2EF",
    track="#ECEFEB",
    panel="#F7F9F7",
    text="#1B2420",
    muted="#646E68",
    faint="#98A19B",
    good="#1A7A48",
    good_soft="#E7F4EC",
    warn="#A15C00",
    warn_soft="#FFF3E0",
    bad="#B3261E",
    bad_soft="#FDECEA",
    info="#2B5F9E",
    info_soft="#E9F0F8",
    neutral_soft="#EEF0ED",
    total_soft="#FFF8E8",
    hatch="#F1D9C4",
    dash="#C9CFCA",
    desk="#DDE1DC",
    previous="#98A19B",
    series2="#E69F00",
    series3="#0072B2",
    series4="#CC79A7",
    warn_bar="#B26A00",
)

DARK = Palette(
    dark=True,
    accent="#5CBF8E",
    accent_fill="#1B7249",
    accent_fill_hover="#238252",
    accent_soft="#1D3529",
    on_accent="#FFFFFF",
    ground="#121614",
    card="#1A201D",
    border="#2E3732",
    row_line="#252D29",
    track="#2B332F",
    panel="#1F2622",
    text="#E4E9E6",
    muted="#9DA8A2",
    faint="#6F7A74",
    good="#6CCB97",
    good_soft="#19352A",
    warn="#E9B05A",
    warn_soft="#3A2D14",
    bad="#F28B82",
    bad_soft="#42201D",
    info="#8AB6EC",
    info_soft="#1B2C42",
    neutral_soft="#2A312D",
    total_soft="#302A19",
    hatch="#5A4630",
    dash="#4B5650",
    desk="#0D100E",
    previous="#8C9791",
    series2="#E69F00",
    series3="#56B4E9",
    series4="#D48BB5",
    warn_bar="#C98528",
)


class _Current:
    """The palette in force; one per process, as the style sheet is."""

    palette: Palette = LIGHT


def colours() -> Palette:
    """The palette in force."""
    return _Current.palette


def use_palette(palette: Palette) -> None:
    """Put a palette in force; :mod:`desktop_app.views.theme` calls this and then restyles the program."""
    _Current.palette = palette
