"""What the window asks about green packaging: the board, the bureau's own programmes; a part of the backend."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.results.green import CompanyProfile, GreenBoard
    from desktop_app.services.results.programmes import ProgrammeBook, ProgrammeDraft
    from desktop_app.services.results.scoring import Filed, OutletBoard, ScoreSheet


class GreenBackend:
    """Called inside jobs only, as everything of the backend."""

    @abstractmethod
    def _opened(self) -> Ledger:
        """The open ledger."""

    def green(self, month: Month, programme: str | None = None, focus: str | None = None) -> GreenBoard:
        """绿色包装; ``focus``: indicator that the charts are about."""
        from desktop_app.services import green

        return green.green_board(self._opened(), month, programme, focus)

    def green_company(self, month: Month, company: str, programme: str | None = None) -> CompanyProfile:
        """One company's rates beside the county's; "" = the first one."""
        from desktop_app.services import green_company

        return green_company.company_profile(self._opened(), month, company, programme)

    def green_what_if(self, month: Month, code: str, company: str, rate: str) -> str:
        """What the county reads if one company reaches a rate, in a sentence."""
        from desktop_app.services import green_company

        return green_company.what_if_sentence(self._opened(), month, code, company, rate)

    def tape_estimate(self, month: Month, metres: str) -> tuple[str, str, str]:
        """How much tape is saved: the estimate, its formula, what it assumes."""
        from desktop_app.services import green_company

        return green_company.tape_estimate(self._opened(), month, metres)

    def show_estimates(self, *, on: bool) -> None:
        """Turn 测算 on or off, on the board and in prints."""
        from desktop_app.services import green_estimates

        green_estimates.show_estimates(self._opened(), on=on)

    def outlet_board(self, month: Month) -> OutletBoard:
        """网点与评分: outlets with their flags, and their scored sheets."""
        from desktop_app.services import scoring

        return scoring.outlet_board(self._opened(), month)

    def blank_sheet(self, form: str, place: str, outlet: int | None) -> ScoreSheet:
        """An empty scoring sheet."""
        from desktop_app.services import scoring

        return scoring.blank_sheet(self._opened(), form, place, outlet)

    def judge_sheet(self, sheet: ScoreSheet) -> tuple[str, bool | None]:
        """The result of a sheet as typed."""
        from desktop_app.services import scoring

        return scoring.judged(self._opened(), sheet)

    def save_sheet(self, sheet: ScoreSheet, reason: str = "") -> Filed:
        """Store a finished sheet, or (one that has a number) correct it; what that changed."""
        from desktop_app.services import score_filing

        return score_filing.save_sheet(self._opened(), sheet, reason)

    def withdraw_sheet(self, number: int, reason: str) -> Filed:
        """Take a sheet back; what that changed."""
        from desktop_app.services import score_filing

        return score_filing.withdraw_sheet(self._opened(), number, reason)

    def print_sheet(self, sheet: ScoreSheet, file: str) -> str:
        """Write a sheet as PDF, Word or Excel; the file."""
        from desktop_app.services import scoring

        return scoring.print_sheet(self._opened(), sheet, Path(file))

    def programme_book(self) -> ProgrammeBook:
        """方案编辑: the list and what the dialog offers."""
        from desktop_app.services import programmes

        return programmes.programme_book(self._opened())

    def save_programme(self, draft: ProgrammeDraft, month: Month, reason: str, editing: str) -> str:
        """Store a programme, new or changed; its code."""
        from desktop_app.services import programmes

        return programmes.save(self._opened(), draft, month, reason, editing)

    def retire_programme(self, code: str, reason: str) -> None:
        """停用 an own programme, or take it up again."""
        from desktop_app.services import programmes

        programmes.retire(self._opened(), code, reason)

    def undo_programme(self, code: str, reason: str) -> None:
        """Take the last change of an own programme back."""
        from desktop_app.services import programmes

        programmes.undo(self._opened(), code, reason)
