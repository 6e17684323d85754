"""Checks (审核): every rule is a function of the facts of one file and of what the ledger holds."""

from __future__ import annotations

from desktop_app.importing.draft import Draft


def run_checks(draft: Draft) -> None:
    """Run every rule that fits the file's kind; findings become issues of the draft."""
