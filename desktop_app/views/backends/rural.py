"""The window's way to 快递进村 by hand: a part of :class:`desktop_app.views.backend.Backend`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.views.backends.base import LedgerBackend

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.models.values import Month
    from desktop_app.services.results.coverage_entry import CoverageEntered, CoverageEntry, CoverageNow
    from desktop_app.services.results.imports import FilePreview
    from desktop_app.services.results.registers import OutletRow
    from desktop_app.services.results.stations import StationEntry
    from desktop_app.services.results.villages import ListReview, ListTaken, VillageChange, VillageUnit
    from desktop_app.services.results.visits import VisitHead, VisitLine, VisitSheet, VisitStored
    from desktop_app.views.jobs import Cancelled, Progress


class RuralBackend(LedgerBackend):
    """Villages, their coverage and their stations, entered by hand."""

    def village_units(self, month: Month) -> tuple[VillageUnit, ...]:
        """The register as it holds in the month."""
        from desktop_app.services import village_register

        return village_register.village_units(self._opened(), month)

    def change_villages(self, change: VillageChange) -> int:
        """Enter a change of villages; the number of its batch."""
        from desktop_app.services import village_changes

        return village_changes.change_villages(self._opened(), change)

    def review_list(self, path: Path, progress: Progress, cancelled: Cancelled) -> ListReview:
        """How a new list differs from the register; stores nothing."""
        from desktop_app.services import village_list

        return village_list.review_list(self._opened(), path, progress, cancelled)

    def take_list(
        self,
        review: ListReview,
        accepted: Collection[str],
        month: Month,
        into: Mapping[str, str],
        adopted: Collection[str],
    ) -> ListTaken:
        """Store the accepted lines of a list, all or none."""
        from desktop_app.services import village_list

        return village_list.take_list(self._opened(), review, accepted, month, into, adopted)

    def coverage_brands(self) -> tuple[str, ...]:
        """Brands that can be entered."""
        from desktop_app.services import coverage_entry

        return coverage_entry.brands_of(self._opened())

    def coverage_now(self, village: str, month: Month) -> tuple[CoverageNow, ...]:
        """What holds in one village as of the month, by brand."""
        from desktop_app.services import coverage_entry

        return coverage_entry.coverage_now(self._opened(), village, month)

    def enter_coverage(self, entry: CoverageEntry) -> CoverageEntered:
        """Store the same change for several villages and brands."""
        from desktop_app.services import coverage_entry

        return coverage_entry.enter_coverage(self._opened(), entry)

    def visit_sheet(self, typed: str, month: Month) -> VisitSheet:
        """A sheet of the 巡查表 by its number, or by the town's name."""
        from desktop_app.services import visits

        return visits.visit_sheet(self._opened(), typed, month)

    def visit_day(self, text: str, month: Month) -> date:
        """The day written below a sheet."""
        from desktop_app.services import visits

        return visits.read_visit_day(text, month)

    def enter_visit(self, sheet: VisitSheet, head: VisitHead, line: VisitLine) -> VisitStored:
        """Store one line of a sheet."""
        from desktop_app.services import visits

        return visits.enter_visit(self._opened(), sheet, head, line)

    def preview_pasted(self, text: str, month: Month, folder: Path) -> FilePreview:
        """How a pasted village sheet would go in; stores nothing."""
        from desktop_app.services import pasted

        return pasted.preview_pasted(self._opened(), text, month, folder)

    def stations(self) -> tuple[OutletRow, ...]:
        """Village stations in the order of their villages."""
        from desktop_app.services import stations

        return stations.station_rows(self._opened())

    def save_station(self, entry: StationEntry) -> int:
        """Enter or correct a station; the number of its batch."""
        from desktop_app.services import stations

        return stations.save_station(self._opened(), entry)
