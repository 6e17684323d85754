"""What the user may say of a file: the words for columns, and the answers to what an issue asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.importing.plan import ImportOptions
    from desktop_app.models.values import Month

SKIP = "跳过"
"""Meaning of a column that is left out."""
AUTO = "自动识别"
"""Meaning of a column that is to be read by its own head, whatever a profile says."""


def column_key(columns: Sequence[str], column: int) -> str:
    """How a column is named in :attr:`ImportOptions.meanings`: by its head, else (none, or not the only one) 第3列."""
    head = columns[column] if column < len(columns) else ""
    return head if head and list(columns).count(head) == 1 else f"第{column + 1}列"


@dataclass(frozen=True)
class Answer:
    """One way to settle what an issue asks: what the user would have said beforehand. Empty fields say nothing."""

    label: str
    """On the button: 示例甲快递, 只用“业务量”一列."""
    company: str = ""
    month: Month | None = None
    profile: str = ""
    meanings: tuple[tuple[str, str], ...] = ()
    """Columns (as in :attr:`ImportOptions.meanings`) with what they are."""
    region: str = ""
    """12-digit code of the region whose figures they are."""

    def upon(self, options: ImportOptions) -> ImportOptions:
        """The options with this said as well; what is said of a column replaces what was said of it before."""
        said = {**dict(options.meanings), **dict(self.meanings)}
        return replace(
            options,
            company=self.company or options.company,
            month=self.month or options.month,
            profile=self.profile or options.profile,
            meanings=tuple(said.items()),
            region=self.region or options.region,
        )
