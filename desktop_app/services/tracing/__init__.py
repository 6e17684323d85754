"""此数从何来: any printed number back to its formula, its inputs, and the rows of the files (可追溯)."""

from desktop_app.services.tracing.originals import original, original_daily
from desktop_app.services.tracing.trace import trace_figure

__all__ = ["original", "original_daily", "trace_figure"]
