"""Unit repairs (单位改读): cells to be read in another unit, proposed and accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.importing.plan import Issue


@dataclass(frozen=True)
class Repair:
    """A cell whose unit is read otherwise than the table says (单位改读), because its company has confirmed it.

    Only the unit changes, never the figure: ``2.11`` in a column of 件 is read as 2.11 万件. ``row`` is the line in the
    file (1-based), ``column`` counts the table's columns from 0, ``unit`` is a unit of the catalogue.
    """

    row: int
    column: int
    unit: str


@dataclass(frozen=True)
class RepairProposal:
    """What would mend a unit slip without a new file: all its cells read in another unit. Nobody has accepted it yet.

    ``issue`` is the UNIT_SLIP that it answers (the same object stands in the plan's issues); ``written`` the unit in
    which the cells were read, ``unit`` the one proposed; ``text`` says it in Chinese, with the main figure after it.
    """

    issue: Issue
    cells: tuple[Repair, ...]
    written: str
    unit: str
    text: str
