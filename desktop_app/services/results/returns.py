"""What making a return sheet or a template gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReturnMade:
    """A return sheet. ``pdf`` and ``pages``: the printed 退回单, when one was asked for.

    ``workbook`` is None only where the kept file can no longer be read (a password that nobody has given).
    """

    workbook: Path | None
    pdf: Path | None
    pages: int
    errors: int
    warnings: int
    company: str
    period: str


@dataclass(frozen=True)
class TemplateMade:
    """A blank form for one company and month."""

    workbook: Path
    form: str
    company: str
    period: str
