"""The part of the backend that is about targets (目标任务)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.views.backends.base import LedgerBackend

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.results.target_sheets import TargetSheet, TargetsTaken
    from desktop_app.services.results.targets import Reading, TargetBoard, TargetEntry


class TargetsBackend(LedgerBackend):
    """Called inside jobs only, as everything of the backend."""

    def targets(self, month: Month) -> TargetBoard:
        """目标任务."""
        from desktop_app.services import targets

        return targets.target_board(self._opened(), month)

    def read_targets(self, text: str, year: int, document: str) -> Reading:
        """What targets pasted sentences hold, and what is left of them."""
        from desktop_app.services import target_reading

        return target_reading.read_text(self._opened(), text, year, document)

    def add_targets(self, entries: Sequence[TargetEntry]) -> tuple[str, ...]:
        """Enter targets of the bureau's own, all or none."""
        from desktop_app.services import targets

        return targets.add_targets(self._opened(), entries)

    def preview_targets(self, path: Path, document: str, year: int) -> TargetSheet:
        """What importing a table of targets would do; stores nothing."""
        from desktop_app.services import target_sheets

        return target_sheets.preview_sheet(self._opened(), path, document, year)

    def take_targets(self, sheet: TargetSheet) -> TargetsTaken:
        """Store the new and changed targets of a table, all or none."""
        from desktop_app.services import target_sheets

        return target_sheets.take_sheet(self._opened(), sheet)

    def undo_targets(self, taken: TargetsTaken) -> None:
        """Take such an import back as a whole."""
        from desktop_app.services import target_sheets

        target_sheets.undo_sheet(self._opened(), taken)

    def write_targets(self, codes: Sequence[str], out: Path) -> int:
        """Write the named targets as a table, without any the empty form; how many."""
        from desktop_app.services import target_sheets

        if codes:
            return target_sheets.write_targets(self._opened(), codes, out)
        target_sheets.write_blank(self._opened(), out)
        return 0

    def close_target(self, code: str, reason: str) -> None:
        """Take a target off the register."""
        from desktop_app.services import targets

        targets.close_target(self._opened(), code, reason)

    def reopen_target(self, code: str) -> None:
        """Put it back."""
        from desktop_app.services import targets

        targets.reopen_target(self._opened(), code)
