"""What the pages of 行业指标 ask of the ledger: pivot, comparison, ranking, the daily sheet of the peak season."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.views.backends.base import LedgerBackend

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.results.comparable import BaseQuestion, ComparableRow
    from desktop_app.services.results.daily import DailyEntry, DailyPlan, DailySheet
    from desktop_app.services.results.pivot import (
        Axis,
        CompareBoard,
        CompareView,
        Measure,
        PivotBoard,
        RankBoard,
        Stretch,
    )
    from desktop_app.services.results.tables import TableSheet


class IndustryBackend(LedgerBackend):
    """A part of the backend; the whole opens the ledger."""

    def pivot(self, code: str, month: Month, axis: Axis, stretch: Stretch, measure: Measure, region: str) -> PivotBoard:
        """行业指标 · 透视; an empty region is the ledger's own."""
        from desktop_app.services import pivot

        return pivot.pivot_board(
            self._opened(), code, month, axis=axis, stretch=stretch, measure=measure, region=region or None
        )

    def compare(
        self, codes: Sequence[str], month: Month, months: int, view: CompareView, base: Month | None, region: str
    ) -> CompareBoard:
        """行业指标 · 对比."""
        from desktop_app.services import compare

        return compare.compare_board(
            self._opened(), codes, month, months=months, view=view, base=base, region=region or None
        )

    def ranking(self, code: str, month: Month, axis: Axis, *, cumulative: bool, region: str) -> RankBoard:
        """行业指标 · 名次."""
        from desktop_app.services import rankings

        return rankings.rank_board(self._opened(), code, month, axis=axis, cumulative=cumulative, region=region or None)

    def base_question(self, code: str, month: Month, region: str, *, cumulative: bool) -> BaseQuestion:
        """What the dialog 可比口径 shows for a month, or for January up to it."""
        from desktop_app.models.values import Period
        from desktop_app.services import comparable

        period = Period.to_date(month) if cumulative else Period.of_month(month)
        return comparable.base_question(self._opened(), code, period, region or None)

    def set_base(
        self, code: str, month: Month, amount: str, reason: str, region: str, *, cumulative: bool
    ) -> ComparableRow:
        """Store a comparable base."""
        from desktop_app.models.values import Period
        from desktop_app.services import comparable

        period = Period.to_date(month) if cumulative else Period.of_month(month)
        return comparable.set_base(self._opened(), code, period, amount, reason, region or None)

    def export_table(self, table: TableSheet, out: Path) -> Path:
        """Write a table as a workbook; the path it was written to."""
        from desktop_app.services import tables

        return tables.export_table(self._opened(), table, out)

    # ------------------------------------------------------------------------------------------------ peak season

    def daily(self, month: Month, year: int | None, enterprise_id: int | None) -> DailySheet:
        """旺季日报 of a season; without a year, of the one that the month looks at."""
        from desktop_app.services import daily

        return daily.daily_sheet(self._opened(), year or daily.season_year(month), enterprise_id)

    def read_daily(self, path: Path, year: int, enterprise_id: int | None) -> DailyPlan:
        """What a file of daily figures would store; stores nothing."""
        from desktop_app.services import daily

        return daily.read_file(self._opened(), path, year, enterprise_id)

    def save_daily(self, year: int, entries: Sequence[DailyEntry], reason: str, plan: DailyPlan | None = None) -> int:
        """Store daily figures as new versions."""
        from desktop_app.services import daily

        return daily.save_days(self._opened(), year, entries, reason, plan)

    def undo_daily(self, entry: int) -> int:
        """Take back what was saved in one go."""
        from desktop_app.services import daily

        return daily.undo_entry(self._opened(), entry)
