"""The check rules and their settings as both fronts show them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.catalogue.rules import Threshold
from desktop_app.models.values import Strictness

__all__ = ["RuleBook", "RuleChange", "RuleRow", "Strictness", "Threshold"]


@dataclass(frozen=True)
class RuleRow:
    """One rule in force, beside how it is shipped."""

    code: str
    name: str
    text: str
    severity: Strictness
    fixed: bool
    choices: tuple[Strictness, ...]
    thresholds: tuple[Threshold, ...]
    shipped_severity: Strictness
    shipped_thresholds: tuple[Threshold, ...]
    reason: str = ""
    """Why it was set so; empty while it is as shipped."""
    changed_at: str = ""
    changed_by: str = ""
    problem: str = ""
    """Why a setting made under an earlier version of the program is no longer applied; empty otherwise."""

    @property
    def changed(self) -> bool:
        """Whether anything differs from the shipped rule."""
        return self.severity is not self.shipped_severity or self.thresholds != self.shipped_thresholds

    @property
    def thresholds_text(self) -> str:
        """``单件收入下限 5 元/件；单件收入上限 25 元/件``."""
        return "；".join(f"{threshold.label} {threshold.text}" for threshold in self.thresholds)


@dataclass(frozen=True)
class RuleChange:
    """One step in the history: what was set, when, by whom, why."""

    id: int
    code: str
    name: str
    what: str
    """``同比界限 30% → 40%；提示 → 不查``."""
    reason: str
    at: str
    by: str


@dataclass(frozen=True)
class RuleBook:
    """All rules in force and every step that led there, newest first."""

    rows: tuple[RuleRow, ...]
    history: tuple[RuleChange, ...]
