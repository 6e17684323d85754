"""The window's way to the services: imports them in the worker thread and holds the open ledger.

Every method here is called inside a job, never in the UI thread: the first call loads SQLAlchemy and the catalogue,
which takes a good part of a second. Methods return the services' frozen results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop_app.views.backends.entry import EntryBackend
from desktop_app.views.backends.green import GreenBackend
from desktop_app.views.backends.industry import IndustryBackend
from desktop_app.views.backends.own import OwnIndicatorBackend
from desktop_app.views.backends.reports import ReportsBackend
from desktop_app.views.backends.rural import RuralBackend
from desktop_app.views.backends.targets import TargetsBackend
from desktop_app.views.backends.villages import VillagesBackend

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.maintenance import BackupInfo, CheckResult
    from desktop_app.services.results.changes import Dependants, ImportDiff
    from desktop_app.services.results.figures import Choice, IndicatorBoard, IndicatorDetail, TreeNode
    from desktop_app.services.results.imports import (
        BatchRow,
        FilePreview,
        ImportOptions,
        ImportResult,
        RepairProposal,
    )
    from desktop_app.services.results.meanings import MeaningBook
    from desktop_app.services.results.overview import LedgerInfo, Overview
    from desktop_app.services.results.profiles import MappingProfile
    from desktop_app.services.results.reasons import Remembered
    from desktop_app.services.results.returns import ReturnMade, TemplateMade
    from desktop_app.services.results.rules import RuleBook, Strictness
    from desktop_app.services.results.rural import RuralBoard
    from desktop_app.services.results.search import Hit
    from desktop_app.services.results.tracing import FigureAddress, FigureTrace, OriginalSheet, StoredPlace
    from desktop_app.views.jobs import Cancelled, Progress


class Backend(
    EntryBackend,
    GreenBackend,
    IndustryBackend,
    OwnIndicatorBackend,
    ReportsBackend,
    RuralBackend,
    TargetsBackend,
    VillagesBackend,
):
    """One open ledger and what can be asked of it."""

    def __init__(self, database: str) -> None:
        self.database = database
        self._ledger: Ledger | None = None
        self._let_go: Callable[[], None] | None = None
        self._lock = Lock()

    # ------------------------------------------------------------------------------------------------ ledger

    def open(self) -> LedgerInfo:
        """Open the ledger (once), hold it for this window, and say what it is."""
        from desktop_app.services import ledger as service

        return service.info(self._opened())

    def create(self, region: str, name: str) -> None:
        """Make a new ledger at this backend's place."""
        from desktop_app.services import ledger as service

        service.create(self.database, region, name).close()

    def _opened(self) -> Ledger:
        from desktop_app.services import ledger as service

        with self._lock:
            if self._ledger is None:
                ledger = service.open_ledger(self.database)
                try:
                    lock = service.hold(ledger)
                except BaseException:
                    ledger.close()
                    raise
                self._let_go = lock.release if lock is not None else None
                self._ledger = ledger
            return self._ledger

    def close(self) -> None:
        """Let go of the ledger; safe to call twice."""
        with self._lock:
            if self._let_go is not None:
                self._let_go()
                self._let_go = None
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None

    def set_work_month(self, month: Month) -> None:
        """Remember the month that is being worked on."""
        from desktop_app.services import ledger as service

        service.set_work_month(self._opened(), month)

    def backup(self, folder: Path | None = None) -> BackupInfo:
        """Make a verified backup, by default in 备份 beside the ledger."""
        from desktop_app.services import maintenance

        return maintenance.make_backup(self._opened(), folder)

    def check(self) -> list[CheckResult]:
        """Check integrity, audit chain and control totals."""
        from desktop_app.services import maintenance

        return maintenance.check(self._opened())

    # ------------------------------------------------------------------------------------------------ boards

    def overview(self, month: Month) -> Overview:
        """总览."""
        from desktop_app.services import overview

        return overview.build_overview(self._opened(), month)

    def indicator_tree(self) -> tuple[TreeNode, ...]:
        """The tree of indicators."""
        from desktop_app.services import figures

        return tuple(figures.indicator_tree(self._opened()))

    def indicator_board(
        self, month: Month, group: str, enterprise_id: int | None = None, region: str | None = None
    ) -> IndicatorBoard:
        """行业指标: the table of one group."""
        from desktop_app.services import figures

        return figures.indicator_board(self._opened(), month, group, enterprise_id, region)

    def indicator_detail(
        self, code: str, month: Month, enterprise_id: int | None = None, region: str | None = None
    ) -> IndicatorDetail:
        """行业指标: charts and provenance of one line."""
        from desktop_app.services import figures

        return figures.indicator_detail(self._opened(), code, month, enterprise_id, region)

    def trace(self, address: FigureAddress) -> FigureTrace:
        """此数从何来: everything that is known of one figure."""
        from desktop_app.services import tracing

        return tracing.trace_figure(self._opened(), address)

    def original(self, place: StoredPlace) -> OriginalSheet:
        """打开原件: the kept file at the cell of a stored number."""
        from desktop_app.services import tracing

        if not place.batch:
            return tracing.original_daily(self._opened(), place)
        return tracing.original(self._opened(), place.batch, place.sheet, place.row, place.column)

    def rural(self, month: Month, definition: str) -> RuralBoard:
        """快递进村."""
        from desktop_app.services import rural_rates

        return rural_rates.watched_board(self._opened(), month, definition)

    def find(self, text: str) -> tuple[Hit, ...]:
        """What the header's search box finds."""
        from desktop_app.services import search

        return search.find(self._opened(), text)

    # ------------------------------------------------------------------------------------------------ rules

    def rules(self) -> RuleBook:
        """The check rules in force and the history of their settings."""
        from desktop_app.services import rules

        return rules.rule_book(self._opened())

    def set_rule(self, code: str, severity: Strictness | None, thresholds: Mapping[str, str], reason: str) -> RuleBook:
        """Set a rule with a reason; the rules as they stand then."""
        from desktop_app.services import rules

        rules.set_rule(self._opened(), code, severity, thresholds, reason)
        return self.rules()

    def reset_rule(self, code: str, reason: str) -> RuleBook:
        """Put a rule back to how it is shipped; the rules as they stand then."""
        from desktop_app.services import rules

        rules.reset_rule(self._opened(), code, reason)
        return self.rules()

    def remembered_reasons(self) -> tuple[Remembered, ...]:
        """Reasons given before, by company and check, newest first."""
        from desktop_app.services import reasons

        return reasons.remembered(self._opened())

    # ------------------------------------------------------------------------------------------------ import

    def preview_files(
        self, paths: Sequence[Path], options: ImportOptions | None, progress: Progress, cancelled: Cancelled
    ) -> tuple[FilePreview, ...]:
        """Read files and say what importing them would do; stores nothing."""
        from desktop_app.services import imports
        from desktop_app.services.results.imports import ImportOptions

        return tuple(imports.preview_files(self._opened(), paths, options or ImportOptions(), progress, cancelled))

    def commit_previews(
        self, previews: Sequence[FilePreview], reason: str, progress: Progress, cancelled: Cancelled
    ) -> tuple[ImportResult, ...]:
        """Store the previewed files that nothing stands against."""
        from desktop_app.services import imports

        return tuple(imports.commit_previews(self._opened(), previews, reason, progress, cancelled))

    def accept_repairs(
        self, preview: FilePreview, reason: str, proposals: Sequence[RepairProposal], options: ImportOptions
    ) -> FilePreview:
        """Check a file anew with cells read in the units that the company has confirmed; stores nothing."""
        from desktop_app.services import repairs

        return repairs.accept_repairs(self._opened(), preview, reason, proposals, options)

    def return_file(self, preview: FilePreview, reason: str) -> int:
        """退回: keep the file as evidence, count none of its figures; the number of its batch."""
        from desktop_app.services import imports

        return imports.return_file(self._opened(), preview, reason)

    def undo_batch(self, batch_id: int, reason: str) -> None:
        """Take a whole import back."""
        from desktop_app.services import imports

        imports.undo_batch(self._opened(), batch_id, reason)

    def dependants(self, batch_id: int) -> Dependants:
        """What undoing a batch would change, and which later imports have to do with it."""
        from desktop_app.services import dependants

        return dependants.dependants(self._opened(), batch_id)

    def batch_diff(self, batch_id: int) -> ImportDiff | None:
        """更正前后: what a stored batch changed of what had been stored before."""
        from desktop_app.services import changes

        return changes.diff_of_batch(self._opened(), batch_id)

    def return_papers(self, batch_id: int, folder: Path, password: str | None) -> ReturnMade:
        """退回表 and 退回单 of a returned batch, into a folder."""
        from desktop_app.services import returns

        return returns.return_batch(self._opened(), batch_id, folder, password=password)

    def return_note(self, batch_id: int) -> bytes:
        """The 退回单 of a returned batch as PDF."""
        from desktop_app.services import returns

        return returns.print_return(self._opened(), batch_id)

    def make_templates(
        self, month: Month, company: str, folder: Path, progress: Progress, cancelled: Cancelled
    ) -> tuple[TemplateMade, ...]:
        """空白模板 for one company or (empty) all that are open in the month, into a folder."""
        from desktop_app.services import returns

        return returns.make_templates(self._opened(), month, folder, progress, cancelled, company)

    def batches(self) -> tuple[BatchRow, ...]:
        """The history of imports, newest first."""
        from desktop_app.services import imports

        return tuple(imports.list_batches(self._opened()))

    def companies(self) -> tuple[Choice, ...]:
        """Every registered company: id and full name, as an import may be told whose file it is."""
        from desktop_app.services import registers
        from desktop_app.services.results.figures import Choice

        return tuple(Choice(str(each.id), each.name) for each in registers.list_enterprises(self._opened()))

    def meanings(self) -> MeaningBook:
        """What a column of a file may be said to mean."""
        from desktop_app.services.meanings import meaning_book

        return meaning_book(self._opened())

    def profiles(self) -> tuple[MappingProfile, ...]:
        """读表方案, in the order in which they were learned."""
        from desktop_app.services import profiles

        return profiles.list_profiles(self._opened())

    def rename_profile(self, name: str, new: str) -> MappingProfile:
        """Give a profile another name."""
        from desktop_app.services import profiles

        return profiles.rename(self._opened(), name, new)

    def settle_column(self, name: str, head: str, meaning: str) -> MappingProfile:
        """Say by hand what a column of a profile means."""
        from desktop_app.services import profiles

        return profiles.settle_column(self._opened(), name, head, meaning)

    def delete_profile(self, name: str) -> MappingProfile:
        """Forget a profile."""
        from desktop_app.services import profiles

        return profiles.delete(self._opened(), name)

    def restore_profile(self, profile: MappingProfile) -> None:
        """Take a deleted profile back."""
        from desktop_app.services import profiles

        profiles.restore(self._opened(), profile)

    def export_profiles(self, names: Sequence[str], out: Path) -> tuple[MappingProfile, ...]:
        """Write profiles to a file for another office."""
        from desktop_app.services import profiles

        return profiles.export_profiles(self._opened(), names, out)

    def import_profiles(self, file: Path) -> tuple[MappingProfile, ...]:
        """Take over the profiles of a file."""
        from desktop_app.services import profiles

        return profiles.import_profiles(self._opened(), file)
