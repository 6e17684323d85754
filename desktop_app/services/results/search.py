"""What the search box of the header finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """One thing found: its kind in Chinese, its name, where it stands, and the tab and target that show it."""

    kind: str
    """指标, 企业, 村 or 乡镇."""
    name: str
    detail: str
    tab: str
    key: str
    """Indicator code, enterprise id, 12-digit code."""
