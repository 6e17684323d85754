"""Rates by group, the pace towards the targets, and what has fallen back."""

from __future__ import annotations

from desktop_app.indicators.results.rural_rates import RateRow, RateTable, Relapse, RuralWatch, TargetPace

__all__ = ["RateRow", "RateTable", "Relapse", "RuralWatch", "TargetPace"]
