"""What 目标任务 shows."""

from __future__ import annotations

from desktop_app.indicators.results.targets import Standing, TargetConflict, TargetProgress

__all__ = ["Standing", "TargetConflict", "TargetProgress"]
