"""How each role looks: colour, and a dash, marker and hatch that tell it apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop_app.charts import ROLE_COLOURS, Role


class Marker(StrEnum):
    """Shape of a point."""

    DISC = "disc"
    RING = "ring"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    SQUARE = "square"


class Hatch(StrEnum):
    """Filling of an area."""

    SOLID = "solid"
    LIGHT = "light"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"
    LEVEL = "level"


@dataclass(frozen=True)
class Style:
    """Look of a series."""

    colour: str
    dash: tuple[float, ...]
    width: float
    marker: Marker
    hatch: Hatch


def _style(role: Role, marker: Marker, hatch: Hatch, dash: tuple[float, ...] = (), width: float = 1.4) -> Style:
    return Style(ROLE_COLOURS[role], dash, width, marker, hatch)


STYLES: Final[dict[Role, Style]] = {
    Role.CURRENT: _style(Role.CURRENT, Marker.DISC, Hatch.SOLID, width=1.8),
    Role.PREVIOUS: _style(Role.PREVIOUS, Marker.RING, Hatch.LIGHT, (4.0, 2.5), 1.2),
    Role.PART_1: _style(Role.PART_1, Marker.DISC, Hatch.SOLID),
    Role.PART_2: _style(Role.PART_2, Marker.TRIANGLE, Hatch.RISING, (6.0, 2.0)),
    Role.PART_3: _style(Role.PART_3, Marker.DIAMOND, Hatch.CROSSED, (2.0, 2.0)),
    Role.PART_4: _style(Role.PART_4, Marker.SQUARE, Hatch.LEVEL, (6.0, 2.0, 1.5, 2.0)),
    Role.WARN: _style(Role.WARN, Marker.SQUARE, Hatch.FALLING),
    Role.TARGET: _style(Role.TARGET, Marker.DIAMOND, Hatch.LIGHT, (2.5, 1.5), 0.9),
}
