"""Where townships and villages lie: tiles arranged by hand, boundaries and points loaded by the user."""

from __future__ import annotations

from dataclasses import dataclass

TilePlaces = dict[str, tuple[int, int]]
"""Township code → column and row of its tile."""

Ring = tuple[tuple[float, float], ...]
"""Corners of a boundary: longitude and latitude, or any plane coordinates."""


@dataclass(frozen=True)
class Shape:
    """A boundary; ``code`` of the township or village that it was matched with, empty when it bounds something else."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Point:
    """Where a village lies."""

    code: str
    x: float
    y: float


@dataclass(frozen=True)
class RuralMap:
    """What has been loaded. ``unmatched``: names of boundaries or rows that no unit of the register answers to."""

    shapes: tuple[Shape, ...] = ()
    points: tuple[Point, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not self.shapes and not self.points
