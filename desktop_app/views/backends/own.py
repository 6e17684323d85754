"""What the window asks about the bureau's own indicators (自设指标); a part of the backend."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.results.own_indicators import FormulaReading, OwnBook, OwnDraft, Trial


class OwnIndicatorBackend:
    """Questions and steps of the dialogs 新增指标 and 自设指标."""

    @abstractmethod
    def _opened(self) -> Ledger:
        """The open ledger."""

    def own_book(self) -> OwnBook:
        """自设指标: the list and what the dialog offers."""
        from desktop_app.services import own_indicators

        return own_indicators.own_book(self._opened())

    def propose_code(self, name: str) -> str:
        """A free code for a new indicator of this name."""
        from desktop_app.services import own_drafts

        return own_drafts.propose_code(self._opened(), name)

    def read_formula(self, draft: OwnDraft) -> FormulaReading:
        """What a formula says, what it reads and what is wrong with it."""
        from desktop_app.services import own_drafts

        return own_drafts.read_formula(self._opened(), draft)

    def try_draft(self, draft: OwnDraft, month: Month, region: str | None) -> Trial:
        """What a draft gives for a month and region."""
        from desktop_app.services import own_drafts

        return own_drafts.try_draft(self._opened(), draft, month, region)

    def check_draft(self, draft: OwnDraft, editing: str) -> tuple[tuple[str, str], ...]:
        """What stands against storing a draft, by field."""
        from desktop_app.services import own_drafts

        return own_drafts.check(self._opened(), draft, editing)

    def save_own(self, draft: OwnDraft, reason: str, editing: str) -> str:
        """Store an own indicator, new or changed; its code."""
        from desktop_app.services import own_indicators

        return own_indicators.save(self._opened(), draft, reason, editing)

    def retire_own(self, code: str, last: Month, reason: str) -> None:
        """停用 an own indicator after a month."""
        from desktop_app.services import own_indicators

        own_indicators.retire(self._opened(), code, last, reason)

    def resume_own(self, code: str, reason: str) -> None:
        """Take a retired one up again."""
        from desktop_app.services import own_indicators

        own_indicators.resume(self._opened(), code, reason)

    def remove_own(self, code: str, reason: str) -> None:
        """Take one out that nothing rests on."""
        from desktop_app.services import own_indicators

        own_indicators.remove(self._opened(), code, reason)
