"""The daily sheet of the peak season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.charts import ChartSpec
from desktop_app.models.values import CellState, DailyItem
from desktop_app.services.results.figures import Choice

__all__ = ["DailyCell", "DailyEntry", "DailyItem", "DailyKpi", "DailyPlan", "DailyRow", "DailySheet"]


@dataclass(frozen=True)
class DailyCell:
    """One count in 件: a number, or the word of its state. ``lacking``: who is not in the sum."""

    text: str
    value: Decimal | None = None
    state: CellState = CellState.MISSING
    tip: str = ""


@dataclass(frozen=True)
class DailyRow:
    """One day; the first row (``day`` None) is the whole season."""

    day: date | None
    label: str
    weekday: str
    cells: tuple[DailyCell, DailyCell, DailyCell]
    """收寄, 应投, 妥投."""
    rate_text: str = "—"
    yoy_text: str = "—"
    multiple_text: str = "—"
    lacking: str = ""
    festival: bool = False
    """双11."""
    rate: Decimal | None = None
    yoy: Decimal | None = None
    multiple: Decimal | None = None


@dataclass(frozen=True)
class DailyKpi:
    """A key figure above the sheet."""

    name: str
    text: str
    note: str = ""
    lacking: str = ""
    """Who or how many days are not in it; empty where nothing is lacking."""
    period: str = ""
    """The day (``2020-11-11``) or the season's year that it is of; empty where there is no figure."""
    measure: str = "value"
    """``value``, ``rate`` or ``multiple``, of the parcels collected."""

    @property
    def words(self) -> str:
        """“旺季业务量 8.00万件（12 家中 10 家未报）”, as it stands in an exported table."""
        beside = "；".join(filter(None, (self.note, self.lacking)))
        return f"{self.name} {self.text}" + (f"（{beside}）" if beside else "")


@dataclass(frozen=True)
class DailySheet:
    """The sheet of one season, of all companies or one. ``reason``: why there are no figures."""

    year: int
    company: str
    company_id: int | None
    rows: tuple[DailyRow, ...]
    kpis: tuple[DailyKpi, ...]
    chart: ChartSpec
    years: tuple[int, ...]
    companies: tuple[Choice, ...]
    notes: tuple[str, ...] = ()
    reason: str = ""
    last_entry: int | None = None
    """The newest entry of this season that can be taken back."""


@dataclass(frozen=True)
class DailyEntry:
    """One figure to save; ``value`` None takes it back to 未报. ``row``: of the file it came from."""

    day: date
    enterprise_id: int
    item: DailyItem
    value: int | None
    row: int | None = None


@dataclass(frozen=True)
class DailyPlan:
    """A file read, ready to be saved. ``changes``: how many figures differ from what is stored."""

    file: str
    path: str
    sha256: str
    entries: tuple[DailyEntry, ...]
    changes: int
    added: int
    companies: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    """Rows that are not taken, with the reason."""
