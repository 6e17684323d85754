"""What was typed, pasted, filled or cleared, act by act, for Ctrl+Z and Ctrl+Y."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.services.results.entry import CellKey, FigureStatus
from desktop_app.views.qtmodels.entry import Overlay


@dataclass(frozen=True)
class Act:
    """One act. ``before``: what lay over its cells; ``batch``: what it stored, if anything."""

    texts: Mapping[CellKey, str]
    status: FigureStatus
    before: Mapping[CellKey, Overlay | None]
    reason: str = ""
    batch: int | None = None
    only_clean: bool = False

    @property
    def name(self) -> str:
        """“3 格”."""
        return f"{len(self.texts)} 格"


@dataclass
class Acts:
    """Two stacks. A new act empties the second."""

    done: list[Act] = field(default_factory=list)
    undone: list[Act] = field(default_factory=list)

    def add(self, act: Act) -> None:
        """Something has been done."""
        self.done.append(act)
        self.undone.clear()

    def take_back(self) -> Act | None:
        """The act that Ctrl+Z takes back; None when there is none."""
        return self.done.pop() if self.done else None

    def taken_back(self, act: Act) -> None:
        """It has been taken back."""
        self.undone.append(replace(act, batch=None))

    def repeat(self) -> Act | None:
        """The act that Ctrl+Y does again; None when there is none."""
        return self.undone.pop() if self.undone else None

    def repeated(self, act: Act) -> None:
        """It has been done again."""
        self.done.append(act)

    def forget(self) -> None:
        """Another ledger."""
        self.done.clear()
        self.undone.clear()
