"""What printing shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.services.results.overview import Tone
from desktop_app.services.results.tracing import FigureAddress


@dataclass(frozen=True)
class ReportChoice:
    """A report that can be made for the month; ``blocked`` says why not, else empty."""

    kind: str
    title: str
    period_label: str
    blocked: str = ""


@dataclass(frozen=True)
class ReportRemark:
    """Something the signer should know (缺报, 更正)."""

    word: str
    tone: Tone
    text: str
    detail: str = ""


@dataclass(frozen=True)
class PrintedFigure:
    """Where a number stands on paper: page from 0, rectangle in points from the page's upper left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float
    address: FigureAddress


@dataclass(frozen=True)
class ReportFile:
    """A finished report file."""

    file: Path
    pages: int
    figures: int
    missing_glyphs: tuple[str, ...]
    remarks: tuple[ReportRemark, ...] = ()
    printed: tuple[PrintedFigure, ...] = ()
    """Every number on its pages, in reading order."""
