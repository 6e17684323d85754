"""Three-line statistical tables as native tables: heads repeated on every page, no row cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.reporting.content import Align, Run, Table, Text
from desktop_app.reporting.docx.look import CELL, TWIPS
from desktop_app.reporting.docx.xml import add_runs, element, paragraph
from desktop_app.reporting.pdf.fonts import FontBook
from desktop_app.reporting.pdf.table import FORM_ROW
from desktop_app.reporting.pdf.table_cells import GUTTER, INDENT, Shape, shape_of

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

_EIGHTHS_THICK, _EIGHTHS_THIN = 12, 4
_JUSTIFY = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center"}


def add_table(word: Word, table: Table, book: FontBook, room: float) -> None:
    """Append the table; columns are as wide and the type as small as on the printed page.

    Built as XML: python-docx looks every cell up from the table's first, which takes minutes for thousands of rows.
    """
    shape = shape_of(table, room, book)
    style = str(word.styles[CELL.name].style_id)
    made = frame(shape.widths, inner=table.form)
    aligns = [column.align for column in table.columns]
    heads = [(Text(column.head.replace("\n", "")),) for column in table.columns]
    _row(made, heads, [Align.LEFT, *[Align.CENTER] * (len(heads) - 1)], shape, style, head=True, bold=True)
    for row in table.rows:
        inset = round(row.indent * INDENT * shape.size * TWIPS)
        _row(made, row.cells, aligns, shape, style, inset=inset, bold=row.bold, high=table.form)
    if not table.rows:
        _reason(made, table.reason or "没有数据", shape, style)
    append(word, made)


def append(word: Word, made: BaseOxmlElement) -> None:
    """Put a block before the section's properties, which must stay last."""
    word.element.body.insert_element_before(made, "w:sectPr")


def frame(widths: Sequence[float], thick: int = _EIGHTHS_THICK, *, inner: bool = False) -> BaseOxmlElement:
    """An empty table with fixed columns, rules at head and foot, ``inner`` ones too. ``widths`` in points."""
    made = element("tbl")
    shape = element("tblPr", made)
    element("tblW", shape, w=round(sum(widths) * TWIPS), type="dxa")
    rules = element("tblBorders", shape)
    # The order of the edges is the schema's.
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV") if inner else ("top", "bottom"):
        size = thick if edge in {"top", "bottom"} else _EIGHTHS_THIN
        element(edge, rules, val="single" if thick else "nil", sz=size, space=0, color="000000")
    element("tblLayout", shape, type="fixed")
    margins = element("tblCellMar", shape)
    for side in ("left", "right"):
        element(side, margins, w=round(GUTTER / 2 * TWIPS), type="dxa")
    grid = element("tblGrid", made)
    for width in widths:
        element("gridCol", grid, w=round(width * TWIPS))
    return made


def _row(
    made: BaseOxmlElement,
    cells: Sequence[Sequence[Run]],
    aligns: Sequence[Align],
    shape: Shape,
    style: str,
    *,
    head: bool = False,
    bold: bool = False,
    inset: int = 0,
    high: bool = False,
) -> None:
    row = element("tr", made)
    rules = element("trPr", row)
    element("cantSplit", rules)
    if high:
        element("trHeight", rules, val=round(FORM_ROW * TWIPS), hRule="atLeast")
    if head:
        element("tblHeader", rules)
    for index, (runs, align) in enumerate(zip(cells, aligns, strict=True)):
        cell = cell_of(row, shape.widths[index], underline=head)
        line = paragraph(style, cell)
        looks = line[0]
        if index == 0 and inset:
            element("ind", looks, left=inset)
        element("jc", looks, val=_JUSTIFY[align])
        add_runs(line, runs, bold=bold, size=shape.size)


def cell_of(row: BaseOxmlElement, width: float, *, underline: bool = False, span: int = 1) -> BaseOxmlElement:
    """An empty cell. ``underline``: the thin rule under the heads."""
    cell = element("tc", row)
    looks = element("tcPr", cell)
    element("tcW", looks, w=round(width * TWIPS), type="dxa")
    if span > 1:
        element("gridSpan", looks, val=span)
    if underline:
        element("bottom", element("tcBorders", looks), val="single", sz=_EIGHTHS_THIN, space=0, color="000000")
    element("vAlign", looks, val="center")
    return cell


def _reason(made: BaseOxmlElement, reason: str, shape: Shape, style: str) -> None:
    row = element("tr", made)
    line = paragraph(style, cell_of(row, sum(shape.widths), span=len(shape.widths)))
    element("jc", line[0], val="center")
    add_runs(line, (Text(reason),))
