"""Tables of the window as workbooks (.xlsx)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.exchange.table_sheet import TableSheet, write_sheet
from desktop_app.services import context
from desktop_app.storage.engine import Ledger


def export_table(ledger: Ledger, table: TableSheet, out: Path) -> Path:
    """Write a table with the bureau's name to ``out`` (``.xlsx`` is added where it is lacking); returns the path.

    :raises UserError: the place cannot be written, or the ledger itself stands there.
    """
    path = out if out.suffix.lower() == ".xlsx" else out.with_name(f"{out.name}.xlsx")
    if ledger.path is not None and path.exists() and path.samefile(ledger.path):
        raise UserError("这里是台账文件，没有写", hint="请另取一个文件名", where=str(path))
    name = context.home(ledger).name
    write_sheet(replace(table, subtitle=f"{name}　{table.subtitle}".strip("　")), path)
    return path
