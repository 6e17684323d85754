"""What importing a table of targets would do, and what it has done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.importing.target_table import RowProblem
from desktop_app.services.results.targets import TargetEntry, TargetsTaken

__all__ = ["RowProblem", "SheetChange", "SheetRow", "TargetSheet", "TargetsTaken"]


class SheetChange(StrEnum):
    """What a row is against the register."""

    NEW = "new"
    CHANGED = "changed"
    """The same document, clause and indicator stand in the register with something else."""
    SAME = "same"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"new": "新增", "changed": "更改", "same": "相同"}[self.value]


@dataclass(frozen=True)
class SheetRow:
    """A row that was understood."""

    sheet: str
    row: int
    change: SheetChange
    entry: TargetEntry
    target_text: str
    before: str
    """What stands in the register where it is changed; else empty."""
    replaces: str
    """Code of the target that it would take the place of; else empty."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class TargetSheet:
    """A whole file as understood; nothing is stored."""

    file_name: str
    rows: tuple[SheetRow, ...]
    problems: tuple[RowProblem, ...]

    def count(self, change: SheetChange) -> int:
        """How many rows are of this kind."""
        return sum(1 for row in self.rows if row.change is change)

    @property
    def to_store(self) -> int:
        """How many rows would be stored."""
        return len(self.rows) - self.count(SheetChange.SAME)
