"""What comes of a pasted text: targets as understood, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.catalogue.targets import Measure
from desktop_app.models.values import Comparator, Month


@dataclass(frozen=True)
class TargetDraft:
    """One target as understood; ``doubts`` are said to the clerk before she confirms."""

    indicator: str
    name: str
    measure: Measure
    comparator: Comparator
    value: Decimal
    unit: str
    due: Month
    text: str
    expected: bool = False
    doubts: tuple[str, ...] = field(default=())
    base_month: Month | None = None
    """Whence a growth or an increment is counted; None for levels and 同比."""
    base_value: Decimal | None = None
    scope: str = ""
    """The part of the area or of the companies that is meant (城区、主要品牌); empty = all."""


@dataclass(frozen=True)
class Unread:
    """A clause that became no target, and why."""

    text: str
    reason: str
    counted: bool = False
    """Whether it has a figure, and so is likely to be a target."""
    due: Month | None = None
    """When it would be due, were it entered as a goal in words."""


@dataclass(frozen=True)
class Reading:
    """Everything in a text, in its order: the targets, and what is left of it."""

    drafts: tuple[TargetDraft, ...]
    unread: tuple[Unread, ...] = ()
    bases: tuple[str, ...] = ()
    """What each value with its growth asks of last year, held against the ledger's (倒算的上年数)."""
