"""年度快递市场监管报告: 市场发展 from the figures, 监管与服务 from the ledgers with places for text."""

from desktop_app.reporting.annual.build import build_annual

__all__ = ["build_annual"]
