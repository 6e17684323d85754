"""What 总览 shows."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.tone import Tone

__all__ = ["Alarm", "DutyRow", "Kpi", "LedgerInfo", "Overview", "Step", "Tone"]


@dataclass(frozen=True)
class Step:
    """One step of the month: done, current or to come."""

    title: str
    detail: str
    state: str
    """``done``, ``now`` or ``todo``."""
    tone: Tone = Tone.NEUTRAL
    tab: str = ""
    """Name of the tab that a click opens."""


@dataclass(frozen=True)
class Kpi:
    """A key figure card. ``bar`` and ``mark`` are fractions 0…1 or None when there is no target."""

    title: str
    text: str
    unit: str
    change: str
    change_tone: Tone
    aside: str
    footnote: str
    bar: float | None = None
    mark: float | None = None
    code: str = ""
    tab: str = ""


@dataclass(frozen=True)
class DutyRow:
    """One company's standing for the month."""

    enterprise_id: int
    enterprise: str
    state: str
    """已报, 零报, 更正, 待说明, 退回, 未报."""
    tone: Tone
    volume: str
    yoy: str
    problem: str
    batches: tuple[int, ...] = ()


@dataclass(frozen=True)
class Alarm:
    """One thing to do, most pressing first."""

    word: str
    tone: Tone
    text: str
    detail: str
    tab: str
    target: tuple[tuple[str, str], ...] = ()
    """Where in the tab it leads, as (name, value) pairs that the tab understands."""


@dataclass(frozen=True)
class Overview:
    """The month's checklist with key figures and alarms."""

    month: str
    month_label: str
    due_label: str
    steps: tuple[Step, ...]
    kpis: tuple[Kpi, ...]
    duties: tuple[DutyRow, ...]
    chart: ChartSpec
    alarms: tuple[Alarm, ...]
    empty_reason: str = ""
    """Why there is nothing to show and what to do first (empty ledger); else empty."""


@dataclass(frozen=True)
class LedgerInfo:
    """What the window's frame shows about the ledger."""

    path: str
    name: str
    region_code: str
    region_name: str
    sample: bool
    work_month: str
    first_month: str
    last_month: str
    last_saved: str
    """Local time of the last committed change, empty when there is none."""
    last_backup: str
    schema: str
