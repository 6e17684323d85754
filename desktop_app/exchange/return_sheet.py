"""退回表: the company's own workbook, faulty cells coloured and remarked, behind a first sheet of plain sentences."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Border
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

EXPLANATION = "退回说明"
"""Name of the first sheet."""
AUTHOR = "邮管台账"
_PER_LINE = 66
"""Characters that fit on one line of the first sheet."""
ERROR_FILL, DOUBT_FILL = "FFFFC7CE", "FFFFEB9C"
_LONGEST_NUMBER = 15
"""Digits that a spreadsheet keeps; longer runs are codes."""
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.([0-9]{1,6})", re.ASCII)
STARTS_FORMULA = frozenset("=+-@")
_MEASURED = 200
"""Rows looked at for the width of a column."""
_HEADS = ("序号", "位置", "性质", "问题", "怎样改", "原来的内容")
_WIDTHS = (6, 22, 8, 48, 40, 20)


@dataclass(frozen=True)
class Fault:
    """One thing to mend. ``row`` and ``columns`` are 1-based cells of the sheet; none = the whole file."""

    blocks: bool
    message: str
    how: str
    head: str = ""
    value: str = ""
    row: int | None = None
    columns: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """错误 must be mended, 疑问 may be explained."""
        return "错误" if self.blocks else "疑问"

    @property
    def place(self) -> str:
        """Where it is, in words."""
        row = f"第 {self.row} 行" if self.row else ""
        head = f"“{self.head}”列" if self.head else ""
        return f"{row}{head}" or "整张表"


@dataclass(frozen=True)
class GridSheet:
    """One sheet as text cells; ``merges``: top, left, bottom, right, from 1 and inclusive."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class ReturnSheet:
    """What goes back. ``content`` is the company's workbook when it is an XLSX; otherwise ``sheets`` are its cells.

    ``sheet`` names the one that the faults are about.
    """

    company: str
    month_label: str
    file_name: str
    bureau: str
    date_label: str
    sheet: str
    sheets: tuple[GridSheet, ...]
    faults: tuple[Fault, ...]
    content: bytes | None = None
    reason: str = ""
    """What the clerk has said about it."""


def write_return(made: ReturnSheet, out: Path) -> None:
    """Write the workbook; an older file of that name is replaced only when the new one is whole.

    :raises UserError: the place cannot be written.
    """
    book = _own_book(made.content) or _grid_book(made)
    page = _page(book, made)
    for fault in made.faults:
        _mark(page, fault)
    _explain(book, page, made)
    save_book(book, out)


def save_book(book: Workbook, out: Path) -> None:
    """Save through a temporary file beside the target.

    :raises UserError: the place cannot be written.
    """
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        book.save(temporary)
        temporary.replace(out)
    except OSError as error:
        raise UserError("表格写不出来", hint="请检查文件夹，并先关闭同名文件", where=str(out)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _own_book(content: bytes | None) -> Workbook | None:
    """The company's workbook with its looks and formulas; None when only its cells can be had."""
    if content is None:
        return None
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # Parts that openpyxl leaves out (pictures, extensions) are no reason to refuse a return.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001 (whatever the library stumbles over: our own reading of the cells is used instead)
        return None


def _page(book: Workbook, made: ReturnSheet) -> Worksheet:
    """The sheet that the faults are about."""
    names = {sheet.name: _sheet_title(sheet.name) for sheet in made.sheets}
    for name in (made.sheet, names.get(made.sheet, "")):
        if name in book.sheetnames:
            found: Worksheet = book[name]
            return found
    first: Worksheet = book.worksheets[0]
    return first


def _grid_book(made: ReturnSheet) -> Workbook:
    from openpyxl import Workbook as NewBook

    book = NewBook()
    for blank in book.worksheets:
        book.remove(blank)
    for sheet in made.sheets:
        page = book.create_sheet(_sheet_title(sheet.name))
        for number, row in enumerate(sheet.rows, start=1):
            for column, text in enumerate(row, start=1):
                if text:
                    _put(page.cell(number, column), text)
        for top, left, bottom, right in sheet.merges:
            # Only what hides nothing: readers fill merged cells, and a reader's word is not lost in a merge.
            inside = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
            if not any(page.cell(*place).value for place in inside):
                page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        _fit(page, sheet)
        if sheet.hidden:
            page.sheet_state = "hidden"
    return book


def _fit(page: Worksheet, sheet: GridSheet) -> None:
    """Columns as wide as their cells, within reason; a text file has no widths of its own."""
    from openpyxl.utils import get_column_letter

    rows = sheet.rows[:_MEASURED]
    for column in range(max((len(row) for row in rows), default=0)):
        # Lines of one cell only are titles and notes, which run on over their neighbours.
        cells = [row[column] for row in rows if column < len(row) and sum(map(bool, row)) > 1]
        widest = max((len(cell.encode("gb18030", "replace")) for cell in cells), default=0)
        page.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, 9), 40)


def _sheet_title(name: str) -> str:
    plain = "".join(char for char in name if char not in r"[]:*?/\'")[:31]
    return plain if plain and plain != EXPLANATION else "原表"


def _put(cell: Cell | MergedCell, text: str) -> None:
    """Plain numbers as numbers, everything else as text: codes keep their zeros, nothing becomes a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell

    if isinstance(cell, MergedCell):
        return
    bare = text.strip()
    if len(bare) < _LONGEST_NUMBER and _WHOLE.fullmatch(bare):
        cell.value = int(bare)
        return
    if len(bare) < _LONGEST_NUMBER and (found := _DECIMAL.fullmatch(bare)):
        cell.value = float(bare)
        cell.number_format = f"0.{'0' * len(found[1])}"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32000]
    cell.data_type = "s"
    cell.number_format = "@"
    if bare[:1] in STARTS_FORMULA:
        # Retyped or pasted elsewhere it stays text too.
        cell.quotePrefix = True


def _mark(page: Worksheet, fault: Fault) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if fault.row is None:
        return
    remark = f"{fault.kind}：{fault.message}" + (f"\n怎样改：{fault.how}" if fault.how else "")
    for number, column in enumerate(fault.columns or (1,)):
        cell = _anchor(page, fault.row, column)
        if fault.blocks or cell.fill.fgColor.rgb != ERROR_FILL:
            cell.fill = PatternFill("solid", fgColor=ERROR_FILL if fault.blocks else DOUBT_FILL)
        if number == 0:
            text = f"{cell.comment.text}\n{remark}" if cell.comment else remark
            cell.comment = Comment(text, AUTHOR, height=40 + 18 * (len(text) // 18 + text.count("\n")), width=320)


def _anchor(page: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first one of the merged range that it lies in."""
    from openpyxl.cell.cell import Cell

    cell = page.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    ranges = page.merged_cells.ranges
    merged = next(r for r in ranges if r.min_row <= row <= r.max_row and r.min_col <= column <= r.max_col)
    first = page.cell(merged.min_row, merged.min_col)
    assert isinstance(first, Cell)  # noqa: S101 (the first cell of a merged range is a real one)
    return first


def _explain(book: Workbook, page: Worksheet, made: ReturnSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    if EXPLANATION in book.sheetnames:
        del book[EXPLANATION]
    sheet = book.create_sheet(EXPLANATION, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0
    wrong = sum(fault.blocks for fault in made.faults)
    doubts = len(made.faults) - wrong
    told = (
        (f"退回说明：{made.month_label}报表", Font(size=16, bold=True)),
        (f"{made.company or '报送企业'}：", Font(bold=True)),
        (_opening(made.file_name, wrong, doubts), Font()),
        (f"退回原因：{made.reason}" if made.reason else "", Font()),
        (_how_to(made), Font()),
    )
    lines = [line for line in told if line[0]]
    for number, (text, font) in enumerate(lines, start=1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_HEADS))
        cell = sheet.cell(number, 1, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        # Sheets do not grow a merged line by themselves.
        sheet.row_dimensions[number].height = 30 if number == 1 else 18 * (1 + len(text) // _PER_LINE)
    thin = Side(style="thin", color="FF999999")
    box = Border(thin, thin, thin, thin)
    first = len(lines) + 2
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(first, column)
        sheet.column_dimensions[cell.column_letter].width = width
        if made.faults:
            cell.value = head
            cell.font, cell.border, cell.fill = Font(bold=True), box, PatternFill("solid", fgColor="FFEEEEEE")
    for number, fault in enumerate(made.faults, start=1):
        _fault_line(sheet, first + number, number, fault, page.title, box)
    foot = first + len(made.faults) + 2
    for offset, text in enumerate((made.bureau, made.date_label)):
        cell = sheet.cell(foot + offset, len(_HEADS), text)
        cell.alignment = Alignment(horizontal="right")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _how_to(made: ReturnSheet) -> str:
    marked = "有底色的格就是要看的格，把鼠标移到格上可以看到批注。" if made.faults else ""
    macros = "原表里的宏没有带过来。" if made.content is not None and b"xl/vbaProject.bin" in made.content else ""
    return f"{marked}{macros}改好后存盘，把整个文件发回即可。"


def _opening(file_name: str, wrong: int, doubts: int) -> str:
    parts = [f"{wrong} 处错误（必须改正）"] if wrong else []
    parts += [f"{doubts} 处疑问（请核对，属实的请写明原因）"] if doubts else []
    if not parts:
        return f"你单位报来的“{file_name}”暂未收下，请核对后重新报送。"
    return f"你单位报来的“{file_name}”有{'、'.join(parts)}，暂未收下。问题列在下面，请改正后重新报送。"


def _fault_line(sheet: Worksheet, row: int, number: int, fault: Fault, target: str, box: Border) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    cells: Iterable[str] = (str(number), fault.place, fault.kind, fault.message, fault.how, fault.value)
    for column, text in enumerate(cells, start=1):
        cell = sheet.cell(row, column)
        _put(cell, text)
        cell.border = box
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if fault.row is not None:
        letter = get_column_letter(fault.columns[0] if fault.columns else 1)
        link = sheet.cell(row, 2)
        quoted = target.replace("'", "''")
        link.hyperlink = f"#'{quoted}'!{letter}{fault.row}"
        link.font = Font(color="FF0563C1", underline="single")
