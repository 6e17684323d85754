"""月报: the monthly summary that the head of the bureau signs."""

from desktop_app.reporting.monthly.build import build_monthly

__all__ = ["build_monthly"]
