"""A table to be written as a workbook."""

from __future__ import annotations

from desktop_app.exchange.table_sheet import SheetCell, TableSheet

__all__ = ["SheetCell", "TableSheet"]
