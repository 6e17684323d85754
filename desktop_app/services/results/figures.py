"""Figures as the 行业指标 tab and ``indicator`` show them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.figures import Completeness, Figure, FigureRow, Source

__all__ = [
    "Choice",
    "Completeness",
    "Figure",
    "FigureReport",
    "FigureRow",
    "IndicatorBoard",
    "IndicatorDetail",
    "Source",
    "TableLine",
    "TreeNode",
]


@dataclass(frozen=True)
class FigureReport:
    """A figure with its rows: parts when no breakdown is asked for."""

    figure: Figure
    rows: tuple[FigureRow, ...]
    by: str = ""


@dataclass(frozen=True)
class TreeNode:
    """A node of the indicator tree: a group (with children) or an indicator (with a code)."""

    name: str
    code: str = ""
    children: tuple[TreeNode, ...] = ()
    initials: str = ""
    """Pinyin initials of an indicator's name, for search."""
    unit: str = ""
    """Base unit of an indicator."""


@dataclass(frozen=True)
class Choice:
    """An entry of a filter."""

    key: str
    name: str


@dataclass(frozen=True)
class TableLine:
    """One line of the indicator table; ``indent`` 1 for parts of the line above."""

    figure: Figure
    indent: int = 0


@dataclass(frozen=True)
class IndicatorBoard:
    """Everything the 行业指标 tab shows for one choice of month, group, company and region."""

    group: str
    month_label: str
    scope: str
    """全市 · 10 家企业，2 家未报"""
    lines: tuple[TableLine, ...]
    regions: tuple[Choice, ...]
    enterprises: tuple[Choice, ...]


@dataclass(frozen=True)
class IndicatorDetail:
    """Charts and provenance of the selected line."""

    figure: Figure
    trend: ChartSpec
    composition: ChartSpec
    ranking: ChartSpec
    trace: tuple[str, ...]
    """此数从何来, one sentence a line."""
    sources: tuple[Source, ...] = ()
