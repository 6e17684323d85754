"""How a figure is written in the cells of the table."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.models.values import CellState, Polarity
from desktop_app.services.results.figures import Figure
from desktop_app.services.results.overview import Tone

DASH = "—"
_MARKS = {"报送": "报送", "可比口径": "可比"}
"""How a cell says that the change is on another base than the ledger's own figure of last year."""


def signed(value: Decimal | None) -> str:
    """``+18.6``, ``−9.1``, ``0.0``; — when it cannot be said."""
    if value is None:
        return DASH
    return f"{value:+.1f}".replace("-", "−") if value else f"{value:.1f}".lstrip("-")


def change(figure: Figure, value: Decimal | None, basis: str = "") -> str:
    """A change over time: percent, or points for rates and indices; marked 报送 or 可比 when the base is."""
    words = signed(value)
    if value is None:
        return words
    if figure.yoy_is_points:
        words += figure.points_unit.removeprefix("个")
    return f"{_MARKS[basis]} {words}" if basis in _MARKS else words


def change_tip(figure: Figure, basis: str = "") -> str:
    """What kind of change the cell holds."""
    kind = f"前后之差，单位是{figure.points_unit.removeprefix('个')}" if figure.yoy_is_points else "增减百分比"
    return f"{kind}；基数为{basis}数" if basis else kind


def change_tone(figure: Figure, value: Decimal | None) -> Tone | None:
    """A turn for the worse in red: a fall, or a rise of what should fall (申诉)."""
    if value is None:
        return Tone.NEUTRAL
    worse = value > 0 if figure.polarity is Polarity.DOWN else value < 0
    return Tone.BAD if worse else None


def share(value: Decimal | None) -> str:
    """A share in percent, ``100`` without decimals; nothing when the indicator is no part of a whole."""
    if value is None:
        return ""
    return "100" if value == 100 else f"{value:.1f}"


def value_tone(figure: Figure) -> Tone | None:
    """未报, 不适用 and 退回 are quiet words, not numbers."""
    return None if figure.state is CellState.VALUE else Tone.NEUTRAL


def value_tip(figure: Figure) -> str:
    """Exact amount and who is lacking."""
    lines = [figure.name]
    if figure.value is not None:
        lines.append(f"{figure.value.normalize():,f} {figure.unit}".replace("-", "−"))
    if figure.completeness.words:
        lines.append(figure.completeness.words)
    return "\n".join(lines)
