"""The strip of key figures and the foot with the signatures, as tables without sides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.reporting.content import KeyFigure, KeyFigures, SignatureBlock, Text
from desktop_app.reporting.docx.look import SIGNATURE, STRIP
from desktop_app.reporting.docx.table import append, cell_of, frame
from desktop_app.reporting.docx.xml import add_runs, element, paragraph

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

_PER_ROW = 4
_THIN = 4
_LABEL, _NUMBER, _CHANGE = 9.5, 18.0, 9.5


def add_strip(word: Word, block: KeyFigures, room: float) -> None:
    """Key figures side by side, at most four a row; a table for each row, as the columns differ."""
    style = str(word.styles[STRIP.name].style_id)
    for start in range(0, len(block.items), _PER_ROW):
        items = block.items[start : start + _PER_ROW]
        width = room / len(items)
        made = frame([width] * len(items), _THIN)
        row = element("tr", made)
        element("cantSplit", element("trPr", row))
        for item in items:
            _item(cell_of(row, width), item, style)
        append(word, made)
        # Two tables with nothing between them become one when the file is opened.
        _gap(word, style)


def _item(cell: BaseOxmlElement, item: KeyFigure, style: str) -> None:
    add_runs(paragraph(style, cell), (Text(item.label),), size=_LABEL)
    number = paragraph(style, cell)
    add_runs(number, (item.figure,), bold=True, size=_NUMBER)
    if item.unit:
        add_runs(number, (Text(item.unit),))
    add_runs(paragraph(style, cell), item.change, size=_CHANGE)


def add_signatures(word: Word, block: SignatureBlock, made_on: date, room: float) -> None:
    """A row of fields for names written by hand, the date below."""
    style = str(word.styles[SIGNATURE.name].style_id)
    width = room / max(len(block.posts), 1)
    made = frame([width] * max(len(block.posts), 1), 0)
    row = element("tr", made)
    element("cantSplit", element("trPr", row))
    for post in block.posts:
        add_runs(paragraph(style, cell_of(row, width)), (Text(f"{post}："),))
    append(word, made)
    line = word.add_paragraph(style=SIGNATURE.name)
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.add_run(block.dated(made_on))


def _gap(word: Word, style: str) -> None:
    line = paragraph(style, element("body"))
    element("spacing", line[0], line=40, lineRule="exact")
    append(word, line)
