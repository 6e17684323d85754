"""A table pasted from WPS or Excel, read as a file of its own."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.services.imports import preview_file
from desktop_app.services.results.imports import FileKind, FilePreview
from desktop_app.storage.engine import Ledger


def preview_pasted(ledger: Ledger, text: str, month: Month, folder: Path) -> FilePreview:
    """How a pasted 快递进村表 (long or wide) would go in for ``month``; nothing is stored in the ledger.

    ``folder`` takes the text as a file, which is kept as evidence when the preview is committed.

    :raises UserError: nothing was pasted, or it is no village sheet.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(lines) < 2:
        raise UserError("没有粘贴表格", hint="请在 WPS 里连同表头一起选中再复制")
    path = folder / f"粘贴的进村表_{month}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    preview = preview_file(ledger, path, ImportOptions(month=month))
    if preview.plan is not None and preview.plan.kind not in {FileKind.COVERAGE, FileKind.UNKNOWN}:
        raise UserError(
            f"这不是快递进村表，认作“{preview.plan.kind.label}”", hint="要有代码或村名，和品牌列（或品牌、方式两列）"
        )
    return preview
