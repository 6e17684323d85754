"""The part of the backend that is about entering figures by hand (录入)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.results.entry import (
        CellKey,
        EntryAnswer,
        EntryBoard,
        EntryCell,
        FigureStatus,
        TypedCell,
    )


class EntryBackend:
    """Called inside jobs only, as everything of the backend."""

    @abstractmethod
    def _opened(self) -> Ledger:
        """The open ledger."""

    def entry_board(self, month: Month, *, yearly: bool) -> EntryBoard:
        """录入: what can be entered in the month's year, or in the ten years up to it."""
        from desktop_app.services import entry

        return entry.board(self._opened(), month, yearly=yearly)

    def enter(self, typed: Sequence[TypedCell], status: FigureStatus, reason: str, *, only_clean: bool) -> EntryAnswer:
        """Check and store what was typed, as one batch."""
        from desktop_app.services import entry

        return entry.enter(self._opened(), typed, status, reason, only_clean=only_clean)

    def undo_entry(self, batch: int, keys: Sequence[CellKey]) -> Mapping[CellKey, EntryCell | None]:
        """Take an entry back; how its cells stand then."""
        from desktop_app.services import entry

        return entry.undo(self._opened(), batch, keys)
