"""One sheet of a report: prose over the whole width, then at most one table, ready to print."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.reporting.code import foot_words
from desktop_app.reporting.content import Align, Document, Run, Table, Text
from desktop_app.reporting.pdf.fonts import FontBook
from desktop_app.reporting.pdf.geometry import BODY_WIDTH
from desktop_app.reporting.pdf.table import FORM_ROW
from desktop_app.reporting.pdf.table_cells import INDENT, shape_of
from desktop_app.reporting.picture import Picture
from desktop_app.reporting.xlsx.cells import put, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem as HeaderFooter
    from openpyxl.worksheet.worksheet import Worksheet

CHARACTER = 5.6
"""Width in points of one unit of a column's width."""
WIDE = 90
"""Units that the text of an upright page is wide."""
SIZE, PITCH = 11.0, 16.0
_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center"}


class Page:
    """Fills a sheet from the top; the number of columns follows from its table."""

    def __init__(self, sheet: Worksheet, table: Table | None, book: FontBook, room: float) -> None:
        self.sheet = sheet
        self._wide = WIDE * room / BODY_WIDTH
        self.row = 0
        widths = shape_of(table, room, book).widths if table is not None else (room / 4,) * 4
        self.columns = len(widths)
        from openpyxl.utils import get_column_letter

        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = round(width / room * self._wide, 1)

    def line(
        self, runs: Sequence[Run], *, size: float = SIZE, bold: bool = False, align: str = "left", grey: bool = False
    ) -> None:
        """One line or paragraph over the whole width, as high as its text needs."""
        from openpyxl.styles import Alignment, Font

        self.row += 1
        text = "".join(run.text for run in runs)
        put_text(self.sheet, self.row, 1, text)
        cell = self.sheet.cell(self.row, 1)
        cell.font = Font(size=size, bold=bold, color="FF555555" if grey else None)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if self.columns > 1:
            self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=self.columns)
        per_line = self._wide / (size / SIZE) * 0.96
        wide = sum(2.0 if ord(char) > 0x2E7F else 1.0 for char in text)
        self.sheet.row_dimensions[self.row].height = PITCH * size / SIZE * max(math.ceil(wide / per_line), 1) + 2

    def cells(self, cells: Sequence[Sequence[Run]], *, bold: bool = False, grey: bool = False) -> None:
        """A row of single cells without rules (key figures)."""
        from openpyxl.styles import Alignment, Font

        self.row += 1
        for column, runs in enumerate(cells, start=1):
            put(self.sheet, self.row, column, runs)
            cell = self.sheet.cell(self.row, column)
            cell.font = Font(size=SIZE, bold=bold and column == 2, color="FF555555" if grey else None)
            cell.alignment = Alignment(horizontal="right" if column == 2 else "left", vertical="center")

    def table(self, table: Table) -> None:
        """Heads, rows and rules; the heads come again on every printed page."""
        from openpyxl.styles import Alignment, Border, Font, Side

        thick, thin = Side(style="medium"), Side(style="thin")
        self.row += 1
        head_row = self.row
        for column, spec in enumerate(table.columns, start=1):
            put_text(self.sheet, head_row, column, spec.head)
            cell = self.sheet.cell(head_row, column)
            cell.font = Font(size=SIZE, bold=True)
            cell.border = Border(top=thick, bottom=thin)
            left = column == 1 and spec.align is Align.LEFT
            cell.alignment = Alignment(horizontal="left" if left else "center", vertical="center", wrap_text=True)
        lines = max(column.head.count("\n") + 1 for column in table.columns)
        self.sheet.row_dimensions[head_row].height = PITCH * lines + 4
        self.sheet.print_title_rows = f"{head_row}:{head_row}"
        plain, heavy = Font(size=SIZE), Font(size=SIZE, bold=True)
        shapes = [Alignment(horizontal=_ALIGN[c.align], vertical="center", wrap_text=True) for c in table.columns]
        framed = Border(top=thin, bottom=thin, left=thin, right=thin)
        for row in table.rows:
            self.row += 1
            if table.form:
                self.sheet.row_dimensions[self.row].height = FORM_ROW
            for column, runs in enumerate(row.cells, start=1):
                put(self.sheet, self.row, column, runs)
                cell = self.sheet.cell(self.row, column)
                bold = row.bold or any(getattr(run, "bold", False) for run in runs)
                cell.font = heavy if bold else plain
                cell.alignment = shapes[column - 1]
                if table.form:
                    cell.border = framed
            if row.indent:
                self.sheet.cell(self.row, 1).alignment = Alignment(
                    horizontal="left", vertical="center", wrap_text=True, indent=round(row.indent * INDENT)
                )
        if not table.rows:
            self.line((Text(table.reason or "没有数据"),), align="center", grey=True)
        for column in range(1, len(table.columns) + 1):
            cell = self.sheet.cell(self.row, column)
            sides = cell.border
            cell.border = Border(top=sides.top, bottom=thick, left=sides.left, right=sides.right)
        self.sheet.freeze_panes = f"A{head_row + 1}"

    def picture(self, picture: Picture) -> None:
        """A picture over the rows that it covers."""
        from openpyxl.drawing.image import Image

        image = Image(io.BytesIO(picture.png))
        image.width, image.height = round(picture.width * 96 / 72), round(picture.height * 96 / 72)
        self.sheet.add_image(image, f"A{self.row + 1}")
        self.row += math.ceil(picture.height / 15.0) + 1

    def finish(self, document: Document) -> None:
        """Print area, one page wide, foot with page number, title and edition."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self.sheet
        sheet.print_area = f"A1:{get_column_letter(self.columns)}{max(self.row, 1)}"
        # 8 is A3, 9 is A4.
        sheet.page_setup.paperSize = "8" if document.large else "9"
        sheet.page_setup.orientation = "landscape" if document.across else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.top, margins.bottom, margins.left, margins.right = 1.2, 1.1, 1.0, 0.9
        # & begins a code in heads and feet.
        foot = foot_words(document).replace("&", "&&")
        above = "\u3000".join(document.badges).replace("&", "&&")
        _write(sheet.oddFooter, foot, "— &P —")
        _write(sheet.oddHeader, "", above)
        sheet.sheet_view.showGridLines = False


def _write(band: HeaderFooter | None, left: str, right: str) -> None:
    """Words of a sheet's head or foot."""
    if band is None:  # pragma: no cover  openpyxl's sheets have them from the start
        return
    for place, words in ((band.left, left), (band.right, right)):
        if place is not None:
            place.text = words
