"""The register of villages in the window: its lines, changes by hand, and a new list beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop_app.importing.plan import ImportPlan
from desktop_app.models.values import Month


@dataclass(frozen=True)
class VillageUnit:
    """One unit of the register as it holds in a month."""

    code: str
    name: str
    town_code: str
    town: str
    kind: str
    flagged: bool
    """建制村 or not."""
    reason: str
    """Why somebody has set that by hand; empty when it follows from the code."""
    since: str
    """Month from which this name and place hold (``2021-06``), empty = always."""
    note: str
    """What came before (原名关马村, 由…迁入), or a doubt (疑与…重复); empty for none."""
    initials: str


class VillageStep(StrEnum):
    """What can happen to villages."""

    RENAME = "改名"
    MOVE = "改属乡镇"
    MERGE = "合并"
    SPLIT = "拆分"
    CLOSE = "撤销"
    FLAG = "建制村标志"


@dataclass(frozen=True)
class VillageChange:
    """One change by hand from ``month`` on. All codes have 12 digits.

    RENAME: one code, ``name``. MOVE: one code, ``units`` = its new (code, name). MERGE: several codes, ``units`` = the
    village they make; its code may be one of theirs. SPLIT: one code, ``units`` = what comes of it; its own code among
    them when it goes on. CLOSE: codes. FLAG: codes, ``flagged``.
    """

    step: VillageStep
    codes: tuple[str, ...]
    month: Month
    reason: str
    name: str = ""
    units: tuple[tuple[str, str], ...] = ()
    flagged: bool = True


class ListChange(StrEnum):
    """How a line of a new list differs from the register."""

    NEW = "新增"
    GONE = "不再列出"
    RENAMED = "更名"
    MOVED = "迁移"


@dataclass(frozen=True)
class ListLine:
    """One difference between a new list and the register, to be accepted or refused.

    ``code``, ``name``, ``town``: as the list has them (the register's for GONE); ``old_…``: as the register has them
    (empty for NEW). ``row``: line of the file, None for GONE. ``blocked``: why it cannot be accepted; empty = it can.
    """

    change: ListChange
    code: str
    name: str
    town: str
    old_code: str = ""
    old_name: str = ""
    old_town: str = ""
    row: int | None = None
    note: str = ""
    blocked: str = ""

    @property
    def key(self) -> str:
        """Tells the line from the others of its list."""
        return f"{self.change.value}:{self.old_code}:{self.code}:{self.name}"


@dataclass(frozen=True)
class ListProposal:
    """What lines of 新增 and 不再列出 may mean together: one village renamed, some merged, one split.

    ``old``, ``new``: (code, name) of the villages before and after; the heir of a merger and the source of a split may
    stand in the register as before. ``lines``: keys of the lines that it explains. ``ground``: why it is thought so.
    """

    step: VillageStep
    town: str
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    ground: str

    @property
    def key(self) -> str:
        """Tells the proposal from the others of its list."""
        return f"{self.step.value}:{'+'.join(c for c, _ in self.old)}:{'+'.join(c for c, _ in self.new)}"


@dataclass(frozen=True)
class ListReview:
    """A new list beside the register; nothing is stored. ``same``: villages on which both agree (suffixes folded)."""

    path: Path
    plan: ImportPlan
    stamp: int
    lines: tuple[ListLine, ...]
    same: int
    towns: Mapping[str, str] = field(default_factory=dict)
    """Code → name of the towns that the list names."""
    proposals: tuple[ListProposal, ...] = ()
    """What new and gone villages may have to do with each other; none of it holds before it is confirmed."""

    def count(self, change: ListChange) -> int:
        """How many lines differ in this way."""
        return sum(1 for line in self.lines if line.change is change)


@dataclass(frozen=True)
class ListTaken:
    """What a confirmed list has changed; undone by its batch."""

    batch: int
    taken: int
    refused: int
    carried: int
    """Coverage records that went on under another code."""
